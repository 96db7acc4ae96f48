"""The kinds of lot: rounds that hold each arm once, and fixed numbers of nights in any order."""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from itertools import permutations
from typing import Any

import numpy as np

from quietlegs.records.bounds import Between, check_value
from quietlegs.trials.allocation import Allocation, AllocationError, paths

ARMS = Between(2, 4, "arms")
BLOCK_NIGHTS = Between(1, 7, "nights")
MOST_NIGHTS = 3650
_FEWEST_KINDS = 2


@lru_cache(maxsize=16)
def permuted_rounds(
    arm_count: int, *, block_nights: int, rounds: int, longest_run_nights: int | None = None
) -> Allocation:
    """Return all schedules of rounds, each with every arm once, in random order, in blocks of equal length.

    Two arms in blocks of one night are pairs of nights: which of the two comes first is drawn for each pair.

    Parameters
    ----------
    arm_count, block_nights, rounds : int
        2 to 4 arms, blocks of 1 to 7 nights, at most 3,650 nights in all.
    longest_run_nights : int, optional
        Most nights of one arm in a row, at least one block; without it the end of one round and the start of
        the next may make two blocks of one arm in a row (never three).

    Raises
    ------
    RangeError
        Naming the argument, its value and what is allowed.

    Examples
    --------
    >>> permuted_rounds(3, block_nights=1, rounds=30).count() == 6**30
    True
    >>> permuted_rounds(2, block_nights=1, rounds=2, longest_run_nights=1).every(most=10).tolist()
    [[0, 1, 0, 1], [1, 0, 1, 0]]
    """
    check_value("arm_count", arm_count, ARMS, whole=True)
    check_value("block_nights", block_nights, BLOCK_NIGHTS, whole=True)
    most = MOST_NIGHTS // (arm_count * block_nights)
    check_value("rounds", rounds, Between(1, most), whole=True)
    _check_run(longest_run_nights, at_least=block_nights)
    orders = list(permutations(range(arm_count)))
    free = longest_run_nights is None or longest_run_nights >= 2 * block_nights

    def after(state: Any, word: int) -> Hashable | None:
        """Remember the round, and the last arm only where it matters."""
        done, last = state
        if last == orders[word][0]:
            return None
        return done + 1, None if free else orders[word][-1]

    words = np.repeat(np.array(orders, dtype=np.int8), block_nights, axis=1)
    return paths((0, None), words=words, steps=rounds, after=after)


@lru_cache(maxsize=16)
def fixed_numbers(numbers: tuple[int, ...], *, longest_run_nights: int | None = None) -> Allocation:
    """Return all orders of a fixed number of nights with each arm: complete randomisation.

    For experiments of other people that drew day by day without rounds. Each allowed order is equally likely.

    Parameters
    ----------
    numbers : tuple of int
        Nights with each arm, 2 to 4 arms, 1 or more nights each, at most 3,650 in all.
    longest_run_nights : int, optional
        Most nights of one arm in a row.

    Raises
    ------
    RangeError
        Naming the argument and what is allowed; AllocationError where no order keeps to the limit, or where
        four arms of many nights would need too large a graph.

    Examples
    --------
    >>> fixed_numbers((7, 7)).count(), fixed_numbers((7, 7), longest_run_nights=2).count()
    (3432, 518)
    """
    check_value("arms", len(numbers), ARMS, whole=True)
    for arm, number in enumerate(numbers):
        check_value(f"numbers[{arm}]", number, Between(1, MOST_NIGHTS, "nights"), whole=True)
    check_value("nights in all", sum(numbers), Between(_FEWEST_KINDS, MOST_NIGHTS, "nights"), whole=True)
    _check_run(longest_run_nights, at_least=1)
    limit = longest_run_nights

    def after(state: Any, word: int) -> Hashable | None:
        """Remember the nights left with each arm, and the run only where it matters."""
        left, last, run = state
        if not left[word] or (word == last and run == limit):
            return None
        rest = (*left[:word], left[word] - 1, *left[word + 1 :])
        return (rest, None, 0) if limit is None else (rest, word, run + 1 if word == last else 1)

    words = np.arange(len(numbers), dtype=np.int8)[:, None]
    return paths((numbers, None, 0), words=words, steps=sum(numbers), after=after)


def numbers_of(codes: Sequence[int]) -> tuple[int, ...]:
    """Return how many nights each arm has, code by code, for `fixed_numbers`."""
    return tuple(np.bincount(np.asarray(codes, dtype=np.int64)).tolist())


def _check_run(nights: int | None, *, at_least: int) -> None:
    if nights is not None and (isinstance(nights, bool) or nights < at_least):
        raise AllocationError("longest_run_nights", nights, f"{at_least} nights or more, or no limit")
