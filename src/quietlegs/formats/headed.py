"""Tables with a line of names on top: each row as its cells by name, whatever order the columns have."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from quietlegs.formats.reading import LeftOut
from quietlegs.formats.text import beginning, table
from quietlegs.words.catalogue import _

Cells = dict[str, str]
_QUOTES = '"'
_LINE_ENDS = ("\n", "\r")


def begins_with(file: Path, *names: Sequence[str]) -> bool:
    """Tell whether the first line of a file begins with one of these rows of names."""
    first = next(iter(beginning(file).splitlines()), "")
    header = _named(first.split(","))
    return any(header[: len(wanted)] == list(wanted) for wanted in names)


def headed(
    text: Iterable[str],
    needed: Sequence[str],
    separator: str = ",",
    *,
    begins: re.Pattern[str] | None = None,
    ended: bool = False,
) -> Iterator[tuple[str, Cells] | LeftOut]:
    """Yield the place and the cells of each row; a reason instead where the row is none.

    Parameters
    ----------
    text : iterable of str
        The lines, the names first; names are told in small letters.
    needed : sequence of str
        Names without which nothing can be read.
    separator : str
        What stands between two cells.
    begins : re.Pattern, optional
        How a row begins: where a line inside a cell begins so, a quote was lost and rows are swallowed.
    ended : bool
        Whether the program ends every line: the last row is cut where it does not end.
    """
    heard = _Heard(text)
    rows = table(heard, separator)
    number, first = next(rows, (1, ""))
    header = _named(first) if isinstance(first, list) else []
    missing = [name for name in needed if name not in header]
    if missing:
        words = _("it has no {name}", name=", ".join(missing))
        yield LeftOut(_("line {number}", number=number), words, bad=True)
        return
    for number, row in rows:
        place = _("line {number}", number=number)
        if isinstance(row, str):
            yield LeftOut(place, row, bad=True)
        elif row and len(row) != len(header):
            words = _("it has {count} cells; allowed: {most}", count=len(row), most=len(header))
            yield LeftOut(place, words, bad=True)
        elif begins and any(begins.match(line) for cell in row for line in cell.split("\n")[1:]):
            yield LeftOut(place, _("a text in it goes on over rows below, as if a quote were missing"), bad=True)
        elif row and ended and not heard.line.endswith(_LINE_ENDS):
            yield LeftOut(place, _("the file ends in this row"), bad=True)
        elif row:
            yield place, dict(zip(header, row, strict=True))


class _Heard:
    """Lines, and the one that was told last."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = text
        self.line = ""

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.line = line
            yield line


def _named(row: Sequence[str]) -> list[str]:
    return [cell.strip().strip(_QUOTES).lower() for cell in row]
