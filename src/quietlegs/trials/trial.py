"""A design met by the nights that came: what is compared, and what could have been drawn instead."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from quietlegs.trials.allocation import Allocation, AllocationError, Codes
from quietlegs.trials.design import ERROR, Design
from quietlegs.trials.families import BLOCK_NIGHTS, fixed_numbers, numbers_of, permuted_rounds
from quietlegs.trials.nights import NO_ARM, Nights, NightsError, TooFewNightsError
from quietlegs.trials.rerandomise import Experiment
from quietlegs.trials.schedule import Schedule, draw
from quietlegs.trials.spending import Spending, spending_of


class Order(StrEnum):
    """How the diarist says that nights were drawn: rounds with each arm once, or any order of the same numbers."""

    ROUNDS = "rounds"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Said:
    """Nights that were drawn by lot elsewhere, before the first of them, in one of the usual ways."""

    order: Order
    longest_run_nights: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What a claim rests on: the experiment, how its error is spent, and how many nights have gone by."""

    experiment: Experiment
    spending: Spending
    comparator: int
    gone: int
    open_ended: bool
    rng: np.random.Generator | None


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Nights to be compared by assigned arm; those of run-in and washout, and nights outside, have no arm.

    `drawn` is None where it is not known what could have been drawn: then no claim can be made. `inside` marks the
    listed nights that `compared` holds.
    """

    compared: Nights
    inside: NDArray[np.bool_]
    comparator: str
    drawn: Drawn | None
    first_on: date
    block_nights: int | None
    run_in: int
    washed: int
    outside: int
    unlisted: int


def kept_trial(nights: Nights, design: Design | Schedule) -> Trial:
    """Hold the nights against the schedule that was kept, or is drawn again from the design's seed.

    Parameters
    ----------
    nights : Nights
        Listed nights; one without an arm takes the arm that was drawn for it. With a bare design the first listed
        night is the first of the run-in.

    Raises
    ------
    TooFewNightsError
        No night is listed, and a bare design does not know its first one.
    NightsError
        A night has another arm than was drawn for it.
    """
    schedule = design
    if isinstance(schedule, Design):
        if not len(nights):
            raise TooFewNightsError("nights", 0, "1 or more")
        first = date.fromisoformat(str(nights.on[0]))
        schedule = draw(schedule, schedule.fresh_lot(), starts_on=first)
    fixed = schedule.design
    place = (nights.on - np.datetime64(schedule.starts_on, "D")).astype(np.int64)
    inside = (place >= 0) & (place < len(schedule))
    at = place[inside]
    listed = nights.where(inside)
    _check_arms(listed, schedule, at)
    counted = schedule.counted[at]
    outcomes = np.full(len(schedule), np.nan)
    outcomes[at] = np.where(counted, listed.outcomes, np.nan)
    run_in = fixed.run_in_nights
    gone = max(0, int(at[-1]) + 1 - run_in) if at.size else 0
    codes = np.where(counted, schedule.arms[at], NO_ARM)
    experiment = Experiment(outcomes[run_in:], np.array(schedule.codes, dtype=np.int8), fixed.allocation)
    return Trial(
        compared=Nights(listed.on, codes, fixed.arms, listed.outcomes),
        inside=inside,
        comparator=fixed.comparator,
        drawn=Drawn(
            experiment,
            spending_of(fixed),
            comparator=fixed.comparator_code,
            gone=gone,
            open_ended=fixed.open_ended,
            rng=fixed.fresh_redraws(),
        ),
        first_on=date.fromisoformat(str(schedule.on[run_in])),
        block_nights=fixed.block_nights,
        run_in=int((at < run_in).sum()),
        washed=int((~counted & (at >= run_in)).sum()),
        outside=int((~inside).sum()),
        unlisted=gone - int((at >= run_in).sum()),
    )


def said_trial(nights: Nights, said: Said | None, *, comparator: str, rng: np.random.Generator | None) -> Trial:
    """Take the listed nights that have an arm as the whole trial, looked at once every night.

    For the claim the nights follow one another as listed; for the estimate they keep their dates.

    Raises
    ------
    NightsError, RangeError
        No such comparator; the nights are not such rounds; no order keeps to the longest run.
    """
    nights.having(comparator)
    with_arm = nights.where(nights.arms != NO_ARM)
    codes = with_arm.arms.astype(np.int8)
    drawn, block = None, None
    if said is not None:
        allocation, block = _allocation(codes, said)
        if not allocation.contains(codes):
            limit = f"runs of at most {said.longest_run_nights} nights"
            raise AllocationError("schedule", "one with a longer run", limit)
        experiment = Experiment(with_arm.outcomes, codes, allocation)
        spending, code = Spending((codes.size,), (ERROR,)), nights.arm_names.index(comparator)
        drawn = Drawn(experiment, spending, code, codes.size, open_ended=False, rng=rng)
    return Trial(
        compared=nights,
        inside=np.ones(len(nights), dtype=np.bool_),
        comparator=comparator,
        drawn=drawn,
        first_on=date.fromisoformat(str(with_arm.on[0])),
        block_nights=block,
        run_in=int((nights.on < with_arm.on[0]).sum()),
        washed=0,
        outside=int(((nights.arms == NO_ARM) & (nights.on > with_arm.on[0])).sum()),
        unlisted=with_arm.unlisted,
    )


def _check_arms(listed: Nights, schedule: Schedule, at: NDArray[np.int64]) -> None:
    arms = schedule.design.arms
    for night, own, drawn in zip(listed.on, listed.arms.tolist(), schedule.arms[at].tolist(), strict=True):
        if own != NO_ARM and (drawn == NO_ARM or listed.arm_names[own] != arms[drawn]):
            allowed = "no arm, it belongs to the run-in" if drawn == NO_ARM else f"{arms[drawn]}, as drawn"
            raise NightsError(f"arm of {night}", listed.arm_names[own], allowed)


def _allocation(codes: Codes, said: Said) -> tuple[Allocation, int | None]:
    arms = int(codes.max()) + 1
    if said.order is Order.ANY:
        return fixed_numbers(numbers_of(codes.tolist()), longest_run_nights=said.longest_run_nights), None
    for block in range(int(BLOCK_NIGHTS.high), 0, -1):
        rounds, rest = divmod(codes.size, arms * block)
        if rounds and not rest:
            lots = permuted_rounds(arms, block_nights=block, rounds=rounds)
            if lots.contains(codes):
                longest = said.longest_run_nights
                return permuted_rounds(arms, block_nights=block, rounds=rounds, longest_run_nights=longest), block
    raise AllocationError("schedule", "not rounds", f"whole rounds with each of {arms} arms once, or any order")
