"""The open-ended claim: worth 1 on average over every schedule, whatever the answers are."""

import numpy as np
import pytest

from quietlegs.trials.allocation import Allocation
from quietlegs.trials.families import fixed_numbers, permuted_rounds
from quietlegs.trials.nights import NightsError
from quietlegs.trials.rerandomise import Experiment
from quietlegs.trials.wager import wager

PAIRS = permuted_rounds(2, block_nights=1, rounds=30)


def felt(seed: int, effect: float, lots: Allocation = PAIRS) -> Experiment:
    rng = np.random.default_rng(seed)
    codes = lots.draw(rng)
    answers = rng.normal(5, 1, lots.nights) + effect * (codes == 1)
    answers[rng.random(lots.nights) < 0.2] = np.nan
    return Experiment(answers, codes, lots)


@pytest.mark.parametrize(
    "lots",
    [
        permuted_rounds(2, block_nights=1, rounds=7),
        permuted_rounds(3, block_nights=1, rounds=3),
        permuted_rounds(3, block_nights=1, rounds=3, longest_run_nights=1),
        fixed_numbers((6, 4), longest_run_nights=3),
    ],
)
def test_it_is_a_fair_game_at_every_time_over_all_schedules(lots: Allocation) -> None:
    rng = np.random.default_rng(1)
    answers = np.cumsum(rng.normal(size=lots.nights)) + 3
    answers[2] = np.nan
    paths = [wager(Experiment(answers, codes, lots)).settled for codes in lots.every(most=2_000)]
    worth = np.array([[each.worth for each in path] for path in paths])

    assert worth.mean(axis=0) == pytest.approx(1, rel=1e-6)
    assert (worth[:, -1].std(axis=0) > 0.01).all()


def test_it_is_fair_for_one_arm_although_another_acts() -> None:
    lots = permuted_rounds(3, block_nights=1, rounds=3)
    noise = np.random.default_rng(2).normal(size=9)
    # Arm 2 acts strongly; arm 1 and the comparator are alike.
    worth = [
        wager(Experiment(noise + 5 * (codes == 2), codes, lots)).settled[-1].worth[0] for codes in lots.every(most=216)
    ]

    assert np.mean(worth) == pytest.approx(1, rel=1e-6)


def test_it_wins_on_what_is_there_and_names_the_direction() -> None:
    for effect in (-2.0, 2.0):
        found = wager(felt(3, effect))

        assert found.threshold == 20
        assert [(won.arm, won.higher) for won in found.claimed] == [(1, effect > 0)]
        assert found.of(1) == found.claimed[0]
        before = [each.worth[0] for each in found.settled if each.night < found.claimed[0].night]
        assert max(before) < 20


def test_it_asks_more_of_each_where_it_wagers_on_several() -> None:
    lots = permuted_rounds(4, block_nights=1, rounds=10)
    found = wager(felt(4, 0.0, lots), comparator=3)

    assert (found.arms, found.claimed) == ((0, 1, 2), ())
    assert found.threshold == pytest.approx(60)


def test_it_stays_at_one_while_nothing_can_be_learned() -> None:
    codes = PAIRS.draw(np.random.default_rng(5))
    for answers in (np.full(60, np.nan), np.where(codes == 0, 4.0, np.nan)):
        found = wager(Experiment(answers, codes, PAIRS))

        assert {each.worth for each in found.settled} == {(1.0,)}
    assert wager(felt(6, -1.0), nights=21).settled[-1].night == 20


def test_it_names_a_comparator_that_is_not_there() -> None:
    with pytest.raises(NightsError, match="comparator is 2; allowed: 0 to 1"):
        wager(felt(7, 0.0), comparator=2)
