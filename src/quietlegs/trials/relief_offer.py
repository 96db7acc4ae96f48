"""Which movement to offer now: drawn with chances that the earlier moments decide, none below a floor."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from quietlegs.records.bounds import RangeError
from quietlegs.trials.relief_events import Reliefs, ReliefsError
from quietlegs.trials.whitening import Floats

_REACH_SD = 5.0
_STEPS = np.linspace(0.0, 1.0, 49)
_SIGMA_DF = 2.0
_SUMS = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """How chances follow from the earlier moments. It is fixed before the first one, or no draw can be repeated.

    `floor` is the least chance of each movement in the set. A moment counts half as much after `half_life_days`.
    `sigma` is a usual standard deviation of the drop, in the ratings' unit.
    """

    floor: float = 0.1
    half_life_days: float = 60.0
    sigma: float = 1.5

    def __post_init__(self) -> None:
        """Refuse a floor outside (0, 0.5] and sizes that are not above 0."""
        if not 0 < self.floor <= 0.5:  # noqa: PLR2004  # two movements with half a chance each
            raise RangeError("Rule.floor", self.floor, "above 0, up to 0.5")
        for name in ("half_life_days", "sigma"):
            if not 0 < getattr(self, name) < np.inf:
                raise RangeError(f"Rule.{name}", getattr(self, name), "a finite number above 0")


RULE = Rule()


@dataclass(frozen=True, slots=True)
class Offer:
    """The movement drawn, the chance it was drawn with, and the chances of all that could have been drawn."""

    movement: str
    probability: float
    chances: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What the rule remembers: for each course of events (rows) and movement, six sums, faded by age.

    The sums are of 1, before, drop, before squared, before by drop, and drop squared.
    """

    sums: Floats
    rule: Rule

    @classmethod
    def start(cls, rows: int, movements: int, rule: Rule) -> Self:
        """Return the tally before the first moment."""
        return cls(np.zeros((rows, movements, _SUMS)), rule)

    def add(self, made: NDArray[np.integer], before: Floats, drop: Floats, *, days: float) -> None:
        """Fade what is known by the `days` gone by, and add one moment to each row."""
        self.sums[:] *= 2.0 ** (-days / self.rule.half_life_days)
        self.sums[np.arange(len(made)), made] += _products(before, drop)

    def chances(self, open_: NDArray[np.integer]) -> Floats:
        """Return each row's chances of the movements whose positions are given; they add up to 1."""
        mean, sd = self._drops()
        floor = self.rule.floor
        return np.asarray(floor + (1 - open_.size * floor) * best_chances(mean[:, open_], sd[:, open_]))

    def _drops(self) -> tuple[Floats, Floats]:
        """Return mean and standard deviation of each movement's drop beyond what `before` alone lets one expect."""
        # The line through all drops is fitted without the movements: a high rating before brings its own fall with it.
        count, b, y, bb, by, yy = np.moveaxis(self.sums.sum(axis=1), -1, 0)
        many = np.maximum(count, np.finfo(float).tiny)
        spread, shared = bb - b**2 / many, by - b * y / many
        slope = shared / (spread + self.rule.sigma**2)
        level = (y - slope * b) / many
        left = np.maximum(yy - y**2 / many - slope * (2 * shared - slope * spread), 0.0)
        variance = (_SIGMA_DF * self.rule.sigma**2 + left) / (_SIGMA_DF + count)
        own, own_b, own_y = np.moveaxis(self.sums[..., :3], -1, 0)
        beyond = own_y - level[:, None] * own - slope[:, None] * own_b
        # As if each movement had been tried once more, with the usual drop.
        return beyond / (own + 1), np.sqrt(variance[:, None] / (own + 1))


def offer(
    history: Reliefs, allowed: Collection[str], *, comparator: str, rng: np.random.Generator, rule: Rule = RULE
) -> Offer:
    """Draw the movement for this moment, by Thompson sampling above a floor.

    The chances are a fixed function of the history: ``floor + (1 - k * floor) * P(best)`` for `k` movements, where
    P(best) is reckoned, not sampled. Only moments that were drawn and rated before and after count. The rating
    before this moment has no part in it, but ask for it first: seeing the movement could change it.

    Parameters
    ----------
    history : Reliefs
        All earlier moments of the experiment, oldest first; `Reliefs.none(movements)` at the beginning.
    allowed : collection of str
        What may be offered now, the comparator among them.
    rng : Generator
        One uniform number is taken.

    Raises
    ------
    ReliefsError
        The comparator is not allowed, or the set is so large that the floors exceed 1; UnknownMovementError.

    References
    ----------
    Thompson 1933, doi:10.1093/biomet/25.3-4.285

    Examples
    --------
    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> drawn = offer(Reliefs.none(["breath", "calf"]), ["breath", "calf"], comparator="breath", rng=rng)
    >>> drawn.movement, drawn.probability, drawn.chances
    ('calf', 0.5, {'breath': 0.5, 'calf': 0.5})
    """
    open_ = _open(history, allowed, comparator, rule)
    chances = tally(history, rule).chances(open_)[0]
    place = min(int(np.searchsorted(np.cumsum(chances), rng.random(), side="right")), open_.size - 1)
    named = dict(zip((history.movements[each] for each in open_), chances.tolist(), strict=True))
    movement = history.movements[open_[place]]
    return Offer(movement, named[movement], named)


def tally(history: Reliefs, rule: Rule) -> Tally:
    """Return what the rule remembers after these moments."""
    found, counted = Tally.start(1, len(history.movements), rule), history.counted()
    if len(counted):
        age = counted.days[-1] - counted.days
        rows = (
            _products(counted.before - counted.before[0], counted.drop) * 2.0 ** (-age / rule.half_life_days)[:, None]
        )
        np.add.at(found.sums[0], counted.made, rows)
    return found


def best_chances(mean: Floats, sd: Floats) -> Floats:
    """Return the chance of each column to be the highest of its row, for independent normal numbers."""
    low = (mean - _REACH_SD * sd).max(axis=1, keepdims=True)
    high = (mean + _REACH_SD * sd).max(axis=1, keepdims=True)
    points = low + (high - low) * _STEPS
    below = ndtr((points[:, None, :] - mean[..., None]) / sd[..., None])
    highest = np.empty_like(mean)
    for column in range(mean.shape[1]):
        others = np.prod(np.delete(below, column, axis=1), axis=1)
        steps = np.diff(below[:, column], axis=1)
        highest[:, column] = (steps * (others[:, 1:] + others[:, :-1])).sum(axis=1)
    return np.asarray(highest / highest.sum(axis=1, keepdims=True), dtype=np.float64)


def _open(history: Reliefs, allowed: Collection[str], comparator: str, rule: Rule) -> NDArray[np.int64]:
    if comparator not in allowed:
        raise ReliefsError("comparator", comparator, f"one of those allowed now: {', '.join(allowed) or 'none'}")
    open_ = np.array(sorted({history.position(name) for name in allowed}), dtype=np.int64)
    if open_.size * rule.floor > 1:
        raise ReliefsError("allowed", f"{open_.size} movements", f"at most {int(1 / rule.floor)} with this floor")
    return open_


def _products(before: Floats, drop: Floats) -> Floats:
    return np.stack([np.ones_like(drop), before, drop, before**2, before * drop, drop**2], axis=-1)
