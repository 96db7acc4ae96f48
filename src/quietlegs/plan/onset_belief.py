"""What is thought of the hour at which one person's legs begin: a weight for each way it could be.

Theory, settings and what they were chosen by: docs/methods/onset.md.
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Hours after noon. A quarter of an hour is finer than the half hours in which people note it.
STEP_H = 0.25
HOURS = np.arange(0, 24 + STEP_H, STEP_H)
_SPREADS_H = np.array([0.25, 0.4, 0.6, 0.9, 1.3, 1.9, 2.8])
_SHIFTS_H = np.arange(-2, 2.5, 0.5)

# The general prior: 23:00 give or take two hours, so that most nights lie between 20:00 and 04:00.
_COMMON_H, _COMMON_SD_H = 11.0, 2.2
_USUAL_SPREAD_H, _SPREAD_FACTOR = 0.8, 1.9
_SHIFT_SD_H = 0.7
# What a person says counts for much, but not for all.
_TOLD_SHARE, _TOLD_SD_H = 0.85, 0.75
_CALM_BEFORE, _FELT_BEFORE = 1.0, 3.0

# Each night a little of what was learned is given back: levels wander, calm times come and go.
_WANDERS_H = 0.08
# In the first nights by another clock a level may move by an hour a night.
_SETTLES_H = 0.8
_BEGINS_ANEW = 0.003
_FADES = 0.98
# One night in fifty has nothing to do with the others, so that one odd night is no new habit.
_ODD = 1 / 50


@dataclass(frozen=True, slots=True)
class Belief:
    """Weights of level, spread and weekend shift, sum 1; `calm` and `felt` count nights, old ones less.

    `start` is what was thought before the first night.
    """

    weights: Floats
    start: Floats
    calm: float = _CALM_BEFORE
    felt: float = _FELT_BEFORE

    def after_nights(self, nights: int, *, settling: bool = False) -> "Belief":
        """Return what is left of it so many nights later; while a body settles into another clock, less."""
        weights, wanders = self.weights, _wandering(_SETTLES_H if settling else _WANDERS_H)
        for _night in range(nights):
            moved = (wanders @ weights.reshape(len(HOURS), -1)).reshape(weights.shape)
            weights = (1 - _BEGINS_ANEW) * moved + _BEGINS_ANEW * self.start
        faded = _FADES**nights
        calm = _CALM_BEFORE + faded * (self.calm - _CALM_BEFORE)
        felt = _FELT_BEFORE + faded * (self.felt - _FELT_BEFORE)
        return replace(self, weights=weights, calm=calm, felt=felt)

    def having_begun(self, hour: float, *, weekend: bool) -> "Belief":
        """Learn the hour after noon at which a night's symptoms began."""
        shifts = _SHIFTS_H if weekend else np.zeros_like(_SHIFTS_H)
        off = (hour - HOURS[:, None, None] - shifts) / _SPREADS_H[:, None]
        likely = (1 - _ODD) * _density(off) / _SPREADS_H[:, None] + _ODD / HOURS[-1]
        weights = self.weights * likely
        return replace(self, weights=weights / weights.sum())

    def having_been(self, *, calm: bool) -> "Belief":
        """Count a night without symptoms, or one with."""
        return replace(self, calm=self.calm + calm, felt=self.felt + (not calm))

    def arriving(self, ahead_h: float, by_that_clock: "Belief") -> "Belief":
        """Go to a clock that is so many hours ahead.

        Half of it says what was thought by that clock, and half that the body goes on by the clock that it comes from,
        or by anything in between.
        """
        steps = round(ahead_h / STEP_H)
        moved = [_moved(self.weights, step) for step in range(min(steps, 0), max(steps, 0) + 1)]
        return replace(self, weights=(by_that_clock.weights + np.mean(moved, axis=0)) / 2)

    def by_then(self, *, weekend: bool) -> Floats:
        """Return for each of `HOURS` the chance that symptoms have begun by then, on a night that has some."""
        levels = np.zeros(self.weights.shape[:2])
        for place, shift in enumerate(_SHIFTS_H):
            part = self.weights[:, :, place]
            levels += _moved(part, round(shift / STEP_H)) if weekend else part
        chances: Floats = np.tensordot(_table(), levels, 2)
        return chances

    @property
    def chance_of_calm(self) -> float:
        """The chance of a night without symptoms."""
        return self.calm / (self.calm + self.felt)

    @property
    def weekend_shift_h(self) -> float:
        """How much later, on average, symptoms begin on weekend nights, in hours."""
        return float((self.weights.sum(axis=(0, 1)) * _SHIFTS_H).sum())


def general(told_h: float | None = None) -> Belief:
    """Return what is thought before the first night: what is common, moved by what the person said.

    Parameters
    ----------
    told_h : float, optional
        The usual hour that the person told, in hours after noon.
    """
    level = _bell(HOURS - _COMMON_H, _COMMON_SD_H)
    if told_h is not None:
        level = _TOLD_SHARE * _bell(HOURS - told_h, _TOLD_SD_H) + (1 - _TOLD_SHARE) * level
    spread = _bell(np.log(_SPREADS_H / _USUAL_SPREAD_H), np.log(_SPREAD_FACTOR))
    start = level[:, None, None] * spread[:, None] * _bell(_SHIFTS_H, _SHIFT_SD_H)
    return Belief(start, start)


def hour_at(by_then: Floats, share: float) -> float:
    """Return the hour after noon by which symptoms have begun with this chance."""
    return float(np.interp(share, by_then, HOURS))


def _bell(off: Floats, sd: float) -> Floats:
    weights: Floats = np.exp(-0.5 * (off / sd) ** 2)
    weights /= weights.sum()
    return weights


def _density(off: Floats) -> Floats:
    """Student's t with 4 degrees of freedom, which expects a night far off now and then."""
    density: Floats = 0.375 * (1 + off**2 / 4) ** -2.5
    return density


def _share_below(off: Floats) -> Floats:
    """Return its distribution, which has a closed form."""
    part = off / np.sqrt(1 + off**2 / 4)
    below: Floats = 0.5 + 0.375 * part * (1 - part**2 / 12)
    return below


@cache
def _table() -> Floats:
    """Return for each hour, level and spread the chance to have begun by then, within the 24 hours of a night."""
    below = _share_below((HOURS[:, None, None] - HOURS[:, None]) / _SPREADS_H)
    within = (below - below[0]) / (below[-1] - below[0])
    chances: Floats = (1 - _ODD) * within + _ODD * (HOURS / HOURS[-1])[:, None, None]
    return chances


@cache
def _wandering(hours: float) -> Floats:
    """Return what makes each level go a little earlier or later in a night; at the ends of a night it stays within."""
    variance = (hours / STEP_H) ** 2
    small_steps = int(np.ceil(variance))
    stays = np.eye(len(HOURS))
    aside = variance / small_steps / 2
    one = (1 - 2 * aside) * stays + aside * (_moved(stays, 1) + _moved(stays, -1))
    wanders: Floats = np.linalg.matrix_power(one, small_steps)
    return wanders


def _moved(weights: Floats, steps: int) -> Floats:
    """Move the levels so many steps later; what would leave the night stays at its end."""
    moved = np.zeros_like(weights)
    np.add.at(moved, np.clip(np.arange(len(HOURS)) + steps, 0, len(HOURS) - 1), weights)
    return moved
