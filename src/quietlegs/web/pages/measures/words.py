"""Measures in words: how each side went, without praise for what may be chance."""

from collections.abc import Iterable
from dataclasses import dataclass

from quietlegs.library.exercise import Exercise
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.plan.measures import EXERCISE, NOISE_FLOOR, TRIES, Course, Measured
from quietlegs.records.measured import Measure, Side
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.dates import short_day
from quietlegs.words.numbers import number

_SIDES = {Side.LEFT: later("Left"), Side.RIGHT: later("Right")}
_COURSES = {
    Course.FIRST: later("{side}: {value} on {day}."),
    Course.ABOUT_THE_SAME: later("{side}: {value} on {day}. About the same as the first time ({first})."),
    Course.MORE: later("{side}: {value} on {day}. More than the first time ({first}), by more than chance."),
    Course.LESS: later("{side}: {value} on {day}. Less than the first time ({first}), by more than chance."),
}


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """One measure with what it said so far; `against` says why it is not for this person now."""

    measure: Measure
    exercise: Exercise
    told: tuple[str, ...]
    floor: str
    due: bool
    against: str | None


def shown(library: Library, measure: Measure, known: Iterable[Measured], may: Allowed, *, due: bool) -> ShownMeasure:
    """Gather what a page shows of a measure."""
    one = library.exercises[EXERCISE[measure]]
    floor = _(
        "Two measures of the same leg can differ by {value} by chance alone.",
        value=_value(measure, NOISE_FLOOR[measure]),
    )
    told = tuple(_told(side) for side in known if side.measure is measure)
    return ShownMeasure(measure, one, told, floor, due, may.reason_against(one))


def fields(measure: Measure) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return for each side its name, and name and label of each number that is asked for."""
    return [
        (_(name), [(f"{side}_{place}", _label(measure, _(name), place)) for place in range(1, tries_of(measure) + 1)])
        for side, name in _SIDES.items()
    ]


def tries_of(measure: Measure) -> int:
    """Return how many numbers a side has: three tries of a distance, one count."""
    return TRIES if measure is Measure.KNEE_TO_WALL_CM else 1


def side_words(side: Side) -> str:
    """Return the side's name."""
    return _(_SIDES[side])


def _label(measure: Measure, side: str, place: int) -> str:
    if measure is Measure.HEEL_RAISES:
        return _("{side}, how many", side=side)
    return _("{side}, try {place}, in cm", side=side, place=place)


def _told(one: Measured) -> str:
    value, first = _value(one.measure, one.value), _value(one.measure, one.first)
    return _(_COURSES[one.course], side=side_words(one.side), value=value, first=first, day=short_day(one.on))


def _value(measure: Measure, value: float) -> str:
    if measure is Measure.HEEL_RAISES:
        return ngettext("{count} raise", "{count} raises", round(value))
    return _("{value} cm", value=number(value))
