"""Pieces of a night, as a watch or a phone records them, joined to one sleep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

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


def sleeps(pieces: Iterable[Piece]) -> Iterator[tuple[str, str, Sleep]]:
    """Yield each sleep with its place and a name of its own, a source at a time, in order of time."""
    night: list[Piece] = []
    until = None
    for piece in sorted(pieces, key=lambda one: (one.source, one.began, one.ended)):
        is_new = not night or piece.source != night[0].source or until is None or piece.began - until >= _APART
        if is_new and night:
            yield _joined(night)
        night, until = ([piece], piece.ended) if is_new else ([*night, piece], max(until or piece.ended, piece.ended))
    if night:
        yield _joined(night)


def _joined(night: list[Piece]) -> tuple[str, str, Sleep]:
    first, source = night[0], night[0].source
    began, ended = first.began, max(piece.ended for piece in night)
    asleep = min((piece.began for piece in night if piece.kind.startswith("Asleep")), default=None)
    awake = sum(1 for piece in night if piece.kind == "Awake" and began < piece.began and piece.ended < ended)
    staged = any(piece.kind == "Awake" for piece in night)
    sane = began <= ended <= began + timedelta(hours=24)
    sleep = (
        Sleep(began, asleep, ended, min(awake, _MOST_AWAKENINGS) if staged else None, source=source)
        if sane
        else Sleep()
    )
    return first.place, f"{source} {began.isoformat()}", sleep
