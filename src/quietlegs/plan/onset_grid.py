"""The hours of a night in steps, and what may be done with weights that lie on them."""

from functools import cache
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Hours after noon. A quarter of an hour is finer than the half hours in which people note it.
STEP_H = 0.25
HOURS = np.arange(0, 24 + STEP_H, STEP_H)
SPREADS_H = np.array([0.25, 0.4, 0.6, 0.9, 1.3, 1.9, 2.8])
SHIFTS_H = np.arange(-2, 2.5, 0.5)
# How far two hours lie apart, for whoever alternates between them; 0 for whoever does not.
GAPS_H = np.array([0.0, 2.0, 3.0, 4.0])
# One night in fifty has nothing to do with the others, so that one odd night is no new habit.
_ODD = 1 / 50


def bell(off: Floats, sd: float) -> Floats:
    """Return weights of a bell, sum 1."""
    weights: Floats = np.exp(-0.5 * (off / sd) ** 2)
    weights /= weights.sum()
    return weights


def moved(weights: Floats, hours: float) -> Floats:
    """Move the weights of `HOURS` so much later; what would leave the night stays at its end."""
    steps = round(hours / STEP_H)
    if steps < 0:
        return moved(weights[::-1], -hours)[::-1]
    stays = max(0, len(HOURS) - steps)
    found = np.zeros_like(weights)
    found[len(HOURS) - stays :] = weights[:stays]
    found[-1] += weights[stays:].sum(axis=0)
    return found


def seen_from(chances: Floats, hours: Floats) -> Floats:
    """Return for each of `hours`, and each of `HOURS`, what is known of the hour so much later."""
    found: Floats = chances[_places(tuple(hours.tolist()))]
    return found


def chance_of(hour: float) -> Floats:
    """Return how likely an hour is, for each of `HOURS` as the usual one, and each spread around it."""
    off = (hour - HOURS[:, None]) / SPREADS_H
    density: Floats = (1 - _ODD) * np.exp(-0.5 * off**2) / (sqrt(2 * np.pi) * SPREADS_H) + _ODD / HOURS[-1]
    return density


@cache
def begun() -> Floats:
    """Return for each hour, usual hour and spread the chance to have begun by then, within the 24 hours of a night."""
    below = np.vectorize(erf)((HOURS[:, None, None] - HOURS[:, None]) / SPREADS_H / sqrt(2))
    within = (below - below[0]) / (below[-1] - below[0])
    chances: Floats = (1 - _ODD) * within + _ODD * (HOURS / HOURS[-1])[:, None, None]
    return chances


@cache
def either_hour() -> Floats:
    """Return how much of each level and gap, one after the other, lies at each of `HOURS`: half before, half after."""
    stays = np.eye(len(HOURS))
    lies = [(moved(stays, gap / 2) + moved(stays, -gap / 2)) / 2 for gap in GAPS_H]
    return np.stack(lies, axis=-1).reshape(len(HOURS), -1)


@cache
def wandering(hours: float) -> Floats:
    """Return what makes each level go a little earlier or later in a night; at the ends of a night it stays within."""
    variance = (hours / STEP_H) ** 2
    small_steps = int(np.ceil(variance))
    stays = np.eye(len(HOURS))
    aside = variance / small_steps / 2
    one = (1 - 2 * aside) * stays + aside * (moved(stays, STEP_H) + moved(stays, -STEP_H))
    wanders: Floats = np.linalg.matrix_power(one, small_steps)
    return wanders


@cache
def _places(hours: tuple[float, ...]) -> NDArray[np.intp]:
    steps = np.rint(np.array(hours) / STEP_H).astype(np.intp)
    places: NDArray[np.intp] = np.clip(np.arange(len(HOURS)) + steps[:, None], 0, len(HOURS) - 1)
    return places
