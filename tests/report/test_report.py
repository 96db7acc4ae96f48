"""The numbers of the doctor's page: counted from what was noted, and from nothing else."""

from datetime import date, timedelta

import pytest
from tests.plan.trying import begun, lived
from tests.report.diary import ARMS, FIRST, LEGS, LIBRARY, at, fact, on, rated, report_of

from quietlegs.plan.judged import judged
from quietlegs.plan.kept import kept_trials
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import NightState, State
from quietlegs.records.felt import BodyPart, NightRating
from quietlegs.records.measured import ClinicianScore, LabValue
from quietlegs.records.slept import Intake, Sleep, Substance, Unit
from quietlegs.report.period import Period, up_to
from quietlegs.report.report import reported


def test_it_counts_a_night_without_an_answer_as_missing_and_never_as_calm() -> None:
    felt = report_of([rated(0, 0), rated(1, 6), rated(3, None), rated(4, 3)], 10).severity.all

    assert (felt.nights, felt.answered, felt.missing, felt.free, felt.mean) == (10, 3, 7, 1, 3.0)


def test_it_has_no_number_where_nothing_was_noted() -> None:
    empty = report_of([], 30)

    assert empty.severity.all.mean is None
    assert empty.severity.usual is None
    assert empty.beginning.usual is None
    assert empty.severity.drift is None
    assert empty.asleep.quality is None
    assert empty.calmed.before is None
    assert [*empty.taken, *empty.tried, *empty.labs, *empty.scores] == []
    assert {week.felt.answered for week in empty.severity.weeks} == {0}


def test_it_counts_weeks_back_from_the_last_night_so_that_the_last_one_is_whole() -> None:
    weeks = Period(date(2026, 6, 1), date(2026, 6, 16)).weeks

    assert [(week.first.day, week.last.day) for week in weeks] == [(1, 2), (3, 9), (10, 16)]


@pytest.mark.parametrize("nights", [1, 2, 7, 8, 91, 732])
def test_it_puts_every_night_into_one_week_and_one_half(nights: int) -> None:
    period = up_to(date(2026, 6, 16), nights)

    assert [night for week in period.weeks for night in week.nights] == list(period.nights)
    assert nights == 1 or [night for half in period.halves or () for night in half.nights] == list(period.nights)


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 6, 2), date(2026, 6, 1)), (date(2024, 5, 30), date(2026, 6, 1))]
)
def test_it_refuses_an_end_before_the_beginning_and_more_than_two_years(first: date, last: date) -> None:
    with pytest.raises(RangeError):
        Period(first, last)


def test_it_tells_the_hour_by_the_clock_on_the_wall_after_midnight_too() -> None:
    hours = [(21, 0), (22, 0), (23, 0), (0, 30), (1, 0)]

    found = report_of([rated(k, 5, hour) for k, hour in enumerate(hours)], 5).beginning.usual

    assert found is not None
    assert (found.nights, found.middle) == (5, 11 * 60)
    assert 9 * 60 < found.low < found.middle < found.high < 13 * 60


def test_it_leaves_out_an_hour_of_another_day() -> None:
    facts = [fact(NightRating(5, at(0, 22)), 30), rated(31, 5, (21, 0))]

    found = report_of(facts, 40)

    assert found.beginning.usual is not None
    assert (found.beginning.usual.nights, found.beginning.usual.middle) == (1, 540)
    assert [night.began for night in found.nights if night.severity] == [None, 540]


def test_it_says_that_a_beginning_moves_earlier_where_it_does() -> None:
    facts = [rated(k, 5, divmod(22 * 60 - k, 60)) for k in range(70)]

    drift = report_of(facts, 70).beginning.drift

    assert drift is not None
    assert drift.change == pytest.approx(-63, abs=2)
    assert drift.high < 0
    assert (drift.weeks, drift.counted) == (9, 10)


def test_it_tells_no_drift_from_five_weeks() -> None:
    facts = [rated(k, 5, divmod(22 * 60 - 5 * k, 60)) for k in range(35)]

    assert report_of(facts, 35).beginning.drift is None
    assert report_of(facts, 70).beginning.drift is None


def test_it_counts_where_it_was_felt_in_each_half_among_nights_that_say_where() -> None:
    facts = [
        rated(0, 4, where=LEGS),
        rated(1, 4),
        rated(6, 4, where=ARMS),
        rated(7, 5, where=ARMS),
        rated(8, 5, where=LEGS),
    ]

    spread = report_of(facts, 10).spread

    assert spread is not None
    assert (spread.first.asked, spread.first.nights[BodyPart.ARMS]) == (1, 0)
    assert (spread.second.asked, spread.second.nights[BodyPart.ARMS]) == (3, 2)


