"""Bytes to rows: encoding, separators, quotes and line lengths, one line at a time."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

LONGEST_LINE = 64 * 1024
_SHOWN = 60
_SEPARATORS = (",", ";", "\t")
_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_UTF8_MARK = b"\xef\xbb\xbf"
_SAVE = "UTF-8 text; save the table again as CSV in UTF-8"


@dataclass(frozen=True, slots=True)
class DiaryError:
    """What is wrong and where: `line` 0 is the file as a whole, `column` None the whole line."""

    line: int
    column: str | None
    value: str
    allowed: str

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else "the file"
        column = f", column {self.column!r}" if self.column is not None else ""
        return f"{place}{column}: {_short(self.value)!r}; allowed: {self.allowed}"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line by column, without the blanks around them."""

    line: int
    cells: dict[str, str]


class _StopError(Exception):
    """The rest of the file cannot be read."""

    def __init__(self, error: DiaryError) -> None:
        super().__init__(str(error))
        self.error = error


class _Lines:
    """Yields lines as text to the csv module, remembers where it is and what was wrong on the way."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.number = 0
        self.offset = 0
        self.errors: list[DiaryError] = []

    def __iter__(self) -> Iterator[str]:
        while raw := self.stream.readline(LONGEST_LINE + 1):
            self.number += 1
            if len(raw) > LONGEST_LINE:
                shown = raw[:_SHOWN].decode("utf-8", "replace")
                raise _StopError(self._error(shown, f"lines of at most {LONGEST_LINE} bytes; reading stopped here"))
            text = self._text(raw)
            self.offset += len(raw)
            if text is not None:
                yield text

    def _error(self, value: str, allowed: str) -> DiaryError:
        return DiaryError(self.number, None, value, allowed)

    def _text(self, raw: bytes) -> str | None:
        if self.number == 1:
            for mark, name in _MARKS.items():
                if raw.startswith(mark):
                    raise _StopError(self._error(f"{name} text", _SAVE))
            raw = raw.removeprefix(_UTF8_MARK)
        if b"\0" in raw:
            at = self.offset + raw.index(b"\0")
            raise _StopError(self._error(f"a NUL byte at byte {at}", f"text, no binary file; {_SAVE}"))
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            found = self._error(f"byte 0x{raw[error.start]:02x} at byte {self.offset + error.start}", _SAVE)
        if self.number == 1:
            raise _StopError(found)
        self.errors.append(found)
        return None

    def taken(self) -> list[DiaryError]:
        """Hand over the errors met since the last call."""
        found, self.errors = self.errors, []
        return found


def rows(stream: BinaryIO, wanted: Sequence[str]) -> Iterator[Row | DiaryError]:
    """Yield the rows below the header, cut down to the wanted columns, and an error for each that is broken."""
    lines = _Lines(stream)
    texts = iter(lines)
    try:
        names, separator = _header(next(texts, ""), wanted)
        yield from _body(lines, csv.reader(texts, delimiter=separator, strict=True), names, wanted)
    except _StopError as stop:
        yield from lines.taken()
        yield stop.error


def _header(line: str, wanted: Sequence[str]) -> tuple[list[str], str]:
    """Find the separator that gives the wanted columns, or else the most columns."""
    if not line.strip():
        raise _StopError(DiaryError(1, None, line or "empty file", "a first line with the columns' names"))
    found = [(_cells(line, separator), separator) for separator in _SEPARATORS]
    names, separator = max(found, key=lambda each: (len(set(wanted) & set(each[0])), len(each[0])))
    present = ", ".join(repr(_short(name)) for name in names if name) or "no columns"
    for name in wanted:
        if names.count(name) != 1:
            value = "missing" if name not in names else "there more than once"
            raise _StopError(DiaryError(1, name, value, f"one of: {present[:1000]}"))
    return names, separator


def _cells(line: str, separator: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator, strict=True), [])]
    except csv.Error:
        return []


def _body(
    lines: _Lines, reader: "Iterator[list[str]]", names: list[str], wanted: Sequence[str]
) -> Iterator[Row | DiaryError]:
    while True:
        start = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield from lines.taken()
            yield DiaryError(start, None, str(error), _quoting(start, lines.number))
            continue
        yield from lines.taken()
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield _row(start, cells, names, wanted)


def _quoting(start: int, end: int) -> str:
    lost = f"; lines {start} to {end} were left out" if end > start else ""
    return f"cells whose quotes are closed, and lines that end in LF or CR LF{lost}"


def _row(line: int, cells: list[str], names: list[str], wanted: Sequence[str]) -> Row | DiaryError:
    if len(cells) != len(names):
        return DiaryError(line, None, f"{len(cells)} cells", f"{len(names)}, as in the first line")
    known = dict(zip(names, cells, strict=True))
    return Row(line, {name: known[name].strip() for name in wanted})


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
