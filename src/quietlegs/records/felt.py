"""What was felt: a night's rating, and how a movement changed it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import fsum, isclose
from typing import Annotated
from uuid import UUID

from quietlegs.records.bounds import Between, Length, RangeError, check_bounds
from quietlegs.records.moment import require_utc
from quietlegs.words.catalogue import _

Rating = Annotated[int | None, Between(0, 10)]
Key = Annotated[str, Length(1, 80)]
Probability = Annotated[float, Between(0, 1)]


class BodyPart(StrEnum):
    """Where it was felt."""

    LEGS = "legs"
    ARMS = "arms"
    TRUNK = "trunk"


class OfferedBecause(StrEnum):
    """Why this movement was offered."""

    CHOSEN = "chosen"
    DEFAULT = "default"
    TRIAL = "trial"


def check_probability(field: str, value: float) -> None:
    """Raise RangeError unless a thing that happened had a chance above 0."""
    if not value > 0:
        raise RangeError(field, value, "above 0, up to 1")


@dataclass(frozen=True, slots=True)
class NightRating:
    """How bad a night was, 0 (nothing felt) to 10; a severity of None was not answered.

    `began_at` is the instant of the first symptoms, None when unknown; `where` is empty when not asked.
    """

    severity: Rating = None
    began_at: datetime | None = None
    where: tuple[BodyPart, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a severity outside 0-10, and an onset or a place for a night without symptoms."""
        check_bounds(self)
        if self.began_at is not None:
            require_utc("NightRating.began_at", self.began_at)
        if self.severity == 0 and (self.began_at is not None or self.where):
            raise RangeError("NightRating.severity", 0, _("1 to 10 when it began or was felt somewhere"))
        if len(set(self.where)) != len(self.where):
            raise RangeError("NightRating.where", self.where, _("each part once"))

    def rated(self, severity: int) -> "NightRating":
        """Return the same night with another severity; hour and place stay, unless nothing was felt after all."""
        return NightRating(severity) if severity == 0 else replace(self, severity=severity)


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance, never rounded, with which a movement could have been drawn at one moment."""

    movement: Key
    probability: Probability

    def __post_init__(self) -> None:
        """Refuse a probability outside (0, 1]."""
        check_bounds(self)
        check_probability("Chance.probability", self.probability)


@dataclass(frozen=True, slots=True)
class Relief:
    """One movement made because the legs were restless, with ratings 0-10 around it; None was not answered.

    Where it was drawn by lot (`because` is TRIAL), `chances` holds all that could have been drawn at this moment, and
    `trial` the id of the fact that started the experiment; otherwise both are empty.
    """

    movement: Key
    because: OfferedBecause
    probability: Probability
    before: Rating = None
    after: Rating = None
    after_10_min: Rating = None
    trial: UUID | None = None
    chances: tuple[Chance, ...] = ()

    def __post_init__(self) -> None:
        """Refuse ratings outside 0-10, a probability outside (0, 1], and chances that do not fit the draw."""
        check_bounds(self)
        check_probability("Relief.probability", self.probability)
        _check_chances(self)


def _check_chances(relief: Relief) -> None:
    """Raise RangeError unless the chances are those of a lot, and the movement was drawn with its own."""
    chances = {each.movement: each.probability for each in relief.chances}
    if (relief.because is OfferedBecause.TRIAL) != bool(chances) or (relief.trial is None) == bool(chances):
        raise RangeError("Relief.chances", len(chances), "those of all that could be drawn, in an experiment alone")
    if chances and (
        len(chances) < len(relief.chances)
        or not isclose(fsum(chances.values()), 1, abs_tol=1e-6)
        or chances.get(relief.movement) != relief.probability
    ):
        raise RangeError("Relief.chances", chances, f"each once, together 1, {relief.movement}: {relief.probability}")
