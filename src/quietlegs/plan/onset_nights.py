"""What the diary knows about the beginning of each night's symptoms, and what may be learned from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from quietlegs.plan.onset_belief import Belief, general
from quietlegs.records.done import NightState, State
from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import instant_in, moment, since_noon

LOOKED_BACK = timedelta(days=120)
_HOUR = timedelta(hours=1)
_EVENING = time(20)
_WEEKEND = (4, 5)
# Summer time moves the clock by an hour and the evening with it; further apart, the body does not follow at once.
_ANOTHER_CLOCK_H = 2.0
_SETTLES_FOR = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class NightBegun:
    """One rated night: `hour` after noon at which it began, None where there was none or nobody knows.

    `calm` is True without symptoms, None where it was not answered. `clock_h` is how far the clock on the wall was
    ahead of UTC, `away` a night that was marked as spent travelling.
    """

    on: date
    hour: float | None
    calm: bool | None
    clock_h: float
    away: bool = False


def nights_begun(facts: Iterable[Fact], tonight: date) -> tuple[NightBegun, ...]:
    """Return the rated nights before `tonight`, oldest first; tonight's own entry counts from tomorrow on."""
    known = tuple(facts)
    states = newest_by_night(known, NightState)
    away = {on for on, (_, one) in states.items() if one.state is State.TRAVEL}
    return tuple(
        _night_begun(fact, rating, away=on in away)
        for on, (fact, rating) in newest_by_night(known, NightRating).items()
        if tonight - LOOKED_BACK <= on < tonight
    )


def _night_begun(fact: Fact, rating: NightRating, *, away: bool) -> NightBegun:
    hour = None
    calm = None if rating.severity is None else rating.severity == 0
    if rating.began_at is not None:
        hour, calm = since_noon(rating.began_at, fact.night, fact.noted.zone) / _HOUR, False
    return NightBegun(fact.night, hour, calm, clock_h(fact.night, fact.noted.zone), away)


def clock_h(night: date, zone: str) -> float:
    """Return how many hours the clock on the wall of a zone is ahead of UTC in the evening."""
    return moment(instant_in(night, _EVENING, zone), zone).offset / _HOUR


def is_weekend(night: date) -> bool:
    """Whether no working day follows for most people: the nights from Friday and from Saturday."""
    return night.weekday() in _WEEKEND


@dataclass(frozen=True, slots=True)
class Learned:
    """What is thought of tonight; `settling` while the body may still go by the clock that it came from."""

    belief: Belief
    settling: bool


def learned(nights: Sequence[NightBegun], tonight: date, clock_h: float, told_h: float | None) -> Learned:
    """Learn from each night in turn up to the evening of `tonight`; what is known by a clock that was left waits.

    Parameters
    ----------
    nights : sequence of NightBegun
        Rated nights before `tonight`, oldest first.
    tonight : date
        The night that is foreseen.
    clock_h : float
        How far its clock is ahead of UTC.
    told_h : float, optional
        The usual hour that the person told, in hours after noon.
    """
    coming = (*nights, NightBegun(tonight, None, None, clock_h))
    belief, before = general(told_h), coming[0]
    left: dict[float, Belief] = {}
    settled_on = before.on
    for night in coming:
        belief = _later(belief, before.on, night.on, settled_on)
        if _apart(night.clock_h, before.clock_h) >= _ANOTHER_CLOCK_H:
            left[before.clock_h] = belief
            known = next((one for at, one in left.items() if _apart(at, night.clock_h) < _ANOTHER_CLOCK_H), belief)
            belief = belief.arriving(_turned(night.clock_h - before.clock_h), known)
            settled_on = night.on + _SETTLES_FOR
        # Away from home by the usual clock, a night tells nothing about the nights at home.
        if not night.away or night.on < settled_on:
            belief = _noticed(belief, night)
        before = night
    return Learned(belief, settling=tonight < settled_on)


def _later(belief: Belief, since: date, until: date, settled_on: date) -> Belief:
    """Let the nights pass, those first in which the body still settles."""
    nights = (until - since).days
    settling = max(0, min(nights, (settled_on - since).days))
    return belief.after_nights(settling, settling=True).after_nights(nights - settling)


def _noticed(belief: Belief, night: NightBegun) -> Belief:
    if night.calm is None:
        return belief
    if night.hour is not None:
        belief = belief.having_begun(night.hour, weekend=is_weekend(night.on))
    return belief.having_been(calm=night.calm)


def _apart(first_h: float, second_h: float) -> float:
    return abs(_turned(first_h - second_h))


def _turned(hours: float) -> float:
    """Return a difference between two clocks the short way round."""
    return (hours + 12) % 24 - 12
