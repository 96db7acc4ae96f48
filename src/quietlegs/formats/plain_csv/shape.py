"""How a table of text is written: its letters, what separates its cells, whether its first line names them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from quietlegs.formats.plain_csv.cells import date_and_rest, number_of, time_of
from quietlegs.formats.reading import NotReadableError
from quietlegs.formats.text import lines_of, table
from quietlegs.formats.watching import open_bytes
from quietlegs.words.catalogue import _

_LOOKED_AT = 4 * 2**20
_LOOKED_AT_ROWS = 50
_SEPARATORS = (",", ";", "\t", "|")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Latin-1"}
_NO_TEXT = (b"PK\x03\x04", b"%PDF", b"SQLite format", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8")
_MARKUP = ("<", "{", "[")
_MOST_COLUMNS = 200
_LONGEST_NAME = 80
# Where every second byte is nothing, letters are two bytes wide.
_WIDE = 0.3
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Shape:
    """Letters, separator, how many lines stand above the first row, and the columns' names."""

    encoding: str
    separator: str
    above: int
    names: tuple[str, ...]

    @property
    def letters(self) -> str:
        """What the letters are called."""
        return _NAMES[self.encoding]


def shape_of(file: Path) -> Shape | None:
    """Return how a table is written; None where the file is none."""
    try:
        with file.open("rb") as handle:
            start = handle.read(_LOOKED_AT)
    except OSError:
        return None
    encoding = _encoding(start)
    text = start.decode(encoding, errors="replace")
    if start.startswith(_NO_TEXT) or text.lstrip()[:1] in ("", *_MARKUP):
        return None
    return _best(encoding, text.splitlines()[: _LOOKED_AT_ROWS + 1])


def rows(file: Path, shape: Shape) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row below the names with the number of its line; one that cannot be read comes as the reason."""
    with open_bytes(file) as stream:
        for number, row in table(lines_of(stream, shape.encoding), shape.separator):
            if number > shape.above and (isinstance(row, str) or any(cell.strip() for cell in row)):
                yield number, row


def of_file(file: Path) -> Shape:
    """Return how a table is written; NotReadableError where the file is none."""
    shape = shape_of(file)
    if shape is None:
        raise NotReadableError(_("{file} is no table of text", file=file.name))
    return shape


def _encoding(start: bytes) -> str:
    """Tell the letters by a mark, by empty bytes, or by what is more: good UTF-8 or bytes that are none."""
    for mark, name in _MARKS.items():
        if start.startswith(mark):
            return name
    near = start[:4096]
    for name, empty in (("utf-16-le", near[1::2]), ("utf-16-be", near[::2])):
        if empty and empty.count(0) > _WIDE * len(empty):
            return name
    text = start.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    wide = sum(1 for sign in text if not sign.isascii()) - bad if bad else 0
    return "cp1252" if bad > wide else "utf-8-sig"


def _best(encoding: str, lines: list[str]) -> Shape | None:
    """Choose the separator by which most lines have as many cells as the first one."""
    told = lines[0].strip().lower() if lines else ""
    above = 1 if told.startswith("sep=") else 0
    found = []
    for separator in _SEPARATORS:
        cells = _cells(lines[above:], separator)
        width = len(cells[0]) if cells else 0
        alike = sum(1 for row in cells if len(row) == width)
        if 2 <= width <= _MOST_COLUMNS and len(cells) > 1 and alike >= _ALIKE * len(cells):  # noqa: PLR2004 - a table
            found.append((alike * width, separator, cells[0]))
    if not found:
        return None
    _weight, separator, first = max(found, key=lambda one: one[0])
    if _is_data(first):
        return Shape(encoding, separator, above, tuple(_nameless(place) for place in range(len(first))))
    return Shape(encoding, separator, above + 1, _names(first))


def _cells(lines: list[str], separator: str) -> list[list[str]]:
    # With their ends, a cell of several lines is one.
    found = islice(table((f"{line}\n" for line in lines), separator), _LOOKED_AT_ROWS)
    return [row for _number, row in found if isinstance(row, list) and any(cell.strip() for cell in row)]


def _is_data(first: list[str]) -> bool:
    """Whether the first line holds values already, and no names."""
    return any(_is_value(cell.strip()) for cell in first)


def _is_value(cell: str) -> bool:
    return number_of(cell) is not None or time_of(cell) is not None or date_and_rest(cell, "dmy") is not None


def _names(first: list[str]) -> tuple[str, ...]:
    """Return a name for each column that no other has."""
    names: list[str] = []
    for place, cell in enumerate(first):
        name = " ".join(cell.split())[:_LONGEST_NAME] or _nameless(place)
        names.append(name if name not in names else f"{name} ({place + 1})")
    return tuple(names)


def _nameless(place: int) -> str:
    return f"#{place + 1}"
