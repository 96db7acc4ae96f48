"""Sets of schedules: what they count, list and draw is one and the same."""

from collections import Counter
from collections.abc import Callable
from itertools import groupby, permutations
from itertools import product as every_way
from math import factorial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from quietlegs.records.bounds import RangeError
from quietlegs.trials.allocation import Allocation, AllocationError, TooManySchedulesError, paths
from quietlegs.trials.families import fixed_numbers, numbers_of, permuted_rounds

FEW = 20_000
ROUNDS = st.tuples(st.integers(2, 3), st.integers(1, 2), st.integers(1, 4), st.sampled_from([None, 0, 1]))
ANY_NUMBERS = st.lists(st.integers(1, 4), min_size=2, max_size=3).filter(lambda numbers: sum(numbers) <= 7)
NUMBERS = st.tuples(ANY_NUMBERS, st.sampled_from([None, 1, 2, 3]))


def rounds_of(shape: tuple[int, int, int, int | None]) -> Allocation:
    arms, nights, rounds, over = shape
    limit = None if over is None else nights + over
    return permuted_rounds(arms, block_nights=nights, rounds=rounds, longest_run_nights=limit)


def longest_run(codes: np.ndarray) -> int:
    return max(len(list(run)) for _, run in groupby(codes.tolist()))


@settings(max_examples=40, deadline=None)
@given(ROUNDS)
def test_it_counts_as_many_rounds_as_it_lists(shape: tuple[int, int, int, int | None]) -> None:
    allocation = rounds_of(shape)
    if allocation.count() > FEW:
        with pytest.raises(TooManySchedulesError):
            allocation.every(most=FEW)
        return
    every = allocation.every(most=FEW)

    assert every.shape == (allocation.count(), allocation.nights)
    assert len({row.tobytes() for row in every}) == len(every)
    assert every.tolist() == sorted(every.tolist())


@settings(max_examples=40, deadline=None)
@given(ROUNDS, st.integers(0, 2**32))
def test_it_draws_rounds_that_hold_each_arm_once_in_blocks(shape: tuple[int, int, int, int | None], seed: int) -> None:
    arms, nights, rounds, over = shape
    allocation, rng = rounds_of(shape), np.random.default_rng(seed)
    for codes in (*allocation.redraw(20, rng), allocation.draw(rng)):
        blocks = codes.reshape(rounds, arms, nights)
        assert (blocks == blocks[:, :, :1]).all()
        assert (np.sort(blocks[:, :, 0], axis=1) == np.arange(arms)).all()
        assert longest_run(codes) <= (2 * nights if over is None else nights + over)
        assert allocation.contains(codes)


@pytest.mark.parametrize(("arms", "rounds"), [(2, 5), (3, 3), (4, 2), (3, 30)])
def test_it_counts_rounds_as_the_formula_does(arms: int, rounds: int) -> None:
    free = permuted_rounds(arms, block_nights=3, rounds=rounds)
    limited = permuted_rounds(arms, block_nights=3, rounds=rounds, longest_run_nights=5)

    # Of all orders of a round, one in `arms` starts with the arm before.
    assert free.count() == factorial(arms) ** rounds
    assert limited.count() == factorial(arms) * (factorial(arms) - factorial(arms - 1)) ** (rounds - 1)


@settings(max_examples=40, deadline=None)
@given(NUMBERS)
def test_it_lists_every_order_that_keeps_to_the_limit(shape: tuple[list[int], int | None]) -> None:
    numbers, limit = shape
    letters = [arm for arm, number in enumerate(numbers) for _ in range(number)]
    wanted = {order for order in permutations(letters) if longest_run(np.array(order)) <= (limit or len(letters))}
    if not wanted:
        with pytest.raises(AllocationError, match="at least one"):
            fixed_numbers(tuple(numbers), longest_run_nights=limit)
        return
    allocation = fixed_numbers(tuple(numbers), longest_run_nights=limit)

    assert {tuple(row) for row in allocation.every(most=FEW).tolist()} == wanted
    assert allocation.count() == len(wanted)


@settings(max_examples=30, deadline=None)
@given(NUMBERS, st.integers(0, 2**32))
def test_it_draws_exactly_so_many_nights_of_each_arm(shape: tuple[list[int], int | None], seed: int) -> None:
    numbers, limit = tuple(shape[0]), None if shape[1] is None else 2 * max(shape[0])
    allocation, rng = fixed_numbers(numbers, longest_run_nights=limit), np.random.default_rng(seed)

    assert {numbers_of(codes.tolist()) for codes in allocation.redraw(20, rng)} == {numbers}
    assert numbers_of(allocation.draw(rng).tolist()) == numbers


SMALL = [
    permuted_rounds(3, block_nights=1, rounds=3, longest_run_nights=1),
    permuted_rounds(3, block_nights=2, rounds=2),
    permuted_rounds(4, block_nights=1, rounds=2, longest_run_nights=1),
    fixed_numbers((5, 5), longest_run_nights=2),
    fixed_numbers((2, 5), longest_run_nights=3),
    fixed_numbers((3, 3, 2), longest_run_nights=1),
]


