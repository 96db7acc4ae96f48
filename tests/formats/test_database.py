"""Databases from strangers: read where they can be, stopped where they go on for ever, and nothing in them is run."""

import random
import sqlite3
import struct
import zipfile
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from quietlegs.formats import database
from quietlegs.formats.database import is_database, opened_database, tables
from quietlegs.formats.database_row import Row
from quietlegs.formats.reading import LeftOut, NotReadableError
from quietlegs.formats.watching import StoppedError, watched
from quietlegs.records.bounds import RangeError

SLEEP = "CREATE TABLE sleep (id INTEGER PRIMARY KEY, began INTEGER, title TEXT);"
THREE = SLEEP + "INSERT INTO sleep VALUES (1, 1000, 'a'), (2, 2000, 'b'), (7, 3000, NULL);"
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS began, x AS title FROM n"


def made(folder: Path, script: str, name: str = "some.db") -> Path:
    file = folder / name
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)
    return file


def rows_of(file: Path, table: str = "sleep", *, most_steps: int = database.MOST_STEPS) -> list[Row | LeftOut]:
    with opened_database(file, most_steps=most_steps) as opened:
        return list(opened.rows(table, ["began", "title"]))


def reasons(found: list[Row | LeftOut]) -> list[str]:
    return [f"{one.place}: {one.why}" for one in found if isinstance(one, LeftOut)]


def test_it_reads_the_rows_of_a_table(tmp_path: Path) -> None:
    file = made(tmp_path, THREE + "PRAGMA user_version = 23;")

    with opened_database(file) as opened:
        assert opened.version == 23
        assert opened.tables() == {"sleep"}
        assert opened.columns("sleep") == ["id", "began", "title"]
        found = list(opened.rows("sleep", ["began"], perhaps=["title", "stars"]))

    assert found[0] == Row("sleep", 1, {"began": 1000, "title": "a", "stars": None})
    assert [one.place for one in found] == ["table sleep, row 1", "table sleep, row 2", "table sleep, row 3"]


def test_it_reads_one_inside_a_zip_and_leaves_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copies := tmp_path / "copies").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(copies))
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(made(tmp_path, THREE), "in/some.db")

    with opened_database(file, "in/some.db") as opened:
        assert len(list(opened.rows("sleep", ["began"]))) == 3
        assert list(copies.iterdir())
    assert list(copies.iterdir()) == []


def test_it_changes_nothing_and_plays_no_journal_back(tmp_path: Path) -> None:
    file = made(tmp_path, THREE + "PRAGMA journal_mode = WAL;")
    before = file.read_bytes()
    (tmp_path / "some.db-wal").write_bytes(b"not a log")

    assert len(rows_of(file)) == 3

    assert file.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["some.db", "some.db-wal"]


def test_it_says_which_table_or_column_is_missing(tmp_path: Path) -> None:
    file = made(tmp_path, "CREATE TABLE other (began INTEGER);")

    assert reasons(rows_of(file)) == ["table sleep: there is no such table"]
    assert reasons(rows_of(file, "other")) == ["table other: it has no title"]


@pytest.mark.parametrize("view", ["SELECT 1 AS began, 2 AS title", ENDLESS])
def test_it_reads_no_view_in_place_of_a_table(tmp_path: Path, view: str) -> None:
    file = made(tmp_path, f"CREATE VIEW sleep AS {view};")

    assert tables(file) == set()
    assert reasons(rows_of(file)) == ["table sleep: there is no such table"]


def test_it_reads_no_table_that_a_program_makes_up(tmp_path: Path) -> None:
    file = made(tmp_path, "CREATE VIRTUAL TABLE sleep USING fts5(began, title);")

    assert "sleep" not in tables(file)
    assert reasons(rows_of(file)) == ["table sleep: there is no such table"]


def test_it_runs_no_trigger_and_no_function_of_the_file(tmp_path: Path) -> None:
    trigger = "CREATE TRIGGER gone AFTER INSERT ON sleep BEGIN DELETE FROM sleep; END;"
    assert len(rows_of(made(tmp_path, THREE + trigger))) == 3

    worked_out = "CREATE TABLE sleep (began AS (hex(zeroblob(9))), title TEXT); INSERT INTO sleep VALUES ('a');"
    assert reasons(rows_of(made(tmp_path, worked_out, "other.db"))) == ["table sleep: it has no began"]


@pytest.mark.parametrize(
    "query",
    [
        "ATTACH 'other.db' AS other",
        "INSERT INTO sleep VALUES (9, 9, 'x')",
        "PRAGMA writable_schema = ON",
        "SELECT load_extension('x')",
        "DROP TABLE sleep",
        "VACUUM INTO 'other.db'",
    ],
)
def test_it_can_do_nothing_but_read(tmp_path: Path, query: str) -> None:
    with (
        pytest.raises(NotReadableError, match=r"not authorized|authorization"),
        opened_database(made(tmp_path, THREE)) as opened,
    ):
        opened._connection.execute(query)  # noqa: SLF001 - what the file would have to bring about


