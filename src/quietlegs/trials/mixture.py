"""Mixtures of Student's t distributions: moments, chances and exact quantiles."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, stdtr, stdtrit

from quietlegs.trials.whitening import Floats

# Newton's last move errs by about its square over the width of the narrowest part, which may be a ten-thousandth of the
# whole: with moves of a ten-millionth a chance was wrong by 7e-9.
_CLOSE = 1e-9
_MOST_STEPS = 200
_FARTHEST = 8.0

Curve = Callable[[Floats], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Several quantities (rows), each a mixture of t distributions that share weights and degrees of freedom."""

    weight: Floats
    mean: Floats
    scale: Floats
    df: float

    def top(self, count: int) -> "Mixture":
        """Return the first quantities alone."""
        return Mixture(self.weight, self.mean[:count], self.scale[:count], self.df)

    def means(self) -> Floats:
        """Return the mean of each quantity."""
        return self.mean @ self.weight

    def sds(self) -> Floats:
        """Return the standard deviation of each quantity; `df` must be above 2."""
        within = (self.scale**2 @ self.weight) * self.df / (self.df - 2)
        between = (self.mean - self.means()[:, None]) ** 2 @ self.weight
        return np.sqrt(within + between)

    def below(self, points: Floats) -> Floats:
        """Return the chance that each quantity (rows) lies below its points (columns)."""
        away = (points[:, :, None] - self.mean[:, None, :]) / self.scale[:, None, :]
        return np.asarray(stdtr(self.df, away) @ self.weight, dtype=np.float64)

    def quantiles(self, levels: Floats) -> Floats:
        """Return the points (columns) below which each quantity lies with the given chances."""
        sd = self.sds()[:, None]
        start = self.means()[:, None] + sd * stdtrit(self.df, levels) * np.sqrt((self.df - 2) / self.df)
        return roots(self._curve, np.broadcast_to(levels, start.shape), start=start, step=sd)

    def _curve(self, points: Floats) -> tuple[Floats, Floats]:
        """Return the chance below each point and the density there."""
        away = (points[:, :, None] - self.mean[:, None, :]) / self.scale[:, None, :]
        log_peak = gammaln((self.df + 1) / 2) - gammaln(self.df / 2) - 0.5 * np.log(self.df * np.pi)
        height = np.exp(log_peak - (self.df + 1) / 2 * np.log1p(away**2 / self.df)) / self.scale[:, None, :]
        return stdtr(self.df, away) @ self.weight, height @ self.weight


def roots(curve: Curve, levels: Floats, *, start: Floats, step: Floats) -> Floats:
    """Find where a rising distribution function reaches the levels, all places at once.

    Newton's method, kept inside the bracket that is known so far. `step` is about the width of the distribution:
    no move is longer than eight of it, and moves below its billionth end the search.

    Parameters
    ----------
    curve : callable
        Gives the distribution function and its density at an array of points.
    levels : array
        Chances between 0 and 1, of the shape of `start`.

    Examples
    --------
    >>> def even(points: Floats) -> tuple[Floats, Floats]:
    ...     return np.clip(points, 0, 1), np.ones_like(points)
    >>> roots(even, np.array([0.25]), start=np.array([0.9]), step=np.array([1.0])).tolist()
    [0.25]
    """
    here = np.asarray(start, dtype=np.float64)
    low, high = np.full(here.shape, -np.inf), np.full(here.shape, np.inf)
    far = _FARTHEST * step
    for _ in range(_MOST_STEPS):
        chance, density = curve(here)
        over = chance - levels
        low, high = np.where(over < 0, here, low), np.where(over >= 0, here, high)
        move = np.divide(over, density, out=np.sign(over) * far, where=density > 0)
        there: Floats = here - np.clip(move, -far, far)
        # One end of the bracket is `here`, so this is its middle.
        there = np.where(there <= low, (here + low) / 2, np.where(there >= high, (here + high) / 2, there))
        if (np.abs(there - here) <= _CLOSE * step).all():
            return there
        here = there
    return here
