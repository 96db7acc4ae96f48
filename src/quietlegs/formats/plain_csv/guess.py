"""What the columns of a table could mean, guessed from their names and from all of their values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from quietlegs.formats.plain_csv.cells import (
    DAY_FIRST,
    MONTH_FIRST,
    date_and_rest,
    length_of,
    number_of,
    plain,
    time_of,
)
from quietlegs.formats.plain_csv.meaning import DATES, LENGTHS, ORDERS, SCALES, SEVERAL, TIMES, Column, Columns, Meaning
from quietlegs.formats.plain_csv.night import unit_in
from quietlegs.formats.plain_csv.shape import Shape, of_file, rows

_FIRSTS = 3
_LONGEST_SHOWN = 60
# Part of the values may be blank or wrong: what nearly all are, the column holds.
_MOSTLY = 0.8
_SCALES = (10, 100)
_IN_NAME = re.compile(r"(\d+)\s*[-\u2013]\s*(\d+)")
# In this order: the first name that fits is taken.
_CALLED: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
    (Meaning.MORNING, ("morning", "morgen", "manana", "wake date")),
    (Meaning.NIGHT, ("date", "datum", "fecha", "night", "nacht", "noche", "day", "tag", "dia")),
    (Meaning.AWAKENINGS, ("awakening", "wakings", "erwach", "aufgewacht", "wach gewesen", "despertares", "despertado")),
    (Meaning.ONSET, ("onset", "began", "begin", "started", "beginn", "begann", "inicio", "comienzo")),
    (Meaning.LIGHTS_OUT, ("light", "licht", "luz", "bed", "bett", "cama", "acost")),
    (Meaning.ASLEEP, ("asleep", "eingeschlafen", "dormid", "sleep start", "fell")),
    (Meaning.UP, ("up", "wake", "woke", "aufgestanden", "aufstehen", "levant", "despert")),
    (Meaning.MINUTES, ("minutes", "minuten", "minutos")),
    (Meaning.HOURS, ("hours", "slept", "duration", "sleep", "stunden", "schlafdauer", "dauer", "geschlafen", "horas")),
    (Meaning.QUALITY, ("quality", "qualitaet", "calidad", "rested", "erholt")),
    (Meaning.NOTE, ("note", "notiz", "comment", "kommentar", "bemerkung", "anmerkung", "nota", "comentario", "observ")),
    (Meaning.MEDICINE, ("medic", "medik", "arznei", "tablet", "drug", "dose", "dosis", "(mg)", "[mg]")),
    (Meaning.CAFFEINE, ("caffeine", "koffein", "cafeina")),
    (Meaning.ALCOHOL, ("alcohol", "alkohol")),
    (Meaning.IRON, ("iron", "eisen", "hierro")),
    (Meaning.MAGNESIUM, ("magnesi",)),
    (Meaning.SEVERITY, (
        "severity", "severe", "rls", "restless", "leg", "bein", "pierna", "unruhe", "inquiet", "pain", "schmerz",
        "dolor", "symptom", "sintoma", "beschwerde", "staerke", "intensi", "score",
    )),
)  # fmt: skip


@dataclass(slots=True)
class Seen:
    """A column's values: the first of them, and how many are of each kind."""

    name: str
    firsts: list[str] = field(default_factory=list)
    filled: int = 0
    dates: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDERS, 0))
    times: int = 0
    numbers: int = 0
    lengths: int = 0
    low: float = 0
    high: float = 0

    def add(self, text: str, dated: dict[str, tuple[date, str] | None]) -> None:
        """See one more value, and what date it begins with in each order."""
        self.filled += 1
        if len(self.firsts) < _FIRSTS and text[:_LONGEST_SHOWN] not in self.firsts:
            self.firsts.append(text[:_LONGEST_SHOWN])
        for order in ORDERS:
            self.dates[order] += dated[order] is not None
        either = dated[DAY_FIRST] or dated[MONTH_FIRST]
        self.times += time_of(either[1] if either else text) is not None
        self.lengths += length_of(text, timedelta(hours=1)) is not None
        number = number_of(text)
        if number is not None:
            self.numbers += 1
            self.low, self.high = min(self.low, number), max(self.high, number)

    def mostly(self, count: int) -> bool:
        """Whether nearly all of its values are of a kind."""
        return bool(self.filled) and count >= _MOSTLY * self.filled

    @property
    def is_dates(self) -> bool:
        """Whether it holds dates, by whichever order."""
        return self.mostly(max(self.dates.values()))


