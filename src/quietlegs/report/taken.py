"""What was taken, as it was entered: each medicine by its name and unit, and what else guidelines look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quietlegs.records.fact import Fact
from quietlegs.records.slept import Intake, Substance, Unit
from quietlegs.report.period import Period

# Told one by one, as a prescriber asks for them; the rest is counted by nights.
LISTED = (Substance.MEDICINE, Substance.IRON, Substance.MAGNESIUM)


@dataclass(frozen=True, slots=True)
class Taken:
    """One medicine, or iron or magnesium, in one unit; `least` to `most` is what was noted in one go.

    `name` is None for iron and magnesium.
    """

    substance: Substance
    name: str | None
    unit: Unit
    nights: int
    times: int
    least: float
    most: float
    first: date
    last: date


def taken(facts: Iterable[Fact], period: Period) -> tuple[Taken, ...]:
    """Return the medicines of a period, the one on most nights first; names are told apart but for capitals."""
    found: dict[tuple[Substance, str, Unit], list[tuple[date, Intake]]] = {}
    for fact in facts:
        intake = fact.payload
        if isinstance(intake, Intake) and intake.substance in LISTED and fact.night in period:
            key = (intake.substance, " ".join((intake.name or "").split()).casefold(), intake.unit)
            found.setdefault(key, []).append((fact.night, intake))
    each = [_taken(sorted(intakes, key=lambda one: one[0])) for intakes in found.values()]
    return tuple(sorted(each, key=lambda one: (-one.nights, one.substance, one.name or "", one.unit)))


def nights_with(facts: Iterable[Fact], period: Period) -> dict[Substance, int]:
    """Return on how many nights each other substance was noted; those never noted are left out."""
    nights: dict[Substance, set[date]] = {}
    for fact in facts:
        if isinstance(fact.payload, Intake) and fact.payload.substance not in LISTED and fact.night in period:
            nights.setdefault(fact.payload.substance, set()).add(fact.night)
    return {substance: len(nights[substance]) for substance in Substance if substance in nights}


def _taken(intakes: list[tuple[date, Intake]]) -> Taken:
    last = intakes[-1][1]
    amounts = [intake.amount for _, intake in intakes]
    nights = {night for night, _ in intakes}
    return Taken(
        substance=last.substance,
        name=last.name,
        unit=last.unit,
        nights=len(nights),
        times=len(intakes),
        least=min(amounts),
        most=max(amounts),
        first=min(nights),
        last=max(nights),
    )
