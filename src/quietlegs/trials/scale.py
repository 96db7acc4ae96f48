"""Numbers to places in a picture, with round numbers on the axis."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from quietlegs.words.catalogue import _, later
from quietlegs.words.lists import within_sentence
from quietlegs.words.numbers import number

_ROUND = (1.0, 2.0, 5.0, 10.0)
_DAY_STEPS = (1, 2, 7, 14, 28, 91, 182, 365)


@dataclass(frozen=True, slots=True)
class Axis:
    """What a picture's numbers are: a name, a unit, and the ends of the scale where they are known."""

    name: str
    unit: str = ""
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        return f"{self.shown} ({_(self.unit)})" if self.unit else self.shown

    @property
    def shown(self) -> str:
        """The name in the language spoken now; a column of a person's own file keeps its own."""
        return _(self.name)

    @property
    def within_sentence(self) -> str:
        """The name as it stands in the middle of a sentence."""
        return within_sentence(self.shown) if self == SEVERITY else self.name.lower()

    @property
    def difference(self) -> str:
        """What a difference of two such numbers is called, with its unit."""
        return _("Difference in {outcome} ({unit})", outcome=within_sentence(self.shown), unit=self.step)

    @property
    def step(self) -> str:
        """The unit of a difference: points on a scale whose ends are known."""
        return self.unit if self.low is None and self.unit else _("points")


SEVERITY = Axis(later("Severity"), later("0 to 10"), 0.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` lie from `start` to `end` pixels; `ticks` are round values between."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return the pixel of a value, to a tenth."""
        return round(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start), 1)

    def label(self, tick: float) -> str:
        """Write a tick with as many digits as the step between ticks needs."""
        step = self.ticks[1] - self.ticks[0] if len(self.ticks) > 1 else 1.0
        return number(tick + 0.0, max(0, -math.floor(math.log10(step) + 1e-9)))


def scale(low: float, high: float, *, start: float, end: float, most: int) -> Scale:
    """Make a scale that holds `low` to `high` and ends on round numbers, with at most `most` steps."""
    if not high > low:
        low, high = low - 1, high + 1
    rough = (high - low) / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in _ROUND if size * factor >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(k * step, 12) for k in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], start, end, ticks)


def day_ticks(first: date, last: date, *, most: int) -> tuple[date, ...]:
    """Return evenly spaced dates from the first night on, at most `most` steps."""
    days = (last - first).days
    longer = 365 * max(1, math.ceil(days / 365 / most))
    step = next((step for step in _DAY_STEPS if step * most >= days), longer)
    return tuple(first + timedelta(days=k) for k in range(0, days + 1, step))
