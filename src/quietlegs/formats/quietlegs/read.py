"""Reads what quietlegs itself wrote: everything ever noted as JSON lines, or what a phone saved as a JSON list."""

import json
from pathlib import Path

from quietlegs.formats.reading import Entry, Format, LeftOut, Read
from quietlegs.formats.text import beginning, lines
from quietlegs.records.wire import from_wire
from quietlegs.words.catalogue import _

_NAME = "quietlegs"
_KEYS = ('"kind"', '"offset_s"', '"payload"')
# A phone saves what it has not sent yet: some hundred entries, never a diary.
_MOST_CHARACTERS = 64 * 2**20
_BETWEEN = ", \t\r\n"
_DECODER = json.JSONDecoder()


def _sniff(file: Path) -> bool:
    start = beginning(file)
    return start.lstrip()[:1] in ("{", "[") and all(key in start for key in _KEYS)


def _read(file: Path, _zone: str) -> Read:
    if beginning(file).lstrip().startswith("["):
        yield from _listed(file)
        return
    for number, line in enumerate(lines(file), start=1):
        place = _("line {number}", number=number)
        if line.strip():
            yield _told(place, line)


def _listed(file: Path) -> Read:
    """Go through a list entry by entry, so that what stands before a cut counts."""
    text = _whole(file)
    if len(text) > _MOST_CHARACTERS:
        yield LeftOut(file.name, _("it is larger than 64 MB"), bad=True)
        return
    at, number = _behind(text, text.index("[") + 1), 1
    while at < len(text) and text[at] != "]":
        place = _("entry {number}", number=number)
        try:
            row, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield LeftOut(place, f"{error}", bad=True)
            return
        yield _entry(place, row)
        at, number = _behind(text, end), number + 1
    if at >= len(text):
        yield LeftOut(_("entry {number}", number=number), _("the file ends before its list does"), bad=True)


def _whole(file: Path) -> str:
    parts, size = [], 0
    for line in lines(file):
        parts.append(line)
        size += len(line)
        if size > _MOST_CHARACTERS:
            break
    return "".join(parts)


def _behind(text: str, at: int) -> int:
    """Return where the next entry begins."""
    while at < len(text) and text[at] in _BETWEEN:
        at += 1
    return at


def _told(place: str, line: str) -> Entry | LeftOut:
    try:
        return _entry(place, json.loads(line))
    except (ValueError, RecursionError) as error:
        return LeftOut(place, f"{error}", bad=True)


def _entry(place: str, row: object) -> Entry | LeftOut:
    try:
        fact = from_wire(row)
    except (ValueError, OverflowError, RecursionError) as error:
        return LeftOut(place, f"{error}", bad=True)
    replaces = str(fact.supersedes) if fact.supersedes else ""
    return Entry(place, str(fact.id), fact.payload, fact.noted, fact.night, replaces=replaces)


FORMAT = Format("quietlegs", _NAME, proven=True, sniff=_sniff, read=_read, own=True)
