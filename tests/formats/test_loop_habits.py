"""Habits of Loop: the backup of each version and the CSV files give the same days, and nothing else is believed."""

import io
import random
import sqlite3
import zipfile
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.formats.made.loop_habits import MARKS, backup, tables
from tests.formats.test_known import BERLIN, all_of, assert_sane, spoiled

from quietlegs.formats.known import known, read, sniff
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.remark import Remark

SOURCE = "Loop Habit Tracker"


def kept(file: Path, data: bytes) -> list[tuple[str, date, object]]:
    file.write_bytes(data)
    assert sniff(file).key == "loop_habits"
    return sorted((one.source_id, one.night, one.payload) for one in all_of(file) if isinstance(one, Entry))


def left_out(file: Path, data: bytes) -> list[str]:
    file.write_bytes(data)
    found = read(known()["loop_habits"], file, BERLIN)
    return [f"{one.place}: {one.why}" for one in found if isinstance(one, LeftOut)]


@pytest.mark.parametrize("written", [backup, tables])
def test_it_reads_the_days_of_each_habit(tmp_path: Path, written: type) -> None:
    days = {source: (night, remark) for source, night, remark in kept(tmp_path / "loop", written(MARKS))}

    assert days == {
        "Stretching 2026-03-28": (date(2026, 3, 28), Remark("Stretching", 1, 1, note="felt good", source=SOURCE)),
        "Stretching 2026-03-29": (date(2026, 3, 29), Remark("Stretching", 0, 1, source=SOURCE)),
        "Stretching 2026-03-30": (date(2026, 3, 30), Remark("Stretching", word="skip", source=SOURCE)),
        "Stretching 2026-04-02": (date(2026, 4, 2), Remark("Stretching", note="away", source=SOURCE)),
        "Coffee 2026-03-28": (date(2026, 3, 28), Remark("Coffee", 1.5, unit="cups", source=SOURCE)),
        "Coffee 2026-03-29": (date(2026, 3, 29), Remark("Coffee", 0, unit="cups", note="none", source=SOURCE)),
    }
    why = [one.partition(": ")[2] for one in left_out(tmp_path / "loop", written(MARKS))]
    assert why == ["the app filled it in by itself", "nothing was noted"]


def test_it_puts_a_day_at_the_noon_with_which_its_night_begins(tmp_path: Path) -> None:
    file = tmp_path / "loop"
    file.write_bytes(backup(MARKS))

    first = all_of(file)[0]

    assert isinstance(first, Entry)
    assert first.noted.wall == datetime(2026, 3, 28, 12)


@pytest.mark.parametrize("version", [12, 15, 16, 18, 22, 24, 25])
def test_it_reads_every_version(tmp_path: Path, version: int) -> None:
    found = kept(tmp_path / "loop", backup(MARKS[:1], version=version))

    note = "felt good" if version == 25 else None
    assert found == [("Stretching 2026-03-28", date(2026, 3, 28), Remark("Stretching", 1, 1, note=note, source=SOURCE))]


@pytest.mark.parametrize("version", [11, 26])
def test_it_refuses_a_version_that_it_does_not_know(tmp_path: Path, version: int) -> None:
    told = left_out(tmp_path / "loop.db", backup(MARKS, version=version))

    assert told == [f"from here on: loop.db is of version {version}; allowed: 12 to 25"]


def test_it_names_rows_that_cannot_be_and_reads_on(tmp_path: Path) -> None:
    file = tmp_path / "loop.db"
    file.write_bytes(backup(MARKS[:1]))
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("INSERT INTO Habits VALUES (3, 7, 0, '')")
        rows = [(9, 0, 2), (1, 1, 2), (1, "x", 2), (1, 86_400_000, 7), (1, 86_400_000, 2)]
        database.executemany("INSERT INTO Repetitions VALUES (?, ?, ?, NULL)", rows)

    assert left_out(file, file.read_bytes()) == [
        "table Habits, row 3: name is 7; allowed: a text of 1 to 120 characters",
        "table Repetitions, row 2: there is no habit 9",
        "table Repetitions, row 3: timestamp is 1; allowed: a midnight, in milliseconds since 1970",
        "table Repetitions, row 4: timestamp is 'x'; allowed: a whole number from 0 to 7258118400000",
        "table Repetitions, row 5: value is 7; allowed: -1, 0, 1, 2, 3",
    ]
    assert len([one for one in all_of(file) if isinstance(one, Entry)]) == 2


def test_it_reads_older_tables(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Habits.csv", "Position,Name,Description\n001,Gym,\n")
        archive.writestr("001 Gym/Checkmarks.csv", "2015-01-25,2\n2015-01-24,0\n")
        archive.writestr("002 Run/Checkmarks.csv", "2015-01-25,5000\n2015-01-24,often\n2015-01-23\n")

    found = kept(tmp_path / "loop.zip", packed.getvalue())

    assert [payload for _source, _night, payload in found] == [
        Remark("Gym", 0, 1, source=SOURCE), Remark("Gym", 1, 1, source=SOURCE), Remark("Run", 5, source=SOURCE)
    ]  # fmt: skip
    allowed = "allowed: UNKNOWN, NO, YES_AUTO, YES_MANUAL, SKIP, a whole number"
    assert left_out(tmp_path / "loop.zip", packed.getvalue()) == [
        f"002 Run/Checkmarks.csv, line 2: Value is 'often'; {allowed}",
        f"002 Run/Checkmarks.csv, line 3: Value is ''; {allowed}",
    ]


def test_it_survives_spoiled_copies_of_the_tables(tmp_path: Path) -> None:
    how, good = random.Random(20261127), tables(MARKS)
    for number in range(200):
        file = tmp_path / str(number)
        file.write_bytes(spoiled(good, how))
        assert_sane("loop_habits", list(read(known()["loop_habits"], file, BERLIN)))
