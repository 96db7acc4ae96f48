"""A row of a database from elsewhere: any column may hold anything, whatever its table says."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from quietlegs.records.bounds import RangeError
from quietlegs.words.catalogue import _

Cell = int | float | str | bytes | None
_SHOWN = 40
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEAR_2200 = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by the names of their columns; rows of a table are counted from 1, as they were read."""

    table: str
    number: int
    cells: dict[str, Cell]

    @property
    def place(self) -> str:
        """Where it stands."""
        return _("table {table}, row {number}", table=self.table, number=self.number)

    def whole(self, column: str, low: int, high: int) -> int:
        """Return a whole number; RangeError names column, value and what is allowed."""
        cell = self.cells[column]
        if not isinstance(cell, int) or not low <= cell <= high:
            raise RangeError(column, shown(cell), _("a whole number from {low} to {high}", low=low, high=high))
        return cell

    def text(self, column: str, longest: int) -> str:
        """Return a text without the blanks around it; RangeError where it is none, empty, or too long."""
        cell = self.cells[column]
        if not isinstance(cell, str) or not 1 <= len(cell.strip()) <= longest:
            raise RangeError(column, shown(cell), _("a text of 1 to {longest} characters", longest=longest))
        return cell.strip()

    def name(self, *columns: str, longest: int = 80) -> str:
        """Return the first of these columns that holds a text, cut where it is long; empty where none does."""
        told = (cell.strip() for cell in map(self.cells.get, columns) if isinstance(cell, str))
        return next((text[:longest].strip() for text in told if text), "")

    def instant(self, column: str, unit: timedelta) -> datetime:
        """Return the instant that is so many units after 1970 began, in UTC."""
        return _EPOCH + self.whole(column, 0, (_YEAR_2200 - _EPOCH) // unit) * unit


def shown(cell: Cell) -> Cell:
    """Return a cell as an error shows it: cut where it is long."""
    if isinstance(cell, str | bytes) and len(cell) > _SHOWN:
        return cell[:_SHOWN]
    return cell
