"""Facts as JSON objects: the one form for the store, the phone and the export."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, TypeVar
from uuid import UUID

from cattrs import BaseValidationError, Converter, transform_error

from quietlegs.records.bounds import RangeError
from quietlegs.records.done import State, StopReason
from quietlegs.records.fact import KINDS, Fact, Payload
from quietlegs.records.felt import BodyPart, OfferedBecause
from quietlegs.records.measured import Measure, Side
from quietlegs.records.moment import Moment
from quietlegs.records.person import AgeBand, Posture
from quietlegs.records.slept import Substance, Unit
from quietlegs.records.tried import Choice, Finding

T = TypeVar("T")
_ENUMS = (
    AgeBand,
    BodyPart,
    Choice,
    Finding,
    Measure,
    OfferedBecause,
    Posture,
    Side,
    State,
    StopReason,
    Substance,
    Unit,
)

_FIELDS = frozenset({"id", "kind", "night", "at", "zone", "offset_s", "wall", "supersedes", "payload"})


class WireError(ValueError):
    """A JSON object is not a fact; `problems` names each place and what is allowed there."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def to_wire(fact: Fact) -> dict[str, Any]:
    """Return the fact as an object of JSON's own types; fields that are None are left out of the payload."""
    payload = _converter.unstructure(fact.payload)
    return {
        "id": str(fact.id),
        "kind": fact.kind,
        "night": fact.night.isoformat(),
        "at": _utc_text(fact.noted.at),
        "zone": fact.noted.zone,
        "offset_s": int(fact.noted.offset.total_seconds()),
        "wall": fact.noted.wall.isoformat(),
        "supersedes": str(fact.supersedes) if fact.supersedes else None,
        "payload": {key: value for key, value in payload.items() if value is not None},
    }


def from_wire(row: object) -> Fact:
    """Build a fact from a JSON object, strictly: no unknown key, no number written as text.

    Raises
    ------
    WireError
        Names every place that is wrong, the value found and what is allowed.
    """
    with _named():
        return _fact(_object(row))


def payload_from_wire(kind: str, value: object) -> Payload:
    """Build what was noted from the payload of a JSON object, as strictly as `from_wire` builds a fact.

    Raises
    ------
    WireError
        As `from_wire`; an unknown kind too.
    """
    with _named():
        return _payload(value, KINDS[_known(kind)])


@contextmanager
def _named() -> Iterator[None]:
    """Name what is wrong, and where, in the words of a WireError."""
    try:
        yield
    except BaseValidationError as error:
        problems = transform_error(error, format_exception=_reason)
        raise WireError([told.removesuffix(" @ $") for told in problems]) from error
    except (RangeError, TypeError) as error:
        raise WireError([str(error)]) from error


def _known(kind: object) -> str:
    if not isinstance(kind, str) or kind not in KINDS:
        raise RangeError("kind", kind, ", ".join(KINDS))
    return kind


def _object(row: object) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise RangeError("fact", row, "a JSON object")
    missing = _FIELDS - set(row) - {"supersedes"}
    unknown = {str(key) for key in row} - _FIELDS
    if missing or unknown:
        found = ", ".join(sorted(f"{key} missing" for key in missing) + sorted(f"{key} unknown" for key in unknown))
        raise RangeError("fact", found, ", ".join(sorted(_FIELDS)))
    _known(row["kind"])
    return row


def _fact(row: dict[str, Any]) -> Fact:
    noted = Moment(
        at=_field(row, "at", datetime),
        zone=_field(row, "zone", str),
        offset=timedelta(seconds=_field(row, "offset_s", int)),
        wall=_wall(row["wall"]),
    )
    return Fact(
        id=_field(row, "id", UUID),
        noted=noted,
        night=_field(row, "night", date),
        payload=_payload(row["payload"], KINDS[row["kind"]]),
        supersedes=None if row.get("supersedes") is None else _field(row, "supersedes", UUID),
    )


def _field(row: dict[str, Any], name: str, kind: type[T]) -> T:
    try:
        return _converter.structure(row[name], kind)
    except RangeError as error:
        raise RangeError(name, row[name], error.allowed) from error


def _payload(value: object, kind: type[Payload]) -> Payload:
    if not isinstance(value, dict):
        raise RangeError("payload", value, "a JSON object")
    return _converter.structure(value, kind)


def _reason(error: BaseException, _kind: type | None) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return str(error)


def _utc_text(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _parsed(value: object, parse: Callable[[str], T], allowed: str) -> T:
    if not isinstance(value, str):
        raise RangeError("value", value, allowed)
    try:
        return parse(value)
    except ValueError as error:
        raise RangeError("value", value, allowed) from error


def _wall(value: object) -> datetime:
    allowed = "a wall time without zone, such as 2026-01-31T03:00:00"
    wall = _parsed(value, datetime.fromisoformat, allowed)
    if wall.tzinfo is not None:
        raise RangeError("wall", value, allowed)
    return wall


def _fraction(text: str) -> Fraction:
    above, _, below = text.partition("/")
    if not (above.isascii() and above.isdigit() and below.isascii() and below.isdigit() and int(below)):
        raise ValueError(text)
    return Fraction(int(above), int(below))


def _instant(value: object, _kind: type) -> datetime:
    allowed = "an instant with its offset, such as 2026-01-31T02:00:00Z"
    at = _parsed(value, datetime.fromisoformat, allowed)
    if at.tzinfo is None:
        raise RangeError("instant", value, allowed)
    return at.astimezone(UTC)


def _plain(value: object, kind: type) -> object:
    """Take JSON's own type and nothing that merely converts: neither "7" nor true is a number."""
    good = (int, float) if kind is float else kind
    if not isinstance(value, good) or (isinstance(value, bool) and kind is not bool):
        raise RangeError(
            "value", value, {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}[kind]
        )
    return value


def _text_hook(parse: Callable[[str], object], allowed: str) -> Callable[[object, type], object]:
    return lambda value, _kind: _parsed(value, parse, allowed)


def _reader() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for plain in (bool, int, float, str):
        converter.register_structure_hook(plain, _plain)
    hooks: list[tuple[type, Callable[[str], object], str]] = [
        (date, date.fromisoformat, "a date such as 2026-01-31"),
        (time, time.fromisoformat, "a wall time such as 21:30"),
        (UUID, UUID, "a UUID"),
        (Fraction, _fraction, "a fraction such as 1/64"),
    ]
    for kind, parse, allowed in hooks:
        converter.register_structure_hook(kind, _text_hook(parse, allowed))
    converter.register_structure_hook(datetime, _instant)
    converter.register_unstructure_hook(datetime, _utc_text)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(time, time.isoformat)
    converter.register_unstructure_hook(Fraction, lambda part: f"{part.numerator}/{part.denominator}")
    converter.register_unstructure_hook(UUID, str)
    for enum in _ENUMS:
        converter.register_unstructure_hook(enum, str)
        converter.register_structure_hook(enum, _text_hook(enum, ", ".join(enum)))
    return converter


_converter = _reader()
