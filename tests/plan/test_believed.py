"""What all nights make likely: counted by what was assigned, with rest left out, and never more than a bet."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.trying import BREATH, CALF, LIBRARY, QUAD, begun, fact, kept_of, lived, on

from quietlegs.plan.alike import QUIET, covariance, is_exercise, kind_of, way_of
from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.believed import Believed, believed
from quietlegs.plan.kept import started
from quietlegs.plan.stage import standing
from quietlegs.plan.stage_next import QUIET_FROM, TRIED_FROM, candidates
from quietlegs.records.done import NightState, State
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.records.rest import Rest
from quietlegs.records.tried import Choice, Decision, Finding, TrialEnd

TRIAL = begun()
HELPED = [TRIAL, *lived(TRIAL, 28, [-2.5])]
HARMED = [TRIAL, *lived(TRIAL, 28, [2.5])]


def told(facts: list[Fact], night: int = 28) -> Believed:
    return believed(facts, LIBRARY, on(night))


def decided(arm: str, choice: Choice, night: int, *, helps: float | None = None) -> Fact:
    return fact(Decision(TRIAL.id, arm, choice, None, 28, Finding.CANNOT_TELL, helps), night)


def test_it_believes_nothing_without_nights() -> None:
    found = told([])

    assert {found.of(key) for key in (*LIBRARY.exercises, "caffeine")} == {0.5}
    assert (found.exercise_harms, found.tried, found.nights) == (0.5, frozenset(), 0)


def test_what_helped_is_likely_and_its_like_more_than_others() -> None:
    found = told(HELPED)

    assert found.of(CALF) > 0.97
    assert found.of(CALF) > found.of("calf_towel") > found.of(QUAD) > found.of("puzzle") > 0.5
    assert found.of("caffeine") == pytest.approx(0.5)
    assert found.tried == {CALF}


def test_one_movement_that_harms_makes_all_exercise_a_little_unlikely() -> None:
    found = told(HARMED)

    assert found.of(CALF) < 0.03
    assert found.of("calf_towel") < TRIED_FROM
    assert 0.75 < found.exercise_harms < 0.99


def test_it_does_not_look_at_nights_to_come() -> None:
    assert told(HELPED, 10).helps == told([one for one in HELPED if one.night <= on(10)], 10).helps


def test_the_same_diary_gives_the_same_chances_in_any_order() -> None:
    assert told(HELPED).helps == told(HELPED[::-1]).helps


def test_a_trial_that_was_stopped_before_its_first_turn_marks_no_night() -> None:
    schedule = begin(Wanted((CALF,)), BREATH, (), tonight=on(0), seed=7)
    trial = fact(started(schedule, worthwhile=1.0), 0)
    nights = [trial, *(fact(NightRating(5), night) for night in range(60))]
    assert kept_of(trial).first_on == on(7)
    assert told(nights, 60).tried == {CALF}

    for night in range(8):
        stopped = [*nights, fact(TrialEnd(trial.id), night)]
        assert (night, told(stopped, 60).of(CALF), told(stopped, 60).tried) == (night, 0.5, frozenset())


def test_it_leaves_out_nights_of_rest_of_illness_and_of_journeys() -> None:
    off = [fact(Rest(on(17)), 13), fact(NightState(State.SICK), 20), fact(NightState(State.TRAVEL), 21)]
    wild = [one for one in HELPED if one.night not in {on(night) for night in (14, 15, 16, 17, 20, 21)}]

    assert told([*HELPED, *off]).helps == told([*wild, *off]).helps
    assert told([*HELPED, *off]).nights == told(HELPED).nights - 6


def test_what_is_kept_counts_on_every_night_until_it_is_left_out() -> None:
    kept = [*HELPED, decided(CALF, Choice.KEEP, 28), *(fact(NightRating(3), night) for night in range(28, 60))]
    gone = [*kept, decided(CALF, Choice.DROP, 60), *(fact(NightRating(8), night) for night in range(61, 75))]

    assert told(gone, 75).of(CALF) > 0.99
    # The same nights without the decisions tell less of it: then it was on in none of them.
    bare = [one for one in gone if not isinstance(one.payload, Decision)]
    assert told(gone, 75).helps != told(bare, 75).helps


def test_what_was_kept_after_the_rating_of_a_night_counts_from_the_next_one() -> None:
    rated = [*HELPED, fact(NightRating(9), 28)]
    late = replace(decided(CALF, Choice.KEEP, 28), noted=fact(NightRating(0), 29).noted)

    assert told([*rated, late]).helps == told(rated).helps


def test_ways_and_kinds_come_from_the_library() -> None:
    ways = {way_of(key, LIBRARY) for key, one in LIBRARY.exercises.items() if one.doses and not one.comparator}

    assert ways == {"rest", "calf stretches", "strength", "stretches", "walks", "pumps"}
    assert {key for key in LIBRARY.exercises if way_of(key, LIBRARY) == "rest"} == QUIET
    assert not any(is_exercise(key, LIBRARY) for key in (*QUIET, *LIBRARY.habits))


def test_effects_that_are_alike_go_together_and_habits_stand_alone() -> None:
    things = (CALF, "calf_towel", QUAD, "puzzle", "caffeine", "alcohol")
    table = covariance(things, LIBRARY)

    assert np.linalg.eigvalsh(table).min() >= -1e-12
    assert table[0, 1] > table[0, 2] > table[0, 3] > 0
    assert table[4, :4].tolist() == [0.0] * 4
    assert table[4, 5] == 0


things = [key for key in (*LIBRARY.exercises, *LIBRARY.habits) if key in told(HELPED).helps]
chances = st.fixed_dictionaries({key: st.floats(0, 1) for key in things})


@settings(deadline=None)
@given(chances, st.floats(0, 1), st.sampled_from(things), st.sampled_from([Choice.KEEP, Choice.DROP]))
def test_what_comes_next_is_likely_enough_and_of_another_kind(
    helps: dict[str, float], harms: float, like: str, choice: Choice
) -> None:
    facts = [TRIAL, decided(CALF, choice, 28, helps=0.5)]
    beliefs = Believed(LIBRARY, on(30), helps, harms, frozenset(things), 28)
    found = candidates(LIBRARY, facts, like, beliefs)

    assert found == candidates(LIBRARY, facts[::-1], like, beliefs)
    assert all(helps[key] >= TRIED_FROM for key in found)
    assert not set(found) & {like, *standing(facts)}
    moves = [key for key in found if key in LIBRARY.exercises]
    if harms >= QUIET_FROM:
        assert set(moves) <= QUIET
    if choice is Choice.KEEP:
        assert not {kind_of(key, LIBRARY) for key in moves} & {kind_of(CALF, LIBRARY)}
    assert found[: len(moves)] == tuple(moves) or like in LIBRARY.habits


def test_what_was_left_out_comes_again_once_it_is_likely_and_three_months_are_over() -> None:
    facts = [TRIAL, decided("walk", Choice.DROP, 28, helps=0.5)]
    likely = dict.fromkeys(things, 0.6)

    def again(night: int, helps: dict[str, float], known: list[Fact] = facts) -> bool:
        beliefs = Believed(LIBRARY, on(night), helps, 0.5, frozenset(things), 28)
        return "walk" in candidates(LIBRARY, known, QUAD, beliefs)

    assert [again(night, likely) for night in (84, 117, 118)] == [False, False, True]
    assert not again(130, {**likely, "walk": 0.45})
    assert not again(200, likely, [*facts, decided("walk", Choice.DROP, 100, helps=0.5)])
    worthless = fact(Decision(TRIAL.id, "walk", Choice.DROP, None, 28, Finding.NOT_WORTH_IT, 0.5), 28)
    assert not again(200, likely, [TRIAL, worthless])
