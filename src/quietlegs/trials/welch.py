"""The difference of two arms' means, as if nights were independent of each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quietlegs.trials.interval import Difference, difference
from quietlegs.trials.nights import Nights, NoSpreadError, TooFewNightsError

_FEWEST = 2
_NO_SPREAD = 1e-12


@dataclass(frozen=True, slots=True)
class Welch:
    """Each arm's mean over its answered nights, in the outcome's unit, and the test of their difference."""

    arm_mean: float
    comparator_mean: float
    difference: Difference


def welch(nights: Nights, *, arm: str, comparator: str) -> Welch:
    """Compare two arms' means by Welch's t test, arm less comparator.

    Nights follow one another, so they are not independent: the interval is right only when the nights of
    each arm were drawn by lot, and only when it is looked at once. Nights not answered are left out.

    Raises
    ------
    UnknownArmError
        No night had one of the arms.
    TooFewNightsError
        An arm has fewer than 2 answered nights.
    NoSpreadError
        Within each arm all answers are the same.

    References
    ----------
    Welch 1947, doi:10.1093/biomet/34.1-2.28

    Examples
    --------
    >>> from datetime import date
    >>> from quietlegs.trials.nights import nights_from
    >>> four = nights_from([date(2026, 1, d) for d in (1, 2, 3, 4)], ["a", "b", "a", "b"], [1, 4, 3, 6])
    >>> welch(four, arm="b", comparator="a").difference.estimate
    3.0
    """
    with_arm, without = (_answers(nights, name) for name in (arm, comparator))
    parts = [float(group.var(ddof=1)) / group.size for group in (with_arm, without)]
    total = sum(parts)
    scale = float(np.abs(np.concatenate([with_arm, without])).max())
    if total <= (_NO_SPREAD * scale) ** 2:
        raise NoSpreadError("answers", f"all the same within {arm} and within {comparator}", "answers that differ")
    df = total**2 / sum(part**2 / (group.size - 1) for part, group in zip(parts, (with_arm, without), strict=True))
    means = float(with_arm.mean()), float(without.mean())
    return Welch(*means, difference(means[0] - means[1], total**0.5, df=df))


def _answers(nights: Nights, arm: str) -> NDArray[np.float64]:
    found = nights.outcomes[nights.having(arm) & nights.answered]
    if found.size < _FEWEST:
        raise TooFewNightsError(f"answered nights with {arm}", int(found.size), f"{_FEWEST} or more")
    return found
