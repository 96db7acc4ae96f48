"""What every reader of other people's files gives: entries and what was left out, one by one, each with its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import FIRST_NIGHT, Payload
from quietlegs.records.moment import Moment
from quietlegs.words.catalogue import _

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something for the diary: where it stands, what its own program calls it, when it was, and for which night.

    `said` tells on the receipt what became of it, where that is not plain; empty for a night like any other.
    `replaces` is what the program calls the entry that this one replaces; empty for a first one.
    """

    place: str
    source_id: str
    payload: Payload
    noted: Moment
    night: date
    said: str = ""
    replaces: str = ""

    def __post_init__(self) -> None:
        """Refuse what was before 1970, which no diary keeps."""
        for name, found, first in (("night", self.night, FIRST_NIGHT), ("at", self.noted.at, _EPOCH)):
            if found < first:
                raise RangeError(name, found.isoformat(), _("{first} or later", first=first.isoformat()))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was read and not kept, where it stands, and why; `bad` where it could not be understood."""

    place: str
    why: str
    bad: bool = False


Read = Iterator[Entry | LeftOut]


class NotReadableError(ValueError):
    """Nothing of the file can be read, and why."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its key is its folder; `proven` once a real file, which nobody here wrote, was read rightly.

    `sniff` tells by the beginning or the list of contents whether a file is one of these. `read` goes through it from
    the beginning, keeps little in memory and stops at no bad line; times without a zone are in the one it is given.
    `own` is true where its entries are facts of a diary, called by their ids.
    """

    key: str
    name: str
    proven: bool
    sniff: Callable[[Path], bool]
    read: Callable[[Path, str], Read]
    own: bool = False
