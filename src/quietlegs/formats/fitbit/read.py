"""Reads nights of Fitbit: lists of sleeps as JSON, by themselves or in a zip."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from quietlegs.formats.archive import members, opened
from quietlegs.formats.nights import from_device, slept
from quietlegs.formats.reading import Entry, Format, LeftOut, Read
from quietlegs.formats.text import beginning
from quietlegs.formats.watching import open_bytes
from quietlegs.records.moment import find_zone
from quietlegs.words.catalogue import _

_NAME = "Fitbit"
_MOST_BYTES = 64 * 2**20
_MOST_AWAKENINGS = 100


def _sniff(file: Path) -> bool:
    start = beginning(file)
    return bool(_inside(file)) or (start.lstrip()[:1] in ("[", "{") and '"logId"' in start and '"startTime"' in start)


def _inside(file: Path) -> list[str]:
    """Return the files of sleep in a zip."""
    names = [(name, PurePosixPath(name).name) for name in members(file)]
    return [whole for whole, name in names if name.startswith("sleep-") and name.endswith(".json")]


def _read(file: Path, zone: str) -> Read:
    for name, text in _texts(file):
        if isinstance(text, LeftOut):
            yield text
            continue
        try:
            root = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield LeftOut(name, f"{error}", bad=True)
            continue
        rows = root.get("sleep") if isinstance(root, dict) else root
        for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
            yield _night(_("{name}, entry {number}", name=name, number=number), row, zone)


def _texts(file: Path) -> Iterator[tuple[str, bytes | LeftOut]]:
    inside = _inside(file)
    for name in inside:
        with opened(file, name) as stream:
            yield PurePosixPath(name).name, _text(name, stream.read(_MOST_BYTES + 1))
    if not inside:
        with open_bytes(file) as handle:
            yield file.name, _text(file.name, handle.read(_MOST_BYTES + 1))


def _text(name: str, text: bytes) -> bytes | LeftOut:
    return text if len(text) <= _MOST_BYTES else LeftOut(name, _("it is larger than 64 MB"), bad=True)


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
