"""What was measured: laboratory values, body measures, scores a clinician gave."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from quietlegs.records.bounds import Between, Length, RangeError, check_bounds
from quietlegs.records.felt import Key


class Measure(StrEnum):
    """What was measured on the body, with its unit."""

    KNEE_TO_WALL_CM = "knee_to_wall_cm"
    HEEL_RAISES = "heel_raises"


class Side(StrEnum):
    """The person's own left or right."""

    LEFT = "left"
    RIGHT = "right"


_MEASURE_RANGE = {Measure.KNEE_TO_WALL_CM: Between(0, 30, "cm"), Measure.HEEL_RAISES: Between(0, 200)}


@dataclass(frozen=True, slots=True)
class LabValue:
    """A laboratory value as printed, kept for the doctor; the software never judges a person from it."""

    name: Key
    value: Annotated[float, Between(0, 1_000_000)]
    unit: Annotated[str, Length(1, 40)]
    taken_on: date
    laboratory: Annotated[str | None, Length(1, 120)] = None
    method: Annotated[str | None, Length(1, 120)] = None

    def __post_init__(self) -> None:
        """Refuse a negative value and an empty name or unit."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class BodyMeasure:
    """Knee-to-wall distance in cm, or heel raises in a row, of one side."""

    measure: Measure
    side: Side
    value: float

    def __post_init__(self) -> None:
        """Refuse a value outside the range of its measure."""
        allowed = _MEASURE_RANGE[self.measure]
        if not allowed.low <= self.value <= allowed.high:
            raise RangeError("BodyMeasure.value", self.value, f"{allowed} for {self.measure}")


@dataclass(frozen=True, slots=True)
class ClinicianScore:
    """The total of a questionnaire as a clinician gave it; `recall_days` is how far back it asked."""

    instrument: Key
    total: Annotated[float, Between(0, 1000)]
    scored_on: date
    recall_days: Annotated[int | None, Between(1, 366, "days")] = None

    def __post_init__(self) -> None:
        """Refuse a negative total and a recall window outside 1-366 days."""
        check_bounds(self)
