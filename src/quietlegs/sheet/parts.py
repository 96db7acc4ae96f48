"""What a sheet of paper is made of: boxes, lists and tables of plain texts, and the numbers of its chart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """One number that is read first."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """A heading and what is said of each thing."""

    title: str
    intro: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below their columns' names; `empty` is said where there is none.

    Where the page is too short for all, the last rows give way: `more` says how many are left out, for one, two ...
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    note: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One week of the chart: mean severity, nights free of symptoms and with them, and the hour of onset.

    `onset` is minutes after noon. None: nothing was noted, so nothing is drawn.
    """

    label: str
    mean: float | None
    mean_told: str
    free: int
    felt: int
    missing: int
    onset: float | None
    onset_told: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The weeks, what each row of the chart is called, its key, and all of it in words for who cannot see it."""

    title: str
    severity: str
    nights: str
    onset: str
    hours: tuple[tuple[float, str], ...]
    key: tuple[str, str, str]
    weeks: tuple[Bar, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page, in one language; `nights` is None where the table of all nights is not wanted."""

    language: str
    title: str
    subtitle: str
    made: str
    blanks: tuple[str, ...]
    boxes: tuple[Box, ...]
    chart: Chart
    signs: Pairs
    medicines: Table
    tried: Table
    sleep: Pairs
    labs: Table
    scores: Table
    remarks: Pairs
    small_print: Pairs
    footer: str
    nights: Table | None = None
