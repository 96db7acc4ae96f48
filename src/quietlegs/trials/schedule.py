"""The schedule that was drawn: kept whole, shown one evening at a time."""

import copy
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from quietlegs.trials.allocation import Codes
from quietlegs.trials.design import Design, DesignError
from quietlegs.trials.nights import NO_ARM

_COMPARED_WORDS = 4


@dataclass(frozen=True, slots=True)
class Schedule:
    """One drawn schedule; the arrays below have one row a night, the run-in first.

    `starts_on` is the first run-in night, `codes` the arm codes of the trial's nights, `probability` the
    chance with which exactly these codes were drawn. Codes stay out of `repr`: nobody should learn them early.
    """

    design: Design
    starts_on: date
    codes: tuple[int, ...] = field(repr=False)
    probability: Fraction

    def __post_init__(self) -> None:
        """Refuse codes that the design cannot draw, and another chance than it draws them with."""
        allocation = self.design.allocation
        if not allocation.contains(np.array(self.codes, dtype=np.int64)):
            raise DesignError("Schedule.codes", self.codes, "a schedule that the design could have drawn")
        if self.probability != Fraction(1, allocation.count()):
            raise DesignError("Schedule.probability", self.probability, f"1/{allocation.count()}")

    def __len__(self) -> int:
        """Nights of run-in and trial together."""
        return self.design.run_in_nights + len(self.codes)

    @property
    def on(self) -> NDArray[np.datetime64]:
        """The date of each night."""
        return np.datetime64(self.starts_on, "D") + np.arange(len(self))

    @property
    def arms(self) -> NDArray[np.int64]:
        """The arm code of each night, NO_ARM in the run-in."""
        return np.concatenate([np.full(self.design.run_in_nights, NO_ARM), np.array(self.codes, dtype=np.int64)])

    @property
    def run_in(self) -> NDArray[np.bool_]:
        """Whether each night belongs to the run-in."""
        return np.arange(len(self)) < self.design.run_in_nights

    @property
    def washout(self) -> NDArray[np.bool_]:
        """Whether each night is one of the first of its block, as many as the design says.

        The place in the block decides, also where a block continues the arm of the one before: so every
        schedule of the design has the same washout nights, and they carry no news about the arm.
        """
        since = np.arange(len(self)) - self.design.run_in_nights
        return (since >= 0) & (since % self.design.block_nights < self.design.washout_nights)

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Whether each night's answer counts in the comparison of arms."""
        washed = self.washout & (not self.design.washout_counted)
        return ~self.run_in & ~washed


def draw(design: Design, rng: np.random.Generator, *, starts_on: date) -> Schedule:
    """Draw the whole schedule before night 1, each schedule that the design allows with the same chance.

    Parameters
    ----------
    design : Design
        What was fixed.
    rng : numpy.random.Generator
        At the start of the design's recorded seed, as `design.fresh_lot()` gives it.
    starts_on : date
        The first night of the run-in.

    Raises
    ------
    DesignError
        The generator is another one, or was used before: the schedule could not be drawn again.

    Examples
    --------
    >>> from quietlegs.trials.design import Stage
    >>> week = Design(("calf", "breathing"), "breathing", 1, (Stage(3, 0.05),), seed=1)
    >>> drawn = draw(week, week.fresh_lot(), starts_on=date(2026, 1, 5))
    >>> drawn.codes, drawn.probability
    ((1, 0, 0, 1, 0, 1), Fraction(1, 8))
    """
    if not _same_start(rng, design.fresh_lot()):
        raise DesignError("rng", type(rng.bit_generator).__name__, "the start of the design's recorded seed")
    codes = design.allocation.draw(rng)
    return Schedule(design, starts_on, tuple(codes.tolist()), Fraction(1, count_schedules(design)))


def arm_on(schedule: Schedule, on: date) -> str | None:
    """Return the arm of one night, None in the run-in; what comes later stays sealed.

    Raises
    ------
    DesignError
        The night lies before the run-in or after the last stage.

    Examples
    --------
    >>> from quietlegs.trials.design import Stage
    >>> week = Design(("calf", "breathing"), "breathing", 1, (Stage(3, 0.05),), seed=1)
    >>> drawn = draw(week, week.fresh_lot(), starts_on=date(2026, 1, 5))
    >>> arm_on(drawn, date(2026, 1, 11)), arm_on(drawn, date(2026, 1, 12))
    (None, 'breathing')
    """
    place = (on - schedule.starts_on).days
    if not 0 <= place < len(schedule):
        raise DesignError("night", on.isoformat(), f"{schedule.on[0]} to {schedule.on[-1]}")
    code = place - schedule.design.run_in_nights
    return None if code < 0 else schedule.design.arms[schedule.codes[code]]


def count_schedules(design: Design) -> int:
    """Return how many schedules the design can draw, exactly.

    Examples
    --------
    >>> from quietlegs.trials.design import Stage
    >>> count_schedules(Design(("a", "b", "c"), "a", 2, (Stage(2, 0.05),), seed=1, longest_run_nights=3))
    24
    """
    return design.allocation.count()


def enumerate_schedules(design: Design, *, most: int = 100_000) -> Codes:
    """Return all schedules of a design, one a row in arm codes (int8, without the run-in), sorted.

    Raises
    ------
    TooManySchedulesError
        There are more than `most`.

    Examples
    --------
    >>> from quietlegs.trials.design import Stage
    >>> enumerate_schedules(Design(("a", "b"), "a", 1, (Stage(1, 0.05),), seed=1)).tolist()
    [[0, 1], [1, 0]]
    """
    return design.allocation.every(most=most)


def redraw(design: Design, draws: int, rng: np.random.Generator) -> Codes:
    """Return schedules that the design could have drawn: draws by nights arm codes (int8, without the run-in).

    With replacement, each schedule equally likely; `rng` is any generator, not the recorded one.

    Raises
    ------
    AllocationError
        Fewer than 1 draw.

    Examples
    --------
    >>> from quietlegs.trials.design import Stage
    >>> ninety = Design(("a", "b"), "a", 1, (Stage(45, 0.05),), seed=1)
    >>> redraw(ninety, 1000, np.random.Generator(np.random.PCG64(3))).shape
    (1000, 90)
    """
    return design.allocation.redraw(draws, rng)


def _same_start(one: np.random.Generator, other: np.random.Generator) -> bool:
    """Compare the next raw bits of copies, so that neither generator moves."""
    if type(one.bit_generator) is not type(other.bit_generator):
        return False
    ahead = [copy.deepcopy(each.bit_generator).random_raw(_COMPARED_WORDS).tolist() for each in (one, other)]
    return bool(ahead[0] == ahead[1])
