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

# Since the ends are flat, even steps as wide as the smallest standard deviation lose next to nothing.
_REACH_SD = 3.5
_STEPS = np.linspace(0.0, 1.0, 17)[:, None]
_SIGMA_DF = 2.0
Number = Floats | float


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
    """What the rule remembers of many courses of events at once: sums, faded by age; the last axis is the courses.

    `own` has the sums of 1, before and drop of each movement, `shared` those of before squared, before by drop, and
    drop squared over all movements.
    """

    own: Floats
    shared: Floats
    rule: Rule

    @classmethod
    def start(cls, courses: int, movements: int, rule: Rule) -> Self:
        """Return the tally before the first moment."""
        return cls(np.zeros((3, movements, courses)), np.zeros((3, courses)), rule)

    def add(self, made: NDArray[np.integer], before: Number, drop: Number, *, days: Number) -> None:
        """Fade what is known by the `days` gone by, and add one moment to each course (or the same to all)."""
        fade = 2.0 ** (-days / self.rule.half_life_days)
        tried = made == np.arange(self.own.shape[1])[:, None]
        for sums, terms in (
            (self.own, (tried, tried * before, tried * drop)),
            (self.shared, (before**2, before * drop, drop**2)),
        ):
            sums[:] *= fade
            for place, more in enumerate(terms):
                sums[place] += more

    def chances(self, open_: NDArray[np.integer]) -> Floats:
        """Return each course's chances (columns) of the movements whose positions are given; they add up to 1."""
        mean, sd = self._drops()
        floor = self.rule.floor
        return np.asarray(floor + (1 - open_.size * floor) * best_chances(mean[open_], sd[open_]))

    def _drops(self) -> tuple[Floats, Floats]:
        """Return mean and standard deviation of each movement's drop beyond what `before` alone lets one expect."""
        # The line through all drops is fitted without the movements: a high rating before brings its own fall with it.
        own, own_b, own_y = self.own
        count, b, y = self.own.sum(axis=1)
        bb, by, yy = self.shared
        many = np.maximum(count, np.finfo(float).tiny)
        spread, shared = bb - b**2 / many, by - b * y / many
        slope = shared / (spread + self.rule.sigma**2)
        level = (y - slope * b) / many
        left = np.maximum(yy - y**2 / many - slope * (2 * shared - slope * spread), 0.0)
        variance = (_SIGMA_DF * self.rule.sigma**2 + left) / (_SIGMA_DF + count)
        # As if each movement had been tried once more, with the usual drop.
        return (own_y - level * own - slope * own_b) / (own + 1), np.sqrt(variance / (own + 1))


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
    chances = tally(history, rule).chances(open_)[:, 0]
    place = min(int(np.searchsorted(np.cumsum(chances), rng.random(), side="right")), open_.size - 1)
    named = dict(zip((history.movements[each] for each in open_), chances.tolist(), strict=True))
    movement = history.movements[open_[place]]
    return Offer(movement, named[movement], named)


def tally(history: Reliefs, rule: Rule) -> Tally:
    """Return what the rule remembers after these moments."""
    counted = history.counted()
    before, drop = counted.before - counted.before[:1], counted.drop
    fade = 2.0 ** ((counted.days - counted.days[-1:]) / rule.half_life_days)
    tried = counted.made == np.arange(len(history.movements))[:, None]
    own = np.stack([tried @ fade, tried @ (fade * before), tried @ (fade * drop)])
    shared = np.stack([fade @ before**2, fade @ (before * drop), fade @ drop**2])
    return Tally(own[..., None], shared[:, None], rule)


def best_chances(mean: Floats, sd: Floats) -> Floats:
    """Return the chance of each row to be the highest of its column, for independent normal numbers.

    With two it is one value of the normal distribution; with more, an integral over even steps.

    Examples
    --------
    >>> best_chances(np.array([[0.0], [0.0], [1.0]]), np.ones((3, 1))).round(3).ravel().tolist()
    [0.183, 0.183, 0.634]
    """
    if len(mean) == 1:
        return np.ones_like(mean)
    if len(mean) == 2:  # noqa: PLR2004  # the difference of two normal numbers is normal
        first = ndtr((mean[0] - mean[1]) / np.hypot(*sd))
        return np.stack([first, 1 - first])
    low, high = (mean - _REACH_SD * sd).max(axis=0), (mean + _REACH_SD * sd).max(axis=0)
    points = low + (high - low) * _STEPS
    # In place: with thousands of columns, most of the time would go into fetching memory.
    away = points - mean[:, None]
    away /= sd[:, None]
    # No point is further below any mean than the reach, so that none of these chances is near 0.
    below = ndtr(away)
    away *= away
    density = np.exp(-0.5 * away, out=away)
    density /= below
    density *= below.prod(axis=0)
    found = density.sum(axis=1) / sd
    return np.asarray(found / found.sum(axis=0))


def _open(history: Reliefs, allowed: Collection[str], comparator: str, rule: Rule) -> NDArray[np.int64]:
    if comparator not in allowed:
        raise ReliefsError("comparator", comparator, f"one of those allowed now: {', '.join(allowed) or 'none'}")
    open_ = np.array(sorted({history.position(name) for name in allowed}), dtype=np.int64)
    if open_.size * rule.floor > 1:
        raise ReliefsError("allowed", f"{open_.size} movements", f"at most {int(1 / rule.floor)} with this floor")
    return open_
