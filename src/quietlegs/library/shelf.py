"""The whole library in one object."""

from dataclasses import dataclass

from quietlegs.library.evidence import Claim, Habit, Source, Topic
from quietlegs.library.exercise import Exercise, Routine
from quietlegs.library.safety import Safety


@dataclass(frozen=True, slots=True)
class Library:
    """Everything, by key, in the order in which it is shown."""

    exercises: dict[str, Exercise]
    routines: dict[str, Routine]
    habits: dict[str, Habit]
    claims: dict[str, Claim]
    sources: dict[str, Source]
    topics: dict[str, Topic]
    safety: Safety
