"""What is heard, or felt, as a cue begins: so few signs that an ear learns them in one evening."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from quietlegs.cues.cue import Cue, CueKind, Side


class Signal(StrEnum):
    """A sign without words; NONE is silence."""

    NONE = ""
    NEXT = "next"
    BEGIN = "begin"
    SIDE = "side"
    BREATHE_IN = "in"
    BREATHE_OUT = "out"
    END = "end"


_OF_KIND = {
    CueKind.PREPARE: Signal.NEXT,
    CueKind.STEP: Signal.NEXT,
    CueKind.REST: Signal.NEXT,
    CueKind.SWITCH_SIDE: Signal.NEXT,
    CueKind.BREATHE_IN: Signal.BREATHE_IN,
    CueKind.BREATHE_OUT: Signal.BREATHE_OUT,
    CueKind.DONE: Signal.END,
}
_BETWEEN = {CueKind.REST, CueKind.SWITCH_SIDE}


def signals(cues: Sequence[Cue]) -> tuple[Signal, ...]:
    """Return the sign of each cue.

    A rest, or a change of legs, that leads from work of one side to work of the other is SIDE. Work that is paced by
    no breath begins with BEGIN; what goes on in the same stage is silent.

    Examples
    --------
    >>> from quietlegs.cues.cue import Span
    >>> cue = Cue(0, 10, CueKind.HOLD, Side.LEFT, "Stay", "", "calf", 2, None, Span(1, 0, 10, works=True))
    >>> signals([cue])
    (<Signal.BEGIN: 'begin'>,)
    """
    return tuple(_signals(cues))


def _signals(cues: Sequence[Cue]) -> Iterator[Signal]:
    worked: dict[int, Side] = {}
    for cue in cues:
        before = worked.get(cue.part.slot, cue.side)
        if cue.kind in _BETWEEN and before is not cue.side:
            yield Signal.SIDE
        elif cue.kind is CueKind.HOLD:
            yield Signal.BEGIN if cue.start_ms == cue.span_start_ms else Signal.NONE
        else:
            yield _OF_KIND[cue.kind]
        if cue.works:
            worked[cue.part.slot] = cue.side
