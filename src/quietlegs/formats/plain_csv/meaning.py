"""What the columns of a table mean, as a person says it: on the page, or in the terminal."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from quietlegs.formats.plain_csv.cells import DAY_FIRST, MONTH_FIRST, number_of, plain
from quietlegs.records.slept import Substance, Unit
from quietlegs.words.catalogue import _, later

ORDERS = (DAY_FIRST, MONTH_FIRST)
_RANGE = re.compile(r"\s*([+-]?\d+(?:[.,]\d+)?)\s*(?:-|\u2013|to|bis|a)\s*([+-]?\d+(?:[.,]\d+)?)\s*")
_BEST = 10
_FEWEST_WORDS = 2


class Meaning(StrEnum):
    """What a column holds."""

    LEAVE = "leave"
    NIGHT = "night"
    MORNING = "morning"
    SEVERITY = "severity"
    ONSET = "onset"
    LIGHTS_OUT = "lights-out"
    ASLEEP = "asleep"
    UP = "up"
    HOURS = "hours"
    MINUTES = "minutes"
    AWAKENINGS = "awakenings"
    QUALITY = "quality"
    MEDICINE = "medicine"
    CAFFEINE = "caffeine"
    ALCOHOL = "alcohol"
    NICOTINE = "nicotine"
    TEA = "tea"
    IRON = "iron"
    MAGNESIUM = "magnesium"
    NOTE = "note"


SAID: dict[Meaning, str] = {
    Meaning.LEAVE: later("not taken in"),
    Meaning.NIGHT: later("date of the night: its evening"),
    Meaning.MORNING: later("date of the morning after the night"),
    Meaning.SEVERITY: later("how bad the legs were"),
    Meaning.ONSET: later("time when it began in the legs"),
    Meaning.LIGHTS_OUT: later("time of light out"),
    Meaning.ASLEEP: later("time of falling asleep"),
    Meaning.UP: later("time of getting up"),
    Meaning.HOURS: later("hours slept"),
    Meaning.MINUTES: later("minutes slept"),
    Meaning.AWAKENINGS: later("how often awake"),
    Meaning.QUALITY: later("how good the sleep was"),
    Meaning.MEDICINE: later("medicine, with its amount"),
    Meaning.CAFFEINE: later("caffeine in mg"),
    Meaning.ALCOHOL: later("alcohol in g"),
    Meaning.NICOTINE: later("nicotine in mg"),
    Meaning.TEA: later("cups of tea"),
    Meaning.IRON: later("iron in mg"),
    Meaning.MAGNESIUM: later("magnesium in mg"),
    Meaning.NOTE: later("a note in your own words"),
}
DATES = frozenset({Meaning.NIGHT, Meaning.MORNING})
TIMES = frozenset({Meaning.ONSET, Meaning.LIGHTS_OUT, Meaning.ASLEEP, Meaning.UP})
LENGTHS = frozenset({Meaning.HOURS, Meaning.MINUTES})
SCALES = frozenset({Meaning.SEVERITY, Meaning.QUALITY})
INTAKES = {
    Meaning.CAFFEINE: Substance.CAFFEINE,
    Meaning.ALCOHOL: Substance.ALCOHOL,
    Meaning.NICOTINE: Substance.NICOTINE,
    Meaning.TEA: Substance.TEA,
    Meaning.IRON: Substance.IRON,
    Meaning.MAGNESIUM: Substance.MAGNESIUM,
}
# What a unit is called, in the languages spoken here.
UNITS = {
    "mg": Unit.MG, "g": Unit.G, "ml": Unit.ML,
    "tablet": Unit.TABLET, "tablets": Unit.TABLET, "tab": Unit.TABLET, "tbl": Unit.TABLET, "tablette": Unit.TABLET,
    "tabletten": Unit.TABLET, "comprimido": Unit.TABLET, "comprimidos": Unit.TABLET,
    "drop": Unit.DROP, "drops": Unit.DROP, "tropfen": Unit.DROP, "gota": Unit.DROP, "gotas": Unit.DROP,
    "patch": Unit.PATCH, "patches": Unit.PATCH, "pflaster": Unit.PATCH, "parche": Unit.PATCH, "parches": Unit.PATCH,
}  # fmt: skip
# Meanings that several columns may have.
SEVERAL = frozenset({Meaning.LEAVE, Meaning.MEDICINE, Meaning.NOTE})


@dataclass(frozen=True, slots=True)
class Scale:
    """How a column's values become 0 to 10: a range of numbers, or words in their order."""

    low: float = 0
    high: float = _BEST
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(self.words) or f"{self.low:g}-{self.high:g}"

    def on_ten(self, text: str) -> int | None:
        """Return the whole number from 0 to 10 that a value stands for; None where it stands for none.

        Halves are rounded up.
        """
        if self.words:
            known = [plain(word) for word in self.words]
            place = known.index(plain(text)) if plain(text) in known else None
            share = None if place is None else place / (len(known) - 1)
        else:
            number = number_of(text)
            share = None if number is None else (number - self.low) / (self.high - self.low)
        return None if share is None or not 0 <= share <= 1 else int(_BEST * share + 0.5)


