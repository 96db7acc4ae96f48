"""What was found in a file: its entries and what was left out, kept as lines beside it until the answer is given."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quietlegs.formats.facts import plain
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.fact import Fact
from quietlegs.records.wire import from_wire, to_wire
from quietlegs.web.store.sealed_files import Writer, pieces
from quietlegs.words.catalogue import _

# Decades of nights with all that belongs to them: a file with more shall not fill the memory.
MOST = 200_000
MOST_NAMED = 200


@dataclass(slots=True)
class LeftOuts:
    """How many rows were left out, and the first of them by name."""

    count: int = 0
    named: list[LeftOut] = field(default_factory=list)

    def __len__(self) -> int:
        """Count those without a name too."""
        return self.count

    def add(self, one: LeftOut) -> None:
        """Count it, and name it where there is room."""
        self.count += 1
        if len(self.named) < MOST_NAMED:
            self.named.append(one)


@dataclass(slots=True)
class Found:
    """The entries of a file in their order, and what was left out."""

    entries: list[Entry] = field(default_factory=list)
    left_out: LeftOuts = field(default_factory=LeftOuts)


def gathered(read: Iterable[Entry | LeftOut]) -> Found:
    """Go through a file to its end."""
    found = Found()
    for one in read:
        if isinstance(one, LeftOut):
            found.left_out.add(one)
        elif len(found.entries) < MOST:
            found.entries.append(one)
        else:
            found.left_out.add(LeftOut(one.place, _("more than {count} entries", count=MOST)))
    return found


def write(found: Found, file: Path) -> None:
    """Keep it as lines, sealed in a group; the file is there as a whole or not at all."""
    aside = file.with_suffix(".new")
    with aside.open("wb") as out:
        lines = Writer(out)
        for told in _lines(found):
            lines.write(json.dumps(told).encode() + b"\n")
        lines.finish()
    aside.replace(file)


def _lines(found: Found) -> Iterator[dict[str, Any]]:
    yield {"left": found.left_out.count}
    for one in found.left_out.named:
        yield {"place": one.place, "why": one.why, "bad": one.bad}
    for entry in found.entries:
        told = {"place": entry.place, "source": entry.source_id, "said": entry.said, "replaces": entry.replaces}
        yield told | {"fact": to_wire(plain(entry))}


def read_back(file: Path) -> Found:
    """Return what was kept; FileNotFoundError where nothing was."""
    found = Found()
    lines = _each_line(pieces(file))
    found.left_out.count = json.loads(next(lines))["left"]
    for line in lines:
        row = json.loads(line)
        if "why" in row:
            found.left_out.named.append(LeftOut(row["place"], row["why"], row["bad"]))
        else:
            found.entries.append(_entry(row, from_wire(row["fact"])))
    return found


def _each_line(each: Iterable[bytes]) -> Iterator[bytes]:
    left = b""
    for piece in each:
        *lines, left = (left + piece).split(b"\n")
        yield from lines


def _entry(row: dict[str, str], fact: Fact) -> Entry:
    return Entry(
        row["place"], row["source"], fact.payload, fact.noted, fact.night, said=row["said"], replaces=row["replaces"]
    )
