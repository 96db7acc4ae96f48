"""Reads nights of Sleep as Android: a header and a line for each night."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from quietlegs.formats.archive import member, opened
from quietlegs.formats.nights import from_device, slept, stars
from quietlegs.formats.reading import Entry, Format, LeftOut, Read
from quietlegs.formats.text import beginning, lines, lines_of, table
from quietlegs.records.moment import find_zone
from quietlegs.words.catalogue import _

_NAME = "Sleep as Android"
_CSV = "sleep-export.csv"
_HEADER = ["Id", "Tz", "From", "To"]
_RATING = "Rating"
_CLOCK = "%d. %m. %Y %H:%M"


def _sniff(file: Path) -> bool:
    return beginning(file).startswith(",".join(_HEADER)) or member(file, _CSV) is not None


def _read(file: Path, _zone: str) -> Read:
    inside = member(file, _CSV)
    if inside is None:
        yield from _nights(lines(file))
        return
    with opened(file, inside) as stream:
        yield from _nights(lines_of(stream))


def _nights(text: Iterator[str]) -> Read:
    header: list[str] = []
    for number, row in table(text):
        place = _("line {number}", number=number)
        if isinstance(row, str):
            yield LeftOut(place, row, bad=True)
        elif row[: len(_HEADER)] == _HEADER:
            header = row
        elif row and row[0]:
            yield _night(place, dict(zip(header, row, strict=False)), header)


def _night(place: str, cells: dict[str, str], header: list[str]) -> Entry | LeftOut:
    try:
        if _RATING in header:
            # A row without it was cut.
            cells[_RATING]
        zone = cells["Tz"]
        began, ended = (_instant(cells[name], zone) for name in ("From", "To"))
        quality = stars(float(cells.get(_RATING, "0") or 0))
        return slept(place, cells["Id"][:80], from_device(_NAME, began, ended, quality), zone)
    except KeyError as error:
        return LeftOut(place, _("it has no {name}", name=error.args[0]), bad=True)
    except (ValueError, OverflowError) as error:
        return LeftOut(place, f"{error}", bad=True)


def _instant(text: str, zone: str) -> datetime:
    return datetime.strptime(text, _CLOCK).replace(tzinfo=find_zone(zone)).astimezone(UTC)


FORMAT = Format("sleep_as_android", _NAME, proven=True, sniff=_sniff, read=_read)