@pytest.mark.parametrize("allocation", SMALL)
def test_it_finds_each_schedule_at_its_place(allocation: Allocation) -> None:
    every = allocation.every(most=FEW)

    assert [allocation.at(place).tolist() for place in range(len(every))] == every.tolist()


@pytest.mark.parametrize("allocation", SMALL)
@pytest.mark.parametrize("one_by_one", [True, False])
def test_it_draws_each_schedule_equally_often(allocation: Allocation, one_by_one: bool) -> None:
    rng, count = np.random.default_rng(20260105), allocation.count()
    draws = count * 60
    drawn = [allocation.draw(rng) for _ in range(draws)] if one_by_one else list(allocation.redraw(draws, rng))
    seen = Counter(codes.tobytes() for codes in drawn)

    assert len(seen) == count
    assert chisquare(list(seen.values())).pvalue > 0.001


@pytest.mark.parametrize("allocation", SMALL)
def test_it_gives_all_schedules_together_the_chance_of_one(allocation: Allocation) -> None:
    chance = np.diff(np.column_stack([np.zeros(len(allocation.below)), allocation.below]), axis=1)
    total = 0.0
    for row in allocation.every(most=FEW).reshape(allocation.count(), allocation.steps, -1):
        state, product = 0, 1.0
        for part in row:
            word = int(np.flatnonzero((allocation.words == part).all(axis=1))[0])
            product, state = product * chance[state, word], int(allocation.follow[state, word])
        assert product == pytest.approx(1 / allocation.count(), rel=1e-12)
        total += product

    assert total == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("allocation", SMALL[3:5])
def test_it_knows_its_own_schedules_from_all_others(allocation: Allocation) -> None:
    own = {tuple(row) for row in allocation.every(most=FEW).tolist()}
    for codes in every_way((0, 1), repeat=allocation.nights):
        assert allocation.contains(np.array(codes)) == (codes in own)

    assert not allocation.contains(np.zeros(allocation.nights - 1, dtype=np.int8))
    assert not allocation.contains(np.full(allocation.nights, 2))


def test_it_draws_again_what_the_same_bits_gave() -> None:
    allocation = permuted_rounds(3, block_nights=1, rounds=8)
    first, again = (allocation.draw(np.random.Generator(np.random.PCG64(2**100 + 7))) for _ in range(2))

    assert first.tolist() == again.tolist()
    # Written down once: a later version of NumPy, or of this program, must give the same.
    assert "".join(map(str, first.tolist())) == "012102210120201021102012"


def _to_and_fro(done: Any, word: int) -> int | None:
    return done + 1 if word == done % 2 else None


def test_it_needs_no_lot_where_only_one_schedule_is_allowed() -> None:
    words = np.array([[0], [1]], dtype=np.int8)
    only = paths(0, words=words, steps=3, after=_to_and_fro)
    rng = np.random.default_rng(1)

    assert only.draw(rng).tolist() == only.redraw(1, rng)[0].tolist() == [0, 1, 0]


def test_it_counts_years_of_nights_exactly() -> None:
    allocation = permuted_rounds(2, block_nights=1, rounds=1825, longest_run_nights=2)

    assert allocation.count() == 2**1825
    assert allocation.contains(allocation.draw(np.random.default_rng(1)))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: permuted_rounds(5, block_nights=1, rounds=2), "arm_count is 5; allowed: a whole number, 2 to 4 arms"),
        (lambda: permuted_rounds(1, block_nights=1, rounds=2), "arm_count is 1; allowed: a whole number, 2 to 4 arms"),
        (lambda: permuted_rounds(2, block_nights=8, rounds=2), "block_nights is 8; allowed: a whole number, 1 to 7"),
        (lambda: permuted_rounds(2, block_nights=1, rounds=0), "rounds is 0; allowed: a whole number, 1 to 1825"),
        (
            lambda: permuted_rounds(2, block_nights=3, rounds=2, longest_run_nights=2),
            "longest_run_nights is 2; allowed: 3 nights or more",
        ),
        (lambda: fixed_numbers((3,)), "arms is 1"),
        (lambda: fixed_numbers((3, 0)), r"numbers\[1\] is 0"),
        (lambda: fixed_numbers((9, 2), longest_run_nights=2), "schedules is 0"),
        (lambda: fixed_numbers((60, 60, 60, 60)), "states is"),
        (lambda: fixed_numbers((3, 3)).redraw(0, np.random.default_rng(1)), "draws is 0; allowed: 1 or more"),
        (lambda: fixed_numbers((3, 3)).at(20), "place is 20; allowed: 0 to 19"),
        (lambda: fixed_numbers((3, 3)).every(most=19), "schedules is 20; allowed: at most 19"),
    ],
)
def test_it_names_what_is_not_allowed(make: Callable[[], object], message: str) -> None:
    with pytest.raises(RangeError, match=message):
        make()
