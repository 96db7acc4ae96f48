"""What is usual among some nights: the middle one, and what most of them lie between."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median, quantiles

FEW = 5


@dataclass(frozen=True, slots=True)
class Usual:
    """The middle value (median) of `nights` values; 8 of 10 of them lie from `low` to `high`.

    With fewer than five values `low` and `high` are the smallest and the largest.
    """

    nights: int
    middle: float
    low: float
    high: float

    @property
    def few(self) -> bool:
        """Whether there are too few nights to call anything usual."""
        return self.nights < FEW


def usual(values: Iterable[float]) -> Usual | None:
    """Return what is usual among these values; None where there is none, never zero.

    Examples
    --------
    >>> usual([5, 1, 3])
    Usual(nights=3, middle=3, low=1, high=5)
    >>> usual([]) is None
    True
    """
    known = sorted(values)
    if not known:
        return None
    if len(known) < FEW:
        return Usual(len(known), median(known), known[0], known[-1])
    tenths = quantiles(known, n=10, method="inclusive")
    return Usual(len(known), median(known), tenths[0], tenths[-1])
