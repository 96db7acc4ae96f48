"""One diary with a fact of every kind, as full as it can be and as bare as it may be."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from uuid import UUID

from quietlegs.library.load import load_library
from quietlegs.records.done import Assignment, NightState, Practice, State, StopReason, Work
from quietlegs.records.fact import Fact, Payload, Withdrawal, note
from quietlegs.records.felt import BodyPart, NightRating, OfferedBecause, Relief
from quietlegs.records.measured import BodyMeasure, ClinicianScore, LabValue, Measure, Side
from quietlegs.records.moment import moment
from quietlegs.records.person import SafetyAnswers, Wishes
from quietlegs.records.remark import Remark
from quietlegs.records.rest import Rest
from quietlegs.records.slept import Intake, Sleep, Substance, Unit
from quietlegs.records.tried import Choice, Decision, ReliefStart, TrialEnd, TrialStage, TrialStart

LIBRARY = load_library()
# The night in which Berlin's clocks went back.
NIGHT = date(2026, 10, 24)
OUT, ASLEEP, UP = (datetime(2026, 10, 24, 20, 30, tzinfo=UTC) + timedelta(hours=h) for h in (0, 1, 9))
_NAMES = ("Prämi*pexol \u0001\u0007 <b>&amp;</b>", "L" * 120)
_ONE = UUID("019a0000-0000-7000-8000-000000000001")


def fact(payload: Payload, place: int, *, zone: str = "Europe/Berlin", supersedes: UUID | None = None) -> Fact:
    when = moment(datetime(2026, 10, 25, 7, 0, 3, 250_000, tzinfo=UTC), zone)
    return note(payload, when, place.to_bytes(10), night=NIGHT, supersedes=supersedes)


def payloads() -> list[Payload]:
    """Every kind with everything, and every kind with as little as it may hold."""
    work = Work(30, 30.5, 12, 9)
    return [
        NightRating(7, OUT, (BodyPart.LEGS, BodyPart.ARMS, BodyPart.TRUNK)), NightRating(0), NightRating(),
        Sleep(OUT, ASLEEP, UP, 3, 4), Sleep(OUT, ASLEEP, UP, 0, 0), Sleep(quality=5), Sleep(lights_out_at=OUT), Sleep(),
        *(NightState(state) for state in State),
        Rest(NIGHT + timedelta(days=4), State.TRAVEL), Rest(),
        Practice("calf_wall_straight", 2, work, work, None, 2, "evening"), Practice("gone_long_ago", 1, work, Work()),
        *(Practice("quad", 1, work, Work(5), why) for why in StopReason),
        Practice("quad", 1, work, Work(), StopReason.HURT),
        Relief("calf_massage", OfferedBecause.CHOSEN, 1.0, 8, 3, 0),
        Relief("calf_massage", OfferedBecause.DEFAULT, 1.0),
        *(Intake(Substance.MEDICINE, 1.5, unit, OUT, name) for unit in Unit for name in _NAMES),
        Intake(Substance.IRON, 100, Unit.MG), Intake(Substance.MAGNESIUM, 200, Unit.MG),
        Intake(Substance.CAFFEINE, 80, Unit.MG), Intake(Substance.ALCOHOL, 12, Unit.G, OUT),
        Intake(Substance.NICOTINE, 2, Unit.MG), Intake(Substance.TEA, 1, Unit.CUP),
        LabValue("Ferritin", 48.25, "ng/mL", NIGHT, "Labor\tBerlin", "CLIA"), LabValue("\u0007x", 0, "\u0002%", NIGHT),
        ClinicianScore("IRLS", 22, NIGHT, 7), ClinicianScore("RLS-6", 0, NIGHT),
        *(BodyMeasure(Measure.KNEE_TO_WALL_CM, side, 9.5) for side in Side),
        *(BodyMeasure(Measure.HEEL_RAISES, side, 21) for side in Side),
        SafetyAnswers(("clot",), ("clot",)), Wishes(time(21, 30)), Assignment("t", "a", 0.5),
        TrialStart(("a", "b"), "b", 1, (TrialStage(28, 0.05),), NIGHT, 14, 7, "PCG64", (0, 1) * 28, Fraction(1, 2**28)),
        Remark("mood", 4, 5, None, "good", "<b>a</b>\u0007 note", ("a nap", "work"), "Daylio"), Remark("x", unit="km"),
        ReliefStart(("a", "b"), "b", 0.1, 60, 1.5), TrialEnd(_ONE), Decision(_ONE, "a", Choice.KEEP),
    ]  # fmt: skip


def diary() -> list[Fact]:
    """All of them, noted in several zones, with a correction and something taken back."""
    zones = ("Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "UTC")
    facts = [fact(one, place, zone=zones[place % len(zones)]) for place, one in enumerate(payloads(), start=1)]
    corrected = fact(NightRating(4), 900, supersedes=facts[0].id)
    return [*facts, corrected, fact(Withdrawal(), 901, supersedes=facts[1].id)]
