"""Facts refuse what cannot be, and say why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import UUID, uuid5

import pytest

from quietlegs.records.bounds import RangeError
from quietlegs.records.done import Assignment, NightState, Practice, State, Work
from quietlegs.records.fact import Fact, Payload, Withdrawal, current, note
from quietlegs.records.felt import BodyPart, Chance, NightRating, OfferedBecause, Relief
from quietlegs.records.ids import uuid7
from quietlegs.records.measured import BodyMeasure, ClinicianScore, LabValue, Measure, Side
from quietlegs.records.moment import moment
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.remark import Remark
from quietlegs.records.rest import Rest
from quietlegs.records.slept import Intake, Sleep, Substance, Unit
from quietlegs.records.tried import Choice, Decision, ReliefStart, TrialEnd, TrialStage, TrialStart

AT = datetime(2026, 1, 10, 2, tzinfo=UTC)
NOTED = moment(AT, "Europe/Berlin")
ONE = UUID("019ba533-e400-7000-8000-000000000000")
HALVES = (Chance("calf", 0.5), Chance("breath", 0.5))
TRIAL = TrialStart(
    ("calf", "breath"), "breath", 1, (TrialStage(1, 0.05),), date(2026, 1, 5), 7, 1, "PCG64", (0, 1), Fraction(1, 2)
)

REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: Remark(" "), "Remark.about is ' '; allowed: 1 to 120 characters"),
    (lambda: Remark("mood", 6, 5), "Remark.value is 6; allowed: 0 to 5"),
    (lambda: Remark("mood", None, 5), "Remark.value is None; allowed: 0 to 5"),
    (lambda: Remark("mood", float("nan")), "Remark.value is nan"),
    (lambda: Remark("mood", tags=("a", " ")), "Remark.tags is ' '; allowed: 1 to 120 characters"),
    (lambda: Remark("mood", tags=("a",) * 101), "Remark.tags is 101; allowed: up to 100"),
    (lambda: NightRating(11), "NightRating.severity is 11; allowed: a whole number, 0 to 10"),
    (lambda: NightRating(-1), "NightRating.severity is -1; allowed: a whole number, 0 to 10"),
    (lambda: NightRating(True), "NightRating.severity is True; allowed: a whole number, 0 to 10"),
    (lambda: NightRating(0, AT), "NightRating.severity is 0; allowed: 1 to 10 when it began or was felt somewhere"),
    (lambda: NightRating(4, AT.replace(tzinfo=None)), "NightRating.began_at is"),
    (lambda: NightRating(4, where=(BodyPart.LEGS, BodyPart.LEGS)), "NightRating.where is"),
    (lambda: Relief("calf", OfferedBecause.DEFAULT, 0.0), "Relief.probability is 0.0; allowed: above 0, up to 1"),
    (lambda: Relief("calf", OfferedBecause.DEFAULT, 1.2), "Relief.probability is 1.2; allowed: 0 to 1"),
    (lambda: Relief("", OfferedBecause.DEFAULT, 1), "Relief.movement is ''; allowed: 1 to 80 characters"),
    (lambda: Relief("calf", OfferedBecause.DEFAULT, 1, before=12), "Relief.before is 12"),
    (lambda: Relief("calf", OfferedBecause.TRIAL, 0.5, trial=ONE), "Relief.chances is 0; allowed: those of all"),
    (lambda: Relief("calf", OfferedBecause.TRIAL, 0.5, chances=HALVES), "Relief.chances is 2"),
    (lambda: Relief("calf", OfferedBecause.DEFAULT, 0.5, trial=ONE, chances=HALVES), "Relief.chances is 2"),
    (lambda: Relief("calf", OfferedBecause.TRIAL, 0.4, trial=ONE, chances=HALVES), "Relief.chances is {'calf': 0.5"),
    (lambda: Relief("calf", OfferedBecause.TRIAL, 0.5, trial=ONE, chances=HALVES[:1]), "Relief.chances is {'calf'"),
    (lambda: replace(TRIAL, arms=("calf",)), "TrialStart: what is compared is ('calf',); allowed: 2 to 8 names"),
    (lambda: replace(TRIAL, comparator="tea"), "TrialStart.comparator is 'tea'; allowed: one of calf, breath"),
    (lambda: replace(TRIAL, turns=(0, 2)), "TrialStart.turns is 2; allowed: 0 to 1"),
    (lambda: replace(TRIAL, probability=Fraction(0)), "TrialStart.probability is '0'; allowed: above 0, up to 1"),
    (lambda: replace(TRIAL, run_in_nights=3), "TrialStart.run_in_nights is 3; allowed: a whole number, 7 to 14 nights"),
    (lambda: TrialStage(0, 0.05), "TrialStage.rounds is 0"),
    (lambda: ReliefStart(("calf", "breath"), "tea", 0.1, 60, 1.5), "ReliefStart.comparator is 'tea'"),
    (lambda: ReliefStart(("a", "b", "c"), "a", 0.4, 60, 1.5), "ReliefStart.floor is 0.4; allowed: at most 1/3"),
    (lambda: TrialEnd(ONE, " "), "TrialEnd.because is ' '"),
    (lambda: Decision(ONE, "calf", Choice.SWITCH), "Decision.instead is None; allowed: another movement or habit"),
    (lambda: Decision(ONE, "calf", Choice.SWITCH, "calf"), "Decision.instead is 'calf'"),
    (lambda: Decision(ONE, "calf", Choice.KEEP, "calf"), "Decision.instead is 'calf'; allowed: another movement"),
    (lambda: Decision(ONE, "calf", Choice.DROP, "quad"), "Decision.instead is 'quad'; allowed: nothing"),
    (lambda: Decision(ONE, "calf", Choice.GO_ON, "quad"), "Decision.instead is 'quad'; allowed: nothing"),
    (lambda: Decision(ONE, "calf", Choice.DROP, after_nights=-1), "Decision.after_nights is -1"),
    (lambda: note(Rest(date(2026, 1, 8)), NOTED, bytes(10)), "Rest.until is '2026-01-08'; allowed: 2026-01-09 or"),
    (lambda: Practice("calf", 6, Work(), Work()), "Practice.level is 6; allowed: a whole number, 1 to 5"),
    (lambda: Practice("calf", 1, Work(), Work(), pain=11), "Practice.pain is 11"),
    (lambda: Work(left_s=-1), "Work.left_s is -1; allowed: 0 to 7200 s"),
    (lambda: Work(left_s=float("nan")), "Work.left_s is nan; allowed: 0 to 7200 s"),
    (lambda: Assignment("t", "a", 0), "Assignment.probability is 0; allowed: above 0, up to 1"),
    (lambda: NightState("ill"), "NightState.state is 'ill'; allowed: sick, travel, could_not, sore"),  # type: ignore[arg-type]  # the mistake under test
    (lambda: Sleep(up_at=AT, lights_out_at=AT + timedelta(hours=1)), "Sleep.up_at is"),
    (lambda: Sleep(lights_out_at=AT, up_at=AT + timedelta(hours=25)), "Sleep.up_at is"),
    (lambda: Sleep(awakenings=-2), "Sleep.awakenings is -2"),
    (lambda: Intake(Substance.CAFFEINE, 80, Unit.CUP), "Intake.unit is <Unit.CUP: 'cup'>; allowed: mg for caffeine"),
    (lambda: Intake(Substance.CAFFEINE, 3001, Unit.MG), "Intake.amount is 3001; allowed: 0 to 3000 mg for caffeine"),
    (lambda: Intake(Substance.MEDICINE, 1, Unit.TABLET), "Intake.name is None; allowed: a name for a medicine"),
    (lambda: LabValue("ferritin", -1, "ng/mL", date(2026, 1, 1)), "LabValue.value is -1"),
    (lambda: LabValue("ferritin", 1, " ", date(2026, 1, 1)), "LabValue.unit is ' '"),
    (lambda: BodyMeasure(Measure.KNEE_TO_WALL_CM, Side.LEFT, 31), "BodyMeasure.value is 31; allowed: 0 to 30 cm"),
    (lambda: ClinicianScore("IRLS", -1, date(2026, 1, 1)), "ClinicianScore.total is -1"),
    (lambda: SafetyAnswers(("a",), ("b",)), "SafetyAnswers.yes is 'b'; allowed: one of a"),
    (lambda: uuid7(AT, b"short"), "random is '5 bytes'; allowed: 10 bytes"),
    (lambda: uuid7(AT.replace(year=1969), bytes(10)), "at is"),
    (lambda: Fact(uuid5(UUID(int=0), "x"), NOTED, AT.date(), NightRating(1)), "Fact.id is"),
    (lambda: note(Withdrawal(), NOTED, bytes(10)), "Fact.supersedes is None"),
]


@pytest.mark.parametrize(("make", "said"), REFUSED, ids=[said[:48] for _, said in REFUSED])
def test_it_names_the_field_the_value_and_the_range(make: Callable[[], object], said: str) -> None:
    with pytest.raises(RangeError) as caught:
        make()

    assert str(caught.value).startswith(said)


def fact(payload: Payload, minute: int, supersedes: UUID | None = None) -> Fact:
    when = moment(AT + timedelta(minutes=minute), "Europe/Berlin")
    return note(payload, when, minute.to_bytes(10), supersedes=supersedes)


def test_it_makes_ids_that_sort_by_time() -> None:
    ids = [uuid7(AT + timedelta(milliseconds=k), bytes([255 - k] * 10)) for k in range(100)]

    assert ids == sorted(ids)
    assert {one.version for one in ids} == {7}
    assert {one.variant for one in ids} == {"specified in RFC 4122"}


def test_it_takes_nothing_felt_as_an_answer_and_no_answer_as_none() -> None:
    assert NightRating(0).severity == 0
    assert NightRating().severity is None


def test_it_belongs_to_the_evening_before_when_noted_after_midnight() -> None:
    assert fact(NightRating(3), 0).night == date(2026, 1, 9)


def test_it_shows_only_the_last_correction() -> None:
    first = fact(NightRating(3), 0)
    second = fact(NightRating(4), 1, first.id)
    third = fact(NightRating(5), 2, second.id)

    assert current([third, first, second]) == (third,)


def test_it_keeps_both_corrections_of_two_devices() -> None:
    first = fact(NightRating(3), 0)
    here, there = fact(NightRating(4), 1, first.id), fact(NightRating(5), 2, first.id)

    assert current([first, here, there]) == (here, there)


def test_it_takes_back_a_fact_and_can_take_back_a_correction_of_it() -> None:
    first = fact(NightRating(3), 0)
    undone = fact(Withdrawal(), 1, first.id)

    assert current([first, undone]) == ()


def test_it_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        NightRating(3).severity = 4  # type: ignore[misc]  # that is the promise


def test_it_knows_a_state_of_the_night() -> None:
    assert NightState(State.SICK).state == "sick"


def test_it_takes_no_night_of_a_mistyped_year() -> None:
    with pytest.raises(RangeError, match=r"Fact\.night is '0026-01-09'; allowed: 1970-01-01 or later"):
        note(NightRating(3), moment(datetime(2026, 1, 9, 22, tzinfo=UTC), "UTC"), bytes(10), night=date(26, 1, 9))


@pytest.mark.parametrize(
    ("at", "later"),
    [
        (datetime(2026, 1, 9, 22, tzinfo=UTC), False),
        (datetime(2026, 1, 10, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 10, 23, 0, tzinfo=UTC), True),
    ],
)
def test_it_knows_what_was_noted_later_than_the_day_after_its_night(at: datetime, later: bool) -> None:
    made = note(NightRating(4), moment(at, "Europe/Berlin"), bytes(10), night=date(2026, 1, 9))

    assert made.added_later is later
