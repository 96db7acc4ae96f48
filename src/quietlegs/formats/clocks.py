"""Dates and clock times as apps for people write them."""

import re
from datetime import UTC, date, datetime, time

from quietlegs.formats.nights import zone_of
from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import find_zone
from quietlegs.words.catalogue import _

_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2}) *(am|pm)?")
_NOON = 12
_MINUTES = 60
_SHOWN = 40
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# 8th Dec 2021, of whatever language the machine speaks.
_TOLD = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]* ([0-9]{4})")


def day_of(column: str, text: str) -> date:
    """Return a date written as 2026-01-31 or as 31st Jan 2026; RangeError names column, value and what is allowed."""
    plain = text.strip()
    try:
        told = _TOLD.fullmatch(plain.lower())
        if told and told[2] in _MONTHS:
            return date(int(told[3]), _MONTHS.index(told[2]) + 1, int(told[1]))
        return date.fromisoformat(plain)
    except ValueError as error:
        raise RangeError(column, text[:_SHOWN], _("a date such as 2026-01-31")) from error


def time_of(column: str, text: str) -> time:
    """Return a time of a clock with 12 or 24 hours; RangeError names column, value and what is allowed."""
    # Some phones put a narrow blank before the half of the day, some write p.m.
    plain = text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace(".", "").lower().strip()
    told = _CLOCK.fullmatch(plain)
    if told and int(told[2]) < _MINUTES:
        hour, half = int(told[1]), told[3]
        if half and 1 <= hour <= _NOON:
            return time(hour % _NOON + (_NOON if half == "pm" else 0), int(told[2]))
        if not half and hour < 2 * _NOON:
            return time(hour, int(told[2]))
    raise RangeError(column, text[:_SHOWN], _("a time such as 6:50 pm or 18:50"))


def instant_of(column: str, text: str, zone: str) -> tuple[datetime, str]:
    """Return an instant written as 2026-01-31T22:05:00+01:00, and the zone in which that was the time on the wall.

    One without an offset is told in `zone`; RangeError names column, value and what is allowed.
    """
    try:
        told = datetime.fromisoformat(text.strip())
        offset = told.utcoffset()
        at = (told if offset is not None else told.replace(tzinfo=find_zone(zone))).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise RangeError(column, text[:_SHOWN], _("a time such as 2026-01-31T22:05:00+01:00")) from error
    return at, zone if offset is None else zone_of(at, offset, zone)
