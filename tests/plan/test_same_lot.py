"""A night has one lot: nothing that a person asks anew gives it a better turn."""

import itertools

import pytest
from tests.plan.facts import fact
from tests.plan.trying import BREATH, CALF, FIRST, QUAD, on

from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.kept import started
from quietlegs.plan.same_lot import same_lot
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.trials.schedule import Schedule

RATED = [fact(NightRating(5), -back) for back in range(1, 15)]


def drawn(wanted: Wanted, seed: int, *ever: Fact, night: int = 0) -> Schedule:
    return same_lot(begin(wanted, BREATH, RATED, tonight=on(night), seed=seed), ever)


def noted(schedule: Schedule, night: int = 0) -> Fact:
    return fact(started(schedule, worthwhile=1.0), night)


def test_it_begins_anew_with_the_turns_that_were_taken_back() -> None:
    first = drawn(Wanted((CALF,)), 1)

    assert drawn(Wanted((CALF,)), 2, noted(first)).codes == first.codes
    assert drawn(Wanted((CALF,)), 2).codes != first.codes


@pytest.mark.parametrize("nights", [28, 56, 84])
@pytest.mark.parametrize("tried", [CALF, QUAD])
def test_it_gives_no_better_turn_to_who_asks_for_another_length_or_movement(nights: int, tried: str) -> None:
    first = drawn(Wanted((CALF,), 84), 1)

    again = drawn(Wanted((tried,), nights), 2, noted(first))

    assert again.codes[:28] == first.codes[:28]


def test_it_takes_the_lot_that_was_noted_first_of_a_night() -> None:
    lots = [noted(drawn(Wanted((CALF,)), seed), night) for seed, night in ((1, 0), (2, 1))]

    assert {drawn(Wanted((CALF,)), 9, *order).codes for order in itertools.permutations(lots)} == {
        drawn(Wanted((CALF,)), 1).codes
    }


def test_it_draws_a_fresh_lot_for_a_night_that_had_none() -> None:
    first = drawn(Wanted((CALF,)), 1)

    assert drawn(Wanted((CALF,)), 2, noted(first), night=1).codes == drawn(Wanted((CALF,)), 2, night=1).codes


def test_it_keeps_what_the_new_trial_asks_for() -> None:
    first, wanted = drawn(Wanted((CALF,)), 1), Wanted((QUAD,), 28, extension_nights=28)

    again = drawn(wanted, 2, noted(first))

    assert again.design.arms == (QUAD, BREATH)
    assert again.design.stage_ends == (28, 56)
    assert again.design.seed == 1
    assert again.starts_on == FIRST - (FIRST - first.starts_on)
