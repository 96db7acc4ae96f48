"""JSON from elsewhere, an element of its list at a time: a long list takes no more memory than a short one."""

import codecs
import json
from collections.abc import Container, Iterator
from typing import IO, Any

from quietlegs.words.catalogue import _

MOST_CHARACTERS = 4 * 2**20
_PIECE = 2**17
# So many bytes tell which letters they are.
_TELLING = 4
# -Infinity, or two escapes of one letter.
_LONGEST_SIGN = 16
_BLANK = " \t\r\n"
_ENDS_NUMBER = tuple(f"{_BLANK},]}}")
_DECODER = json.JSONDecoder()


def elements(stream: IO[bytes], within: Container[str] = ()) -> Iterator[Any]:
    r"""Yield the elements of a list; where an object is around it, those of its lists that have one of these names.

    Nothing but the element at hand is kept, whatever else the file holds. ValueError or RecursionError where it is no
    JSON, is cut, or an element is longer than 4 million characters: what was yielded before counts.

    Parameters
    ----------
    stream : binary stream
        UTF-8, UTF-16 or UTF-32; what cannot be decoded becomes a replacement character.
    within : container of str
        Names of lists.

    Examples
    --------
    >>> from io import BytesIO
    >>> list(elements(BytesIO(b'{"steps": [1, 2], "sleep": [{"id": 3}]}'), {"sleep"}))
    [{'id': 3}]
    """
    text = _Text(stream)
    if text.next() == "{":
        yield from _object(text, within)
    else:
        yield from _list(text)
    if text.next():
        raise ValueError(_("there is more behind its end"))


def _object(text: "_Text", within: Container[str]) -> Iterator[Any]:
    for _member in _members(text, "{", "}"):
        text.stand_before('"')
        name = text.value()
        text.pass_over(":")
        if text.next() != "[":
            text.value()
        elif name in within:
            yield from _list(text)
        else:
            for _one in _list(text):
                pass


def _list(text: "_Text") -> Iterator[Any]:
    for _member in _members(text, "[", "]"):
        yield text.value()


def _members(text: "_Text", begins: str, ends: str) -> Iterator[None]:
    """Stop before each member, which is then to be read."""
    text.pass_over(begins)
    if text.next() == ends:
        text.pass_over(ends)
        return
    while True:
        yield
        sign = text.pass_over(",", ends)
        if sign == ends:
            return


def _cut() -> str:
    return _("the file ends before its list does")


class _Text:
    """The text from where it was read to; a piece more is fetched where one is needed."""

    def __init__(self, stream: IO[bytes]) -> None:
        first = b""
        while len(first) < _TELLING and (piece := stream.read(_PIECE)):
            first += piece
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(json.detect_encoding(first))(errors="replace")
        self._window, self._at, self._ended = self._decoder.decode(first), 0, False

    def next(self) -> str:
        """Return the next sign that is no blank, which stays; none at the end."""
        while True:
            while self._at < len(self._window):
                if self._window[self._at] not in _BLANK:
                    return self._window[self._at]
                self._at += 1
            if not self._fetch():
                return ""

    def stand_before(self, *allowed: str) -> str:
        """Return the next sign, which stays and has to be one of these."""
        sign = self.next()
        if not sign:
            raise ValueError(_cut())
        if sign not in allowed:
            raise ValueError(_("{found}; allowed: {allowed}", found=repr(sign), allowed=" ".join(allowed)))
        return sign

    def pass_over(self, *allowed: str) -> str:
        """Pass over a sign, and return it."""
        sign = self.stand_before(*allowed)
        self._at += 1
        return sign

    def value(self) -> Any:
        """Return the value that begins here."""
        self.next()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._window, self._at)
            except json.JSONDecodeError as error:
                if not self._may_be_cut(error) or not self._fetch():
                    # Where it stands in the piece at hand tells nobody anything.
                    raise ValueError(error.msg) from error
                continue
            if isinstance(found, int | float):
                # 12 may be the beginning of 123, and 1. of 1.5.
                if len(self._window) - end < _LONGEST_SIGN and self._fetch():
                    continue
                if self._window[end : end + 1] not in _ENDS_NUMBER:
                    raise ValueError(_cut())
            self._at = end
            return found

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        """Whether it is the end of what is at hand that makes it wrong."""
        return error.pos + _LONGEST_SIGN >= len(self._window) or error.msg.startswith("Unterminated string")

    def _fetch(self) -> bool:
        """Fetch as much again as is at hand; tell whether there was more."""
        rest = len(self._window) - self._at
        if self._ended:
            return False
        if rest > MOST_CHARACTERS:
            raise ValueError(_("it is longer than {most} characters", most=MOST_CHARACTERS))
        piece = self._stream.read(max(_PIECE, rest))
        self._ended = not piece
        self._window = self._window[self._at :] + self._decoder.decode(piece, final=self._ended)
        self._at = 0
        return True
