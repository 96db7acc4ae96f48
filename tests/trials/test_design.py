"""A design is complete before night 1, or it is refused by name."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from quietlegs.records.bounds import RangeError
from quietlegs.trials.design import Design, Stage

MONTH = Design(("calf", "breathing", "walk"), "breathing", 3, (Stage(10, 0.04), Stage(3, 0.01)), seed=7)


def test_it_counts_its_nights_by_whole_rounds() -> None:
    assert (MONTH.round_nights, MONTH.rounds, MONTH.nights) == (9, 13, 117)
    assert MONTH.stage_ends == (90, 117)
    assert MONTH.horizon_nights == 90
    assert MONTH.allocation.nights == MONTH.nights
    assert MONTH.comparator_code == 1


def test_it_gives_the_same_lot_each_time_and_another_for_another_seed() -> None:
    first, again = (MONTH.fresh_lot().bit_generator.random_raw() for _ in range(2))

    assert first == again != replace(MONTH, seed=8).fresh_lot().bit_generator.random_raw()


def test_it_takes_shares_that_add_up_to_all_of_the_error() -> None:
    thirds = tuple(Stage(2, 0.05 / 3) for _ in range(3))

    assert sum(stage.share for stage in replace(MONTH, stages=thirds).stages) == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: replace(MONTH, arms=("breathing",)), "Design.arms is 1; allowed: a whole number, 2 to 4 arms"),
        (lambda: replace(MONTH, arms=(*"abcd", "breathing")), "Design.arms is 5"),
        (lambda: replace(MONTH, arms=("breathing", "breathing")), "all different"),
        (lambda: replace(MONTH, arms=("breathing", " ")), "not blank"),
        (lambda: replace(MONTH, comparator="nothing"), "Design.comparator is 'nothing'; allowed: one of calf, br"),
        (lambda: replace(MONTH, block_nights=0), "Design.block_nights is 0; allowed: a whole number, 1 to 7 nights"),
        (lambda: replace(MONTH, block_nights=8), "Design.block_nights is 8"),
        (lambda: replace(MONTH, run_in_nights=6), "Design.run_in_nights is 6; allowed: a whole number, 7 to 14 nights"),
        (lambda: replace(MONTH, run_in_nights=15), "Design.run_in_nights is 15"),
        (lambda: replace(MONTH, washout_nights=3), "Design.washout_nights is 3; allowed: 0 to 2, fewer than a block"),
        (lambda: replace(MONTH, longest_run_nights=2), "Design.longest_run_nights is 2; allowed: 3 or more"),
        (lambda: replace(MONTH, stages=()), "one stage or more"),
        (lambda: replace(MONTH, stages=(Stage(406, 0.05),)), "nights of all stages is 3654; allowed: at most 3650"),
        (lambda: replace(MONTH, stages=(Stage(2, 0.05), Stage(2, 0.01))), "shares of all stages is 0.06"),
        (lambda: Stage(2, 0.06), "Stage.share is 0.06; allowed: 0 to 0.05"),
        (lambda: Stage(2, 0.0), "Stage.share is 0.0; allowed: above 0"),
        (lambda: Stage(2, float("nan")), "Stage.share is nan"),
        (lambda: Stage(0, 0.05), "Stage.rounds is 0"),
        (lambda: replace(MONTH, seed=-1), "Design.seed is -1"),
        (lambda: replace(MONTH, seed=2**128), "Design.seed is"),
        (lambda: replace(MONTH, seed=True), "Design.seed is True; allowed: a whole number"),
        (lambda: replace(MONTH, bit_generator="MT19937"), "Design.bit_generator is 'MT19937'; allowed: PCG64, PCG64DX"),
    ],
)
def test_it_names_the_field_the_value_and_the_range(make: Callable[[], object], message: str) -> None:
    with pytest.raises(RangeError, match=message):
        make()
