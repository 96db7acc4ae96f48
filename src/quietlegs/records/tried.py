"""What is tried fairly: a trial fixed before its first night, the experiment on relief, their end, what was decided."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated
from uuid import UUID

from quietlegs.records.bounds import Between, Length, RangeError, check_bounds
from quietlegs.records.felt import Key

_FEWEST, _MOST = 2, 8


class Choice(StrEnum):
    """What a person decides about one thing that was tried.

    Keep it in the routine for good; drop it; switch it for another; go on, so that nothing changes.
    """

    KEEP = "keep"
    DROP = "drop"
    SWITCH = "switch"
    GO_ON = "go_on"


class Finding(StrEnum):
    """What the trial said when it was decided; the first two are claims."""

    HELPS = "helps"
    WORSE = "worse"
    NOT_WORTH_IT = "not_worth_it"
    LEANING = "leaning"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class TrialStage:
    """A stretch of rounds at whose end things may change, with its share of the 5 % error."""

    rounds: Annotated[int, Between(1, 3650)]
    share: Annotated[float, Between(0, 0.05)]

    def __post_init__(self) -> None:
        """Refuse a number outside its range."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class TrialStart:
    """A trial, fixed and drawn before its first night: nothing of it changes later.

    `arms` are keys of movements or habits, the comparator among them. `turns` holds the place in `arms` of each
    night after the run-in, as drawn with `probability` from `seed`; `starts_on` is the first night of the run-in.
    `worthwhile` is the smallest difference worth having, in points of 0-10. What the other fields mean stands at
    `quietlegs.trials.design.Design`, which they come from.
    """

    arms: tuple[Key, ...]
    comparator: Key
    block_nights: Annotated[int, Between(1, 7, "nights")]
    stages: tuple[TrialStage, ...]
    starts_on: date
    run_in_nights: Annotated[int, Between(7, 14, "nights")]
    seed: int
    bit_generator: Annotated[str, Length(1, 20)]
    turns: tuple[int, ...]
    probability: Fraction
    worthwhile: Annotated[float, Between(0.1, 10, "points")] = 1.0
    open_ended: bool = False
    washout_nights: Annotated[int, Between(0, 6, "nights")] = 0
    washout_counted: bool = False
    longest_run_nights: Annotated[int | None, Between(1, 14, "nights")] = None

    def __post_init__(self) -> None:
        """Refuse arms that are not told apart, and a turn of no arm; the trials room checks the draw itself."""
        check_bounds(self)
        check_compared("TrialStart", self.arms, self.comparator)
        if wrong := [turn for turn in self.turns if not 0 <= turn < len(self.arms)]:
            raise RangeError("TrialStart.turns", wrong[0], f"0 to {len(self.arms) - 1}")
        if not 0 < self.probability <= 1:
            raise RangeError("TrialStart.probability", str(self.probability), "above 0, up to 1")


@dataclass(frozen=True, slots=True)
class ReliefStart:
    """From now on the movement for restless legs is drawn by lot among these; the rule of the draw is fixed here.

    `floor`, `half_life_days` and `sigma` are those of `quietlegs.trials.relief_offer.Rule`.
    """

    movements: tuple[Key, ...]
    comparator: Key
    floor: Annotated[float, Between(0.01, 0.5)]
    half_life_days: Annotated[float, Between(1, 3650, "days")]
    sigma: Annotated[float, Between(0.1, 10, "points")]

    def __post_init__(self) -> None:
        """Refuse movements that are not told apart, and floors that add up to more than 1."""
        check_bounds(self)
        check_compared("ReliefStart", self.movements, self.comparator)
        if self.floor * len(self.movements) > 1:
            raise RangeError("ReliefStart.floor", self.floor, f"at most 1/{len(self.movements)}, one for each movement")


@dataclass(frozen=True, slots=True)
class TrialEnd:
    """Ends a trial, or the experiment on relief, before its time; `of` is the id of the fact that started it."""

    of: UUID
    because: Annotated[str, Length(1, 200)] = "ended by hand"

    def __post_init__(self) -> None:
        """Refuse an empty reason."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one arm of a trial, at a stage's end or before.

    `of` is the id of the trial's start, `after_nights` how many nights of it had gone by, `found` what it said of the
    arm then, `instead` what is tried next in its place: always where it was switched, and where it was kept
    if there is anything left to try. `helps` is the chance that it helps, as it was then; None where nothing could be
    told.
    """

    of: UUID
    arm: Key
    choice: Choice
    instead: Key | None = None
    after_nights: Annotated[int, Between(0, 3650, "nights")] = 0
    found: Finding = Finding.CANNOT_TELL
    helps: Annotated[float | None, Between(0, 1)] = None

    def __post_init__(self) -> None:
        """Refuse a switch to nothing or to itself, and something instead where nothing makes room for it."""
        check_bounds(self)
        switched, may = self.choice is Choice.SWITCH, self.choice in (Choice.SWITCH, Choice.KEEP)
        wrong = switched if self.instead is None else not may or self.instead == self.arm
        if wrong:
            allowed = "another movement or habit" if may else "nothing, where it goes on or is left out"
            raise RangeError("Decision.instead", self.instead, allowed)


def check_compared(kind: str, names: tuple[str, ...], comparator: str) -> None:
    """Raise RangeError unless there are two or more names, all different, the comparator among them."""
    if not _FEWEST <= len(names) <= _MOST or len(set(names)) < len(names):
        raise RangeError(f"{kind}: what is compared", names, f"{_FEWEST} to {_MOST} names, all different")
    if comparator not in names:
        raise RangeError(f"{kind}.comparator", comparator, f"one of {', '.join(names)}")
