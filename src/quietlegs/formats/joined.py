"""Pieces of a night, as a watch or a phone records them, joined to one sleep."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from quietlegs.formats.nights import from_device
from quietlegs.records.slept import Sleep

_APART = timedelta(hours=3)
_MOST_AWAKENINGS = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """One record: `kind` is InBed, Awake, or begins with Asleep."""

    source: str
    began: datetime
    ended: datetime
    kind: str
    place: str


def nights(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each night together, a source at a time, in order of time."""
    yield from nights_in_order(sorted(pieces, key=lambda one: (one.source, one.began, one.ended)))


def nights_in_order(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each night together, from pieces in order of time; several sources may alternate."""
    night: dict[str, list[Piece]] = {}
    until: dict[str, datetime] = {}
    for piece in pieces:
        source = piece.source
        if source in night and piece.began - until[source] >= _APART:
            yield night.pop(source)
        until[source] = max(until[source], piece.ended) if source in night else piece.ended
        night.setdefault(source, []).append(piece)
    yield from night.values()


def joined(night: Sequence[Piece]) -> Sleep:
    """Return the sleep that the pieces of a night make; ValueError says why they make none."""
    began, ended = night[0].began, max(piece.ended for piece in night)
    asleep = min((piece.began for piece in night if piece.kind.startswith("Asleep")), default=None)
    awake = sum(1 for piece in night if piece.kind == "Awake" and began < piece.began and piece.ended < ended)
    counted = any(piece.kind == "Awake" for piece in night)
    sleep = from_device(night[0].source, began, ended)
    return replace(sleep, asleep_at=asleep, awakenings=min(awake, _MOST_AWAKENINGS) if counted else None)
