"""Reads any table of text, by what a person says that its columns mean."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from functools import partial
from pathlib import Path

from quietlegs.formats.plain_csv.meaning import Columns, header_of
from quietlegs.formats.plain_csv.night import night, payloads, row_of
from quietlegs.formats.plain_csv.shape import of_file, rows
from quietlegs.formats.reading import Entry, Format, LeftOut, Read
from quietlegs.records.fact import Payload
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, instant_in, moment
from quietlegs.records.remark import Remark
from quietlegs.records.slept import Intake, Sleep
from quietlegs.words.catalogue import _

KEY = "plain_csv"
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_NOON = time(12)
_MARK = 12
# Of these a night may have several rows.
_ADDS_UP = (Intake, Remark)


def mapped(columns: Columns) -> Format:
    """Return the format of tables whose columns mean this.

    Examples
    --------
    >>> from quietlegs.formats.plain_csv.meaning import Column, Columns, Meaning
    >>> mapped(Columns((Column("Date", Meaning.NIGHT), Column("Legs", Meaning.SEVERITY, "0-10")))).key
    'plain_csv'
    """
    return Format(KEY, _("Table (CSV)"), proven=True, sniff=lambda _file: False, read=partial(_read, columns))


@dataclass(slots=True)
class _Seen:
    """Which nights were met, and where; how many of one thing a night has had."""

    lines: dict[date, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)


def _read(columns: Columns, file: Path, zone: str) -> Read:
    shape, seen = of_file(file), _Seen()
    if [one.name for one in columns.columns] != list(shape.names):
        yield LeftOut(file.name, _("its columns are others than those that were told"), bad=True)
        return
    mark = header_of(shape.names)[:_MARK]
    for number, cells in rows(file, shape):
        place = _("line {number}", number=number)
        if isinstance(cells, str):
            yield LeftOut(place, cells, bad=True)
        elif len(cells) != len(shape.names):
            told = {"found": len(cells), "wanted": len(shape.names)}
            yield LeftOut(place, _("it has {found} cells; allowed: {wanted}, as in the first line", **told), bad=True)
        else:
            yield from _row(_At(place, number, mark, zone), columns, cells, seen)


@dataclass(frozen=True, slots=True)
class _At:
    """Where a row stands, and in which zone its times are."""

    place: str
    number: int
    mark: str
    zone: str


def _row(at: _At, columns: Columns, cells: list[str], seen: _Seen) -> Iterator[Entry | LeftOut]:
    """Yield what a row holds, or why it is left out as a whole: half a night would be a wrong one."""
    row = row_of(columns, cells, at.zone)
    try:
        on = night(row)
        if not _FIRST_YEAR <= on.year <= _LAST_YEAR:
            raise ValueError(_("the night is {night}; allowed: 1970 to 2199", night=on))  # noqa: TRY301 - as any other cell
        noted = moment(instant_in(on, _NOON, at.zone), at.zone)
        found = list(payloads(row, on))
    except (ValueError, OverflowError) as error:
        yield LeftOut(at.place, f"{error}", bad=True)
        return
    if not found:
        yield LeftOut(at.place, _("there is nothing in it to be taken in"))
    elif seen.lines.setdefault(on, at.number) != at.number and any(not isinstance(one, _ADDS_UP) for one in found):
        yield LeftOut(at.place, _("the night of {night} stands in line {line} already", night=on, line=seen.lines[on]))
    else:
        for one in found:
            yield _entry(at, on, one, noted, seen)


def _entry(at: _At, on: date, one: Payload, noted: Moment, seen: _Seen) -> Entry:
    """Return an entry under a name that the same night has in a longer table too.

    It counts as noted when the night began: whatever the person noted of that night themselves is newer.
    """
    name = f"{at.mark} {on} {_kind(one)}"
    seen.taken[name] = seen.taken.get(name, 0) + 1
    more = f" {seen.taken[name]}" if seen.taken[name] > 1 else ""
    return Entry(at.place, f"{name}{more}", one, noted, on)


def _kind(one: Payload) -> str:
    if isinstance(one, Intake):
        return f"{one.substance} {one.name or ''}".strip()
    if isinstance(one, Remark):
        return f"note {one.about}"
    return {NightRating: "rating", Sleep: "sleep"}[type(one)]