def test_it_passes_over_a_row_that_is_too_large(tmp_path: Path) -> None:
    file = made(tmp_path, THREE)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE sleep SET title = ? WHERE id = 2", ("x" * 17_000_000,))
        connection.commit()

    found = rows_of(file)

    assert [type(one) for one in found] == [Row, LeftOut, Row]
    assert reasons(found) == ["table sleep, row 2: string or blob too big"]


def endless(file: Path) -> None:
    """Let each page of the tree point sixty times at the next one: a few kilobytes that hold more rows than stars."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("PRAGMA page_size = 512;" + SLEEP + "CREATE TABLE filler (x);")
        connection.executemany("INSERT INTO sleep VALUES (?, 1, 'x')", [(number,) for number in range(20)])
        [[leaf]] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sleep'")
        connection.execute("INSERT INTO filler VALUES (zeroblob(8000))")
        connection.commit()
    pages = bytearray(file.read_bytes())
    copy = bytes(pages[(leaf - 1) * 512 : leaf * 512])
    chain = [leaf, *range(6, 13)]
    for page, target in pairwise(chain):
        cells = [struct.pack(">IB", target, number + 1) for number in range(60)]
        starts = [512 - 5 * (number + 1) for number in range(60)]
        head = struct.pack(">BHHHBI", 5, 0, 60, min(starts), 0, target)
        body = bytearray(512)
        body[: len(head) + 120] = head + struct.pack(">60H", *starts)
        for start, cell in zip(starts, cells, strict=True):
            body[start : start + 5] = cell
        pages[(page - 1) * 512 : page * 512] = body
    pages[(chain[-1] - 1) * 512 : chain[-1] * 512] = copy
    file.write_bytes(pages)


def test_it_stops_at_rows_without_end(tmp_path: Path) -> None:
    endless(file := tmp_path / "some.db")

    found = rows_of(file, most_steps=1_000_000)

    assert len(found) > 10_000
    assert reasons(found) == [f"table sleep, row {len(found)}: interrupted"]


def test_it_survives_spoiled_copies(tmp_path: Path) -> None:
    how = random.Random(20261127)
    many = "".join(f"INSERT INTO sleep VALUES ({number}, {number}, 'night {number}');" for number in range(300))
    good = made(tmp_path, "PRAGMA page_size = 512;" + SLEEP + many).read_bytes()
    file, whole = tmp_path / "spoiled.db", 0
    for _time in range(200):
        spoiled = bytearray(good[: how.choice([len(good), how.randrange(len(good))])])
        for _place in range(how.randrange(1, 30)):
            spoiled[how.randrange(16, len(spoiled)) if len(spoiled) > 16 else 0] ^= 1 << how.randrange(8)
        file.write_bytes(spoiled)
        try:
            tables(file)
            found = rows_of(file)
        except NotReadableError:
            continue
        whole += len(found)
        assert all(one.place and (isinstance(one, Row) or one.why) for one in found)
    assert whole > 5_000


def test_it_ends_between_two_rows_when_nobody_wants_more(tmp_path: Path) -> None:
    many = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 30000) INSERT INTO sleep SELECT"
    file = made(tmp_path, SLEEP + many + " x, x, 'a' FROM n;")
    rows: list[Row | LeftOut] = []

    def hear(count: int) -> None:
        # The copy is made by then: between rows it is asked without a byte more.
        if not count and len(rows) > 10_000:
            raise StoppedError

    with watched(hear), opened_database(file) as opened, pytest.raises(StoppedError):
        rows.extend(opened.rows("sleep", ["began"]))

    assert len(rows) == 19_999


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3", b"PK\3\4", b"SQLite format 3\0", b"SQLite format 3\0" * 99]
)
def test_it_names_what_is_no_database(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "some.db"
    file.write_bytes(content)

    assert tables(file) == set()
    assert tables(tmp_path / "nowhere.db") == set()
    assert not is_database(tmp_path / "nowhere.db")
    with pytest.raises(NotReadableError, match=r"some\.db"), opened_database(file):
        pass


def test_it_copies_nothing_above_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "MOST_BYTES", 8000)

    with pytest.raises(NotReadableError, match="larger than"), opened_database(made(tmp_path, THREE)):
        pass


def test_it_names_column_value_and_range_of_a_cell_that_is_something_else() -> None:
    row = Row("sleep", 3, {"began": "x" * 90, "title": " a ", "at": 1_767_225_600, "far": 2**60, "none": None})

    assert row.text("title", 80) == "a"
    assert f"{row.instant('at', timedelta(seconds=1)):%Y-%m-%d %H:%M}" == "2026-01-01 00:00"
    for column, said in (
        ("began", r"began is 'x{40}'; allowed: a whole number from 1 to 5"),
        ("none", r"none is None; allowed: a whole number from 1 to 5"),
        ("far", rf"far is {2**60}; allowed: a whole number from 1 to 5"),
    ):
        with pytest.raises(RangeError, match=said):
            row.whole(column, 1, 5)
    with pytest.raises(RangeError, match="allowed: a text of 1 to 80 characters"):
        row.text("began", 80)
    with pytest.raises(RangeError, match="far"):
        row.instant("far", timedelta(milliseconds=1))
