"""How bad the nights were, all together and week by week; a night without an answer is missing, never calm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from quietlegs.report.drift import Drift, drift
from quietlegs.report.middle import Usual, usual
from quietlegs.report.period import Period


@dataclass(frozen=True, slots=True)
class Felt:
    """The ratings (0-10) of some nights: `free` are those rated 0; `mean` is None where none was answered."""

    nights: int
    answered: int
    free: int
    mean: float | None

    @property
    def missing(self) -> int:
        """Nights without an answer."""
        return self.nights - self.answered


@dataclass(frozen=True, slots=True)
class Week:
    """The nights of one week of the period."""

    period: Period
    felt: Felt


@dataclass(frozen=True, slots=True)
class Severity:
    """The whole period: all nights, what is usual, the weeks, and whether the weekly mean drifts."""

    all: Felt
    usual: Usual | None
    weeks: tuple[Week, ...]
    drift: Drift | None


def severity(rated: Mapping[date, int], period: Period) -> Severity:
    """Count and average the answered nights of a period.

    Parameters
    ----------
    rated : mapping of date to int
        The answers, 0-10; nights without one are not in it.
    period : Period
        Its nights alone count.
    """
    weeks = tuple(Week(week, felt(rated, week.nights)) for week in period.weeks)
    means = [(one.felt.mean, one.felt.answered) if one.felt.mean is not None else None for one in weeks]
    return Severity(
        all=felt(rated, period.nights),
        usual=usual(rated[night] for night in period.nights if night in rated),
        weeks=weeks,
        drift=drift(means),
    )


def felt(rated: Mapping[date, int], nights: Sequence[date]) -> Felt:
    """Count and average the answers of these nights.

    Examples
    --------
    >>> felt({date(2026, 1, 1): 4, date(2026, 1, 2): 0}, [date(2026, 1, day) for day in (1, 2, 3)])
    Felt(nights=3, answered=2, free=1, mean=2.0)
    """
    values = [rated[night] for night in nights if night in rated]
    return Felt(len(nights), len(values), values.count(0), fmean(values) if values else None)
