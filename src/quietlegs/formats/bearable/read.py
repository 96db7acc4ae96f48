"""Reads symptoms, moods, sleep and the rest out of Bearable's CSV, a remark a row."""

import re
from collections import Counter
from datetime import UTC, datetime, time
from pathlib import Path

from quietlegs.formats.clocks import day_of, time_of
from quietlegs.formats.headed import Cells, begins_with, headed
from quietlegs.formats.reading import Entry, Format, LeftOut, Read
from quietlegs.formats.text import lines
from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import Moment, find_zone, moment, night_of
from quietlegs.records.remark import MOOD, Remark
from quietlegs.words.catalogue import _

_NAME = "Bearable"
_NEEDED = ("date", "weekday", "time of day", "category", "rating/amount", "detail", "notes")
_NEWER = ("date", "date formatted", *_NEEDED[1:])
# A part of the day instead of an hour, and an hour within it.
_PARTS = {"pre": time(3), "am": time(9), "mid": time(15), "pm": time(21), "all day": time(12), "": time(12)}
_SYMPTOM, _MOOD = "symptom", "mood"
_GRADED = re.compile(r"(.+?) \(([^()]+)\)")
_AMOUNT = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_LENGTH = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_MINUTES = 60
_ROW = re.compile(r'"?(?:[0-9]{1,2}[a-z]{2} [A-Za-z]+ [0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})"?,')
_SHOWN = 40


def _read(file: Path, zone: str) -> Read:
    here: Counter[str] = Counter()
    on = ""
    for found in headed(lines(file), _NEEDED, begins=_ROW):
        if isinstance(found, LeftOut):
            yield found
            continue
        place, cells = found
        if cells["date"] != on:
            on, here = cells["date"], Counter()
        # Bearable gives no id: a row is called by when and what, and a second one of the same so.
        what = " ".join(cells[name][:_SHOWN] for name in ("date", "time of day", "category", "detail"))
        here[what] += 1
        yield _entry(place, f"{what} {here[what]}", cells, zone)


def _entry(place: str, called: str, cells: Cells, zone: str) -> Entry | LeftOut:
    try:
        noted = _moment(cells, zone)
        return Entry(place, called, _remark(cells), noted, night_of(noted))
    except (ValueError, OverflowError) as error:
        return LeftOut(place, f"{error}", bad=True)


def _moment(cells: Cells, zone: str) -> Moment:
    column = "date formatted" if cells.get("date formatted", "").strip() else "date"
    part = cells["time of day"].strip().lower()
    clock = _PARTS[part] if part in _PARTS else time_of("time of day", part)
    return moment(datetime.combine(day_of(column, cells[column]), clock, find_zone(zone)).astimezone(UTC), zone)


def _remark(cells: Cells) -> Remark:
    category, detail = cells["category"].strip(), cells["detail"].strip()
    if not category:
        raise RangeError("category", "", _("a category such as {example}", example="Symptom"))
    value, unit, said = _amount(cells["rating/amount"].strip())
    about, word = MOOD if category.lower() == _MOOD else category, None
    graded = _GRADED.fullmatch(detail)
    if category.lower() == _SYMPTOM and detail:
        about, word = (graded[1], graded[2]) if graded else (detail, None)
        detail = ""
    part = cells["time of day"].strip().lower()
    tags = (*(one.strip() for one in detail.split("|") if one.strip()), *([part] if _PARTS.get(part) and part else []))
    note = cells["notes"].strip() or None
    return Remark(about, value, None, unit, word or said, note, tags, _NAME)


def _amount(text: str) -> tuple[float | None, str | None, str | None]:
    """Return a number, its unit and a word: a length of time is told in hours, and what is no number stays a word."""
    length = _LENGTH.fullmatch(text)
    if length:
        return int(length[1]) + int(length[2]) / _MINUTES, "h", None
    if _AMOUNT.fullmatch(text):
        return float(text), None, None
    return None, None, text or None


FORMAT = Format("bearable", _NAME, proven=False, sniff=lambda file: begins_with(file, _NEEDED, _NEWER), read=_read)
