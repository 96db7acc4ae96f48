"""A row of a table as entries of the diary: the rating, the sleep and what was taken, of one night."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from quietlegs.formats.plain_csv.cells import date_and_rest, length_of, number_of, plain, time_of
from quietlegs.formats.plain_csv.meaning import DATES, INTAKES, TIMES, UNITS, Column, Columns, Meaning, scale_of
from quietlegs.records.fact import Payload
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import find_zone, instant_in, moment, night_of
from quietlegs.records.remark import Remark
from quietlegs.records.slept import MOST, Intake, Sleep, Substance, Unit
from quietlegs.words.catalogue import _

SOURCE = "CSV"
_DAY = timedelta(days=1)
_NOTHING = frozenset({"", "-", "--", "0", "no", "none", "nein", "keine", "ninguno", "ninguna", "n/a", "na"})
_BLANK = frozenset({"", "-", "--", "n/a", "na", "nan", "null", "none"})
_MEDICINE = re.compile(r"(.*\S)\s+(\d+(?:[.,]\d+)?)\s*([^\W\d]+)\.?")
_BARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d]+)\.?")
_IN_HEAD = re.compile(r"[\[(]\s*([^\W\d]+)\s*[\])]")
_MOST_AWAKENINGS = 100
_LONGEST_SHOWN = 40
_LONGEST_NOTE = 10_000
_SPREAD = timedelta(hours=36)
_LONGEST = timedelta(hours=24)
V = TypeVar("V")


class CellError(ValueError):
    """A cell does not hold what its column should: names column, value and what is allowed."""

    def __init__(self, column: str, value: str, allowed: str) -> None:
        shown = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
        super().__init__(_("{column}: {value}; allowed: {allowed}", column=column, value=repr(shown), allowed=allowed))


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, each with what its column means."""

    cells: tuple[tuple[Column, str], ...]
    order: str
    zone: str

    def cell(self, meaning: Meaning) -> tuple[Column, str] | None:
        """Return the column and the value of a meaning; None where there is none, or it is blank."""
        for column, text in self.cells:
            if column.meaning is meaning and text.lower() not in _BLANK:
                return column, text
        return None

    def value(self, meaning: Meaning, read: Callable[[str], V | None], allowed: str) -> V | None:
        """Return what a cell holds; None where it is blank. CellError where it holds something else."""
        found = self.cell(meaning)
        if found is None:
            return None
        value = read(found[1])
        if value is None:
            raise CellError(found[0].name, found[1], allowed)
        return value


def row_of(columns: Columns, cells: list[str], zone: str) -> Row:
    """Put a row's cells to their columns."""
    return Row(tuple(zip(columns.columns, (one.strip() for one in cells), strict=True)), columns.order, zone)


def night(row: Row) -> date:
    """Return the night of a row: by its date, else by the first time that carries one."""
    for meaning in DATES:
        on = row.value(meaning, lambda text: date_and_rest(text, row.order), _date_allowed(row.order))
        if on is not None:
            return on[0] - (_DAY if meaning is Meaning.MORNING else timedelta(0))
    for meaning in TIMES:
        found = row.cell(meaning)
        dated = date_and_rest(found[1], row.order) if found else None
        if dated and time_of(dated[1]):
            return night_of(moment(_on_that_day(dated[0], dated[1], row.zone), row.zone))
    raise ValueError(_("it has no date"))


def payloads(row: Row, on: date) -> Iterator[Payload]:
    """Yield what a row holds of a night. ValueError, for the rest of the row, where a cell cannot be understood."""
    rating = _rating(row, on)
    if rating is not None:
        yield rating
    sleep = _sleep(row, on)
    if sleep is not None:
        yield sleep
    yield from _intakes(row)
    yield from _notes(row)


def _notes(row: Row) -> Iterator[Remark]:
    """Yield each note under the name of its column, as it was written."""
    for column, text in row.cells:
        if column.meaning is Meaning.NOTE and text.lower() not in _BLANK:
            if len(text) > _LONGEST_NOTE:
                allowed = _("a text of 1 to {longest} characters", longest=_LONGEST_NOTE)
                raise CellError(column.name, text, allowed)
            yield Remark(column.name, note=text, source=SOURCE)


def _rating(row: Row, on: date) -> NightRating | None:
    found = row.cell(Meaning.SEVERITY)
    severity = None
    if found is not None:
        scale = scale_of(found[0].how)
        severity = scale.on_ten(found[1]) if scale else None
        if severity is None:
            raise CellError(found[0].name, found[1], f"{scale}")
    began = _instant(row, Meaning.ONSET, on)
    if severity is None and began is None:
        return None
    # What began is not nothing: a nought beside an hour is a night without symptoms.
    return NightRating(severity, None if severity == 0 else began)


def _sleep(row: Row, on: date) -> Sleep | None:
    out, asleep, up = (_instant(row, one, on) for one in (Meaning.LIGHTS_OUT, Meaning.ASLEEP, Meaning.UP))
    begins = out or asleep
    if up is not None and begins is not None and up < begins and row_has_no_date(row, Meaning.UP):
        # Who sleeps beyond noon gets up on the day after the night's.
        up += _DAY
    out, asleep, up = _with_length(row, out, asleep, up)
    awake = row.value(Meaning.AWAKENINGS, _count, f"0 to {_MOST_AWAKENINGS}")
    quality = _quality(row)
    if (out, asleep, up, awake, quality) == (None,) * 5:
        return None
    return Sleep(out, asleep, up, awake, quality, SOURCE)


