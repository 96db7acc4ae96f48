"""Signs that need help first, rules that stop a movement, and whom to reach in a crisis."""

from dataclasses import dataclass
from enum import StrEnum

from quietlegs.library.evidence import Key, Line, Text
from quietlegs.records.bounds import check_bounds


class Urgency(StrEnum):
    """How soon a sign needs help."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    DOCTOR_FIRST = "doctor_first"
    ASK_FIRST = "ask_first"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Sign:
    """A safety question: asked before the first movement when `question` is set; `do` is what a yes means.

    `blocks` are the movements that must not be offered after a yes: keys, or "all".
    """

    key: Key
    urgency: Urgency
    do: Text
    question: Line | None = None
    blocks: tuple[str, ...] = ()
    sources: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        """Refuse empty texts."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class StopRule:
    """A sign during a movement that ends it at once, and what to do then."""

    key: Key
    sign: Line
    do: Line

    def __post_init__(self) -> None:
        """Refuse empty texts."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """Whom to call or write to, in which country."""

    where: Line
    reach: Line

    def __post_init__(self) -> None:
        """Refuse empty texts."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Safety:
    """The safety table."""

    signs: tuple[Sign, ...]
    ask_first: dict[str, Line]
    stop_rules: tuple[StopRule, ...]
    crisis: tuple[CrisisLine, ...]
