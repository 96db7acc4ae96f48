"""One cell of a diary: a date, an answer or an arm."""

import math
import re
from datetime import date

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", flags=re.ASCII)
_OTHER_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}", flags=re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MONTHS = 12
_LONGEST_ARM = 80


class CellError(ValueError):
    """A cell does not hold what its column should."""

    def __init__(self, value: str, allowed: str) -> None:
        super().__init__(f"{value!r}; allowed: {allowed}")
        self.value = value
        self.allowed = allowed


def date_of(text: str) -> date:
    """Read an ISO 8601 date; other orders of day and month are refused, since they can be read in two ways."""
    allowed = "a date such as 2026-01-31 (year-month-day)"
    other = _OTHER_DATE.fullmatch(text)
    if other:
        both = all(1 <= int(part) <= _MONTHS for part in other.groups()) and other[1] != other[2]
        why = " because day and month could be either way round here" if both else ""
        raise CellError(text, f"{allowed}{why}")
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise CellError(text, allowed) from error
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise CellError(text, f"a date from {_FIRST_YEAR} to {_LAST_YEAR}")
    return found


def answer_of(text: str) -> float | None:
    """Read a finite number; blank is None, not answered."""
    if not text:
        return None
    found = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(found):
        point = " (with a point, not a comma)" if _NUMBER.fullmatch(text.replace(",", ".")) else ""
        raise CellError(text, f"a number such as 3.5{point}, or blank when not answered")
    return found


def arm_of(text: str) -> str | None:
    """Read an arm's name; blank is None, and a whole number is written as one (1.0 is 1)."""
    if len(text) > _LONGEST_ARM:
        raise CellError(text, f"a name of at most {_LONGEST_ARM} characters")
    if not text.isprintable():
        raise CellError(text, "a name without control characters")
    if _NUMBER.fullmatch(text):
        number = float(text)
        return f"{number:g}" if number.is_integer() else text
    return text or None
