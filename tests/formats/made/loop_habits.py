"""A backup of Loop Habit Tracker as its version 25 writes it, and the same as its CSV files."""

import io
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

Marked = tuple[int, str, int, str]
HABITS = [(1, "Stretching", 0, ""), (2, "Coffee", 1, "cups")]
MARKS: list[Marked] = [
    (1, "2026-03-28", 2, "felt good"), (1, "2026-03-29", 0, ""), (1, "2026-03-30", 3, ""), (1, "2026-03-31", 1, ""),
    (1, "2026-04-01", -1, ""), (1, "2026-04-02", -1, "away"), (2, "2026-03-28", 1500, ""), (2, "2026-03-29", 0, "none"),
]  # fmt: skip
_WORDS = {-1: "UNKNOWN", 0: "NO", 1: "YES_AUTO", 2: "YES_MANUAL", 3: "SKIP"}


def backup(marks: Iterable[Marked], *, version: int = 25) -> bytes:
    """Write a database; older versions lack the columns that came later."""
    later = [(16, "Habits", "type"), (18, "Habits", "unit"), (16, "Repetitions", "value"), (25, "Repetitions", "notes")]
    more = {table: [name for since, of, name in later if of == table and version >= since] for _, table, _ in later}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "backup.db"
        with closing(sqlite3.connect(file)) as database, database:
            for table, first in (("Habits", ["id", "name"]), ("Repetitions", ["habit", "timestamp"])):
                database.execute(f"CREATE TABLE {table} ({', '.join([*first, *more[table]])})")
            for number, name, kind, unit in HABITS:
                told = {"id": number, "name": name, "type": kind, "unit": unit}
                put(database, "Habits", {key: told[key] for key in ("id", "name", *more["Habits"])})
            for habit, on, value, notes in marks:
                at = int(datetime.fromisoformat(on).replace(tzinfo=UTC).timestamp() * 1000)
                told = {"habit": habit, "timestamp": at, "value": value, "notes": notes}
                put(database, "Repetitions", {key: told[key] for key in ("habit", "timestamp", *more["Repetitions"])})
            database.execute(f"PRAGMA user_version = {version}")
        return file.read_bytes()


def put(database: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    marks = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def tables(marks: Iterable[Marked]) -> bytes:
    """Write the CSV files into a zip."""
    head = "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type"
    told = list(marks)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = [
            f"{n:03},{name},{'NUMERICAL' if kind else 'YES_NO'},,,1,1,#000,{unit}," for n, name, kind, unit in HABITS
        ]
        archive.writestr("Habits.csv", "\n".join([head, *rows]))
        archive.writestr("Checkmarks.csv", "Date,Stretching,Coffee,\n2026-03-28,2,1500,\n")
        for number, name, kind, _unit in HABITS:
            lines = [
                f'{on},{value if kind and value > 3 else _WORDS[value]},"{notes}"'
                for habit, on, value, notes in told
                if habit == number
            ]
            archive.writestr(f"{number:03} {name}/Checkmarks.csv", "\n".join(["Date,Value,Notes", *lines]))
            archive.writestr(f"{number:03} {name}/Scores.csv", "Date,Score\n2026-03-28,0.5\n")
    return packed.getvalue()


MADE = backup(MARKS)
