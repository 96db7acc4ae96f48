"""The measurements: one small file, added to chunk by chunk, so that a run can be cut off and go on."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.truth.studies import Cell, Study, Sums

FILE = Path(__file__).with_name("measured.json")


@dataclass
class Measured:
    """Sums of each study's cells; a cell's `chunks` were added up in order, `diaries` in all."""

    file: Path = FILE
    kept: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Path = FILE) -> "Measured":
        """Read what was measured before; nothing where there is no file."""
        return cls(file, json.loads(file.read_text(encoding="utf-8")) if file.exists() else {})

    def sums(self, study: Study, cell: Cell) -> Sums:
        """Return a cell's sums, with `chunks` and `diaries`; zeros where nothing was measured."""
        kept = self.kept.get(study.name, {})
        found: Sums = kept.get("cells", {}).get(cell.name, {}) if kept.get("version") == study.version else {}
        return {"chunks": 0, "diaries": 0} | found

    def add(self, study: Study, cell: Cell, sums: Sums) -> None:
        """Add a chunk to a cell, and write everything."""
        if self.kept.get(study.name, {}).get("version") != study.version:
            self.kept[study.name] = {"version": study.version, "cells": {}}
        before = self.sums(study, cell)
        # What a chunk did not meet, another one may have met.
        after = before | {name: before.get(name, 0) + value for name, value in sums.items()}
        after |= {"chunks": before["chunks"] + 1, "diaries": before["diaries"] + study.chunk}
        self.kept[study.name]["cells"][cell.name] = after
        self._write(study.name)

    def note(self, name: str, values: Any) -> None:
        """Keep what a bench measured."""
        self.kept[name] = values
        self._write(name)

    def _write(self, name: str) -> None:
        """Write the file in one stroke, so that a cut leaves the old or the new one; keep what others wrote beside."""
        self.kept = Measured.of(self.file).kept | {name: self.kept[name]}
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps(self.kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        fresh.replace(self.file)
