"""A difference between two arms with its standard error, test and 95 % interval."""

import math
from dataclasses import dataclass

from scipy.special import ndtr, ndtri, stdtr, stdtrit

_UPPER = 0.975


@dataclass(frozen=True, slots=True)
class Difference:
    """Arm less comparator, in the outcome's unit; `statistic` is t with `df`, or z when `df` is infinite.

    `p` is two-sided and `low` to `high` a 95 % interval, both for one single look.
    """

    estimate: float
    se: float
    statistic: float
    df: float
    p: float
    low: float
    high: float


def difference(estimate: float, se: float, *, df: float = math.inf) -> Difference:
    """Return the test and the 95 % interval that belong to an estimate and its standard error.

    Parameters
    ----------
    estimate, se : float
        In the outcome's unit; `se` above 0.
    df : float, optional
        Degrees of freedom of Student's t; infinite for the normal distribution.

    Examples
    --------
    >>> found = difference(1.96, 1.0)
    >>> round(found.p, 3), round(found.low, 3)
    (0.05, 0.0)
    """
    statistic = estimate / se
    normal = math.isinf(df)
    tail = ndtr(-abs(statistic)) if normal else stdtr(df, -abs(statistic))
    reach = float(ndtri(_UPPER) if normal else stdtrit(df, _UPPER)) * se
    return Difference(estimate, se, statistic, df, 2 * float(tail), estimate - reach, estimate + reach)
