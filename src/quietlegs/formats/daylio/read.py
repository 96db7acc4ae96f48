"""Reads moods out of Daylio's CSV."""

import re
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

from quietlegs.formats.clocks import day_of, time_of
from quietlegs.formats.headed import Cells, begins_with, headed
from quietlegs.formats.reading import Entry, Format, LeftOut, Read
from quietlegs.formats.text import lines
from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import find_zone, moment, night_of
from quietlegs.records.remark import MOOD, Remark
from quietlegs.words.catalogue import _

_NAME = "Daylio"
_HEADER = ("full_date", "date", "weekday", "time", "mood", "activities")
# The five moods that the app comes with, from the worst; a person may rename them, and add others.
_MOODS = ("awful", "bad", "meh", "good", "rad")
_MARK = re.compile(r"</?(?:b|i|u|s|div|p|br|ul|ol|li|font|strike|strong|em)\b[^<>]*>", re.IGNORECASE)
_NEW_LINE = re.compile(r"<br\s*/?>|</(?:div|p|li)>", re.IGNORECASE)
_ROW = re.compile(r'"?[0-9]{4}-[0-9]{2}-[0-9]{2}"?,')
_SHOWN = 40


def _read(file: Path, zone: str) -> Read:
    here: Counter[str] = Counter()
    on = ""
    for found in headed(lines(file), _HEADER, begins=_ROW, ended=True):
        if isinstance(found, LeftOut):
            yield found
            continue
        place, cells = found
        if cells["full_date"] != on:
            on, here = cells["full_date"], Counter()
        # Daylio gives no id: an entry is called by its minute, and a second one of the same minute so.
        minute = f"{on[:_SHOWN]} {cells['time'][:_SHOWN]}"
        here[minute] += 1
        yield _entry(place, f"{minute} {here[minute]}", cells, zone)


def _entry(place: str, called: str, cells: Cells, zone: str) -> Entry | LeftOut:
    try:
        day, clock = day_of("full_date", cells["full_date"]), time_of("time", cells["time"])
        noted = moment(datetime.combine(day, clock, find_zone(zone)).astimezone(UTC), zone)
        return Entry(place, called, _remark(cells), noted, night_of(noted))
    except (ValueError, OverflowError) as error:
        return LeftOut(place, f"{error}", bad=True)


def _remark(cells: Cells) -> Remark:
    word = cells["mood"].strip()
    if not word:
        raise RangeError("mood", cells["mood"][:_SHOWN], _("a mood such as {example}", example=_MOODS[-1]))
    level = _MOODS.index(word.lower()) + 1 if word.lower() in _MOODS else None
    lists = (cells["activities"], cells.get("scales", ""))
    tags = tuple(tag.strip() for told in lists for tag in told.split(" | ") if tag.strip())
    note = "\n".join(filter(None, (_plain(cells.get(name, "")) for name in ("note_title", "note"))))
    of = len(_MOODS) if level else None
    return Remark(MOOD, level, of, word=word, note=note or None, tags=tags, source=_NAME)


def _plain(note: str) -> str:
    """Return a note without the marks of its layout."""
    return unescape(_MARK.sub("", _NEW_LINE.sub("\n", note))).strip()


FORMAT = Format("daylio", _NAME, proven=True, sniff=lambda file: begins_with(file, _HEADER), read=_read)
