"""The claim on relief: a fair wager, at each moment, on which of two movements was drawn."""

from dataclasses import dataclass

import numpy as np

from quietlegs.trials.design import ERROR
from quietlegs.trials.relief_events import Reliefs
from quietlegs.trials.relief_model import Followed
from quietlegs.trials.whitening import Floats

_LARGEST = 300.0


@dataclass(frozen=True, slots=True)
class Wagered:
    """What a stake of 1 is worth now, the most it ever was, and the first moment (position) it passed the threshold."""

    worth: float
    most: float
    claimed: int | None


def wagered(counted: Reliefs, followed: Followed, arm: int, comparator: int) -> Wagered:
    """Wager that the drops tell a movement from the comparator.

    Whenever one of the two was drawn, the stake is multiplied by the foretold density of the drop that came under the
    movement that was really drawn, divided by its mean over both, each with the chance it had. If the movement acts as
    the comparator does, the drop says nothing about which was drawn: the mean multiplier is 1 for any rule of drawing
    and any model, and the worth ever passes `threshold` with at most 5 % chance (Ville), over all movements together.

    References
    ----------
    Grünwald, de Heide and Koolen 2024, doi:10.1093/jrsssb/qkae011; Ville 1939

    Examples
    --------
    >>> from quietlegs.trials.relief_model import follow
    >>> half, at = [[0.5, 0.5]] * 20, np.datetime64("2026-01-05T03:00:00") + np.arange(20) * np.timedelta64(1, "D")
    >>> made = np.arange(20) % 2
    >>> twenty = Reliefs(at, ("breath", "calf"), made, half, np.full(20, 7), 6 - 3 * made - np.arange(20) % 3 / 2)
    >>> wagered(twenty, follow(twenty), 1, 0).claimed
    8
    """
    worth = np.cumsum(_gains(counted, followed, arm, comparator))
    if not worth.size:
        return Wagered(1.0, 1.0, None)
    passed = np.flatnonzero(worth >= np.log(threshold(len(counted.movements))))
    now, most = (float(np.exp(min(each, _LARGEST))) for each in (worth[-1], max(0.0, worth.max())))
    return Wagered(now, most, int(passed[0]) if passed.size else None)


def threshold(movements: int) -> float:
    """Return what a stake must become: 20 for each movement that may ever be drawn beside the comparator."""
    return (movements - 1) / ERROR


def _gains(counted: Reliefs, followed: Followed, arm: int, comparator: int) -> Floats:
    """Return the log of each moment's multiplier; 0 where neither, or only one of the two, could have been drawn."""
    two = [arm, comparator]
    chances = counted.chances[:, two]
    settled = np.isin(counted.made, two) & (chances > 0).all(axis=1)
    share = chances[settled] / chances[settled].sum(axis=1, keepdims=True)
    density = followed.log_density[settled][:, two]
    own = density[np.arange(len(density)), (counted.made[settled] == comparator).astype(np.int64)]
    gains = np.zeros(len(counted))
    gains[settled] = own - np.logaddexp(*(density + np.log(share)).T)
    return gains
