"""One estimate over all nights and all things that were ever tried: what one thing does tells of what is like it.

It serves bets on what to try next and what to keep. No claim rests on it: it believes beforehand how far things are
alike, and a claim by lot believes nothing.
"""

from dataclasses import dataclass
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

from quietlegs.records.bounds import RangeError
from quietlegs.trials.whitening import Floats


@dataclass(frozen=True, slots=True)
class Noise:
    """What is believed of nights before the first: weak, general, in points of 0 to 10.

    `level` and `level_sd` say where a person's nights may lie, `drift` how far the level goes in one night as a random
    walk: 0.1 is about 1 point in three months, both ways. `sds` are possible
    standard deviations of single nights around it, equally likely; `phi` is what a night passes on to the next one, and
    `rounding` what whole numbers add.
    """

    level: float = 5.0
    level_sd: float = 2.5
    drift: float = 0.1
    sds: tuple[float, ...] = (0.8, 1.3, 2.0, 2.9)
    phi: float = 0.3
    rounding: float = 0.3

    def covariance(self, places: Floats, sd: float) -> Floats:
        """Return how answers of these nights go together when nothing is done; `places` count nights from the first."""
        apart = np.abs(np.subtract.outer(places, places))
        walked = self.drift**2 * np.minimum.outer(places, places)
        noise = sd**2 * self.phi**apart + self.rounding**2 * np.eye(len(places))
        return np.asarray(self.level_sd**2 + walked + noise)


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """What is believed of each effect after all nights: one row for each possible noise, which `weight` weighs."""

    weight: Floats
    mean: Floats
    sd: Floats

    def below(self, effect: int) -> float:
        """Return the chance that an effect is below 0: fewer points of severity."""
        scaled = (-self.mean[:, effect] / (self.sd[:, effect] * sqrt(2))).tolist()
        return float(self.weight @ np.array([(1 + erf(each)) / 2 for each in scaled]))

    def expected(self, effect: int) -> float:
        """Return what is expected of an effect, in points."""
        return float(self.weight @ self.mean[:, effect])


_WEAK = Noise()


def pooled(places: Floats, answers: Floats, assigned: Floats, prior: Floats, noise: Noise = _WEAK) -> Pooled:
    """Return what all answered nights together tell of every effect: a linear mixed model, in closed form.

    An answer is a level that walks slowly, noise that lasts into the next night, and the sum of the effects of what was
    assigned. Effects are normal around 0 with the covariance `prior`, so that what is alike learns from each other.

    Parameters
    ----------
    places : array of float
        The number of each answered night, counted from 0; nights not answered are left out.
    answers : array of float
        Severity, 0 to 10.
    assigned : array of float
        One row a night, one column an effect: 1 where it was assigned, done or not. A column of 0 alone is an effect of
        which only its likes tell.
    prior : array of float
        Covariance of the effects before the first night, in points squared.
    noise : Noise, optional
        What is believed of nights.

    Raises
    ------
    RangeError
        Tables that do not fit together.

    Examples
    --------
    >>> nights, calf = np.arange(40.0), np.tile([1.0, 0.0], 20)
    >>> felt = 6 - 2 * calf + np.tile([0.4, 0.4, -0.4, -0.4], 10)
    >>> table = np.column_stack([calf, np.zeros(40)])
    >>> found = pooled(nights, felt, table, np.array([[1.0, 0.8], [0.8, 1.0]]))
    >>> round(found.expected(0), 1), found.below(0) > 0.99, found.below(1) > 0.9
    (-1.9, True, True)
    """
    if assigned.shape != (len(places), len(prior)) or len(answers) != len(places):
        raise RangeError("Pooled.assigned", assigned.shape, f"{len(places)} nights, {len(prior)} effects")
    spread = assigned @ prior
    of_effects, away = spread @ assigned.T, answers - noise.level
    rows = [_given(noise.covariance(places, sd) + of_effects, away, spread) for sd in noise.sds]
    likely = np.array([row[0] for row in rows])
    weight = np.exp(likely - likely.max())
    before = np.diag(prior)
    sds = [np.sqrt(np.maximum(before - row[2], 1e-12)) for row in rows]
    return Pooled(weight / weight.sum(), np.array([row[1] for row in rows]), np.array(sds))


def _given(covariance: Floats, away: Floats, spread: Floats) -> tuple[float, Floats, Floats]:
    """Return how likely the answers are, the effects' means, and how much less they vary now, for one noise."""
    lower = np.linalg.cholesky(covariance)
    solved: NDArray[np.float64] = np.linalg.solve(lower, np.column_stack([away, spread]))
    left, known = solved[:, 0], solved[:, 1:]
    likely = -0.5 * float(left @ left) - float(np.log(np.diag(lower)).sum())
    return likely, known.T @ left, np.square(known).sum(axis=0)
