"""What was done and what was drawn: practice, assignments to an arm, states of a night."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from quietlegs.records.bounds import Between, Length, RangeError, check_bounds
from quietlegs.records.felt import Key, Probability, Rating, check_probability

Seconds = Annotated[float, Between(0, 7200, "s")]


class StopReason(StrEnum):
    """Why a movement ended before its time."""

    HURT = "hurt"
    ENOUGH = "enough"
    INTERRUPTED = "interrupted"
    WORSE = "worse"


class State(StrEnum):
    """Why a night is not an ordinary one."""

    SICK = "sick"
    TRAVEL = "travel"
    COULD_NOT = "could_not"
    SORE = "sore"


@dataclass(frozen=True, slots=True)
class Work:
    """Seconds worked on each side (`both_s` where the sides work together) and repetitions."""

    left_s: Seconds = 0.0
    right_s: Seconds = 0.0
    both_s: Seconds = 0.0
    repetitions: Annotated[int, Between(0, 1000)] = 0

    def __post_init__(self) -> None:
        """Refuse a number outside its range."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Practice:
    """One movement, as planned and as done; `stopped` is None when it ran to its end.

    `routine` names the routine it was part of, None for a movement made on its own.
    """

    exercise: Key
    level: Annotated[int, Between(1, 5)]
    planned: Work
    done: Work
    stopped: StopReason | None = None
    pain: Rating = None
    routine: Annotated[str | None, Length(1, 80)] = None

    def __post_init__(self) -> None:
        """Refuse a level outside 1-5 and a pain outside 0-10."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Assignment:
    """The arm drawn for a night, with the probability it was drawn with."""

    trial: Key
    arm: Key
    probability: Probability

    def __post_init__(self) -> None:
        """Refuse a probability outside (0, 1]."""
        check_bounds(self)
        check_probability("Assignment.probability", self.probability)


@dataclass(frozen=True, slots=True)
class NightState:
    """A night that was out of the ordinary; kept and reported, never a failure."""

    state: State

    def __post_init__(self) -> None:
        """Refuse anything but a known state."""
        if not isinstance(self.state, State):
            raise RangeError("NightState.state", self.state, ", ".join(State))
