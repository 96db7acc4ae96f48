"""What a person told about themselves: safety answers and wishes."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from quietlegs.records.bounds import RangeError
from quietlegs.records.felt import Key


class Posture(StrEnum):
    """How a person prefers to move."""

    STANDING = "standing"
    SEATED = "seated"


@dataclass(frozen=True, slots=True)
class SafetyAnswers:
    """Which safety questions were asked, and which of them were answered with yes (keys of the library)."""

    asked: tuple[Key, ...]
    yes: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a yes to a question that was not asked."""
        for key in self.yes:
            if key not in self.asked:
                raise RangeError("SafetyAnswers.yes", key, f"one of {', '.join(self.asked) or 'none'}")


@dataclass(frozen=True, slots=True)
class Wishes:
    """When the legs usually begin (local wall time, None unknown), and how the person likes to move."""

    usual_onset: time | None = None
    posture: Posture = Posture.STANDING
