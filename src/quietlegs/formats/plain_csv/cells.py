"""What stands in a cell: a date, a time, a number, a length of time; in the ways in which people write them."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})(?!\d)", flags=re.ASCII)
_PACKED = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})(?!\d)", flags=re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)", flags=re.ASCII)
_NAMED_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -](?:de )?([^\W\d]+)\.?,?[ -](?:de )?(\d{4})(?!\d)")
_NAMED_MONTH = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_WEEKDAY = re.compile(r"[^\W\d]+\.?,? +")
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)? ?([ap]\.?m\.?)? ?(?:uhr|h)? ?(z|utc|[+-]\d{2}:?\d{2})?",
    flags=re.ASCII,
)
_FOUR = re.compile(r"([01]\d|2[0-4])([0-5]\d)", flags=re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", flags=re.ASCII)
_HOURS = r"(\d+(?:[.,]\d+)?) ?(?:h|hrs?|hours?|std\.?|stunden?|horas?)"
_MINUTES = r"(\d+) ?(?:m|mins?|min\.|minutes?|minuten?|minutos?)"
_LONG = re.compile(rf"(?:{_HOURS})?,? ?(?:{_MINUTES})?", flags=re.ASCII)
_COLONS = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?", flags=re.ASCII)
_MONTHS = (
    ("jan", "ene"), ("feb",), ("mar", "maer", "mrz"), ("apr", "abr"), ("may", "mai"), ("jun",),
    ("jul",), ("aug", "ago"), ("sep", "set"), ("oct", "okt"), ("nov",), ("dec", "dez", "dic"),
)  # fmt: skip
_CENTURY = 2000
_NOON = 12
_MIDNIGHT = 24


def plain(text: str) -> str:
    """Return a word in small letters without accents, by which words are compared."""
    wide = text.strip().lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return "".join(sign for sign in unicodedata.normalize("NFKD", wide) if not unicodedata.combining(sign))


def date_and_rest(text: str, order: str) -> tuple[date, str] | None:
    """Return the date at the beginning of a cell and what stands behind it; None where there is none.

    `order` says whether the day or the month comes first where all three are numbers and the year is the last.
    """
    for told in (text, _WEEKDAY.sub("", text, count=1)):
        found = _date(told, order)
        if found:
            return found
    return None


def _date(text: str, order: str) -> tuple[date, str] | None:
    for pattern, places in (
        (_YEAR_FIRST, (1, 3, 4)),
        (_NUMBERS, (4, 3, 1) if order == DAY_FIRST else (4, 1, 3)),
        (_NAMED_DAY, (3, 2, 1)),
        (_NAMED_MONTH, (3, 1, 2)),
    ):
        found = pattern.match(text)
        if found:
            return _made([found[place] for place in places], text[found.end() :])
    packed = _PACKED.match(text)
    return _made([packed[1] + packed[2], packed[3], packed[4]], text[packed.end() :]) if packed else None


def _made(parts: list[str], rest: str) -> tuple[date, str] | None:
    year, month, day = parts
    which = int(month) if month.isdigit() else _month(month)
    try:
        return date(int(year) + (_CENTURY if len(year) == 2 else 0), which, int(day)), rest.lstrip(" T,")  # noqa: PLR2004 - digits
    except ValueError:
        return None


def _month(name: str) -> int:
    """Return the number of a month by the beginning of its name; 0 where it is none."""
    told = plain(name)
    return next((number for number, starts in enumerate(_MONTHS, start=1) if told.startswith(starts)), 0)


def time_of(text: str) -> tuple[time, timezone | None] | None:
    """Return the time in a cell, and how far it is from UTC where that is said; None where there is no time."""
    told = " ".join(text.lower().split())
    four = _FOUR.fullmatch(told)
    found = _CLOCK.fullmatch(told)
    if four:
        hour, minute, second, half, off = four[1], four[2], None, None, None
    elif found and (found[2] or found[4] or told.endswith(("uhr", "h"))):
        hour, minute, second, half, off = found.groups()
    else:
        return None
    try:
        return time(_hour(int(hour), half), int(minute or 0), int(second or 0)), _offset(off)
    except ValueError:
        return None


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return 0 if hour == _MIDNIGHT else hour
    if not 1 <= hour <= _NOON:
        raise ValueError(hour)
    return hour % _NOON + (_NOON if half.startswith("p") else 0)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in ("z", "utc"):
        return UTC
    parsed = datetime.strptime(text.replace(":", ""), "%z").utcoffset()
    return timezone(parsed or timedelta(0))


def number_of(text: str) -> float | None:
    """Return a number with a point or a comma before its decimals; None where there is none."""
    told = text.replace("\u2212", "-").removesuffix("%").strip()
    return float(told.replace(",", ".")) if _NUMBER.fullmatch(told) else None


def length_of(text: str, one: timedelta) -> timedelta | None:
    """Return a length of time such as 7.5, 7:30, or 7 h 30 min; a bare number counts in units of `one`."""
    told = " ".join(text.lower().split())
    number = number_of(told)
    try:
        if number is not None:
            return number * one
        colons = _COLONS.fullmatch(told)
        if colons:
            return timedelta(hours=int(colons[1]), minutes=int(colons[2]))
        words = _LONG.fullmatch(told)
        if not told or words is None:
            return None
        return timedelta(hours=float((words[1] or "0").replace(",", ".")), minutes=int(words[2] or 0))
    except OverflowError:
        return None
