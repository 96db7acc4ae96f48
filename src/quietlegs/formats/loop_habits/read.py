"""Reads habits of Loop Habit Tracker: its backup, which is a database, or its CSV files in a zip."""

from pathlib import Path

from quietlegs.formats.archive import members
from quietlegs.formats.database import is_database, tables
from quietlegs.formats.loop_habits.backup import TABLES, from_backup
from quietlegs.formats.loop_habits.tables import HABITS, checkmarks, from_tables
from quietlegs.formats.reading import Format, Read

_NAME = "Loop Habit Tracker"


def _sniff(file: Path) -> bool:
    if is_database(file):
        return tables(file) >= TABLES
    inside = members(file)
    return HABITS in inside and any(checkmarks(name) for name in inside)


def _read(file: Path, zone: str) -> Read:
    return from_backup(file, zone) if is_database(file) else from_tables(file, zone)


FORMAT = Format("loop_habits", _NAME, proven=False, sniff=_sniff, read=_read)
