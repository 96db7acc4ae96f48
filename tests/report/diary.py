"""Diaries for the tests of the report: nights counted from one first night, in one zone."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from tests.plan.facts import FIRST, fact, on
from tests.plan.trying import begun, lived

from quietlegs.library.load import load_library
from quietlegs.records.fact import Fact
from quietlegs.records.felt import BodyPart, NightRating
from quietlegs.records.moment import instant_in
from quietlegs.records.slept import Intake, Sleep, Substance, Unit
from quietlegs.report.period import Period
from quietlegs.report.report import Report, reported

ZONE = "Europe/Berlin"
LIBRARY = load_library()
LEGS, ARMS = (BodyPart.LEGS,), (BodyPart.LEGS, BodyPart.ARMS)


def at(night: int, hour: int, minute: int = 0) -> datetime:
    """The instant at which a clock in Berlin shows this, between the noon of a night and the next."""
    return instant_in(on(night), time(hour, minute), ZONE)


def rated(
    night: int, severity: int | None, began: tuple[int, int] | None = None, where: tuple[BodyPart, ...] = ()
) -> Fact:
    return fact(NightRating(severity, at(night, *began) if began else None, where), night)


def report_of(facts: Iterable[Fact], nights: int, *, first: int = 0) -> Report:
    """The report of so many nights, asked for on the morning after the last of them."""
    period = Period(on(first), on(first + nights - 1))
    return reported(facts, LIBRARY, period, period.last + timedelta(days=1))


def demo(nights: int) -> list[Fact]:
    """A person on trial from the first night on, for a year at most; every ninth answer is missing."""
    tried = min(nights - nights % 2, 364)
    trial = begun(nights=tried)
    felt = [*lived(trial, tried, (-2.5,)), *(rated(k, 4, (22, k % 60)) for k in range(tried, nights))]
    felt = [one for place, one in enumerate(felt) if place % 9 != 4]
    slept = [fact(Sleep(at(k, 22), at(k, 23), at(k, 6), k % 4, 5), k) for k in range(nights)]
    taken = [fact(Intake(Substance.MEDICINE, 0.18, Unit.MG, name="Pramipexole"), k) for k in range(0, nights, 2)]
    return [trial, *felt, *slept, *taken]


__all__ = ["ARMS", "FIRST", "LEGS", "LIBRARY", "ZONE", "at", "date", "demo", "fact", "on", "rated", "report_of"]