@dataclass(frozen=True, slots=True)
class Looked:
    """A table that was gone through: how it is written, its columns, its rows, what it could mean.

    `unsure` is true where every date can be read with the day or with the month first.
    """

    shape: Shape
    seen: tuple[Seen, ...]
    count: int
    guess: Columns
    unsure: bool


def looked_through(file: Path) -> Looked:
    """Go through a table and guess; NotReadableError where it is none."""
    shape = of_file(file)
    seen = tuple(Seen(name) for name in shape.names)
    count = 0
    apart = {DAY_FIRST: 0, MONTH_FIRST: 0}
    for _number, cells in rows(file, shape):
        if isinstance(cells, str) or len(cells) != len(seen):
            continue
        count += 1
        for column, cell in zip(seen, cells, strict=True):
            if text := cell.strip():
                dated = {order: date_and_rest(text, order) for order in ORDERS}
                column.add(text, dated)
                # A date that can be read in one of the two orders alone tells.
                day, month = (dated[order] is not None for order in ORDERS)
                apart[DAY_FIRST] += day and not month
                apart[MONTH_FIRST] += month and not day
    unsure = apart[DAY_FIRST] == apart[MONTH_FIRST] == 0 and any(_either_way(one) for one in seen)
    order = MONTH_FIRST if apart[MONTH_FIRST] > apart[DAY_FIRST] else DAY_FIRST
    return Looked(shape, seen, count, Columns(_guessed(seen), "" if unsure else order), unsure)


def _either_way(seen: Seen) -> bool:
    """Whether the order of day and month changes what a column says."""
    return any(date_and_rest(one, DAY_FIRST) != date_and_rest(one, MONTH_FIRST) for one in seen.firsts)


def _guessed(seen: Sequence[Seen]) -> tuple[Column, ...]:
    given: set[Meaning] = set()
    found = []
    for one in seen:
        meaning = next((each for each in _could_be(one) if each not in given or each in SEVERAL), Meaning.LEAVE)
        given |= {meaning} if meaning not in DATES else DATES
        found.append(Column(one.name, meaning, _how(one, meaning)))
    if not given & DATES:
        place = next((place for place, one in enumerate(seen) if one.is_dates and not one.mostly(one.times)), None)
        if place is not None:
            found[place] = Column(seen[place].name, Meaning.NIGHT)
    return tuple(found)


def _could_be(one: Seen) -> list[Meaning]:
    """Return what a column is called, where its values are of that kind."""
    words = plain(one.name)
    return [meaning for meaning, names in _CALLED if any(name in words for name in names) and _fits(one, meaning)]


def _fits(one: Seen, meaning: Meaning) -> bool:
    if meaning in DATES:
        return one.is_dates and not one.mostly(one.times)
    if meaning in TIMES:
        return one.mostly(one.times)
    if meaning in LENGTHS:
        return one.mostly(one.lengths)
    if meaning in SEVERAL:
        return bool(one.filled) and not one.is_dates
    return one.mostly(one.numbers) and one.low >= 0


def _how(one: Seen, meaning: Meaning) -> str:
    if meaning is Meaning.MEDICINE:
        return unit_in(one.name) or ""
    if meaning not in SCALES:
        return ""
    named = _IN_NAME.search(one.name)
    if named:
        return f"{named[1]}-{named[2]}"
    return next((f"0-{most}" for most in _SCALES if one.high <= most), f"0-{one.high:g}")
