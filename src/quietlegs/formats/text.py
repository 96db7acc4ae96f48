"""Text files from elsewhere, line by line: what cannot be decoded stops nothing, and no line fills the memory."""

import csv
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from quietlegs.formats.watching import open_bytes
from quietlegs.words.catalogue import _

_LOOKED_AT = 4096
_LONGEST_LINE = 2**20


def beginning(file: Path) -> str:
    """Return the first characters, without a byte order mark; empty where the file cannot be opened."""
    try:
        with file.open("rb") as handle:
            return handle.read(_LOOKED_AT).decode("utf-8-sig", errors="replace")
    except OSError:
        return ""


def lines(file: Path) -> Iterator[str]:
    """Yield the lines of a file; bytes that are no UTF-8 become a replacement character."""
    with open_bytes(file) as handle:
        yield from lines_of(handle)


def lines_of(stream: IO[bytes], encoding: str = "utf-8-sig") -> Iterator[str]:
    """Yield the lines of a stream; one that is longer than a million characters comes in pieces."""
    text = TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        while line := text.readline(_LONGEST_LINE):
            # A NUL inside a line would end the reading of a table.
            yield line.replace("\0", "\ufffd")
    finally:
        # The stream is closed by whoever opened it.
        text.detach()


def table(text: Iterable[str], separator: str = ",") -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row of a table of text with the number of its line; a row that is none comes as the reason."""
    ended = _Ended(text)
    rows = csv.reader(ended, delimiter=separator)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield rows.line_num, f"{error}"
            continue
        if ended.told and row:
            # The end became a part of a cell: the file was cut there, or a quote is missing.
            yield rows.line_num - 1, _("a quote in it is never closed")
        elif not ended.told:
            yield rows.line_num, row


class _Ended:
    """Lines with an empty one behind the last, which belongs to a row only where that one has no end."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = text
        self.told = False

    def __iter__(self) -> Iterator[str]:
        yield from self._text
        self.told = True
        yield "\n"
