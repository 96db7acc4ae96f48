"""What the onset's forecast is held against, each as a chance for every quarter of an hour to have begun by then."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from quietlegs.plan.onset_grid import HOURS
from quietlegs.plan.onset_nights import NightBegun

Floats = NDArray[np.float64]
FIXED_H = 8.5
_LAST = 28
# The chance to have begun by each hour, all nights counted: what is missing to 1 at the end is the chance of calm.
Rival = Callable[[Sequence[NightBegun]], Floats]


def _at(hour: float) -> Floats:
    return (hour <= HOURS).astype(float)


def fixed(_nights: Sequence[NightBegun]) -> Floats:
    """Say 20:30, whatever the diary has."""
    return _at(FIXED_H)


def last_night(nights: Sequence[NightBegun]) -> Floats:
    """Say the same as on the last night that is known: its hour, or none."""
    known = [night for night in nights if night.hour is not None or night.calm]
    if not known:
        return fixed(nights)
    return np.zeros_like(HOURS) if known[-1].hour is None else _at(known[-1].hour)


def running_mean(nights: Sequence[NightBegun]) -> Floats:
    """Say the mean of all hours noted so far."""
    hours = _hours(nights)
    return _at(float(np.mean(hours))) if hours else fixed(nights)


def last_month(nights: Sequence[NightBegun]) -> Floats:
    """Say that tonight is any of the last 28 known nights, calm ones among them: a distribution, not a point."""
    known = [night for night in nights if night.hour is not None or night.calm][-_LAST:]
    if not known:
        return fixed(nights)
    begun = np.zeros_like(HOURS)
    for hour in _hours(known):
        begun += _at(hour) / len(known)
    return begun


def on_felt_nights(by_then: Floats, nights: Sequence[NightBegun]) -> Floats:
    """Return what a rival says of the hour, were there symptoms; where it says none, its last known hour."""
    if by_then[-1] > 0:
        felt: Floats = by_then / by_then[-1]
        return felt
    hours = _hours(nights)
    return _at(hours[-1]) if hours else fixed(nights)


def _hours(nights: Sequence[NightBegun]) -> list[float]:
    return [night.hour for night in nights if night.hour is not None]


RIVALS: dict[str, Rival] = {
    "same as last night": last_night,
    "running mean": running_mean,
    "fixed 20:30": fixed,
    "last 28 nights": last_month,
}
