"""The sheet set in type: a tagged PDF, or a picture of its first page, with no program of the machine's own.

Typst comes as a Python package and brings its letters along (Libertinus Serif, SIL Open Font License). The layout
(`page.typ`) takes every word as data, never as markup.
"""

import json
import re
import unicodedata
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from quietlegs.sheet.parts import Sheet

_LAYOUT = Path(__file__).with_name("page.typ")
_ACCESSIBLE: Literal["ua-1"] = "ua-1"
_UNPRINTABLE = "could not be displayed"
_LONG_WORD = re.compile(r"\S{20,}")
_PIECE = re.compile(r"(/|[^\s/-]{14}(?=[^\s/-]{4}))")
_SOFT = "\N{ZERO WIDTH SPACE}"
# Signs that turn the direction of writing would let a name print over its neighbours.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


class Paper(StrEnum):
    """What it is printed on."""

    A4 = "a4"
    LETTER = "letter"


def pdf(sheet: Sheet, paper: Paper = Paper.A4, *, made_on: date) -> bytes:
    """Return the sheet as PDF/UA-1: tagged, its text to be selected, its letters inside.

    Letters that Libertinus lacks (Chinese, say) are taken from this machine's own fonts; what they lack too is
    printed as an empty box, and the file then is tagged but no PDF/UA.

    Parameters
    ----------
    sheet : Sheet
        As `page` says it.
    paper : Paper
        A4 or Letter.
    made_on : date
        The date inside the file: the same sheet gives the same bytes.
    """
    given = _inputs(sheet, paper)
    try:
        return _set(given, made_on, own_letters=True, standard=_ACCESSIBLE)
    except typst.TypstError as error:
        _refuse_other(error)
    try:
        return _set(given, made_on, own_letters=False, standard=_ACCESSIBLE)
    except typst.TypstError as error:
        _refuse_other(error)
    return _set(given, made_on, own_letters=False, standard=None)


def picture(sheet: Sheet, paper: Paper = Paper.A4, *, ppi: float = 110) -> bytes:
    """Return the first page as PNG."""
    given = _inputs(replace(sheet, nights=None), paper)
    return typst.compile(_layout(), format="png", ppi=ppi, font_paths=_letters(own=True), sys_inputs=given)


def _set(given: dict[str, str], made_on: date, *, own_letters: bool, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        _layout(),
        format="pdf",
        font_paths=_letters(own=own_letters),
        sys_inputs=given,
        pdf_standards=standard,
        timestamp=int(datetime.combine(made_on, time(12), UTC).timestamp()),
    )


def _refuse_other(error: typst.TypstError) -> None:
    """Let only a letter that the fonts lack pass; anything else is a mistake of the layout."""
    if _UNPRINTABLE not in str(error):
        raise error


@cache
def _layout() -> bytes:
    return _LAYOUT.read_bytes()


@cache
def _letters(*, own: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=not own)


def _inputs(sheet: Sheet, paper: Paper) -> dict[str, str]:
    named = {Paper.A4: "a4", Paper.LETTER: "us-letter"}[paper]
    return {"sheet": json.dumps(_printable(asdict(sheet)), ensure_ascii=False), "paper": named}


def _printable(value: Any) -> Any:
    """Take out what no paper shows, and let long words break instead of running over the next column."""
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    if isinstance(value, str):
        shown = "".join(one for one in value if one not in _TURNS and not unicodedata.category(one).startswith("C"))
        return _LONG_WORD.sub(lambda word: _PIECE.sub(rf"\1{_SOFT}", word[0]), shown)
    return value
