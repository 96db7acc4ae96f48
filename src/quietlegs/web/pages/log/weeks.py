"""Nights week by week and month by month: those without symptoms, sleep, and the hour at which it began."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from statistics import fmean, median, quantiles

from quietlegs.plan.onset import clock_after_noon
from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import since_noon
from quietlegs.records.slept import Sleep

WEEKS_SHOWN = 12
MONTHS_SHOWN = 6
_FEWEST_FOR_RANGE = 5
_WEEK = timedelta(days=7)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven nights from a Monday on; `quality` is the mean of `slept` nights, None where none was noted."""

    first: date
    noted: int
    free: int
    slept: int
    quality: float | None


@dataclass(frozen=True, slots=True)
class Onsets:
    """A month's onsets in minutes after noon: the middle one, and what 8 of 10 nights lie between."""

    month: date
    nights: int
    middle: float
    low: float
    high: float


def weeks(facts: Iterable[Fact], tonight: date) -> tuple[Week, ...]:
    """Return the last weeks, oldest first, from the first week with an entry on."""
    known = tuple(facts)
    rated, slept = newest_by_night(known, NightRating), newest_by_night(known, Sleep)
    severity = {on: one.severity for on, (_, one) in rated.items() if one.severity is not None}
    quality = {on: one.quality for on, (_, one) in slept.items() if one.quality is not None}
    last = tonight - timedelta(days=tonight.weekday())
    starts = [last - back * _WEEK for back in reversed(range(WEEKS_SHOWN))]
    earliest = min([*severity, *quality], default=tonight + _WEEK)
    return tuple(_week(start, severity, quality) for start in starts if start + _WEEK > earliest)


def _week(first: date, severity: dict[date, int], quality: dict[date, int]) -> Week:
    nights = [first + timedelta(days=k) for k in range(7)]
    felt = [severity[on] for on in nights if on in severity]
    slept = [quality[on] for on in nights if on in quality]
    return Week(first, len(felt), felt.count(0), len(slept), fmean(slept) if slept else None)


def onsets(facts: Iterable[Fact]) -> tuple[Onsets, ...]:
    """Return the last months in which an onset was noted, oldest first."""
    began = {on: _minutes(rating, fact) for on, (fact, rating) in newest_by_night(facts, NightRating).items()}
    told = [(on, minutes) for on, minutes in began.items() if minutes is not None]
    months = groupby(told, key=lambda one: one[0].replace(day=1))
    return tuple(_onsets(first, [minutes for _, minutes in nights]) for first, nights in months)[-MONTHS_SHOWN:]


def _onsets(first: date, minutes: list[float]) -> Onsets:
    if len(minutes) < _FEWEST_FOR_RANGE:
        return Onsets(first, len(minutes), median(minutes), min(minutes), max(minutes))
    tenths = quantiles(minutes, n=10, method="inclusive")
    return Onsets(first, len(minutes), median(minutes), tenths[0], tenths[-1])


def _minutes(rating: NightRating, fact: Fact) -> float | None:
    if rating.began_at is None:
        return None
    return since_noon(rating.began_at, fact.night, fact.noted.zone) / _MINUTE


def clock(minutes_after_noon: float) -> str:
    """Return the time on the wall, to five minutes."""
    return f"{clock_after_noon(minutes_after_noon):%H:%M}"
