"""Two arms compared, or an honest "not yet" with the nights that are still needed."""

import math
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from quietlegs.trials.ar1 import FEWEST_NIGHTS, FEWEST_PER_ARM, Ar1, ar1
from quietlegs.trials.interval import Difference
from quietlegs.trials.nights import Nights, NoSpreadError, UnknownArmError
from quietlegs.trials.welch import Welch, welch


class Reason(StrEnum):
    """Why no difference can be given yet."""

    TOO_FEW = "too_few"
    NO_SPREAD = "no_spread"


@dataclass(frozen=True, slots=True)
class ArmNights:
    """An arm with its answered nights (`used`) and its nights without an answer (`missing`)."""

    name: str
    used: int
    missing: int

    @classmethod
    def of(cls, nights: Nights, arm: str) -> "ArmNights":
        """Count an arm's listed nights; UnknownArmError when there is no such arm."""
        having = nights.having(arm)
        used = int((having & nights.answered).sum())
        return cls(arm, used, int(having.sum()) - used)


@dataclass(frozen=True, slots=True)
class NotYet:
    """No number, on purpose; `more_nights` is the least number of further answered nights."""

    arm: ArmNights
    comparator: ArmNights
    reason: Reason
    more_nights: int

    def as_dict(self) -> dict[str, Any]:
        """Return the result as values that JSON knows."""
        return {"result": "not_yet", **asdict(self)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Arm less comparator, in the outcome's unit, by plain means and by regression with AR(1) errors.

    `unlisted` counts the dates in between that the diary does not have. `closed_up` is the regression as if
    the listed nights followed one another; None where no date is missing and it would be the same.
    """

    arm: ArmNights
    comparator: ArmNights
    unlisted: int
    welch: Welch
    ar1: Ar1
    closed_up: Ar1 | None

    @property
    def difference(self) -> Difference:
        """What the regression on the calendar says."""
        return self.ar1.differences[self.arm.name]

    def as_dict(self) -> dict[str, Any]:
        """Return the result as values that JSON knows; `df` is null for the normal distribution."""
        return {"result": "estimate", **_jsonable(asdict(self))}


def not_yet(nights: Nights, *, arm: str, comparator: str) -> NotYet | None:
    """Say how many more answered nights two arms need at least, or None when they have enough.

    At least 8 answered nights in the two arms together and 3 in each. This is the least that the arithmetic
    can bear, not a number of nights after which an answer is near.

    Raises
    ------
    UnknownArmError
        No night had one of the arms, or both are the same.

    Examples
    --------
    >>> from datetime import date
    >>> from quietlegs.trials.nights import nights_from
    >>> few = nights_from([date(2026, 1, day) for day in (1, 2, 3)], ["a", "b", "a"], [4, 5, None])
    >>> not_yet(few, arm="b", comparator="a").more_nights
    6
    """
    if arm == comparator:
        raise UnknownArmError("arm", arm, "another arm than the comparator")
    sides = ArmNights.of(nights, arm), ArmNights.of(nights, comparator)
    in_all = FEWEST_NIGHTS - sum(side.used for side in sides)
    in_each = sum(max(0, FEWEST_PER_ARM - side.used) for side in sides)
    more = max(0, in_all, in_each)
    return NotYet(*sides, Reason.TOO_FEW, more) if more else None


def compare(nights: Nights, *, arm: str, comparator: str) -> Comparison | NotYet:
    """Estimate the difference between an arm and the comparator; NotYet when the nights cannot bear one.

    All arms with at least 3 answered nights enter the regression together; nights of the others are left out.

    Raises
    ------
    UnknownArmError
        No night had one of the arms, or both are the same.

    Examples
    --------
    >>> from datetime import date
    >>> from quietlegs.trials.nights import nights_from
    >>> days, answers = [date(2026, 1, day) for day in range(1, 11)], [3, 5, 2, 6, 3, 4, 1, 6, 2, 5]
    >>> round(compare(nights_from(days, ["a", "b"] * 5, answers), arm="b", comparator="a").difference.estimate, 1)
    3.0
    """
    short = not_yet(nights, arm=arm, comparator=comparator)
    if short:
        return short
    sides = ArmNights.of(nights, arm), ArmNights.of(nights, comparator)
    kept = nights.only([name for name in nights.arm_names if ArmNights.of(nights, name).used >= FEWEST_PER_ARM])
    try:
        return Comparison(
            *sides,
            unlisted=nights.unlisted,
            welch=welch(kept, arm=arm, comparator=comparator),
            ar1=ar1(kept, comparator=comparator),
            closed_up=ar1(kept.closed_up(), comparator=comparator) if nights.unlisted else None,
        )
    except NoSpreadError:
        return NotYet(*sides, Reason.NO_SPREAD, 1)


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(inner) for key, inner in value.items()}
    return None if isinstance(value, float) and math.isinf(value) else value
