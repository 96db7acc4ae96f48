"""A bedtime that nobody set is learned from the diary, and the routine is over before it."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.facts import fact, on

from quietlegs.library.load import load_library
from quietlegs.plan.bedtime import bedtime
from quietlegs.plan.evening import evening
from quietlegs.plan.onset import hours_after_noon
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.records.person import SafetyAnswers, Wishes
from quietlegs.records.slept import Sleep

LIBRARY = load_library()
QUESTIONS = tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)
BERLIN_AHEAD_H = 2


def lights_out(night: int, wall_h: float) -> Fact:
    start = datetime.combine(on(night), time(0), UTC) + timedelta(hours=wall_h - BERLIN_AHEAD_H)
    return fact(Sleep(lights_out_at=start), night, hour=23)


def begun(night: int, wall_h: float) -> Fact:
    start = datetime.combine(on(night), time(0), UTC) + timedelta(hours=wall_h - BERLIN_AHEAD_H)
    return fact(NightRating(5, start), night, hour=23)


def asked(*wishes: Wishes) -> list[Fact]:
    return [fact(SafetyAnswers(QUESTIONS), 0, hour=12), *(fact(one, 0, hour=12) for one in wishes)]


def test_it_is_the_bedtime_that_was_set_else_the_middle_one_of_the_last_weeks() -> None:
    slept = [lights_out(night, hour) for night, hour in ((10, 22), (11, 22.25), (12, 22.5), (13, 26))]

    assert bedtime([*slept, fact(Wishes(bedtime=time(21)))], on(14)).at == time(21)
    assert (bedtime(slept, on(14)).at, bedtime(slept, on(14)).nights) == (time(22, 30), 4)
    assert bedtime(slept, on(12)).at is None
    assert bedtime(slept, on(60)).at is None
    assert bedtime([fact(Sleep(quality=5), night) for night in range(9)], on(9)).at is None


def test_it_ends_the_routine_before_the_lights_go_out_and_says_from_where_it_knows() -> None:
    late = [begun(night, 25) for night in range(14)]
    slept = [lights_out(night, 22.5) for night in range(14)]
    with_nights, without = (
        evening(LIBRARY, [*asked(), *late, *slept], on(14)),
        evening(LIBRARY, [*asked(), *late], on(14)),
    )

    assert hours_after_noon(without.placed.end) > 12
    assert with_nights.placed.end <= time(22, 30)
    assert (
        "Your bedtime is taken from your diary: over 14 nights, lights out about 22:30." in with_nights.placed.because
    )
    assert not any("diary" in reason for reason in without.placed.because)
    assert with_nights.placed.fits


def test_it_says_nothing_of_lights_out_where_they_decide_nothing() -> None:
    early, slept = [begun(night, 20) for night in range(14)], [lights_out(night, 23.5) for night in range(14)]

    assert evening(LIBRARY, [*asked(), *early, *slept], on(14)) == evening(LIBRARY, [*asked(), *early], on(14))


def test_it_does_not_ask_for_harder_work_because_of_what_it_learned() -> None:
    slept = [lights_out(night, 23) for night in range(14)]
    learned, plain = evening(LIBRARY, [*asked(), *slept], on(14)), evening(LIBRARY, asked(), on(14))

    assert learned.routine == plain.routine


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(80, 110), min_size=3, max_size=20), st.integers(80, 110))
def test_it_never_plans_past_a_bedtime_that_it_knows(out_at: list[int], legs_at: int) -> None:
    # Quarters of an hour, 20:00 to 3:30.
    slept = [lights_out(night, quarter / 4) for night, quarter in enumerate(out_at)]
    legs = [begun(night, legs_at / 4) for night in range(10)]
    facts, tonight = [*asked(), *slept, *legs], on(20)
    known, plan = bedtime(facts, tonight), evening(LIBRARY, facts, tonight)

    assert known.at is not None
    assert hours_after_noon(plan.placed.end) <= hours_after_noon(known.at)
    assert min(out_at) / 4 - 12.13 <= hours_after_noon(known.at) <= max(out_at) / 4 - 11.87
