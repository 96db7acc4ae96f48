"""Reads nights of Sleepmeter: several tables in one file, whose texts hold quotes and line ends as they were typed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from quietlegs.formats.nights import from_device, slept
from quietlegs.formats.reading import Entry, Format, LeftOut, Read
from quietlegs.formats.text import beginning, lines
from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import moment, night_of
from quietlegs.records.remark import Remark
from quietlegs.words.catalogue import _

_NAME = "Sleepmeter"
_NIGHTS = "wake,sleep,bedtime,holes,type,dreams,aid,hindrances,tags,quality,notes"
# The tables before the nights: what a person added, by the column that uses it.
_OWN = {
    "custom_aid_id,class,name": "aid",
    "custom_hindrance_id,class,name": "hindrances",
    "custom_tag_id,name": "tags",
}
_NIGHT = re.compile(r'"([^"]*)","([^"]*)","([^"]*)",([^,"]*),([^,"]*),([^,"]*),([^,"]*),([^,"]*),([^,"]*),([^,"]*),"')
_ADDED = re.compile(r'(CUSTOM_\d{1,9}),(?:[A-Z_]{1,40},)?"')
_HOLES = re.compile(r"\d{1,5}-\d{1,5}(?:\|\d{1,5}-\d{1,5})*")
_CLOCK = "%Y-%m-%d %H:%M%z"
_NONE = "NONE"
_LINE_ENDS = ("\n", "\r")
_MOST_AWAKENINGS = 100
_MOST_QUALITY = 10
_MOST_ADDED = 10_000
_LONGEST_NAME = 120
_LONGEST_NOTE = 10_000
_SHOWN = 40


@dataclass(slots=True)
class _Row:
    """A row of any of the tables: what its beginning told, and the text at its end as far as it was read."""

    place: str
    table: str
    cells: tuple[str, ...]
    text: str

    @property
    def is_whole(self) -> bool:
        """Whether its text has come to a quote at the end of a line."""
        return self.text.rstrip("\r\n").endswith('"')

    @property
    def told(self) -> str:
        """The text, without the quote at its end."""
        return self.text.rstrip("\r\n").removesuffix('"').strip()


def _sniff(file: Path) -> bool:
    first = next(iter(beginning(file).splitlines()), "").strip()
    return first == _NIGHTS or first in _OWN


def _read(file: Path, zone: str) -> Read:
    added: dict[tuple[str, str], str] = {}
    for row in _rows(lines(file)):
        if isinstance(row, LeftOut):
            yield row
        elif row.table == _NIGHTS:
            yield from _night(row, added, zone)
        elif len(added) < _MOST_ADDED:
            added[_OWN[row.table], row.cells[0]] = row.told[: _LONGEST_NAME + 1]


def _rows(text: Iterable[str]) -> Iterator[_Row | LeftOut]:
    """Yield rows with their texts; a line that neither begins one nor goes on with one that is open is named."""
    table, row = "", None
    for number, line in enumerate(text, start=1):
        place, plain = _("line {number}", number=number), line.strip()
        begun = _NIGHT.match(line) if table == _NIGHTS else _ADDED.match(line) if table else None
        if begun or plain == _NIGHTS or plain in _OWN:
            if row:
                yield row
            table = table if begun else plain
            row = _Row(place, table, begun.groups(), line[begun.end() :]) if begun else None
        elif row and not row.is_whole:
            row.text = row.text[:_LONGEST_NOTE] + line
        elif plain:
            yield LeftOut(place, _("it is no row of {table}", table=table.partition(",")[0] or _NAME), bad=True)
    if row and not (row.is_whole and row.text.endswith(_LINE_ENDS)):
        # What stands before the text is whole all the same.
        yield LeftOut(row.place, _("the file ends in its text, which is left out"), bad=True)
        row.text = ""
    if row and (row.text or row.table == _NIGHTS):
        yield row


def _night(row: _Row, added: dict[tuple[str, str], str], zone: str) -> Read:
    try:
        cells = dict(zip(_NIGHTS.split(","), row.cells, strict=False))
        began, asleep, ended = (_instant(name, cells[name]) for name in ("bedtime", "sleep", "wake"))
        sleep = replace(
            from_device(_NAME, began, ended, _quality(cells["quality"])),
            asleep_at=asleep if asleep < ended else None,
            awakenings=_awakenings(cells["holes"]),
        )
        if asleep > ended:
            raise RangeError("sleep", cells["sleep"], _("up to {until}", until=cells["wake"]))
        yield slept(row.place, cells["bedtime"], sleep, zone)
        yield from _remarks(row, cells, added, began, zone)
    except (ValueError, OverflowError) as error:
        yield LeftOut(row.place, f"{error}", bad=True)


def _remarks(
    row: _Row, cells: dict[str, str], added: dict[tuple[str, str], str], began: datetime, zone: str
) -> Iterator[Entry]:
    """Yield what helped, what hindered, the tags and the note, each under the name of its column."""
    noted = moment(began, zone)
    for column in _OWN.values():
        if cells[column] not in ("", _NONE):
            names = [added.get((column, one), one.replace("_", " ").lower()) for one in cells[column].split("|")]
            tags = tuple(name for name in names if name.strip())
            if tags:
                remark = Remark(column, tags=tags, source=_NAME)
                yield Entry(row.place, f"{cells['bedtime']} {column}", remark, noted, night_of(noted))
    if row.told:
        note = Remark("notes", note=row.told, source=_NAME)
        yield Entry(row.place, f"{cells['bedtime']} notes", note, noted, night_of(noted))


def _instant(column: str, text: str) -> datetime:
    try:
        return datetime.strptime(text, _CLOCK).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise RangeError(
            column, text[:_SHOWN], _("a time such as {example}", example="2026-01-31 23:10+0100")
        ) from error


def _quality(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 3 and int(text) <= _MOST_QUALITY):  # noqa: PLR2004 - two digits
        raise RangeError("quality", text[:_SHOWN], _("a whole number from {low} to {high}", low=0, high=_MOST_QUALITY))
    return int(text)


def _awakenings(text: str) -> int:
    if text and not _HOLES.fullmatch(text):
        raise RangeError("holes", text[:_SHOWN], _("minutes such as {example}", example="59-60|120-125"))
    return min(text.count("-"), _MOST_AWAKENINGS)


FORMAT = Format("sleepmeter", _NAME, proven=False, sniff=_sniff, read=_read)