def test_it_takes_each_number_of_sleep_from_the_nights_that_have_it() -> None:
    facts = [
        fact(Sleep(at(0, 22, 30), at(0, 23, 0), at(0, 6, 30), 2, 7), 0),
        fact(Sleep(lights_out_at=at(1, 23, 30)), 1),
        fact(Sleep(quality=0), 2),
    ]

    slept = report_of(facts, 3).asleep

    assert slept.lights_out is not None
    assert (slept.lights_out.nights, slept.lights_out.middle) == (2, 11 * 60)
    assert slept.latency is not None
    assert (slept.latency.nights, slept.latency.middle) == (1, 30)
    assert slept.in_bed is not None
    assert slept.in_bed.middle == 480
    assert slept.quality is not None
    assert (slept.quality.nights, slept.quality.middle, slept.quality.few) == (2, 3.5, True)


def test_it_lists_medicines_by_name_and_unit_whatever_their_capitals() -> None:
    facts = [
        fact(Intake(Substance.MEDICINE, 0.18, Unit.MG, name="Pramipexole"), 1),
        fact(Intake(Substance.MEDICINE, 0.36, Unit.MG, name=" pramipexole"), 3),
        fact(Intake(Substance.MEDICINE, 1, Unit.TABLET, name="Pramipexole"), 4),
        fact(Intake(Substance.IRON, 100, Unit.MG), 4),
        fact(Intake(Substance.CAFFEINE, 80, Unit.MG), 4),
        fact(Intake(Substance.CAFFEINE, 80, Unit.MG), 4, hour=20),
        fact(Intake(Substance.MEDICINE, 9, Unit.MG, name="Later"), 11),
        fact(Intake(Substance.MEDICINE, 9, Unit.MG, name="Earlier"), -1),
        fact(Intake(Substance.CAFFEINE, 80, Unit.MG), -1),
    ]

    found = report_of(facts, 10)

    assert [(one.name, one.unit, one.nights, one.least, one.most) for one in found.taken] == [
        (" pramipexole", Unit.MG, 2, 0.18, 0.36),
        (None, Unit.MG, 1, 100, 100),
        ("Pramipexole", Unit.TABLET, 1, 1, 1),
    ]
    assert (found.taken[0].first, found.taken[0].last) == (on(1), on(3))
    assert found.also == {Substance.CAFFEINE: 1}


def test_it_knows_laboratory_values_by_their_own_date_and_not_by_when_they_were_entered() -> None:
    entered_later = fact(LabValue("Ferritin", 48, "ng/mL", on(-40)), 20)
    taken_later = fact(LabValue("Ferritin", 90, "ng/mL", on(12)), 20)
    score = fact(ClinicianScore("IRLS", 22, on(3), 7), 3)

    found = report_of([entered_later, taken_later, score], 10)

    assert [lab.value for lab in found.labs] == [48]
    assert [one.total for one in found.scores] == [22]


def test_it_counts_the_entry_that_was_noted_last_where_two_phones_hold_one_each() -> None:
    earlier, later = rated(0, 8), fact(NightRating(2), 0, hour=21)

    for facts in ([earlier, later], [later, earlier]):
        assert report_of(facts, 1).severity.all.mean == 2


def test_it_counts_sick_nights_and_what_was_rated_later_than_the_day_after() -> None:
    facts = [fact(NightState(State.SICK), 1), fact(NightRating(4), 5, of=1), rated(2, 4)]

    unusual = report_of(facts, 6).unusual

    assert (unusual.states, unusual.late) == ({State.SICK: 1}, 1)


def test_it_gives_the_verdict_as_it_stood_at_the_end_of_the_period() -> None:
    trial = begun(nights=56)
    nights = lived(trial, 56, (-2.5,))
    facts = [trial, *nights]

    early, whole = report_of(facts, 20), report_of(facts, 56)
    answer = judged(kept_trials(facts)[0], facts, on(56), names={})[1]

    assert whole.tried[0].effect == answer.arms[0].estimate.effect  # type: ignore[union-attr]  # 56 nights give one
    assert (whole.tried[0].verdict, whole.tried[0].arm.used) == (answer.arms[0].verdict, answer.arms[0].nights.used)
    assert early.tried[0].arm.used + early.tried[0].comparator.used == 20
    assert early == report_of([trial, *nights[:20]], 20)


def test_it_leaves_out_a_trial_without_a_night_in_the_period() -> None:
    trial = begun(nights=56)

    assert report_of([trial], 10, first=-12).tried == ()
    assert report_of([trial], 10, first=-9).tried != ()
    assert report_of([trial], 10, first=55).tried != ()
    assert report_of([trial], 10, first=56).tried == ()


def test_it_has_a_row_for_every_night_and_tells_what_the_lot_gave_it() -> None:
    trial = begun(nights=56)
    nights = reported([trial, rated(1, 3, (21, 0), LEGS)], LIBRARY, Period(on(-2), on(2)), on(3)).nights

    assert [night.on for night in nights] == [FIRST + timedelta(days=k) for k in range(-2, 3)]
    assert [bool(night.drawn) for night in nights] == [False, False, True, True, True]
    assert [night.severity for night in nights] == [None, None, None, 3, None]
