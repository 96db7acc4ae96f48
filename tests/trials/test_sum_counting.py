"""Counting schedules by their sums gives what listing them gives."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quietlegs.trials.allocation import AllocationError
from quietlegs.trials.families import fixed_numbers
from quietlegs.trials.rerandomise import (
    CannotTell,
    Experiment,
    Rerandomised,
    Side,
    Untold,
    difference_in_means,
    rerandomise,
)
from quietlegs.trials.sum_counting import count_by_sums

ANSWERS = st.lists(st.none() | st.fractions(0, 10, max_denominator=12), min_size=5, max_size=11)


@settings(max_examples=60, deadline=None)
@given(ANSWERS, st.integers(1, 4), st.integers(0, 2**32), st.sampled_from(Side))
def test_it_agrees_with_the_list_of_all_schedules(
    answers: list[Fraction | None], ones: int, seed: int, side: Side
) -> None:
    outcomes = np.array([np.nan if answer is None else float(answer) for answer in answers])
    allocation = fixed_numbers((len(answers) - ones, ones))
    codes = allocation.draw(np.random.default_rng(seed))
    listed = rerandomise(Experiment(outcomes, codes, allocation), statistic=difference_in_means(1, 0), side=side)

    assert count_by_sums(outcomes, codes, side=side) == listed


def test_it_counts_what_nobody_could_list() -> None:
    rng = np.random.default_rng(4)
    outcomes, codes = rng.integers(0, 11, 90).astype(float), np.array([0, 1] * 45, dtype=np.int8)
    found = count_by_sums(outcomes, codes)

    assert isinstance(found, Rerandomised)
    assert found.schedules == math.comb(90, 45) > 2**63
    drawn = rerandomise(
        Experiment(outcomes, codes, fixed_numbers((45, 45))),
        statistic=difference_in_means(1, 0),
        rng=rng,
        draws=40_000,
    )
    assert isinstance(drawn, Rerandomised)
    assert float(drawn.p) == pytest.approx(float(found.p), abs=0.01)


def test_it_cannot_tell_where_the_list_could_not() -> None:
    codes = np.array([0, 1, 0, 1], dtype=np.int8)

    assert count_by_sums(np.full(4, 2.0), codes) == CannotTell(Untold.ALL_EQUAL, 4)
    assert count_by_sums(np.array([1, np.nan, 2, np.nan]), codes) == CannotTell(Untold.NEVER_ANSWERED, 2)


@pytest.mark.parametrize("wrong", [math.pi, 1 / 9_999_991])
def test_it_refuses_answers_that_are_on_no_grid(wrong: float) -> None:
    with pytest.raises(AllocationError, match="a fraction with a denominator up to 10000"):
        count_by_sums(np.array([wrong, 2, 3, 4]), np.array([0, 1, 0, 1], dtype=np.int8))


def test_it_refuses_to_count_for_ever() -> None:
    fine = np.where(np.arange(40) % 2, 1 / 9_973, 1 / 9_967) * np.arange(40.0)

    with pytest.raises(AllocationError, match="fewer nights or coarser answers"):
        count_by_sums(fine.astype(np.float64), np.array([0, 1] * 20, dtype=np.int8))
