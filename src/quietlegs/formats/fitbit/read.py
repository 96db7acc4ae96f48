"""Reads nights of Fitbit: lists of sleeps as JSON, by themselves or in a zip."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from quietlegs.formats.archive import members, opened
from quietlegs.formats.listed import elements
from quietlegs.formats.nights import from_device, slept
from quietlegs.formats.reading import Entry, Format, LeftOut, NotReadableError, Read
from quietlegs.formats.text import beginning
from quietlegs.formats.watching import open_bytes
from quietlegs.records.moment import find_zone
from quietlegs.words.catalogue import _

_NAME = "Fitbit"
_LIST = "sleep"
_MOST_AWAKENINGS = 100


def _sniff(file: Path) -> bool:
    start = beginning(file)
    return bool(_inside(file)) or (start.lstrip()[:1] in ("[", "{") and '"logId"' in start and '"startTime"' in start)


def _inside(file: Path) -> list[str]:
    """Return the files of sleep in a zip."""
    names = [(name, PurePosixPath(name).name) for name in members(file)]
    return [whole for whole, name in names if name.startswith("sleep-") and name.endswith(".json")]


def _read(file: Path, zone: str) -> Read:
    names: list[str | None] = [*_inside(file)] or [None]
    for name in names:
        last = PurePosixPath(name).name if name else file.name
        try:
            with _stream(file, name) as stream:
                yield from _nights(last, stream, zone)
        except NotReadableError as error:
            yield LeftOut(last, f"{error}", bad=True)


@contextmanager
def _stream(file: Path, name: str | None) -> Iterator[IO[bytes]]:
    with open_bytes(file) if name is None else opened(file, name) as stream:
        yield stream


def _nights(name: str, stream: IO[bytes], zone: str) -> Read:
    number = 0
    try:
        for row in elements(stream, {_LIST}):
            number += 1
            yield _night(_("{name}, entry {number}", name=name, number=number), row, zone)
    except (ValueError, RecursionError) as error:
        yield LeftOut(_("{name}, entry {number}", name=name, number=number + 1), f"{error}", bad=True)


def _night(place: str, row: Any, zone: str) -> Entry | LeftOut:
    try:
        began, ended = (_instant(row[name], zone) for name in ("startTime", "endTime"))
        sleep = replace(from_device(_NAME, began, ended), awakenings=_awakenings(row))
        return slept(place, str(row["logId"])[:80], sleep, zone)
    except KeyError as error:
        return LeftOut(place, _("it has no {name}", name=error.args[0]), bad=True)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        return LeftOut(place, f"{error}", bad=True)


def _instant(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=find_zone(zone)).astimezone(UTC)


def _awakenings(row: dict[str, Any]) -> int | None:
    """Return how often one woke; None where the device did not count it."""
    summary = row.get("levels", {}).get("summary", {})
    for name in ("wake", "awake"):
        count = summary.get(name, {}).get("count")
        if isinstance(count, int) and count >= 0:
            return min(count, _MOST_AWAKENINGS)
    return None


FORMAT = Format("fitbit", _NAME, proven=False, sniff=_sniff, read=_read)
