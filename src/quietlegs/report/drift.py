"""Whether something drifts from week to week: the middle slope between all pairs of weeks, with its range.

The estimate is Sen's (1968, doi:10.1080/01621459.1968.10480934): the median of the slopes between all pairs, its
interval from the distribution of Kendall's statistic. It needs no bell curve, and one odd week does not turn it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil, floor, sqrt
from statistics import NormalDist, median

# Chosen here: with fewer weeks the range is as wide as the slopes themselves; one night says little about its week.
FEWEST_WEEKS = 6
FEWEST_NIGHTS = 2
_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Drift:
    """By how much it changed over so many `weeks`, with a range of 95 %.

    `weeks` lie between the first and the last week that had enough nights; `counted` had enough.
    """

    change: float
    low: float
    high: float
    weeks: int
    counted: int

    @property
    def either(self) -> bool:
        """Whether the range holds no change at all."""
        return self.low <= 0 <= self.high


def drift(weeks: Sequence[tuple[float, int] | None]) -> Drift | None:
    """Return the drift over consecutive weeks; None with fewer than six weeks to tell it from.

    Parameters
    ----------
    weeks : sequence of (float, int) or None
        Each week's value and the number of nights behind it, oldest first; None: a week with no such night. Weeks
        with fewer than two nights are passed over.

    Examples
    --------
    >>> drift([(600.0 - 10 * week, 5) for week in range(8)])
    Drift(change=-70.0, low=-70.0, high=-70.0, weeks=7, counted=8)
    >>> drift([(600.0, 5), None, (590.0, 1)]) is None
    True
    """
    told = [(place, one[0]) for place, one in enumerate(weeks) if one is not None and one[1] >= FEWEST_NIGHTS]
    if len(told) < FEWEST_WEEKS:
        return None
    slopes = sorted((later - early) / (end - start) for (start, early), (end, later) in combinations(told, 2))
    reach = NormalDist().inv_cdf((1 + _LEVEL) / 2) * _kendall_sd([value for _, value in told])
    low = slopes[max(0, floor((len(slopes) - reach) / 2) - 1)]
    high = slopes[min(len(slopes) - 1, ceil((len(slopes) + reach) / 2))]
    span = told[-1][0] - told[0][0]
    return Drift(span * median(slopes), span * low, span * high, span, len(told))


def _kendall_sd(values: Sequence[float]) -> float:
    """Return the standard deviation of Kendall's statistic where nothing drifts, ties allowed for."""
    ties = _runs(sorted(values))
    return sqrt((_term(len(values)) - sum(map(_term, ties))) / 18)


def _term(size: int) -> int:
    return size * (size - 1) * (2 * size + 5)


def _runs(ordered: Sequence[float]) -> list[int]:
    """Return how many equal values stand together, for each value."""
    ends = [place for place, (one, other) in enumerate(pairwise(ordered), start=1) if one != other]
    return [end - start for start, end in pairwise([0, *ends, len(ordered)])]
