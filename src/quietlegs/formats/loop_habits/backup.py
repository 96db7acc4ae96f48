"""The backup of Loop Habit Tracker: a database, of any version from 12 to 25."""

from datetime import date, timedelta
from pathlib import Path

from quietlegs.formats.database import Database, opened_database
from quietlegs.formats.database_row import Row
from quietlegs.formats.loop_habits.habit import YES, Habit, Mark, entry
from quietlegs.formats.reading import Entry, LeftOut, NotReadableError, Read
from quietlegs.records.bounds import RangeError
from quietlegs.words.catalogue import _

_HABITS, _MARKS = "Habits", "Repetitions"
TABLES = {_HABITS, _MARKS}
_OLDEST, _NEWEST = 12, 25
_COUNTS = 1
_MOST_HABITS = 10_000
_LONGEST_NAME, _LONGEST_UNIT, _LONGEST_NOTE = 120, 40, 10_000
_MS = timedelta(milliseconds=1)
_DAY_MS = 86_400_000
_LARGEST = 2**62


def from_backup(file: Path, zone: str) -> Read:
    """Yield the days of each habit."""
    with opened_database(file) as database:
        if not _OLDEST <= database.version <= _NEWEST:
            words = _("{file} is of version {version}; allowed: {first} to {last}",
                      file=file.name, version=database.version, first=_OLDEST, last=_NEWEST)  # fmt: skip
            raise NotReadableError(words)
        habits: dict[int, Habit] = {}
        yield from _into(habits, database)
        for row in database.rows(_MARKS, ["habit", "timestamp"], ["value", "notes"]):
            yield row if isinstance(row, LeftOut) else _mark(row, habits, zone)


def _into(habits: dict[int, Habit], database: Database) -> Read:
    for row in database.rows(_HABITS, ["id", "name"], ["type", "unit"]):
        if isinstance(row, LeftOut):
            yield row
            continue
        try:
            if len(habits) < _MOST_HABITS:
                habits[row.whole("id", 0, _LARGEST)] = _habit(row)
        except RangeError as error:
            yield LeftOut(row.place, f"{error}", bad=True)


def _habit(row: Row) -> Habit:
    # Habits that count something came with version 16, their units with 18.
    counts = row.cells["type"] == _COUNTS
    unit = row.text("unit", _LONGEST_UNIT) if counts and row.cells["unit"] else None
    return Habit(row.text("name", _LONGEST_NAME), counts, unit)


def _mark(row: Row, habits: dict[int, Habit], zone: str) -> Entry | LeftOut:
    try:
        habit = habits.get(row.whole("habit", 0, _LARGEST))
        if habit is None:
            return LeftOut(row.place, _("there is no habit {number}", number=row.cells["habit"]), bad=True)
        value = YES if row.cells["value"] is None else row.whole("value", -1, _LARGEST)
        return entry(habit, Mark(row.place, _day(row), value, _note(row)), zone)
    except (ValueError, OverflowError) as error:
        return LeftOut(row.place, f"{error}", bad=True)


def _note(row: Row) -> str | None:
    told = row.cells["notes"]
    return None if told is None or (isinstance(told, str) and not told.strip()) else row.text("notes", _LONGEST_NOTE)


def _day(row: Row) -> date:
    """Return the day that a mark stands for: Loop tells it as the midnight of that date in UTC, wherever one is."""
    at = row.instant("timestamp", _MS)
    if at.timestamp() * 1000 % _DAY_MS:
        raise RangeError("timestamp", row.cells["timestamp"], _("a midnight, in milliseconds since 1970"))
    return at.date()
