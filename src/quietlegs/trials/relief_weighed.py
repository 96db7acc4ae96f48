"""Each movement against the comparator by the chances it was drawn with, whatever the model is worth."""

import numpy as np

from quietlegs.trials.interval import Difference, difference
from quietlegs.trials.relief_events import Reliefs
from quietlegs.trials.relief_model import Followed
from quietlegs.trials.whitening import Floats

FEWEST_EACH = 3


def weighed(counted: Reliefs, followed: Followed, arm: int, comparator: int) -> Difference | None:
    """Return a movement's mean drop less the comparator's over the moments, by augmented inverse probability.

    At each moment the model, fitted to the earlier ones, foretells both drops. What it got wrong is divided by the
    chance of the movement that was drawn, so that the sum is right on average even where the model is not. Moments
    are averaged with the weights that make their errors alike (they depend on chances alone, which were fixed before).

    Parameters
    ----------
    counted : Reliefs
        Moments drawn and rated; those at which one of the two could not be drawn are left out.

    Returns
    -------
    Difference or None
        With Student's t; `df` is Satterthwaite's for the draws that came: one moment of a seldom movement weighs so
        much that the standard error itself is uncertain. None with fewer than 3 moments of either movement.

    References
    ----------
    Hadad et al. 2021, doi:10.1073/pnas.2014602118; Satterthwaite 1946, doi:10.2307/3002019

    Examples
    --------
    >>> from quietlegs.trials.relief_model import follow
    >>> half, at = [[0.5, 0.5]] * 8, np.datetime64("2026-01-05T03:00:00") + np.arange(8) * np.timedelta64(1, "D")
    >>> drops = np.array([1, 3, 0, 4, 1, 3, 2, 4])
    >>> eight = Reliefs(at, ("breath", "calf"), np.arange(8) % 2, half, np.full(8, 7), 7 - drops)
    >>> weighed(eight, follow(eight), 1, 0).estimate > 1
    True
    """
    two = [arm, comparator]
    if min(int((counted.made == each).sum()) for each in two) < FEWEST_EACH:
        return None
    possible = (counted.chances[:, two] > 0).all(axis=1)
    chances = counted.chances[possible][:, two]
    signs = (counted.made[possible, None] == np.array(two)) * np.array([1.0, -1.0])
    foretold = followed.expected[possible][:, two]
    wrong = counted.drop[possible, None] - foretold
    scores = foretold @ np.array([1.0, -1.0]) + (signs * wrong / chances).sum(axis=1)
    weights = (1 / chances).sum(axis=1) ** -0.5
    return _average(scores, weights, (weights * np.abs(signs / chances).sum(axis=1)) ** 2)


def _average(scores: Floats, weights: Floats, shares: Floats) -> Difference | None:
    """Average the scores; `shares` are the parts that the moments drawn have in the variance."""
    mean = float(weights @ scores / weights.sum())
    worth = weights.sum() ** 2 / (weights @ weights)
    variance = (weights**2 @ (scores - mean) ** 2) / weights.sum() ** 2 * worth / (worth - 1)
    df = max(1.0, float(shares.sum() ** 2 / (shares @ shares)) - 1)
    return difference(mean, float(variance**0.5), df=df) if variance > 0 else None
