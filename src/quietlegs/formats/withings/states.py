"""Minutes of sleep as Withings lists them: a beginning, and lists of lengths and states in a cell each."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from quietlegs.formats.clocks import instant_of
from quietlegs.formats.headed import Cells
from quietlegs.formats.joined import Piece
from quietlegs.formats.nights import LONGEST, from_device
from quietlegs.records.bounds import RangeError
from quietlegs.records.slept import Sleep
from quietlegs.words.catalogue import _

COLUMNS = ("start", "duration", "value")
# 0 is awake; 1 light, 2 deep, 3 REM. Being awake is told for the whole day, so sleep alone makes a night.
_ASLEEP = {1, 2, 3}
_LONGEST_S = round(LONGEST.total_seconds())
_MOST_AWAKENINGS = 100
_NUMBER = re.compile(r"[0-9]{1,9}")
_SHOWN = 40


def pieces(source: str, place: str, cells: Cells, zone: str) -> Iterator[Piece]:
    """Yield the pieces of sleep of one row; RangeError names column, value and what is allowed."""
    began, _lived = instant_of("start", cells["start"], zone)
    lengths, states = (_list(name, cells[name]) for name in ("duration", "value"))
    if len(lengths) != len(states):
        raise RangeError("value", cells["value"][:_SHOWN], _("as many as lengths: {count}", count=len(lengths)))
    if sum(lengths) > _LONGEST_S:
        raise RangeError("duration", cells["duration"][:_SHOWN], _("at most {most} seconds", most=_LONGEST_S))
    asleep: datetime | None = None
    at = began
    for length, state in zip(lengths, states, strict=True):
        if state in _ASLEEP:
            # Minute after minute asleep is one piece: ten years of minutes would fill the memory.
            asleep = asleep or at
        elif asleep is not None:
            yield Piece(source, asleep, at, "Asleep", place)
            asleep = None
        at += timedelta(seconds=length)
    if asleep is not None:
        yield Piece(source, asleep, at, "Asleep", place)


def _list(column: str, cell: str) -> list[int]:
    """Return the whole numbers of a list such as [60,120]; nothing of it is run."""
    inside = cell.strip().removeprefix("[").removesuffix("]")
    parts = [part.strip() for part in inside.split(",")] if inside.strip() else []
    if not all(_NUMBER.fullmatch(part) for part in parts):
        raise RangeError(column, cell[:_SHOWN], _("a list of whole numbers such as [60,120]"))
    return [int(part) for part in parts]


def sleep_of(night: list[Piece]) -> Sleep:
    """Return the sleep that pieces make; each gap between them is an awakening. ValueError where there can be none."""
    began, until, gaps = night[0].began, night[0].ended, 0
    for piece in night[1:]:
        gaps += piece.began > until
        until = max(until, piece.ended)
    plain = from_device(night[0].source, began, until)
    return Sleep(began, began, plain.up_at, min(gaps, _MOST_AWAKENINGS), source=plain.source)
