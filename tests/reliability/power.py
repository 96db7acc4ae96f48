"""A modelled power cut, 1,000 times: what was acknowledged before the cut is there after it, and the database is sound.

The statements are those by which the diary stores an entry, the settings those of the real database. SQLite (its copy
within apsw) writes through a recorder; each cut leaves files as a disk may that lost its power: what it was asked to
have on disk, and any part of the rest. `python -m tests.reliability.power` counts; the controls, which ask for less
(`PRAGMA synchronous` OFF and NORMAL), have to be caught.
"""

import random
import shutil
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pysqlite3
from django.db import connection
from tests.reliability.figures import keep
from tests.reliability.load import an_entry
from tests.reliability.recorder import Notes, Recorder, cut, opened
from tests.web.prepared import on_a_copy

from quietlegs.records.wire import from_wire
from quietlegs.web.store.diary import StoredDiary

_Statement = tuple[str, tuple[Any, ...]]
_FILE = "quietlegs.sqlite3"
CUTS, ENTRIES, SEED = 1000, 400, 20261127
_SAID = "said"


@dataclass(frozen=True)
class Count:
    """What the cuts left."""

    cuts: int
    lost: int
    torn: int
    unsound: int

    @property
    def good(self) -> bool:
        return not (self.lost or self.torn or self.unsound)

    def __str__(self) -> str:
        return f"{self.cuts} cuts: {self.lost} lost entries, {self.torn} left half of one, {self.unsound} unsound"


def main(*words: str) -> int:
    """Count, keep the figure, and see that both controls are caught."""
    cuts = next((int(word) for word in words if word.isdigit()), CUTS)
    with tempfile.TemporaryDirectory() as folder:
        wanted = {"FULL": cuts, "NORMAL": cuts // 5, "OFF": cuts // 5}
        counted = {how: run(Path(folder) / how, many, how) for how, many in wanted.items()}
    for how, one in counted.items():
        print(f"synchronous={how}: {one}")
    caught = not counted["NORMAL"].good and not counted["OFF"].good
    told = f"{counted['FULL']}; controls: {_caught('OFF', counted['OFF'])}, {_caught('NORMAL', counted['NORMAL'])}"
    good = counted["FULL"].good and caught
    keep("modelled power cut, SQLite", "0 lost, controls caught", told, "python -m tests.reliability.power", good=good)
    return 0 if good else 1


def _caught(name: str, one: Count) -> str:
    return f"{name} lost in {one.lost} and broke in {one.unsound} of {one.cuts}"


def run(folder: Path, cuts: int, synchronous: str = "FULL", entries: int = ENTRIES) -> Count:
    """Write entries through the recorder, cut at random instants, and look at what is left each time."""
    folder.mkdir(parents=True)
    statements, pragmas, empty = stored(folder, entries)
    file = folder / "disk" / _FILE
    file.parent.mkdir()
    shutil.copy(empty, file)
    before = {file.name: file.read_bytes()}
    notes = Notes()
    recorder = Recorder(notes)
    base = opened(file, *pragmas, f"PRAGMA synchronous={synchronous}")
    for fact_id, each in statements:
        base.execute("BEGIN IMMEDIATE")
        for sql, values in each:
            base.execute(sql, values)
        base.execute("COMMIT")
        notes.add(_SAID, fact_id)
    base.close()
    recorder.unregister()
    every, lost, torn, unsound = {fact_id for fact_id, _ in statements}, 0, 0, 0
    for number in range(cuts):
        dice = random.Random(f"{SEED} {number}")
        until = dice.randrange(len(notes.events))
        said = {event.file for event in notes.events[:until] if event.kind == _SAID}
        held = _after(folder / "cut", cut(notes.events[:until], before, dice))
        unsound += held is None
        lost += held is not None and not said <= held
        torn += held is not None and not held <= every
    return Count(cuts, lost, torn, unsound)


def stored(folder: Path, entries: int) -> tuple[list[tuple[str, list[_Statement]]], list[str], Path]:
    """Return the statements that store so many entries, the database's settings, and an empty database."""
    seen: list[_Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT"):
            seen.append((sql.replace("%s", "?"), tuple(params)))
        return execute(sql, params, many, context)

    made: list[tuple[str, list[_Statement]]] = []
    with on_a_copy(folder) as file:
        empty = shutil.copy(file, folder / "empty")
        for _ in range(entries):
            fact = from_wire(an_entry())
            with connection.execute_wrapper(note):
                StoredDiary().add([fact])
            made.append((fact.id.hex, list(seen)))
            seen.clear()
        init = str(connection.settings_dict["OPTIONS"]["init_command"])
    return made, [one for one in init.split(";") if one.strip() and "synchronous" not in one], Path(empty)


def _after(folder: Path, files: dict[str, bytes]) -> set[str] | None:
    """Open what is left as the program does; the entries there, None where the database is not sound."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, held in files.items():
        (folder / name).write_bytes(held)
    try:
        with closing(pysqlite3.connect(folder / _FILE)) as found:
            if found.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return None
            return {UUID(one).hex for (one,) in found.execute("SELECT fact_id FROM fact")}
    except pysqlite3.DatabaseError:
        return None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
