"""The re-randomisation test: exact where all schedules are listed, honest where they are drawn."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quietlegs.records.bounds import RangeError
from quietlegs.trials.allocation import Allocation
from quietlegs.trials.families import fixed_numbers, permuted_rounds
from quietlegs.trials.rerandomise import (
    CannotTell,
    Experiment,
    Floats,
    Rerandomised,
    Side,
    Untold,
    difference_in_means,
    rerandomise,
)

PAIRS = permuted_rounds(2, block_nights=1, rounds=6)
TRIPLES = permuted_rounds(3, block_nights=1, rounds=4)
MEANS = difference_in_means(1, 0)


def told(experiment: Experiment, **how: object) -> Rerandomised:
    found = rerandomise(experiment, statistic=MEANS, **how)  # type: ignore[arg-type]  # passed on as they are
    assert isinstance(found, Rerandomised)
    return found


def by_hand(outcomes: Floats, codes: np.ndarray) -> float:
    groups = [[y for y, code in zip(outcomes, codes, strict=True) if code == arm and not np.isnan(y)] for arm in (1, 0)]
    return sum(groups[0]) / len(groups[0]) - sum(groups[1]) / len(groups[1]) if all(groups) else float("nan")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([PAIRS, TRIPLES]), st.sampled_from(Side))
def test_it_counts_schedules_as_one_would_by_hand(seed: int, allocation: Allocation, side: Side) -> None:
    rng = np.random.default_rng(seed)
    outcomes = rng.integers(0, 11, allocation.nights).astype(float)
    outcomes[rng.random(allocation.nights) < 0.2] = np.nan
    experiment = Experiment(outcomes, allocation.draw(rng), allocation)
    observed = by_hand(outcomes, experiment.codes)
    turned: dict[Side, Callable[[float], float]] = {Side.HIGHER: float, Side.LOWER: lambda x: -x, Side.EITHER: abs}
    all_found = [turned[side](by_hand(outcomes, codes)) for codes in allocation.every(most=2_000)]
    found = rerandomise(experiment, statistic=MEANS, side=side)
    if isinstance(found, CannotTell):
        assert np.isnan(observed) or np.nanmin(outcomes) == np.nanmax(outcomes)
        return

    assert found.observed == pytest.approx(observed)
    assert found.schedules == allocation.count()
    # An undefined difference counts as extreme.
    assert found.as_extreme == sum(not value < turned[side](observed) - 1e-9 for value in all_found)
    assert 0 < found.p <= 1
    assert found.exact


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.floats(-50, 50), st.floats(0.1, 10))
def test_it_does_not_care_for_zero_and_unit_of_the_answers(seed: int, by: float, times: float) -> None:
    rng = np.random.default_rng(seed)
    outcomes = rng.integers(0, 11, PAIRS.nights) + rng.integers(0, 2)
    before = told(Experiment(outcomes + np.arange(12) * 0.5, PAIRS.draw(rng), PAIRS))
    rng = np.random.default_rng(seed)
    rng.integers(0, 11, PAIRS.nights)
    rng.integers(0, 2)
    after = told(Experiment((outcomes + np.arange(12) * 0.5) * times + by, PAIRS.draw(rng), PAIRS))

    assert after.p == before.p


def test_it_is_right_at_every_level_when_nothing_differs() -> None:
    rng = np.random.default_rng(3)
    outcomes = np.cumsum(rng.normal(size=PAIRS.nights))  # As unlike independent nights as can be.
    every = PAIRS.every(most=100)
    p = np.array([float(told(Experiment(outcomes, codes, PAIRS)).p) for codes in every])

    for level in (0.05, 0.1, 0.2, 0.5):
        assert (p <= level).mean() <= level


def test_it_draws_schedules_where_there_are_too_many_and_counts_its_own() -> None:
    allocation = permuted_rounds(2, block_nights=1, rounds=40)
    rng = np.random.default_rng(8)
    codes = allocation.draw(rng)
    outcomes = rng.normal(size=80) + 3.0 * codes
    found = told(Experiment(outcomes, codes, allocation), rng=rng, draws=12_345)

    assert (found.as_extreme, found.schedules, found.exact) == (1, 12_346, False)
    assert found.p == Fraction(1, 12_346)


def test_it_comes_near_the_exact_answer_by_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(9)
    allocation = fixed_numbers((7, 7))
    experiment = Experiment(rng.integers(0, 11, 14).astype(float), allocation.draw(rng), allocation)
    exact = float(told(experiment).p)
    monkeypatch.setattr("quietlegs.trials.rerandomise.MOST_LISTED", 100)
    drawn = told(experiment, rng=rng, draws=40_000)

    assert not drawn.exact
    assert float(drawn.p) == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 40_000) ** 0.5)


@pytest.mark.parametrize(
    ("outcomes", "reason", "answered"),
    [
        ([np.nan] * 12, Untold.NEVER_ANSWERED, 0),
        ([5.0] * 12, Untold.ALL_EQUAL, 12),
        ([0.1 + 0.2, 0.3] * 6, Untold.ALL_EQUAL, 12),
        ([3.0, np.nan, 4.0, np.nan, 5.0, np.nan] * 2, Untold.NEVER_ANSWERED, 6),
    ],
)
def test_it_cannot_tell_and_gives_no_number(outcomes: list[float], reason: Untold, answered: int) -> None:
    experiment = Experiment(np.array(outcomes), np.array([0, 1] * 6, dtype=np.int8), PAIRS)

    assert rerandomise(experiment, statistic=MEANS) == CannotTell(reason, answered)


MANY = permuted_rounds(2, block_nights=1, rounds=40)
SOME = Experiment(np.arange(80.0), np.array([0, 1] * 40, dtype=np.int8), MANY)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Experiment(np.arange(12.0), np.array([0, 0, 1] * 4, dtype=np.int8), PAIRS), "not in the set"),
        (lambda: Experiment(np.arange(11.0), np.array([0, 1] * 6, dtype=np.int8), PAIRS), r"outcomes is '\(11,\)'"),
        (
            lambda: Experiment(np.array([np.inf] * 12), np.array([0, 1] * 6, dtype=np.int8), PAIRS),
            r"outcomes\[0\] is inf",
        ),
        (lambda: rerandomise(SOME, statistic=MEANS), "rng is None; allowed: a generator"),
        (
            lambda: rerandomise(SOME, statistic=MEANS, rng=np.random.default_rng(1), draws=9_999),
            "draws is 9999; allowed: 10000 or more",
        ),
    ],
)
def test_it_names_what_cannot_be_tested(make: Callable[[], object], message: str) -> None:
    with pytest.raises(RangeError, match=message):
        make()
