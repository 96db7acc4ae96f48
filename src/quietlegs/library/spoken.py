"""Which texts of a fact a person reads, and their fingerprint."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import sha256
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from quietlegs.records.bounds import Length

Texts = str | list["Texts"] | dict[str, "Texts"]
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Spoken:
    """Marks a text that a person reads, so that every language has its own."""


def texts(fact: object, kind: Any) -> Texts | None:
    """Return what a person reads in a fact, in the fact's own shape, None where there is nothing.

    A list keeps its length: an item without words stands there as an empty table.
    """
    if isinstance(fact, str):
        return fact if any(isinstance(mark, Spoken) for mark in marks(kind)) else None
    found = {name: text for name, one, own in parts(fact, kind) if (text := texts(one, own)) is not None}
    if isinstance(fact, tuple) and found:
        return [found.get(str(index), {}) for index in range(len(fact))]
    return found or None


def parts(fact: object, kind: Any) -> Iterator[tuple[str, object, Any]]:
    """Give the name, value and kind of everything directly inside a fact."""
    base = _plain(kind)
    if isinstance(base, type) and is_dataclass(base) and fact is not None:
        hints = _hints(base)
        yield from ((field.name, getattr(fact, field.name), hints[field.name]) for field in fields(base))
    elif isinstance(fact, tuple):
        yield from ((str(index), one, get_args(base)[0]) for index, one in enumerate(fact))
    elif isinstance(fact, dict):
        yield from ((key, one, get_args(base)[1]) for key, one in fact.items())


def marks(kind: Any) -> tuple[object, ...]:
    """Return the marks of a kind, also where it may be None."""
    if _is_optional(kind):
        return marks(_without_none(kind))
    return get_args(kind)[1:] if get_origin(kind) is Annotated else ()


def room_for(kind: Any) -> Length:
    """Return how long a text of this kind may be."""
    return next(mark for mark in marks(kind) if isinstance(mark, Length))


def fingerprint(said: Texts) -> str:
    """Return what tells whether texts have changed: the first digits of the SHA-256 of their canonical JSON."""
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()[:_DIGITS]


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _is_optional(kind: Any) -> bool:
    return get_origin(kind) in {Union, UnionType}


def _plain(kind: Any) -> Any:
    """Strip marks and None: what is left is a dataclass, a list, a table or a plain value."""
    if get_origin(kind) is Annotated:
        return _plain(get_args(kind)[0])
    if _is_optional(kind):
        return _plain(_without_none(kind))
    return kind


def _without_none(kind: Any) -> Any:
    return next(one for one in get_args(kind) if one is not type(None))
