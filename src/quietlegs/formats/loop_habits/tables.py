"""The CSV files of Loop Habit Tracker, in a zip: a list of habits, and a folder with its days for each."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from quietlegs.formats.archive import members, opened
from quietlegs.formats.clocks import day_of
from quietlegs.formats.headed import headed
from quietlegs.formats.loop_habits.habit import NO, SKIP, UNKNOWN, YES, YES_AUTO, Habit, Mark, entry
from quietlegs.formats.reading import Entry, LeftOut, Read
from quietlegs.formats.text import lines_of, table
from quietlegs.records.bounds import RangeError
from quietlegs.words.catalogue import _

HABITS = "Habits.csv"
_MARKS = "Checkmarks.csv"
_FOLDER = re.compile(r"([0-9]{3,5})(?: (.*))?")
_NUMBERS = {"UNKNOWN": UNKNOWN, "NO": NO, "YES_AUTO": YES_AUTO, "YES_MANUAL": YES, "SKIP": SKIP}
_COUNTS = "NUMERICAL"
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_MOST_HABITS = 10_000
_SHOWN = 40


def checkmarks(name: str) -> str | None:
    """Return the folder of a habit whose days this file holds; None for every other file."""
    parts = PurePosixPath(name).parts
    is_one = len(parts) > 1 and parts[-1] == _MARKS and _FOLDER.fullmatch(parts[-2])
    return parts[-2] if is_one else None


def from_tables(file: Path, zone: str) -> Read:
    """Yield the days of each habit, a folder at a time."""
    habits: dict[int, Habit] = {}
    yield from _into(habits, file)
    for name in members(file):
        folder = checkmarks(name)
        told = _FOLDER.fullmatch(folder) if folder else None
        if told:
            habit = habits.get(int(told[1])) or Habit(told[2] or told[1], counts=None)
            with opened(file, name) as stream:
                yield from _marks(f"{folder}/{_MARKS}", lines_of(stream), habit, zone)


def _into(habits: dict[int, Habit], file: Path) -> Read:
    with opened(file, HABITS) as stream:
        for found in headed(lines_of(stream), ("position", "name")):
            if isinstance(found, LeftOut):
                yield LeftOut(f"{HABITS}, {found.place}", found.why, found.bad)
                continue
            place, cells = found
            position, name = cells["position"].strip(), cells["name"].strip()
            if not (_WHOLE.fullmatch(position) and name) or len(habits) >= _MOST_HABITS:
                yield LeftOut(f"{HABITS}, {place}", _("it has no {name}", name="position, name"), bad=True)
                continue
            counts = cells["type"] == _COUNTS if "type" in cells else None
            habits[int(position)] = Habit(name, counts, cells.get("unit", "").strip() or None)


def _marks(file: str, text: Iterator[str], habit: Habit, zone: str) -> Read:
    for number, row in table(text):
        place = _("{name}, line {number}", name=file, number=number)
        if isinstance(row, str):
            yield LeftOut(place, row, bad=True)
        # Older versions write no names on top.
        elif row and not (number == 1 and row[0].strip() == "Date"):
            yield _mark(place, row, habit, zone)


def _mark(place: str, row: list[str], habit: Habit, zone: str) -> Entry | LeftOut:
    try:
        on, value, note = [*row, "", ""][:3]
        return entry(habit, Mark(place, day_of("Date", on), _value(value.strip()), note.strip() or None), zone)
    except (ValueError, OverflowError) as error:
        return LeftOut(place, f"{error}", bad=True)


def _value(text: str) -> int:
    if text in _NUMBERS:
        return _NUMBERS[text]
    if not _WHOLE.fullmatch(text):
        raise RangeError("Value", text[:_SHOWN], ", ".join((*_NUMBERS, _("a whole number"))))
    return int(text)
