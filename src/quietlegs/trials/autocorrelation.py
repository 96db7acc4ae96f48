"""Where the autocorrelation lies: a row of values laid over its posterior, and what follows from their heights."""

from collections.abc import Callable
from typing import Protocol, TypeVar

import numpy as np
from scipy.special import sici

from quietlegs.trials.mixture import roots
from quietlegs.trials.prior import Prior
from quietlegs.trials.whitening import Floats

_POINTS = 33
_ENOUGH = 25
_DEPTH = 18.0
_REACH = 6.5


class Heights(Protocol):
    """Anything that knows the log height of the posterior at each point of its row."""

    def log_heights(self) -> Floats:
        """Return one log height a point."""


H = TypeVar("H", bound=Heights)


def settle(evaluate: Callable[[Floats], H], prior: Prior) -> H:
    """Evaluate a posterior on a row of points of atanh(phi) that covers it closely.

    The row first covers 6.5 standard deviations of the prior to both sides. Where fewer than 25 of its 33
    points lie within 18 of the highest log height, it is laid anew over those and one step more. Equal steps
    below one standard deviation make the sum over such a row an integral to about 1e-7.

    Parameters
    ----------
    evaluate : callable
        Takes the points and gives what has `log_heights`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> def narrow(points: Floats) -> SimpleNamespace:
    ...     return SimpleNamespace(points=points, log_heights=lambda: -0.5 * ((points - 0.2) / 0.01) ** 2)
    >>> row = settle(narrow, Prior()).points
    >>> bool(row[0] < 0.15), bool(row[-1] > 0.25), bool(row[1] - row[0] < 0.01)
    (True, True, True)
    """
    low, high = prior.phi_centre + _REACH * prior.phi_spread * np.array([-1.0, 1.0])
    while True:
        points = np.linspace(low, high, _POINTS)
        found = evaluate(points)
        heights = found.log_heights()
        near = np.flatnonzero(heights > heights.max() - _DEPTH)
        if near.size >= _ENOUGH:
            return found
        low, high = points[max(near[0] - 1, 0)], points[min(near[-1] + 1, _POINTS - 1)]


def point_quantiles(points: Floats, weight: Floats, levels: Floats) -> Floats:
    """Return quantiles of a density known by its weights on equal steps.

    Between the points stands the smoothest curve through them (Whittaker's cardinal series), whose integral
    is the sine integral; it fits a smooth density as closely as the sum over the points does.

    Examples
    --------
    >>> row = np.linspace(-8, 8, 21)
    >>> bell = np.exp(-(row**2) / 2)
    >>> point_quantiles(row, bell / bell.sum(), np.array([0.975])).round(4).tolist()
    [1.96]
    """
    step = points[1] - points[0]

    def curve(here: Floats) -> tuple[Floats, Floats]:
        away = (here[:, None] - points) / step
        return (0.5 + sici(np.pi * away)[0] / np.pi) @ weight, np.sinc(away) @ weight / step

    start = np.interp(levels, np.cumsum(weight) - weight / 2, points)
    return roots(curve, levels, start=start, step=np.full(levels.shape, step))
