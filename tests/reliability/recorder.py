"""A file system that notes what a database writes and when it asks for it to be on disk; and one that was cut off.

The recorder is a layer of SQLite's own (a VFS, by apsw). A cut replays the notes up to one instant: what a file was
asked to have on disk is there; what was written after that may be there, in part and in any order, by sectors.
"""

import os
import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
NAME = "quietlegs-recorder"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a file; `kind` is write, cut (to a length), sync, delete, or said (acknowledged)."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Notes:
    """What happened, in order."""

    events: list[Event] = field(default_factory=list)

    def add(self, *told: Any) -> None:
        self.events.append(Event(*told))


class Recorder(apsw.VFS):
    """Passes everything on to the real file system, and notes it."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        super().__init__(NAME, "")

    def xOpen(self, name: Any, flags: list[int]) -> "_File":  # noqa: N802 - SQLite's name
        return _File(name, flags, self.notes)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - as above
        super().xDelete(filename, syncdir)
        self.notes.add("delete", Path(filename).name, int(syncdir))


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], notes: Notes) -> None:
        told = name.filename() if hasattr(name, "filename") else name
        self._file = Path(told or "temporary").name
        self._notes = notes
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - as above
        super().xWrite(data, offset)
        self._notes.add("write", self._file, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - as above
        super().xTruncate(newsize)
        self._notes.add("cut", self._file, newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - as above
        super().xSync(flags)
        self._notes.add("sync", self._file)


def opened(file: Path, *pragmas: str) -> apsw.Connection:
    """Open a database through the recorder."""
    made = apsw.Connection(os.fspath(file), vfs=NAME)
    for pragma in pragmas:
        made.execute(pragma)
    return made


def cut(events: list[Event], before: dict[str, bytes], dice: random.Random) -> dict[str, bytes]:
    """Return the files as a power cut after these events leaves them."""
    files = {name: bytearray(held) for name, held in before.items()}
    waiting: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.kind in ("write", "cut"):
            waiting[event.file].append(event)
        elif event.kind == "sync":
            for one in waiting.pop(event.file, []):
                _apply(files, one)
        elif event.kind == "delete" and (event.at or dice.random() < 0.5):
            files.pop(event.file, None)
            waiting.pop(event.file, None)
    for each in waiting.values():
        _in_part(files, each, dice)
    return {name: bytes(held) for name, held in files.items()}


def _in_part(files: dict[str, bytearray], events: list[Event], dice: random.Random) -> None:
    """Let some of what was not asked to be on disk be there: nothing, all, whole writes, or torn sectors."""
    chance = dice.choice((0.0, 0.2, 0.5, 0.8, 1.0))
    torn = dice.random() < 0.5
    for event in events:
        if event.kind == "write" and torn:
            for at in range(0, len(event.data), SECTOR):
                if dice.random() < chance:
                    _apply(files, Event("write", event.file, event.at + at, event.data[at : at + SECTOR]))
        elif dice.random() < chance:
            _apply(files, event)


def _apply(files: dict[str, bytearray], event: Event) -> None:
    held = files.setdefault(event.file, bytearray())
    if event.kind == "cut":
        del held[event.at :]
        return
    if len(held) < event.at:
        held.extend(bytes(event.at - len(held)))
    held[event.at : event.at + len(event.data)] = event.data
