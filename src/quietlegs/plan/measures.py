"""Two measures of the calf every two weeks: what is due, and whether a change is more than chance.

Nothing here says anything about restlessness; it shows whether the stretching and the strength arrive.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean

from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.plan.ladder_rules import GENTLE_EVENINGS
from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.measured import BodyMeasure, Measure, Side

EXERCISE = {Measure.KNEE_TO_WALL_CM: "test_lunge", Measure.HEEL_RAISES: "test_heel_raise"}
# By so much two measures of the same leg differ by chance: doi:10.1016/j.math.2015.01.004 and
# doi:10.1016/j.physio.2017.03.002.
NOISE_FLOOR = {Measure.KNEE_TO_WALL_CM: 1.9, Measure.HEEL_RAISES: 6.0}
EVERY = timedelta(days=14)
TRIES = 3
_DIGITS = 1


class Course(StrEnum):
    """What became of a measure; `ABOUT_THE_SAME` is whatever chance alone could do."""

    FIRST = "first"
    MORE = "more"
    LESS = "less"
    ABOUT_THE_SAME = "about_the_same"


@dataclass(frozen=True, slots=True)
class Measured:
    """One side's first and newest value; they are the same where it was measured on one day only."""

    measure: Measure
    side: Side
    first_on: date
    first: float
    on: date
    value: float

    @property
    def course(self) -> Course:
        """The newest beside the first: from one time to the next, slow change would always drown in chance."""
        if self.on == self.first_on:
            return Course.FIRST
        change = round(self.value - self.first, _DIGITS)
        if abs(change) <= NOISE_FLOOR[self.measure]:
            return Course.ABOUT_THE_SAME
        return Course.MORE if change > 0 else Course.LESS


def measured(facts: Iterable[Fact]) -> tuple[Measured, ...]:
    """Return each measure and side that was ever noted, in order; of one night the value noted last counts.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now, in any order; only body measures are looked at.
    """
    known = [fact for fact in facts if isinstance(fact.payload, BodyMeasure)]
    return tuple(one for measure in Measure for side in Side if (one := _of(known, measure, side)))


def _of(facts: Iterable[Fact], measure: Measure, side: Side) -> Measured | None:
    told = [fact for fact in facts if isinstance(fact.payload, BodyMeasure) and _is(fact.payload, measure, side)]
    nights = newest_by_night(told, BodyMeasure)
    if not nights:
        return None
    first_on, on = min(nights), max(nights)
    return Measured(measure, side, first_on, nights[first_on][1].value, on, nights[on][1].value)


def _is(one: BodyMeasure, measure: Measure, side: Side) -> bool:
    return one.measure is measure and one.side is side


def measures_due(
    library: Library, facts: Iterable[Fact], tonight: date, may: Allowed, *, evenings: int
) -> tuple[Measure, ...]:
    """Return the measures whose two weeks are over; the first time comes after the gentle first week.

    Parameters
    ----------
    library : Library
    facts : iterable of Fact
        Those that hold now; only body measures are looked at.
    tonight : date
    may : Allowed
        What the safety answers forbid is never due, and nothing is before they are given.
    evenings : int
        On how many evenings something of a routine was done.
    """
    last: dict[Measure, date] = {}
    for one in measured(facts):
        last[one.measure] = max(one.on, last.get(one.measure, one.on))
    return tuple(
        measure
        for measure, key in EXERCISE.items()
        if may.asked
        and may.reason_against(library.exercises[key]) is None
        and (tonight - last[measure] >= EVERY if measure in last else evenings >= GENTLE_EVENINGS)
    )


def mean_of_tries(tries: Sequence[float]) -> float:
    """Return the mean of three tries, to a millimetre; the best of three would grow by chance alone.

    Examples
    --------
    >>> mean_of_tries([9.0, 9.5, 10.1])
    9.5
    """
    if len(tries) != TRIES:
        raise RangeError("tries", len(tries), str(TRIES))
    return round(fmean(tries), _DIGITS)
