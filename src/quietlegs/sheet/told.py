"""Numbers in words, as they stand on the sheet; what was not noted is a dash, never a zero."""

from collections.abc import Callable

from quietlegs.plan.onset import clock_after_noon
from quietlegs.report.middle import Usual
from quietlegs.report.report import Report
from quietlegs.words.catalogue import _, ngettext
from quietlegs.words.numbers import number

# A dash that every screen reader passes over or names; the words beside it say why it is there.
NOTHING = "\N{EN DASH}"
_HOUR_MIN = 60
_A_YEAR = 364


def with_year(report: Report) -> bool:
    """Whether a date of the report needs its year: where a day and a month could be those of two years."""
    return len(report.period) > _A_YEAR


def clock(minutes: float) -> str:
    """Return the time on the wall, to five minutes, of minutes after noon."""
    return f"{clock_after_noon(minutes):%H:%M}"


def lasted(minutes: float) -> str:
    """Return a duration to a minute, in hours where it is that long.

    Examples
    --------
    >>> lasted(7.4), lasted(431)
    ('7 min', '7 h 11 min')
    """
    hours, rest = divmod(round(minutes), _HOUR_MIN)
    return _("{hours} h {minutes} min", hours=hours, minutes=rest) if hours else _("{minutes} min", minutes=rest)


def points(value: float) -> str:
    """Return a number of points with one decimal."""
    return number(value, 1)


def whole(value: float) -> str:
    """Return a number as short as it is: a rating, a count, an amount."""
    return number(value)


def nights(count: int) -> str:
    """Return so many nights."""
    return ngettext("{count} night", "{count} nights", count)


def spread_of(one: Usual, tell: Callable[[float], str]) -> str:
    """Say what most of the nights lie between; with few nights that it is only these few."""
    if one.few:
        return ngettext("only {count} night", "only {count} nights", one.nights)
    return ngettext(
        "{low} to {high} on most of {count} night",
        "{low} to {high} on most of {count} nights",
        one.nights,
        low=tell(one.low),
        high=tell(one.high),
    )
