"""A habit that was drawn is told in a sentence that can be followed, from noon on."""

from datetime import UTC, datetime, time, timedelta

import pytest
from tests.plan.facts import fact, on

from quietlegs.library.called import AS_USUAL
from quietlegs.library.load import load_library
from quietlegs.plan.allowed import allowed
from quietlegs.plan.begin import comparator_for
from quietlegs.plan.evening import evening
from quietlegs.plan.habits import asked_tonight
from quietlegs.plan.placing import SHIFTS
from quietlegs.plan.turns import Turn, hidden_of
from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import Fact
from quietlegs.records.moment import moment
from quietlegs.records.person import SafetyAnswers, Wishes
from quietlegs.records.slept import Sleep

LIBRARY = load_library()
HABITS = sorted(key for key, one in LIBRARY.habits.items() if one.can_be_tested)
QUESTIONS = tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)


def lights_out(night: int, hour: float) -> Fact:
    start = datetime.combine(on(night), time(0), UTC) + timedelta(hours=hour)
    return fact(Sleep(lights_out_at=start), night, hour=23)


@pytest.mark.parametrize("habit", [*HABITS, AS_USUAL])
def test_it_says_what_each_habit_asks_for_unless_the_plan_keeps_it(habit: str) -> None:
    assert bool(asked_tonight(habit, [], on(0))) != (habit in SHIFTS)


def test_it_is_seen_at_noon_and_names_what_is_left_out_from_then_on() -> None:
    noon = moment(datetime(2026, 6, 1, 10, tzinfo=UTC), "Europe/Berlin")

    assert noon.wall.hour == 12
    assert hidden_of(("caffeine", "calf_wall_straight"), noon, LIBRARY) == {"calf_wall_straight"}
    assert "From noon until you sleep: no coffee" in asked_tonight("caffeine", [], on(0))


def test_it_names_the_bedtime_that_was_set_else_the_usual_one_of_the_diary() -> None:
    slept = [lights_out(night, 21) for night in (10, 11, 12, 13)]

    assert "Lights out at 22:30" in asked_tonight("steady_hours", [*slept, fact(Wishes(bedtime=time(22, 30)))], on(14))
    # Nine in UTC is eleven in Berlin.
    assert "Lights out at 23:00" in asked_tonight("steady_hours", slept, on(14))
    for few in (slept[:2], [lights_out(night, 21) for night in (60, 61, 62)], []):
        assert "choose them now" in asked_tonight("steady_hours", few, on(14))


def test_it_moves_the_evening_by_the_hour_that_was_drawn_and_nothing_else_of_it() -> None:
    facts = [fact(SafetyAnswers(QUESTIONS), 0, hour=12), fact(Wishes(earliest=time(17)), 0, hour=12)]
    arms = ("routine_hour", AS_USUAL)
    usual = evening(LIBRARY, facts, on(1), [Turn(arms, AS_USUAL, AS_USUAL)])
    early = evening(LIBRARY, facts, on(1), [Turn(arms, AS_USUAL, "routine_hour")])
    ahead = evening(LIBRARY, facts, on(1), [Turn(arms, AS_USUAL, "routine_hour", ahead=True)])

    assert (usual.start.hour - early.start.hour, usual.start.minute) == (1, early.start.minute)
    assert early.routine == usual.routine
    # What is planned days before, as for a calendar, must not tell the lot.
    assert ahead.placed == usual.placed


@pytest.mark.parametrize("never", ["iron", "magnesium"])
def test_it_is_never_iron_or_magnesium(never: str) -> None:
    with pytest.raises(RangeError, match="ask your doctor"):
        comparator_for(LIBRARY, (never,), allowed(LIBRARY, ()))
