"""Which nights a report is asked for, and on which paper."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from quietlegs import day
from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import Moment
from quietlegs.report.period import USUAL_NIGHTS, Period, up_to
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.words.catalogue import _, ngettext

PAPERS = ("a4", "letter")
_WEEKS = (4, 13, 26, 52, 104)
_WEEK, _NIGHT = 7, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A report as it was asked for; `length` is one of the usual lengths in nights, None for nights of one's own."""

    period: Period
    paper: str
    every_night: bool
    length: int | None
    made_on: date

    @property
    def query(self) -> str:
        """The same wish as an address says it."""
        days = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        return urlencode(days | {"paper": self.paper} | ({"nights": "all"} if self.every_night else {}))


def asked(request: HttpRequest) -> Asked:
    """Read the wish; without one it is the last 13 weeks on A4.

    Raises
    ------
    RangeError
        No date, an end before the beginning or a night that is not over yet.
    """
    now, wish = moment_now(request), request.GET
    paper = wish.get("paper", PAPERS[0])
    if paper not in PAPERS:
        raise RangeError("paper", paper, ", ".join(PAPERS))
    length = _length(wish)
    period = up_to(_over(now), length) if length else period_of(_day(wish, "from"), _day(wish, "to"), now)
    return Asked(period, paper, wish.get("nights") == "all", length, now.wall.date())


def period_of(first: date | None, last: date | None, now: Moment) -> Period:
    """Return the nights from one to another; the last is else the last that is over, the first 13 weeks before it."""
    over = _over(now)
    last = last or over
    if last > over:
        raise RangeError(
            _("last night"), last.isoformat(), _("{day} or earlier: nights that are over", day=over.isoformat())
        )
    return Period(first, last) if first else up_to(last)


def lengths() -> tuple[tuple[int, str], ...]:
    """Return the usual lengths in nights, and in words."""
    return tuple((weeks * _WEEK, ngettext("{count} week", "{count} weeks", weeks)) for weeks in _WEEKS)


def _length(wish: QueryDict) -> int | None:
    known = [nights for nights, _words in lengths()]
    told = wish.get("length", "")
    if told in {str(nights) for nights in known}:
        return int(told)
    return None if wish.get("from") or wish.get("to") else USUAL_NIGHTS


def _day(wish: QueryDict, name: str) -> date | None:
    text = wish.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RangeError(name, text, _("a date such as 2026-01-31")) from error


def _over(now: Moment) -> date:
    """Return the last night that is over; tonight's turn of a trial is not to be seen before."""
    night, going_on = day.night_to_rate(now)
    return night - _NIGHT if going_on else night