def _with_length(
    row: Row, out: datetime | None, asleep: datetime | None, up: datetime | None
) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Put how long one slept between the times that are known; where all of them are, it is not needed."""
    long = _length(row)
    if long is None:
        return out, asleep, up
    if up is not None and asleep is None:
        earliest = up - long
        asleep = earliest if out is None or earliest >= out else None
    elif up is None and (asleep or out) is not None:
        up = (asleep or out or datetime.min.replace(tzinfo=UTC)) + long
    return out, asleep, up


def _length(row: Row) -> timedelta | None:
    for meaning, one in ((Meaning.HOURS, timedelta(hours=1)), (Meaning.MINUTES, timedelta(minutes=1))):
        found = row.cell(meaning)
        if found is None:
            continue
        long = length_of(found[1], one)
        if long is None or not timedelta(0) <= long <= _LONGEST:
            raise CellError(found[0].name, found[1], _("0 to 24 hours, such as 7.5, 7:30 or 7 h 30 min"))
        return long
    return None


def _quality(row: Row) -> int | None:
    found = row.cell(Meaning.QUALITY)
    if found is None:
        return None
    scale = scale_of(found[0].how)
    quality = scale.on_ten(found[1]) if scale else None
    if quality is None:
        raise CellError(found[0].name, found[1], f"{scale}")
    return quality


def _instant(row: Row, meaning: Meaning, on: date) -> datetime | None:
    """Return when something was in a night; a cell may hold the time alone, or its date too."""
    allowed = _("a time such as 22:30 or 10:30 pm")
    found = row.cell(meaning)
    if found is None:
        return None
    dated = date_and_rest(found[1], row.order)
    told = time_of(dated[1] if dated else found[1])
    if told is None:
        raise CellError(found[0].name, found[1], allowed)
    at = _on_that_day(dated[0], dated[1], row.zone) if dated else instant_in(on, told[0], row.zone)
    if abs(at - instant_in(on, time(0), row.zone)) > _SPREAD:
        raise CellError(found[0].name, found[1], _("a time within the night of {night}", night=on))
    return at


def _on_that_day(on: date, text: str, zone: str) -> datetime:
    told = time_of(text)
    if told is None:
        raise ValueError(text)
    return datetime.combine(on, told[0], told[1] or find_zone(zone)).astimezone(UTC)


def row_has_no_date(row: Row, meaning: Meaning) -> bool:
    """Whether a cell holds a time alone."""
    found = row.cell(meaning)
    return found is not None and date_and_rest(found[1], row.order) is None


def _intakes(row: Row) -> Iterator[Intake]:
    for column, text in row.cells:
        if column.meaning in INTAKES:
            yield from _plain_intake(column, text, INTAKES[column.meaning])
        elif column.meaning is Meaning.MEDICINE:
            yield from _medicines(column, text)


def _plain_intake(column: Column, text: str, substance: Substance) -> Iterator[Intake]:
    if plain(text) in _NOTHING:
        return
    [(unit, most)] = MOST[substance].items()
    bare = _BARE.fullmatch(text)
    same = bare is not None and (plain(bare[2]) == unit or unit is Unit.CUP)
    amount = number_of(bare[1] if bare and same else text)
    if amount is None or not 0 <= amount <= most:
        raise CellError(column.name, text, f"0 - {most:g} {unit}")
    if amount:
        yield Intake(substance, amount, unit)


def _medicines(column: Column, text: str) -> Iterator[Intake]:
    """Yield each medicine of a cell: a name with amount and unit, or an amount of the one that the column names."""
    for one in re.split(r"[;|\n]| \+ ", text):
        if plain(one) not in _NOTHING:
            yield _medicine(column, one.strip())


def unit_in(name: str) -> Unit | None:
    """Return the unit that a column's name holds in brackets."""
    head = _IN_HEAD.search(name)
    return UNITS.get(plain(head[1])) if head else None


def _medicine(column: Column, text: str) -> Intake:
    name = _IN_HEAD.sub("", column.name).strip() or column.name
    unit = column.how or unit_in(column.name) or ""
    bare, whole, number = _BARE.fullmatch(text), _MEDICINE.fullmatch(text), number_of(text)
    if number is not None:
        amount = number
    elif bare:
        amount, unit = float(bare[1].replace(",", ".")), bare[2]
    elif whole:
        name, amount, unit = whole[1], float(whole[2].replace(",", ".")), whole[3]
    else:
        unit, amount = "", 0.0
    known = UNITS.get(plain(unit))
    most = MOST[Substance.MEDICINE]
    if known is None or not 0 < amount <= most[known]:
        raise CellError(column.name, text, _("an amount with its unit, such as 2 tablets or 0.18 mg"))
    return Intake(Substance.MEDICINE, amount, known, name=name[:120])


def _count(text: str) -> int | None:
    number = number_of(text)
    return int(number) if number is not None and number.is_integer() and 0 <= number <= _MOST_AWAKENINGS else None


def _date_allowed(order: str) -> str:
    return _("a date such as 2026-01-31, {other}", other="31.1.2026" if order != "mdy" else "1/31/2026")
