"""One file of the library in another language: the same texts at the same places, nothing more and nothing less."""

import reprlib
from dataclasses import replace
from typing import Any, TypeVar, cast

from quietlegs.library.spoken import Texts, fingerprint, parts, room_for, texts

T = TypeVar("T")
TRANSLATES = "translates"


def translated(english: T, table: dict[str, Any]) -> tuple[T | None, list[str]]:
    """Return the fact with the texts of a parsed translation; None and everything that is wrong, place by place."""
    given = {name: value for name, value in table.items() if name != TRANSLATES}
    dressing = _Dressing()
    fact = dressing.fact(english, type(english), given, "")
    problems = [*_stale(texts(english, type(english)) or {}, table.get(TRANSLATES)), *dressing.problems]
    return (None, problems) if problems else (cast("T", fact), [])


def _stale(said: Texts, given: object) -> list[str]:
    wanted = fingerprint(said)
    if given is None:
        return [f"{TRANSLATES} is missing; allowed: {wanted!r}, the fingerprint of the English text"]
    if given != wanted:
        return [f"{TRANSLATES} is {given!r}, so the English text has changed since; allowed: {wanted!r}"]
    return []


class _Dressing:
    """One pass over a fact: its texts are replaced; where that cannot be done the English stays and is reported."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def fact(self, english: Any, kind: Any, given: object, place: str) -> object:
        """Return the value with its texts in the other language."""
        wanted = texts(english, kind)
        if wanted is None:
            if given != {}:
                self._wrong(place, f"is {reprlib.repr(given)}; allowed: an empty table")
            return english
        if isinstance(wanted, str):
            return self._text(wanted, kind, given, place)
        names = self._names(wanted, given, place)
        new = {
            name: self.fact(one, own, names[name], _inside(place, name, wanted)) if name in names else one
            for name, one, own in parts(english, kind)
        }
        if isinstance(wanted, list):
            return tuple(new.values())
        return new if isinstance(english, dict) else replace(english, **{name: new[name] for name in names})

    def _names(self, wanted: list[Texts] | dict[str, Texts], given: object, place: str) -> dict[str, Any]:
        """Return what is given by name, as far as it is wanted; a list's names are its indices."""
        if not isinstance(given, type(wanted)):
            allowed = "a list" if isinstance(wanted, list) else "a table"
            return self._wrong(place, f"is {reprlib.repr(given)}; allowed: {allowed}")
        if isinstance(given, list):
            if len(given) != len(wanted):
                return self._wrong(place, f"has {len(given)} items; allowed: {len(wanted)}, as in English")
            wanted, given = _by_index(cast("list[Texts]", wanted)), _by_index(given)
        wanted, given = cast("dict[str, Texts]", wanted), cast("dict[str, Any]", given)
        for name in sorted(set(wanted) - set(given)):
            self._wrong(_inside(place, name, wanted), "is missing; allowed: it has to be there")
        for name in sorted(set(given) - set(wanted)):
            self._wrong(place, f"has the unknown key {name}; allowed: {', '.join(wanted) or 'none'}")
        return {name: given[name] for name in wanted if name in given}

    def _text(self, english: str, kind: Any, given: object, place: str) -> str:
        length = room_for(kind)
        if isinstance(given, str) and length.low <= len(given.strip()) <= length.high:
            return given
        self._wrong(place, f"is {reprlib.repr(given)}; allowed: a text of {length}")
        return english

    def _wrong(self, place: str, reason: str) -> dict[str, Any]:
        self.problems.append(f"{place} {reason}".strip())
        return {}


def _by_index(items: list[Any]) -> dict[str, Any]:
    return {str(index): item for index, item in enumerate(items)}


def _inside(place: str, name: str, whole: object) -> str:
    if isinstance(whole, list):
        return f"{place}[{name}]"
    return f"{place}.{name}".lstrip(".")