def scale_of(how: str) -> Scale | None:
    """Read a scale such as 0-10, 10-0, or the words from nothing to worst; None where it is none."""
    if not how.strip():
        return Scale()
    numbers = _RANGE.fullmatch(how)
    if numbers:
        low, high = (float(part.replace(",", ".")) for part in numbers.groups())
        return Scale(low, high) if low != high else None
    words = tuple(word.strip() for word in how.split(",") if word.strip())
    known = {plain(word) for word in words}
    return Scale(words=words) if len(words) == len(known) >= _FEWEST_WORDS else None


@dataclass(frozen=True, slots=True)
class Column:
    """What one column means; `how` is its scale, or a medicine's unit."""

    name: str
    meaning: Meaning = Meaning.LEAVE
    how: str = ""

    def __str__(self) -> str:
        return f"{self.name}={self.meaning}{':' if self.how else ''}{self.how}"


@dataclass(frozen=True, slots=True)
class Columns:
    """What all columns mean, and which of day and month comes first; an empty order was not said yet."""

    columns: tuple[Column, ...] = field(default_factory=tuple)
    order: str = ""

    def of(self, meaning: Meaning) -> int | None:
        """Return the place of the column with a meaning; None where there is none."""
        return next((place for place, one in enumerate(self.columns) if one.meaning is meaning), None)

    def to_json(self) -> dict[str, Any]:
        """Return it in JSON's own types."""
        return {"order": self.order, "columns": [[one.name, one.meaning, one.how] for one in self.columns]}


def from_json(told: dict[str, Any]) -> Columns:
    """Return what `to_json` wrote."""
    return Columns(tuple(Column(name, Meaning(kind), how) for name, kind, how in told["columns"]), told["order"])


def header_of(names: Sequence[str]) -> str:
    """Return by what a table with these columns is known again."""
    return sha256("\0".join(names).encode()).hexdigest()


def wrong_with(columns: Columns) -> list[str]:
    """Return what keeps a table from being read, in sentences; empty where nothing does."""
    given = Counter(one.meaning for one in columns.columns)
    found = [
        _("Two columns are called “{meaning}”; only one can be.", meaning=_(SAID[one]))
        for one, count in given.items()
        if count > 1 and one not in SEVERAL
    ]
    if not given.keys() & DATES and not given.keys() & TIMES:
        found.append(_("Which column holds the date? Without one, nothing can be taken in."))
    if given.keys() >= DATES:
        found.append(_("Only one column can hold the date: of the evening, or of the morning."))
    if not given.keys() - DATES - {Meaning.LEAVE}:
        found.append(_("Besides the date, at least one column has to mean something."))
    if given.keys() & LENGTHS and not given.keys() & TIMES - {Meaning.ONSET}:
        found.append(_("How long you slept is kept with a time: of light out, of falling asleep, or of getting up."))
    return found + [told for one in columns.columns for told in _wrong_how(one)]


def _wrong_how(one: Column) -> list[str]:
    told = {"column": one.name, "value": repr(one.how)}
    if one.meaning in SCALES and scale_of(one.how) is None:
        allowed = _("a range such as 0-10 or 100-0, or words from what is 0 to what is 10: none, mild, severe")
        return [_("{column}: {value}; allowed: {allowed}", **told, allowed=allowed)]
    if one.meaning is Meaning.MEDICINE and one.how and plain(one.how) not in UNITS:
        return [_("{column}: {value}; allowed: {allowed}", **told, allowed=", ".join(Unit))]
    return []
