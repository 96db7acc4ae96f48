"""Reads a diary kept as a table of text: one line a night, columns for date, arm and answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from quietlegs.formats.diary_csv.cells import CellError, answer_of, arm_of, date_of
from quietlegs.formats.diary_csv.lines import DiaryError, Row, rows


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that are read; the others are left alone."""

    date: str
    arm: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class DiaryNight:
    """One line: the night, its arm (None: none) and the answer in the file's own unit (None: not answered)."""

    on: date
    arm: str | None
    outcome: float | None


def read(source: Path | BinaryIO, *, date: str, arm: str | None, outcome: str) -> Iterator[DiaryNight | DiaryError]:
    r"""Yield the nights of a CSV file, and an error in place of every line that cannot be read.

    Lines are read one by one and nothing is kept but the dates seen. A bad line never stops the rest; a file
    that is not a diary at all gives one error and ends.

    Parameters
    ----------
    source : Path or binary stream
        UTF-8 text, separated by comma, semicolon or tab, with the columns' names in its first line.
    date, outcome : str
        Column with ISO 8601 dates; column with numbers, a blank one being a night not answered.
    arm : str or None
        Column with the arm, a blank one being a night outside the trial; None when there is no such column.

    Examples
    --------
    >>> from io import BytesIO
    >>> text = b"day,arm,bad\n2026-01-05,calf,4\n2026-01-06,calf,four\n"
    >>> night, error = read(BytesIO(text), date="day", arm="arm", outcome="bad")
    >>> night.outcome, str(error)
    (4.0, "line 3, column 'bad': 'four'; allowed: a number such as 3.5, or blank when not answered")
    """
    columns = Columns(date, arm, outcome)
    if not isinstance(source, Path):
        yield from _nights(source, columns)
        return
    try:
        with source.open("rb") as stream:
            yield from _nights(stream, columns)
    except OSError as error:
        yield DiaryError(0, None, str(source), f"a file that can be read ({error.strerror})")


def _nights(stream: BinaryIO, columns: Columns) -> Iterator[DiaryNight | DiaryError]:
    wanted = tuple(name for name in (columns.date, columns.arm, columns.outcome) if name is not None)
    seen: dict[date, int] = {}
    found_rows = False
    for row in rows(stream, wanted):
        found_rows = True
        yield row if isinstance(row, DiaryError) else _night(row, columns, seen)
    if not found_rows:
        yield DiaryError(2, None, "no lines below the header", "one line a night")


def _new_date(text: str, seen: dict[date, int]) -> date:
    on = date_of(text)
    if on in seen:
        raise CellError(f"{on}", f"each date once; line {seen[on]} has it too")
    return on


def _night(row: Row, columns: Columns, seen: dict[date, int]) -> DiaryNight | DiaryError:
    column = columns.date
    try:
        on = _new_date(row.cells[columns.date], seen)
        seen[on] = row.line
        column = columns.outcome
        answer = answer_of(row.cells[columns.outcome])
        arm = None
        if columns.arm is not None:
            column = columns.arm
            arm = arm_of(row.cells[columns.arm])
    except CellError as error:
        return DiaryError(row.line, column, error.value, error.allowed)
    return DiaryNight(on, arm, answer)
