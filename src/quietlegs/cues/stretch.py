"""A long hold cut into breaths, and into parts short enough to go back to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from quietlegs.cues import wording
from quietlegs.cues.cue import CueKind
from quietlegs.library.exercise import Breathing, Dose, DoseKind
from quietlegs.words.catalogue import _

_LONGEST_PART_MS = 60_000
_LAST_MINUTE_FROM_MS = 180_000
# A rest of a hold shorter than this passes in silence.
_SPOKEN_FROM_MS = 5_000
_SPOKEN_BREATHS = 2


@dataclass(frozen=True, slots=True)
class Tile:
    """A cue not yet placed in time."""

    kind: CueKind
    length_ms: int
    show: str
    say: str = ""


def to_ms(seconds: float) -> int:
    """Return whole milliseconds, in which all sums are exact."""
    return round(seconds * 1000)


def paced(kind: DoseKind, dose: Dose, breathing: Breathing | None) -> bool:
    """Whether breaths are paced: repetitions have a beat of their own, and a very short hold has no room."""
    if breathing is None or kind is DoseKind.REPEAT:
        return False
    lead_ms = 0 if kind is DoseKind.HOLD else to_ms(breathing.in_s)
    return lead_ms + to_ms(breathing.out_s) <= to_ms(dose.hold_s)


def lead_breath(breathing: Breathing) -> Tile:
    """Return the breath in that comes before a hold."""
    return Tile(CueKind.BREATHE_IN, to_ms(breathing.in_s), _(wording.BREATHE_IN), _(wording.SAY_BREATHE_IN))


def parts(kind: DoseKind, dose: Dose, breathing: Breathing | None) -> tuple[tuple[Tile, ...], ...]:
    """Cut one hold into parts of at most a minute; together they last exactly `dose.hold_s`.

    A hold starts with a breath out, for the breath in came before it; minutes start with a breath in.
    """
    total = to_ms(dose.hold_s)
    if breathing is not None and paced(kind, dose, breathing):
        rounds = list(_breaths(total, breathing, into_hold=kind is DoseKind.HOLD))
    else:
        rounds = [(tile,) for tile in _free(total, wording.show_work(kind, dose), wording.say_work(kind))]
    return _grouped(rounds, total)


def _breaths(total: int, breathing: Breathing, *, into_hold: bool) -> Iterator[tuple[Tile, ...]]:
    say_out = _(wording.SAY_BREATHE_OUT_HOLD if into_hold else wording.SAY_BREATHE_OUT)
    breathe_in = lead_breath(breathing)
    breathe_out = Tile(CueKind.BREATHE_OUT, to_ms(breathing.out_s), _(wording.BREATHE_OUT), say_out)
    left, spoken = total, 0
    if into_hold:
        yield (breathe_out,)
        left, spoken = left - breathe_out.length_ms, 1
    while left >= breathe_in.length_ms + breathe_out.length_ms:
        both = (breathe_in, breathe_out)
        yield both if spoken < _SPOKEN_BREATHS else tuple(replace(tile, say="") for tile in both)
        left, spoken = left - breathe_in.length_ms - breathe_out.length_ms, spoken + 1
    if left:
        yield (Tile(CueKind.HOLD, left, _(wording.STAY), _(wording.SAY_STAY) if left >= _SPOKEN_FROM_MS else ""),)


def _free(total: int, show: str, say: str) -> Iterator[Tile]:
    """Yield a hold without paced breath, cut where something is said and into even pieces between."""
    marks = [0, *([total // 2] if total > _LONGEST_PART_MS else []), total]
    if total >= _LAST_MINUTE_FROM_MS:
        marks.insert(-1, total - _LONGEST_PART_MS)
    for start, end in pairwise(marks):
        count = -(-(end - start) // _LONGEST_PART_MS)
        cuts = [start + (end - start) * k // count for k in range(count + 1)]
        for early, late in pairwise(cuts):
            yield Tile(CueKind.HOLD, late - early, show, "" if early else say)


def _grouped(rounds: list[tuple[Tile, ...]], total: int) -> tuple[tuple[Tile, ...], ...]:
    """Gather breaths into parts; a new one begins where a minute would be passed or something is said."""
    found: list[tuple[Tile, ...]] = []
    words = _words(total)
    at = 0
    for tiles in rounds:
        word = ""
        while words and at >= words[0][0]:
            word = words.pop(0)[1]
        if not found or word or _length(found[-1]) + _length(tiles) > _LONGEST_PART_MS:
            found.append(())
        first = replace(tiles[0], say=wording.together(word, tiles[0].say))
        found[-1] = (*found[-1], first, *tiles[1:])
        at += _length(tiles)
    return tuple(found)


def _words(total: int) -> list[tuple[int, str]]:
    words = [(total // 2, _(wording.HALF_WAY))] if total > _LONGEST_PART_MS else []
    return [*words, (total - _LONGEST_PART_MS, _(wording.LAST_MINUTE))] if total >= _LAST_MINUTE_FROM_MS else words


def _length(tiles: tuple[Tile, ...]) -> int:
    return sum(tile.length_ms for tile in tiles)
