"""A cue: what to show, say and do from one second to the next."""

from dataclasses import dataclass
from enum import StrEnum

_MS = 1000


class CueKind(StrEnum):
    """What a cue asks for."""

    PREPARE = "prepare"
    STEP = "step"
    HOLD = "hold"
    SWITCH_SIDE = "switch_side"
    REST = "rest"
    BREATHE_IN = "breathe_in"
    BREATHE_OUT = "breathe_out"
    DONE = "done"


class Side(StrEnum):
    """The person's own left or right; both where the sides work together."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Span:
    """The stage a cue belongs to: a hold, a rest, a step; the ring counts it down, back and skip go to its start.

    `slot` counts the routine's movements from 1. `works` says whether its seconds are work, `repetitions` how many
    repetitions they hold: 0 in the earlier parts of a long hold, which is one repetition, and where time is the dose.
    """

    slot: int
    start_s: float
    length_s: float
    works: bool = False
    repetitions: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """One stretch of time in a routine.

    Parameters
    ----------
    start_s, length_s : float
        Seconds from the routine's first moment, whole milliseconds; only ``DONE`` has length 0.
    kind : CueKind
    side : Side
        The side that works, or that the next work is for.
    show : str
        A few words for the screen.
    say : str
        Words to speak when the cue begins; empty for silence.
    exercise, level : str, int
        Which movement; ``DONE`` carries the last one.
    pose : str or None
        Name of a drawing of the exercise, None where there is none.
    part : Span
        The stage this cue is a part of.

    Examples
    --------
    >>> cue = Cue(10, 4, CueKind.HOLD, Side.LEFT, "Stay", "", "calf", 2, None, Span(1, 4, 10, works=True))
    >>> cue.works, cue.end_ms, cue.span_start_s
    (True, 14000, 4)
    """

    start_s: float
    length_s: float
    kind: CueKind
    side: Side
    show: str
    say: str
    exercise: str
    level: int
    pose: str | None
    part: Span

    @property
    def works(self) -> bool:
        """Whether these seconds count as work of the cue's side."""
        return self.part.works

    @property
    def span_start_s(self) -> float:
        """Where the stage begins."""
        return self.part.start_s

    @property
    def span_length_s(self) -> float:
        """How long the stage is."""
        return self.part.length_s

    @property
    def start_ms(self) -> int:
        """The start in whole milliseconds, in which the player counts."""
        return round(self.start_s * _MS)

    @property
    def end_ms(self) -> int:
        """The end in whole milliseconds."""
        return self.start_ms + round(self.length_s * _MS)

    @property
    def span_start_ms(self) -> int:
        """The start of the stage in whole milliseconds."""
        return round(self.part.start_s * _MS)

    @property
    def span_end_ms(self) -> int:
        """The end of the stage in whole milliseconds."""
        return self.span_start_ms + round(self.part.length_s * _MS)
