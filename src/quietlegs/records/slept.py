"""What surrounds a night: sleep, and what was taken in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from quietlegs.records.bounds import Between, Length, RangeError, check_bounds
from quietlegs.records.felt import Rating
from quietlegs.records.moment import require_utc
from quietlegs.words.catalogue import _
from quietlegs.words.lists import either
from quietlegs.words.numbers import number

_LONGEST_IN_BED = timedelta(hours=24)


class Substance(StrEnum):
    """What was taken; a medicine also has a name."""

    CAFFEINE = "caffeine"
    ALCOHOL = "alcohol"
    NICOTINE = "nicotine"
    TEA = "tea"
    IRON = "iron"
    MAGNESIUM = "magnesium"
    MEDICINE = "medicine"


class Unit(StrEnum):
    """The unit of an amount."""

    MG = "mg"
    G = "g"
    CUP = "cup"
    TABLET = "tablet"
    DROP = "drop"
    ML = "ml"
    PATCH = "patch"


_MEDICINE_MOST = {
    Unit.MG: 10_000,
    Unit.G: 100,
    Unit.CUP: 20,
    Unit.TABLET: 50,
    Unit.DROP: 500,
    Unit.ML: 1000,
    Unit.PATCH: 10,
}
# What is plausible of each substance in one go, in the units it is noted in.
MOST: dict[Substance, dict[Unit, float]] = {
    Substance.CAFFEINE: {Unit.MG: 3000},
    Substance.ALCOHOL: {Unit.G: 500},
    Substance.NICOTINE: {Unit.MG: 300},
    Substance.TEA: {Unit.CUP: 30},
    Substance.IRON: {Unit.MG: 2000},
    Substance.MAGNESIUM: {Unit.MG: 5000},
    Substance.MEDICINE: {unit: float(most) for unit, most in _MEDICINE_MOST.items()},
}


@dataclass(frozen=True, slots=True)
class Sleep:
    """One night's sleep; an instant or number of None was not answered. Quality is 0 (worst) to 10."""

    lights_out_at: datetime | None = None
    asleep_at: datetime | None = None
    up_at: datetime | None = None
    awakenings: Annotated[int | None, Between(0, 100)] = None
    quality: Rating = None
    source: Annotated[str | None, Length(1, 80)] = None

    def __post_init__(self) -> None:
        """Refuse instants out of order or more than 24 hours apart."""
        check_bounds(self)
        given = []
        for name in ("lights_out_at", "asleep_at", "up_at"):
            at = getattr(self, name)
            if at is not None:
                require_utc(f"Sleep.{name}", at)
                given.append((name, at))
        for (before, early), (name, late) in pairwise(given):
            if not early <= late <= early + _LONGEST_IN_BED:
                raise RangeError(f"Sleep.{name}", late, _("{before} to 24 hours later", before=before))

    @property
    def in_bed(self) -> timedelta | None:
        """Time from lights out to getting up, in real hours also when the clocks change."""
        if self.lights_out_at is None or self.up_at is None:
            return None
        return self.up_at - self.lights_out_at


@dataclass(frozen=True, slots=True)
class Intake:
    """Something eaten, drunk, smoked or taken; `name` is the medicine's, None for the rest."""

    substance: Substance
    amount: Annotated[float, Between(0, 10_000)]
    unit: Unit
    taken_at: datetime | None = None
    name: Annotated[str | None, Length(1, 120)] = None

    def __post_init__(self) -> None:
        """Refuse a unit that does not fit the substance, and an amount above what is plausible."""
        check_bounds(self)
        if self.taken_at is not None:
            require_utc("Intake.taken_at", self.taken_at)
        most = MOST[self.substance]
        if self.unit not in most:
            raise RangeError(
                "Intake.unit",
                self.unit,
                _("{units} for {substance}", units=either(list(most)), substance=self.substance),
            )
        if self.amount > most[self.unit]:
            highest = number(most[self.unit])
            allowed = _(
                "0 to {highest} {unit} for {substance}", highest=highest, unit=self.unit, substance=self.substance
            )
            raise RangeError("Intake.amount", self.amount, allowed)
        if (self.substance is Substance.MEDICINE) != (self.name is not None):
            raise RangeError("Intake.name", self.name, _("a name for a medicine, none for the rest"))
