"""Allowed ranges of a fact's numbers, declared beside the field and checked when the fact is made."""

from dataclasses import dataclass, fields
from typing import Annotated, get_args, get_origin, get_type_hints

from quietlegs.words.catalogue import _
from quietlegs.words.numbers import number

_MOST_SHOWN = 200


class RangeError(ValueError):
    """A value lies outside what its field allows; names the field, the value and the range."""

    def __init__(self, field: str, value: object, allowed: str) -> None:
        super().__init__(_("{field} is {value}; allowed: {allowed}", field=field, value=_shown(value), allowed=allowed))
        self.field = field
        self.value = value
        self.allowed = allowed


def _shown(value: object) -> str:
    """Return a value as a sentence can hold it: files of others may hold anything."""
    told = repr(value)
    return told if len(told) <= _MOST_SHOWN else f"{told[:_MOST_SHOWN]} ..."


@dataclass(frozen=True, slots=True)
class Between:
    """Both ends belong to the range."""

    low: float
    high: float
    unit: str = ""

    def __str__(self) -> str:
        return f"{_('{low} to {high}', low=number(self.low), high=number(self.high))} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Length:
    """How many characters a text may have."""

    low: int
    high: int

    def __str__(self) -> str:
        return _("{low} to {high} characters", low=self.low, high=self.high)


Rule = tuple[str, Between | Length, bool]
_known: dict[type, tuple[Rule, ...]] = {}


def _rules(kind: type) -> tuple[Rule, ...]:
    hints = get_type_hints(kind, include_extras=True)
    found = []
    for field in fields(kind):
        hint = hints[field.name]
        if get_origin(hint) is Annotated:
            base, *marks = get_args(hint)
            whole = base is int or int in get_args(base)
            found += [(field.name, m, whole) for m in marks if isinstance(m, Between | Length)]
    return tuple(found)


def check_bounds(fact: object) -> None:
    """Raise RangeError for the first annotated field whose value is outside its range; None passes."""
    kind = type(fact)
    if kind not in _known:
        _known[kind] = _rules(kind)
    for name, rule, whole in _known[kind]:
        value = getattr(fact, name)
        if value is not None:
            check_value(f"{kind.__name__}.{name}", value, rule, whole=whole)


def check_value(field: str, value: object, rule: Between | Length, *, whole: bool = False) -> None:
    """Raise RangeError unless the value is within the rule, and a whole number where that is asked."""
    if isinstance(rule, Length):
        if not isinstance(value, str) or not rule.low <= len(value.strip()) <= rule.high or not _whole(value):
            raise RangeError(field, value, str(rule))
        return
    wanted = int if whole else int | float
    if not isinstance(value, wanted) or isinstance(value, bool) or not rule.low <= value <= rule.high:
        raise RangeError(field, value, _("a whole number, {range}", range=rule) if whole else str(rule))


def _whole(text: str) -> bool:
    """Whether it can be written down: JSON may hold one half of a character, which no file and no key takes."""
    return not any("\ud800" <= one <= "\udfff" for one in text)
