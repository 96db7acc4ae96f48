"""TOML tables into the library's facts, strictly: nothing unknown, nothing missing, nothing converted."""

import reprlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, TypeVar, get_args, get_origin

from cattrs import BaseConverter, BaseValidationError, Converter, ForbiddenExtraKeysError, transform_error
from cattrs.cols import homogenous_tuple_structure_factory, mapping_structure_factory
from cattrs.gen import make_dict_structure_fn

from quietlegs.library.evidence import Grade, Tag, Verdict
from quietlegs.library.exercise import DoseKind, Effort, Position
from quietlegs.library.pose import Accent, Arrow, View, Way
from quietlegs.library.safety import Urgency
from quietlegs.records.bounds import Between, Length, RangeError

T = TypeVar("T")
Structure = Callable[[Any, Any], Any]
_HERE = "value"
_ENUMS = (Accent, Arrow, DoseKind, Effort, Grade, Position, Tag, Urgency, Verdict, View, Way)
_PLAIN = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


def read_strictly(table: object, kind: type[T]) -> tuple[T | None, list[str]]:
    """Build one fact from a parsed table; None and what is wrong, place by place, where that cannot be done."""
    try:
        return _reader.structure(table, kind), []
    except BaseValidationError as error:
        return None, [_placed(line) for line in transform_error(error, format_exception=_reason)]
    except RangeError as error:
        return None, [_reason(error, None)]


def _placed(line: str) -> str:
    reason, _, path = line.rpartition(" @ $")
    return f"{path.lstrip('.')} {reason}".strip()


def _reason(error: BaseException, _kind: type | None) -> str:
    if isinstance(error, KeyError):
        return "is missing; allowed: it has to be there"
    if isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(field.name for field in fields(error.cl)) if is_dataclass(error.cl) else "none"
        return f"has the unknown key {', '.join(sorted(error.extra_fields))}; allowed: {known}"
    if isinstance(error, RangeError):
        field = "" if error.field == _HERE else f"{error.field} "
        return f"{field}is {reprlib.repr(error.value)}; allowed: {error.allowed}"
    return str(error)


def _plain(value: object, kind: type) -> object:
    good = (int, float) if kind is float else kind
    if not isinstance(value, good) or (isinstance(value, bool) and kind is not bool):
        raise RangeError(_HERE, value, _PLAIN[kind])
    return value


def _enum(value: object, kind: Any) -> object:
    if not isinstance(value, str) or value not in tuple(kind):
        raise RangeError(_HERE, value, ", ".join(kind))
    return kind(value)


def _annotated(kind: Any, converter: BaseConverter) -> Structure:
    """Check the marks where the value stands, so that an item of a list is named too."""
    base, *marks = get_args(kind)
    inner = converter.get_structure_hook(base)

    def structure(value: object, _kind: Any) -> object:
        made = inner(value, base)
        for mark in marks:
            if made is not None and not _within(made, mark):
                raise RangeError(_HERE, value, str(mark))
        return made

    return structure


def _within(value: Any, mark: object) -> bool:
    if isinstance(mark, Length):
        return mark.low <= len(value.strip()) <= mark.high
    return not isinstance(mark, Between) or mark.low <= value <= mark.high


def _table(kind: Any, converter: BaseConverter) -> Structure:
    make = make_dict_structure_fn if is_dataclass(kind) else mapping_structure_factory
    return _only(dict, "a table", make(kind, converter))


def _list(kind: Any, converter: BaseConverter) -> Structure:
    return _only(list, "a list", homogenous_tuple_structure_factory(kind, converter))


def _only(wanted: type, allowed: str, inner: Structure) -> Structure:
    """Keep a text from passing as a list of letters, and a list from passing as a table."""

    def structure(value: object, kind: Any) -> object:
        if not isinstance(value, wanted):
            raise RangeError(_HERE, value, allowed)
        return inner(value, kind)

    return structure


def _is_table(kind: Any) -> bool:
    return is_dataclass(kind) or get_origin(kind) is dict


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_annotated(kind: Any) -> bool:
    return get_origin(kind) is Annotated


def _make_reader() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for plain in _PLAIN:
        converter.register_structure_hook(plain, _plain)
    for enum in _ENUMS:
        converter.register_structure_hook(enum, _enum)
    converter.register_structure_hook_factory(_is_table, _table)
    converter.register_structure_hook_factory(_is_list, _list)
    converter.register_structure_hook_factory(_is_annotated, _annotated)
    return converter


_reader = _make_reader()
