"""What is thought of the hour at which one person's legs begin: a weight for each way it could be.

Theory, settings and what they were chosen by: docs/methods/onset.md.
"""

from dataclasses import dataclass, replace

import numpy as np

from quietlegs.plan.onset_grid import (
    GAPS_H,
    HOURS,
    SHIFTS_H,
    SPREADS_H,
    STEP_H,
    Floats,
    begun,
    bell,
    chance_of,
    either_hour,
    moved,
    seen_from,
    wandering,
)

# The general prior: 23:00 give or take two hours, so that most nights lie between 20:00 and 04:00.
_COMMON_H, _COMMON_SD_H = 11.0, 2.2
_USUAL_SPREAD_H, _SPREAD_FACTOR = 0.6, 1.6
# Few people alternate between two hours. Weekends often differ, any other day of the week seldom.
_TWO_HOURS = 0.15
_LIKE_OTHER_DAYS, _SHIFT_SD_H = 0.85, 0.7
# What a person says counts for much, but not for all.
_TOLD_SHARE, _TOLD_SD_H = 0.85, 0.75
_CALM_BEFORE, _FELT_BEFORE = 1.0, 3.0

# Each night a little of what was learned is given back: levels wander, calm times come and go.
_WANDERS_H = 0.07
# In the first nights by another clock a level may move by an hour a night.
_SETTLES_H = 0.8
_BEGINS_ANEW = 0.002
_FADES = 0.98

# Friday and Saturday nights share a shift, each other night of the week has its own.
WEEKEND, DAYS = 0, 6


@dataclass(frozen=True, slots=True)
class Belief:
    """Weights of level, gap and spread, sum 1; for each of `DAYS` weights of its shift, sum 1.

    `calm` and `felt` count nights, old ones less. `start` and `days_start` are what was thought before the first night.
    """

    weights: Floats
    days: Floats
    start: Floats
    days_start: Floats
    calm: float = _CALM_BEFORE
    felt: float = _FELT_BEFORE

    def after_nights(self, nights: int, *, settling: bool = False) -> "Belief":
        """Return what is left of it so many nights later; while a body settles into another clock, less."""
        weights, wanders = self.weights, wandering(_SETTLES_H if settling else _WANDERS_H)
        for _night in range(nights):
            gone = (wanders @ weights.reshape(len(HOURS), -1)).reshape(weights.shape)
            weights = (1 - _BEGINS_ANEW) * gone + _BEGINS_ANEW * self.start
        days = self.days_start + (1 - _BEGINS_ANEW) ** nights * (self.days - self.days_start)
        faded = _FADES**nights
        calm = _CALM_BEFORE + faded * (self.calm - _CALM_BEFORE)
        felt = _FELT_BEFORE + faded * (self.felt - _FELT_BEFORE)
        return replace(self, weights=weights, days=days, calm=calm, felt=felt)

    def having_begun(self, hour: float, *, day: int) -> "Belief":
        """Learn the hour after noon at which a night's symptoms began.

        The shift is learned from where the level was thought to be, and the level from what the shift was thought to
        be, each by itself.
        """
        by_shift = seen_from(chance_of(hour), SHIFTS_H)
        usual = np.tensordot(self.days[day], by_shift, 1)
        weights, days = self.weights * (either_hour().T @ usual).reshape(self.weights.shape), self.days.copy()
        days[day] *= np.tensordot(by_shift, self._usual_hours(), 2)
        days[day] /= days[day].sum()
        return replace(self, weights=weights / weights.sum(), days=days)

    def having_been(self, *, calm: bool) -> "Belief":
        """Count a night without symptoms, or one with."""
        return replace(self, calm=self.calm + calm, felt=self.felt + (not calm))

    def arriving(self, ahead_h: float, by_that_clock: "Belief") -> "Belief":
        """Go to a clock that is so many hours ahead.

        Half of it says what was thought by that clock, and half that the body goes on by the clock that it comes from,
        or by anything in between.
        """
        steps = round(ahead_h / STEP_H)
        between = [moved(self.weights, step * STEP_H) for step in range(min(steps, 0), max(steps, 0) + 1)]
        return replace(self, weights=(by_that_clock.weights + np.mean(between, axis=0)) / 2)

    def by_then(self, *, day: int) -> Floats:
        """Return for each of `HOURS` the chance that symptoms have begun by then, on a night that has some."""
        usual = self._usual_hours()
        levels = np.sum([share * moved(usual, at) for share, at in zip(self.days[day], SHIFTS_H, strict=True)], axis=0)
        chances: Floats = np.tensordot(begun(), levels, 2)
        return chances

    def _usual_hours(self) -> Floats:
        """Return the weight of each hour and spread on a day that is like the others."""
        hours: Floats = either_hour() @ self.weights.reshape(-1, len(SPREADS_H))
        return hours

    @property
    def chance_of_calm(self) -> float:
        """The chance of a night without symptoms."""
        return self.calm / (self.calm + self.felt)

    @property
    def chance_of_two_hours(self) -> float:
        """The chance that this person alternates between two hours."""
        return float(self.weights[:, 1:].sum())

    def shift_h(self, day: int) -> float:
        """Return how much later, on average, symptoms begin on such nights, in hours."""
        return float((self.days[day] * SHIFTS_H).sum())


def general(told_h: float | None = None) -> Belief:
    """Return what is thought before the first night: what is common, moved by what the person said.

    Parameters
    ----------
    told_h : float, optional
        The usual hour that the person told, in hours after noon.
    """
    level = bell(HOURS - _COMMON_H, _COMMON_SD_H)
    if told_h is not None:
        level = _TOLD_SHARE * bell(HOURS - told_h, _TOLD_SD_H) + (1 - _TOLD_SHARE) * level
    gap = np.where(GAPS_H > 0, _TWO_HOURS / (len(GAPS_H) - 1), 1 - _TWO_HOURS)
    spread = bell(np.log(SPREADS_H / _USUAL_SPREAD_H), np.log(_SPREAD_FACTOR))
    start = level[:, None, None] * gap[:, None] * spread
    shift = bell(SHIFTS_H, _SHIFT_SD_H)
    days = np.tile((1 - _LIKE_OTHER_DAYS) * shift + _LIKE_OTHER_DAYS * (SHIFTS_H == 0), (DAYS, 1))
    days[WEEKEND] = shift
    return Belief(start, days, start, days)


def hour_at(by_then: Floats, share: float) -> float:
    """Return the hour after noon by which symptoms have begun with this chance."""
    return float(np.interp(share, by_then, HOURS))
