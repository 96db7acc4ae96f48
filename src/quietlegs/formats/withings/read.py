"""Reads nights of Withings: sleep.csv, or where there is none, the states of sleep of its watch and its mat."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import IO

from quietlegs.formats.archive import members, opened
from quietlegs.formats.clocks import instant_of
from quietlegs.formats.headed import headed
from quietlegs.formats.joined import Piece, nights
from quietlegs.formats.nights import from_device, slept
from quietlegs.formats.reading import Entry, Format, LeftOut, NotReadableError, Read
from quietlegs.formats.text import beginning, lines_of, table
from quietlegs.formats.watching import open_bytes
from quietlegs.formats.withings.states import COLUMNS, pieces, sleep_of
from quietlegs.records.bounds import RangeError
from quietlegs.words.catalogue import _

_NAME = "Withings"
_NIGHTS = "sleep.csv"
_STATES = {"raw_tracker_sleep-state.csv": "Withings watch", "raw_bed_sleep-state.csv": "Withings mat"}
_FROM, _TO, _FIRST_PHASE, _FEWEST_PHASES = 0, 1, 2, 3
_SECONDS = "(s)"
_MOST_AWAKENINGS, _MOST_S = 100, 86_400
_SHOWN = 40
# Thirty years of nights; each is kept until the last row was read.
_MOST_PIECES = 200_000
_NUMBER = re.compile(r"[0-9]{1,9}")


def _sniff(file: Path) -> bool:
    try:
        if _inside(file):
            return True
        first = [cell.strip().strip('"') for cell in beginning(file).splitlines()[:1] for cell in cell.split(",")]
    except NotReadableError:
        return False
    return _columns(first) is not None or (tuple(first) == COLUMNS and file.name in _STATES)


def _inside(file: Path) -> list[str]:
    """Return the table of nights in a zip; where there is none, the tables of states."""
    last = {PurePosixPath(name).name: name for name in members(file)}
    if _NIGHTS in last and _header(file, last[_NIGHTS]) is not None:
        return [last[_NIGHTS]]
    return [last[name] for name in _STATES if name in last]


def _header(file: Path, name: str) -> tuple[int, int] | None:
    with opened(file, name) as stream:
        _number, first = next(table(lines_of(stream)), (1, ""))
    return _columns(first) if isinstance(first, list) else None


def _columns(header: list[str]) -> tuple[int, int] | None:
    """Return where the count of awakenings and the time to sleep stand; None where it is no table of nights.

    Their names come in the person's language, so they are known by where they stand: begin, end, the phases in seconds,
    how often one woke, how long it took to fall asleep.
    """
    phases = 0
    while _FIRST_PHASE + phases < len(header) and header[_FIRST_PHASE + phases].strip().endswith(_SECONDS):
        phases += 1
    woke = _FIRST_PHASE + phases
    if phases < _FEWEST_PHASES or woke + 1 >= len(header) or not header[woke + 1].strip().endswith(_SECONDS):
        return None
    return woke, woke + 1


def _read(file: Path, zone: str) -> Read:
    inside = _inside(file)
    found: dict[str, list[Piece]] = {}
    names: list[str | None] = [*inside] or [None]
    for name in names:
        last = PurePosixPath(name).name if name else file.name
        try:
            with _stream(file, name) as stream:
                if last in _STATES:
                    yield from _states(_STATES[last], last, stream, zone, found.setdefault(last, []))
                else:
                    yield from _nights(stream, zone)
        except NotReadableError as error:
            yield LeftOut(last, f"{error}", bad=True)
    for own in found.values():
        for night in nights(own):
            yield _joined(night, zone)


@contextmanager
def _stream(file: Path, name: str | None) -> Iterator[IO[bytes]]:
    with open_bytes(file) if name is None else opened(file, name) as stream:
        yield stream


def _nights(stream: IO[bytes], zone: str) -> Read:
    rows = table(lines_of(stream))
    _number, header = next(rows, (1, []))
    columns = _columns(header) if isinstance(header, list) else None
    if columns is None:
        yield LeftOut(_("line {number}", number=1), _("it is no table of nights"), bad=True)
        return
    for number, row in rows:
        place = _("line {number}", number=number)
        if isinstance(row, str):
            yield LeftOut(place, row, bad=True)
        elif row and len(row) != len(header):
            words = _("it has {count} cells; allowed: {most}", count=len(row), most=len(header))
            yield LeftOut(place, words, bad=True)
        elif row:
            yield _night(place, row, columns, zone)


def _night(place: str, row: list[str], columns: tuple[int, int], zone: str) -> Entry | LeftOut:
    woke, to_sleep = columns
    try:
        began, lived = instant_of("from", row[_FROM], zone)
        ended, _lived = instant_of("to", row[_TO], zone)
        sleep = from_device(_NAME, began, ended)
        # Where all phases are 0 nothing was measured, and a time of 0 to fall asleep is one that is not known.
        if any(_number("light", cell, _MOST_S) for cell in row[_FIRST_PHASE:woke]):
            latency = timedelta(seconds=_number("to sleep", row[to_sleep], _MOST_S))
            count = _number("wake up", row[woke], _MOST_S)
            sleep = replace(sleep, awakenings=min(count, _MOST_AWAKENINGS), asleep_at=_after(began, latency))
        return slept(place, began.isoformat(), sleep, lived)
    except (ValueError, OverflowError) as error:
        return LeftOut(place, f"{error}", bad=True)


def _after(began: datetime, latency: timedelta) -> datetime | None:
    return began + latency if latency else None


def _number(column: str, cell: str, most: int) -> int:
    """Return a whole number; a blank cell is 0."""
    text = cell.strip() or "0"
    number = int(text) if _NUMBER.fullmatch(text) else -1
    if not 0 <= number <= most:
        raise RangeError(column, cell[:_SHOWN], _("a whole number from {low} to {high}", low=0, high=most))
    return number


def _states(source: str, name: str, stream: IO[bytes], zone: str, found: list[Piece]) -> Iterator[LeftOut]:
    """Gather the pieces of sleep of one source; their rows come in no order."""
    for row in headed(lines_of(stream), COLUMNS):
        if isinstance(row, LeftOut):
            yield replace(row, place=f"{name}, {row.place}")
            continue
        place = f"{name}, {row[0]}"
        if len(found) > _MOST_PIECES:
            # In no order, any of them may belong to a night that is not whole yet: none of it is taken.
            found.clear()
            yield LeftOut(place, _("it holds more than {most} stages of sleep", most=_MOST_PIECES), bad=True)
            return
        try:
            found.extend(pieces(source, place, row[1], zone))
        except (ValueError, OverflowError) as error:
            yield LeftOut(place, f"{error}", bad=True)


def _joined(night: list[Piece], zone: str) -> Entry | LeftOut:
    first = night[0]
    try:
        return slept(first.place, f"{first.source} {first.began.isoformat()}", sleep_of(night), zone)
    except ValueError as error:
        return LeftOut(first.place, f"{error}", bad=True)


FORMAT = Format("withings", _NAME, proven=False, sniff=_sniff, read=_read)
