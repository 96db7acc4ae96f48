"""Facts of one kind as columns: what pandas, polars and NumPy make a frame of."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from quietlegs.records.fact import Fact, Payload

BESIDE = ("id", "night", "at", "zone", "wall", "supersedes", "added_later")


def columns(facts: Iterable[Fact], kind: type[Payload]) -> dict[str, list[Any]]:
    """Return the facts of a kind as columns of equal length, a row for each fact in the order given.

    First what every fact has, then what was noted, under its own name. Values are those of the facts themselves:
    `datetime` in UTC, `date`, numbers, texts, tuples; None was not answered, and is never a zero.

    Parameters
    ----------
    facts : iterable of Fact
        Facts of other kinds are passed over.
    kind : type
        One of `quietlegs.records.fact.KINDS`, for example ``NightRating``.

    Examples
    --------
    >>> from quietlegs.records.felt import NightRating
    >>> columns([], NightRating)["severity"]
    []
    """
    wanted = [fact for fact in facts if isinstance(fact.payload, kind)]
    beside: dict[str, list[Any]] = {
        "id": [str(fact.id) for fact in wanted],
        "night": [fact.night for fact in wanted],
        "at": [fact.noted.at for fact in wanted],
        "zone": [fact.noted.zone for fact in wanted],
        "wall": [fact.noted.wall for fact in wanted],
        "supersedes": [str(fact.supersedes) if fact.supersedes else None for fact in wanted],
        "added_later": [fact.added_later for fact in wanted],
    }
    return beside | {
        field.name: [_plain(getattr(fact.payload, field.name)) for fact in wanted] for field in fields(kind)
    }


def _plain(value: Any) -> Any:
    """Take an enumeration's word; a frame shows it as it is written in an export."""
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    return str(value) if isinstance(value, str) else value
