"""Reads sleep out of an export of Apple's Health, as a stream."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from sys import intern
from typing import IO, Any
from xml.parsers import expat

from quietlegs.formats.archive import member, opened
from quietlegs.formats.joined import Piece, joined, nights
from quietlegs.formats.nights import slept
from quietlegs.formats.reading import Entry, Format, LeftOut, NotReadableError, Read
from quietlegs.formats.text import beginning
from quietlegs.formats.watching import open_bytes
from quietlegs.words.catalogue import _

_NAME = "Apple Health"
_XML = "export.xml"
_SLEEP = "HKCategoryTypeIdentifierSleepAnalysis"
_VALUE = "HKCategoryValueSleepAnalysis"
_CLOCK = "%Y-%m-%d %H:%M:%S %z"
_CHUNK = 1 << 17
_NEAR = b"SleepAnalysis"
_WIDE_WITHIN = 64


def _sniff(file: Path) -> bool:
    return "<HealthData" in beginning(file) or member(file, _XML) is not None


class _Pieces:
    """What the parser has met so far."""

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.bad: list[LeftOut] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        # A list of names and values in turn is made sooner than a dictionary, millions of times.
        self.parser.ordered_attributes = True
        self.parser.EntityDeclHandler = self._refuse

    def listen(self, *, on: bool) -> None:
        """Hear of elements from here on, or let them pass."""
        self.parser.StartElementHandler = self._begin if on else None

    def _begin(self, tag: str, told: list[str]) -> None:
        if _SLEEP not in told or tag != "Record":
            return
        cells = dict(zip(told[::2], told[1::2], strict=True))
        if cells.get("type") != _SLEEP:
            return
        place = _("line {number}", number=self.parser.CurrentLineNumber)
        try:
            began, ended = (datetime.strptime(cells[name], _CLOCK).astimezone(UTC) for name in ("startDate", "endDate"))
            # The same few names stand in each record; one of each is kept.
            source, kind = (intern(name) for name in (cells["sourceName"][:80], cells["value"].removeprefix(_VALUE)))
            self.found.append(Piece(source, began, ended, kind, place))
        except KeyError as error:
            self.bad.append(LeftOut(place, _("it has no {name}", name=error.args[0]), bad=True))
        except (ValueError, OverflowError) as error:
            self.bad.append(LeftOut(place, f"{error}", bad=True))

    def _refuse(self, name: str, *_more: Any) -> None:
        raise NotReadableError(_("it declares the entity {name}; an export of Apple's has none", name=repr(name[:40])))


def _read(file: Path, zone: str) -> Read:
    pieces = _Pieces()
    with _stream(file) as stream:
        broken = _parse(pieces, stream)
    yield from pieces.bad
    if broken:
        yield LeftOut(_("line {number}", number=pieces.parser.CurrentLineNumber), broken, bad=True)
    last = pieces.found[-1] if broken and pieces.found else None
    for night in nights(pieces.found):
        if last in night:
            # The rest of this night may stand behind the cut.
            yield LeftOut(night[0].place, _("the file ends in this night"), bad=True)
        else:
            yield _night(night, zone)


def _night(night: Sequence[Piece], zone: str) -> Entry | LeftOut:
    first = night[0]
    try:
        return slept(first.place, f"{first.source} {first.began.isoformat()}", joined(night), zone)
    except ValueError as error:
        return LeftOut(first.place, f"{error}", bad=True)


def _parse(pieces: _Pieces, stream: IO[bytes]) -> str:
    """Go through the file; return what ended it too early, empty where nothing did.

    Only where sleep is near are elements listened to: an element is told in the piece of the file that it ends in, and
    its type may stand in the one before. An encoding in which the name looks different is listened to throughout.
    """
    before = b""
    try:
        while chunk := stream.read(_CHUNK):
            pieces.listen(on=not before or _NEAR in before + chunk or _is_wide(before))
            pieces.parser.Parse(chunk, False)
            before = chunk
        pieces.listen(on=True)
        pieces.parser.Parse(b"", True)
    except NotReadableError:
        raise
    except (expat.ExpatError, OSError, LookupError, ValueError) as error:
        # An unknown encoding is a LookupError, one that lies about itself a ValueError.
        return f"{error}"
    return ""


def _is_wide(piece: bytes) -> bool:
    return b"\0" in piece[:_WIDE_WITHIN]


@contextmanager
def _stream(file: Path) -> Iterator[IO[bytes]]:
    inside = member(file, _XML)
    with opened(file, inside) if inside else open_bytes(file) as stream:
        yield stream


FORMAT = Format("apple_health", _NAME, proven=True, sniff=_sniff, read=_read)
