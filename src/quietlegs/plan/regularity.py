"""How regular sleep is: the Sleep Regularity Index, from the hours noted in the diary."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.moment import since_noon
from quietlegs.records.slept import Sleep

# Chosen here: fewer pairs of nights swing too much to be shown; two weeks at most, so that a change shows.
FEWEST_PAIRS = 5
WITHIN = timedelta(days=14)
_NIGHT, _DAY = timedelta(days=1), timedelta(days=1)
_NOTHING = timedelta(0)

Slept = tuple[timedelta, timedelta]


@dataclass(frozen=True, slots=True)
class Regularity:
    """The index, 100 where each day is like the one before, about 0 by chance, and the pairs of nights behind it."""

    index: float
    pairs: int


def regularity(facts: Iterable[Fact], tonight: date) -> Regularity | None:
    """Return the Sleep Regularity Index of the last two weeks; None with fewer than five pairs of nights.

    The chance, scaled from -100 to 100, of being asleep (or awake) at one moment as 24 hours before, over all moments
    of each two days that follow each other and are both known (Phillips et al. 2017, doi:10.1038/s41598-017-03171-4).
    Sleep is taken to last from falling asleep, or lights out where only that was noted, to getting up; waking in
    between and naps are not known. The clock on the wall counts, as people live by it.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now; nights without hours are passed over.
    tonight : date
        The last night that may count.
    """
    slept = _slept(facts, tonight)
    pairs = [(hours, slept[on + _NIGHT]) for on, hours in slept.items() if on + _NIGHT in slept]
    if len(pairs) < FEWEST_PAIRS:
        return None
    return Regularity(fmean(alike(one, other) for one, other in pairs), len(pairs))


def alike(one: Slept, other: Slept) -> float:
    """Return the index of two days, each with one stretch of sleep told from its noon.

    Examples
    --------
    >>> hours = lambda n: timedelta(hours=n)
    >>> alike((hours(11), hours(19)), (hours(11), hours(19)))
    100.0
    >>> round(alike((hours(11), hours(19)), (hours(12), hours(20))), 3)
    83.333
    """
    both = max(_NOTHING, min(one[1], other[1]) - max(one[0], other[0]))
    differs = (one[1] - one[0]) + (other[1] - other[0]) - 2 * both
    return 100 - 200 * (differs / _DAY)


def _slept(facts: Iterable[Fact], tonight: date) -> dict[date, Slept]:
    found: dict[date, Slept] = {}
    for on, (fact, sleep) in newest_by_night(facts, Sleep).items():
        begins = sleep.asleep_at or sleep.lights_out_at
        if begins is None or sleep.up_at is None or not tonight - WITHIN < on <= tonight:
            continue
        hours = since_noon(begins, on, fact.noted.zone), since_noon(sleep.up_at, on, fact.noted.zone)
        if _NOTHING <= hours[0] <= hours[1] <= _DAY:
            found[on] = hours
    return found
