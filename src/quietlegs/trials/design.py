"""What is fixed before night 1: arms, blocks, stages with their shares of the error, and the seed of the lot."""

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import Annotated

import numpy as np

from quietlegs.records.bounds import Between, RangeError, check_bounds, check_value
from quietlegs.trials.allocation import Allocation
from quietlegs.trials.families import ARMS, MOST_NIGHTS, permuted_rounds

ERROR = 0.05
_ROUNDING = 1e-12
_SEED_BITS = 128
# These give 64 bits at a time, and their bits stay the same in every version of NumPy.
_BIT_GENERATORS: dict[str, type[np.random.BitGenerator]] = {
    "PCG64": np.random.PCG64,
    "PCG64DXSM": np.random.PCG64DXSM,
    "Philox": np.random.Philox,
    "SFC64": np.random.SFC64,
}


class DesignError(RangeError):
    """A design that cannot be run; names the field, the value and what is allowed."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of whole rounds at whose end arms may change, with its share of the trial's 5 % error."""

    rounds: Annotated[int, Between(1, MOST_NIGHTS)]
    share: Annotated[float, Between(0, ERROR)]

    def __post_init__(self) -> None:
        """Refuse a stage without rounds or without any share."""
        check_bounds(self)
        if not self.share > 0:
            raise DesignError("Stage.share", self.share, f"above 0, at most {ERROR:g}")


@dataclass(frozen=True, slots=True)
class Design:
    """A trial on one person, complete before night 1.

    Parameters
    ----------
    arms, comparator : tuple of str, str
        2 to 4 names, all different, one of them the comparator; an arm's code is its place.
    stages : tuple of Stage
        The planned trial, then extensions declared now. Shares add to at most 0.05.
    seed, bit_generator : int, str
        What the lot is drawn from; 0 to 2**128 - 1.
    washout_nights, washout_counted : int, bool
        The first nights of every block, fewer than it has, and whether their answers count.
    open_ended : bool
        Claims are won by a wager that may go on for ever, not by the shares spent over the stages.
    longest_run_nights : int, optional
        Most nights of one arm in a row, at least one block; None for no limit of its own.

    Raises
    ------
    RangeError
        Names the field, the value and what is allowed.

    Examples
    --------
    >>> month = Design(("calf", "breathing"), "breathing", 1, (Stage(14, 0.04), Stage(14, 0.01)), seed=7)
    >>> month.horizon_nights, month.stage_ends, month.allocation.count() == 2**28
    (28, (28, 56), True)
    """

    arms: tuple[str, ...]
    comparator: str
    block_nights: Annotated[int, Between(1, 7, "nights")]
    stages: tuple[Stage, ...]
    seed: int
    run_in_nights: Annotated[int, Between(7, 14, "nights")] = 7
    open_ended: bool = False
    washout_nights: Annotated[int, Between(0, 6, "nights")] = 0
    washout_counted: bool = False
    longest_run_nights: Annotated[int | None, Between(1, 14, "nights")] = None
    bit_generator: str = "PCG64"

    def __post_init__(self) -> None:
        """Refuse what could not be run, or not be drawn again."""
        check_bounds(self)
        _check_arms(self.arms, self.comparator)
        _check_nights(self)
        _check_shares(self.stages)
        _check_lot(self.seed, self.bit_generator)

    @property
    def rounds(self) -> int:
        """Rounds of all stages together."""
        return sum(stage.rounds for stage in self.stages)

    @property
    def round_nights(self) -> int:
        """Nights of one round."""
        return len(self.arms) * self.block_nights

    @property
    def nights(self) -> int:
        """Nights of all stages, without the run-in."""
        return self.rounds * self.round_nights

    @property
    def stage_ends(self) -> tuple[int, ...]:
        """After how many nights, without the run-in, each stage ends."""
        return tuple(accumulate(stage.rounds * self.round_nights for stage in self.stages))

    @property
    def horizon_nights(self) -> int:
        """The planned horizon: nights of the first stage, without the run-in."""
        return self.stage_ends[0]

    @property
    def comparator_code(self) -> int:
        """The comparator's arm code."""
        return self.arms.index(self.comparator)

    @property
    def allocation(self) -> Allocation:
        """All schedules that this design can draw, over all its stages."""
        return permuted_rounds(
            len(self.arms),
            block_nights=self.block_nights,
            rounds=self.rounds,
            longest_run_nights=self.longest_run_nights,
        )

    def fresh_lot(self) -> np.random.Generator:
        """Return the generator that the recorded seed gives, at its start."""
        return np.random.Generator(_BIT_GENERATORS[self.bit_generator](self.seed))

    def fresh_redraws(self) -> np.random.Generator:
        """Return the generator for the claim's redraws: the same each time, and independent of the lot."""
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(self.seed, spawn_key=(1,))))


def _check_arms(arms: tuple[str, ...], comparator: str) -> None:
    check_value("Design.arms", len(arms), ARMS, whole=True)
    blank = [name for name in arms if not name.strip()]
    if blank or len(set(arms)) < len(arms):
        raise DesignError("Design.arms", arms, "names that are all different and not blank")
    if comparator not in arms:
        raise DesignError("Design.comparator", comparator, f"one of {', '.join(arms)}")


def _check_nights(design: Design) -> None:
    if not design.stages:
        raise DesignError("Design.stages", design.stages, "one stage or more")
    if design.nights > MOST_NIGHTS:
        raise DesignError("nights of all stages", design.nights, f"at most {MOST_NIGHTS}")
    if design.washout_nights >= design.block_nights:
        allowed = f"0 to {design.block_nights - 1}, fewer than a block has"
        raise DesignError("Design.washout_nights", design.washout_nights, allowed)
    longest = design.longest_run_nights
    if longest is not None and longest < design.block_nights:
        raise DesignError("Design.longest_run_nights", longest, f"{design.block_nights} or more, one block at least")


def _check_shares(stages: tuple[Stage, ...]) -> None:
    spent = math.fsum(stage.share for stage in stages)
    if spent > ERROR + _ROUNDING:
        raise DesignError("shares of all stages", spent, f"at most {ERROR:g} together")


def _check_lot(seed: int, bit_generator: str) -> None:
    if type(seed) is not int or not 0 <= seed < 2**_SEED_BITS:
        raise DesignError("Design.seed", seed, f"a whole number, 0 to 2**{_SEED_BITS} - 1")
    if bit_generator not in _BIT_GENERATORS:
        raise DesignError("Design.bit_generator", bit_generator, ", ".join(_BIT_GENERATORS))
