"""A diary as an SQLite file of its own, for whoever asks questions in SQL: one table of facts, a view for each kind."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

from quietlegs.records.diary import Diary
from quietlegs.records.fact import KINDS, current
from quietlegs.records.wire import to_wire

_COLUMNS = ("id", "kind", "night", "at", "zone", "offset_s", "wall", "supersedes", "payload", "holds")
# Kept as text that anybody can read: dates and instants in ISO 8601, what was noted as JSON.
_TABLE = """
CREATE TABLE facts (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, night TEXT NOT NULL, at TEXT NOT NULL, zone TEXT NOT NULL,
  offset_s INTEGER NOT NULL, wall TEXT NOT NULL, supersedes TEXT, payload TEXT NOT NULL, holds INTEGER NOT NULL
) STRICT;
"""
_INDEX = "CREATE INDEX facts_by_night ON facts (kind, night);"


def save(diary: Diary, file: Path) -> None:
    """Write everything ever noted; `holds` is 1 where a fact was neither replaced nor taken back.

    Raises
    ------
    FileExistsError
        There is a file of this name: nothing is overwritten.
    """
    # Only this makes the file, so that no other is opened by chance in between.
    file.open("xb").close()
    try:
        with closing(sqlite3.connect(file)) as database, database:
            database.execute(_TABLE)
            marks = ", ".join("?" * len(_COLUMNS))
            database.executemany(f"INSERT INTO facts VALUES ({marks})", _rows(diary))  # noqa: S608 - question marks
            database.execute(_INDEX)
            for kind in KINDS:
                database.execute(_view(kind))
    except BaseException:
        file.unlink()
        raise


def _rows(diary: Diary) -> Iterator[tuple[Any, ...]]:
    facts = tuple(diary.all_facts())
    held = {fact.id for fact in current(facts)}
    for fact in facts:
        row = to_wire(fact)
        payload = json.dumps(row.pop("payload"), ensure_ascii=False)
        known = row | {"payload": payload, "holds": int(fact.id in held)}
        yield tuple(known[column] for column in _COLUMNS)


def _view(kind: str) -> str:
    """Return the view of one kind: a column for each thing that it can hold; what was not noted is NULL."""
    named = ", ".join(f"payload ->> '$.{field.name}' AS \"{field.name}\"" for field in fields(KINDS[kind]))
    chosen = f"SELECT id, night, at, wall, {named} FROM facts WHERE kind = '{kind}' AND holds"  # noqa: S608 - own names
    return f'CREATE VIEW "{kind}" AS {chosen};'
