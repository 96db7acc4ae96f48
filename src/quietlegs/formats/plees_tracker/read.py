"""Reads nights of Plees Tracker: begin and end in milliseconds, one to five stars."""

from datetime import UTC, datetime
from pathlib import Path

from quietlegs.formats.nights import from_device, slept, stars
from quietlegs.formats.reading import Entry, Format, LeftOut, Read
from quietlegs.formats.text import beginning, lines, table
from quietlegs.words.catalogue import _

_COLUMNS = ["sid", "start", "stop", "rating"]
_NAME = "Plees Tracker"


def _sniff(file: Path) -> bool:
    return beginning(file).split("\n", 1)[0].strip().lower().split(",")[: len(_COLUMNS)] == _COLUMNS


def _read(file: Path, zone: str) -> Read:
    for number, row in table(lines(file)):
        place = _("line {number}", number=number)
        if isinstance(row, str):
            yield LeftOut(place, row, bad=True)
        elif row and number > 1:
            yield _night(place, row, zone)


def _night(place: str, row: list[str], zone: str) -> Entry | LeftOut:
    try:
        number, began_ms, ended_ms, rating = (int(cell) for cell in row[: len(_COLUMNS)])
        began, ended = (datetime.fromtimestamp(at / 1000, UTC) for at in (began_ms, ended_ms))
        if not 0 <= rating <= 5:  # noqa: PLR2004 - stars
            return LeftOut(place, _("the rating is {rating}; allowed: 0 to 5", rating=rating), bad=True)
        return slept(place, f"{number} {began_ms}", from_device(_NAME, began, ended, stars(rating)), zone)
    except (ValueError, OverflowError, OSError) as error:
        return LeftOut(place, f"{error}", bad=True)


FORMAT = Format("plees_tracker", _NAME, proven=True, sniff=_sniff, read=_read)
