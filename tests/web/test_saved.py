"""The diary as a file of tables: everything that was ever noted, readable by any SQLite."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.formats.every_kind import diary as every_kind

from quietlegs.records.fact import KINDS, current
from quietlegs.records.wire import from_wire
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.saved import save


@pytest.fixture
def saved(diary: StoredDiary, tmp_path: Path) -> Path:
    diary.add(every_kind())
    save(diary, tmp_path / "mine.sqlite3")
    return tmp_path / "mine.sqlite3"


def asked(file: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return database.execute(question).fetchall()


def test_it_holds_every_fact_so_that_it_reads_back(saved: Path) -> None:
    names = ("id", "kind", "night", "at", "zone", "offset_s", "wall", "supersedes", "payload")
    rows = [dict(zip(names, row, strict=True)) for row in asked(saved, f"SELECT {', '.join(names)} FROM facts")]

    told = {from_wire(row | {"payload": json.loads(row["payload"])}) for row in rows}

    assert told == set(every_kind())


def test_it_marks_what_holds_now(saved: Path) -> None:
    held = {row[0] for row in asked(saved, "SELECT id FROM facts WHERE holds")}

    assert held == {str(one.id) for one in current(every_kind())}


def test_it_has_a_view_for_each_kind_with_a_column_for_each_thing(saved: Path) -> None:
    for kind in KINDS:
        wanted = sum(one.kind == kind for one in current(every_kind()))
        assert asked(saved, f'SELECT count(*) FROM "{kind}"') == [(wanted,)], kind
    assert asked(saved, "SELECT severity FROM night_rating WHERE severity IS NOT NULL") == [(4,)]
    assert asked(saved, "SELECT count(*) FROM night_rating WHERE severity IS NULL") == [(1,)]


def test_it_overwrites_nothing_and_leaves_no_half_file(saved: Path, diary: StoredDiary, tmp_path: Path) -> None:
    before = saved.read_bytes()

    with pytest.raises(FileExistsError):
        save(diary, saved)
    with pytest.raises(OSError, match="No such file"):
        save(diary, tmp_path / "no" / "folder.sqlite3")

    assert saved.read_bytes() == before
