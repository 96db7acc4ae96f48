"""Reads what quietlegs itself wrote: everything ever noted as JSON lines, or what a phone saved as a JSON list."""

import json
from pathlib import Path

from quietlegs.formats.listed import elements
from quietlegs.formats.reading import Entry, Format, LeftOut, Read
from quietlegs.formats.text import beginning, lines
from quietlegs.formats.watching import open_bytes
from quietlegs.records.wire import from_wire
from quietlegs.words.catalogue import _

_NAME = "quietlegs"
_KEYS = ('"kind"', '"offset_s"', '"payload"')


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
    number = 0
    try:
        with open_bytes(file) as stream:
            for row in elements(stream):
                number += 1
                yield _entry(_("entry {number}", number=number), row)
    except (ValueError, RecursionError) as error:
        yield LeftOut(_("entry {number}", number=number + 1), f"{error}", bad=True)


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
