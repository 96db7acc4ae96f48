"""What the diary knows about the beginning of each night's symptoms, and what may be learned from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from quietlegs.plan.onset_belief import WEEKEND, Belief, general
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


def day_of(night: date) -> int:
    """Return which of the belief's days of the week a night is: the weekend, or one that has a working day after it."""
    return WEEKEND if is_weekend(night) else 1 + (night.weekday() + 1) % 7


@dataclass(frozen=True, slots=True)
class Learned:
    """What is thought on the evening of a night; `left` is what was known by other clocks, which waits.

    Until `settled_on` the body may still go by the clock that it came from.
    """

    belief: Belief
    on: date
    clock_h: float
    settled_on: date
    left: Mapping[float, Belief] = field(default_factory=dict)

    @property
    def settling(self) -> bool:
        """Whether the body may still go by another clock."""
        return self.on < self.settled_on

    def by(self, night: date, clock_h: float) -> "Learned":
        """Let the nights pass until the evening of a later one, and come to its clock."""
        belief = self._faded(night)
        if _apart(clock_h, self.clock_h) < _ANOTHER_CLOCK_H:
            return replace(self, belief=belief, on=night, clock_h=clock_h)
        left = {**self.left, self.clock_h: belief}
        known = next((one for at, one in left.items() if _apart(at, clock_h) < _ANOTHER_CLOCK_H), belief)
        arrived = belief.arriving(_turned(clock_h - self.clock_h), known)
        return Learned(arrived, night, clock_h, night + _SETTLES_FOR, left)

    def _faded(self, until: date) -> Belief:
        """Let the nights pass, those first in which the body still settles."""
        nights = (until - self.on).days
        settling = max(0, min(nights, (self.settled_on - self.on).days))
        return self.belief.after_nights(settling, settling=True).after_nights(nights - settling)

    def after(self, night: NightBegun) -> "Learned":
        """Learn from a night; away from home by the usual clock, it tells nothing about the nights at home."""
        known = self.by(night.on, night.clock_h)
        if night.calm is None or (night.away and not known.settling):
            return known
        belief = known.belief
        if night.hour is not None:
            belief = belief.having_begun(night.hour, day=day_of(night.on))
        return replace(known, belief=belief.having_been(calm=night.calm))


def beginning(on: date, clock_h: float, told_h: float | None) -> Learned:
    """Return what is thought before the first night, with the hour after noon that the person told, if any."""
    return Learned(general(told_h), on, clock_h, settled_on=on)


def learned(nights: Sequence[NightBegun], tonight: date, clock_h: float, told_h: float | None) -> Learned:
    """Learn from each night in turn up to the evening of `tonight`.

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
    first = nights[0] if nights else NightBegun(tonight, None, None, clock_h)
    known = beginning(first.on, first.clock_h, told_h)
    for night in nights:
        known = known.after(night)
    return known.by(tonight, clock_h)


def _apart(first_h: float, second_h: float) -> float:
    return abs(_turned(first_h - second_h))


def _turned(hours: float) -> float:
    """Return a difference between two clocks the short way round."""
    return (hours + 12) % 24 - 12
