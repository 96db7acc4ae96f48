"""Any file that can be read as typed facts, for whoever has no diary, and for the diary itself."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from quietlegs.formats.known import read, sniff
from quietlegs.formats.reading import Entry, Format, LeftOut
from quietlegs.records.fact import Fact, Withdrawal, note
from quietlegs.records.ids import uuid7
from quietlegs.records.wire import to_wire

_RANDOM = 10
_LONGEST_ID = 255


def facts_of(file: Path, zone: str, one: Format | None = None) -> Iterator[Fact | LeftOut]:
    r"""Yield each entry of a file as a fact, and the reason in place of each that is left out.

    The same file gives the same facts under the same ids, whenever it is read; nothing is stored.

    Parameters
    ----------
    file : Path
        As the other program wrote it.
    zone : str
        The zone, such as ``"Europe/Berlin"``, of times that the file tells without one.
    one : Format, optional
        One of `quietlegs.formats.known.known`; default: seen from the file.

    Raises
    ------
    NotReadableError
        The file is none of those that can be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "plees-tracker.csv")
    ...     _ = file.write_text("sid,start,stop,rating\n1,1767225600000,1767250800000,4\n")
    ...     [fact] = facts_of(file, "Europe/Berlin")
    >>> fact.night, fact.kind, fact.payload.quality
    (datetime.date(2025, 12, 31), 'sleep', 8)
    """
    chosen = one or sniff(file)
    for found in read(chosen, file, zone):
        yield found if isinstance(found, LeftOut) else fact_of(chosen, found)


def fact_of(one: Format, entry: Entry, times: int = 0) -> Fact:
    """Return the same fact for the same entry, whenever it is read; another one for each of `times`.

    An entry of a diary of quietlegs is the fact that it was.
    """
    if one.own:
        return Fact(UUID(entry.source_id), entry.noted, entry.night, entry.payload, _earlier(entry))
    said = f"{source_of(one, entry)} {to_wire(plain(entry))['payload']} {times}"
    return note(entry.payload, entry.noted, sha256(said.encode()).digest()[:_RANDOM], night=entry.night)


def source_of(one: Format, entry: Entry) -> str:
    """Return what an entry is called in its program, and which program that is."""
    return f"{one.key} {entry.source_id}"[:_LONGEST_ID]


def plain(entry: Entry) -> Fact:
    """Return an entry as a fact with an id that says nothing."""
    # Only what takes something back has to name it.
    earlier = _earlier(entry) if isinstance(entry.payload, Withdrawal) else None
    return Fact(uuid7(entry.noted.at, bytes(_RANDOM)), entry.noted, entry.night, entry.payload, earlier)


def _earlier(entry: Entry) -> UUID | None:
    return UUID(entry.replaces) if entry.replaces else None
