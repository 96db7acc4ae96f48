"""The nights as a chart, a sentence and a table, and week by week."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from quietlegs import day
from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.records.moment import Moment
from quietlegs.trials.nights import NO_ARM, Nights
from quietlegs.trials.picture import nights_picture
from quietlegs.trials.scale import SEVERITY
from quietlegs.trials.turns_picture import Turns, turns_picture
from quietlegs.web.pages.learn.names import comparator_of, named

WEEKS_SHOWN = 8
# A year: more points than that are no picture on a phone, and ten years of rows no table.
NIGHTS_SHOWN = 366
# A phone of 390 px less the page's margins; a desk gets the whole page.
PHONE_PX, DESK_PX = 358, 640
_WEEK = 7


@dataclass(frozen=True, slots=True)
class NightRow:
    """One night of the table; `severity` None was not noted, `arm` is empty outside a comparison."""

    on: date
    severity: int | None
    arm: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The nights counted, the last of them drawn for a phone and for a desk, and listed newest first.

    `earlier` are counted, and neither drawn nor listed.
    """

    nights: int
    answered: int
    missing: int
    free: int
    pictures: tuple[str, ...]
    rows: tuple[NightRow, ...]
    compared: bool
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """Seven nights up to `last`; nights before the first entry belong to no week's `missing`."""

    last: date
    answered: int
    free: int
    missing: int


def chart(nights: Nights, library: Library, trials: Iterable[Turns] = ()) -> Chart:
    """Return the nights as picture and table; no picture while none is answered.

    Where several trials ran side by side a night belongs to none of them alone: each has its own row of turns.
    """
    told = named(nights, library)
    drawn = told.where(told.on > told.on[-1] - NIGHTS_SHOWN)
    answered = int(nights.answered.sum())
    turns = tuple(one for one in trials if (one.nights.arms != NO_ARM).any())
    return Chart(
        nights=len(nights),
        answered=answered,
        missing=len(nights) - answered,
        free=int((nights.outcomes == 0).sum()),
        pictures=tuple(_pictures(drawn, _comparator(nights, library), turns)) if drawn.answered.any() else (),
        rows=tuple(_rows(drawn, turns))[::-1],
        compared=bool(nights.arm_names),
        earlier=len(nights) - len(drawn),
    )


def _comparator(nights: Nights, library: Library) -> str | None:
    key = comparator_of(nights, library)
    return called((key,), library)[key] if key else None


def _pictures(drawn: Nights, comparator: str | None, turns: tuple[Turns, ...]) -> Iterator[str]:
    for px in (PHONE_PX, DESK_PX):
        if len(turns) > 1:
            yield turns_picture(drawn, turns, axis=SEVERITY, width_px=px)
        else:
            yield nights_picture(drawn, axis=SEVERITY, comparator=comparator, width_px=px)


def weeks(nights: Nights, now: Moment) -> tuple[Week, ...]:
    """Return the last eight weeks, newest first, up to the last night that is over; none before the first entry."""
    night, going_on = day.night_to_rate(now)
    last = night - timedelta(days=1) if going_on else night
    lately = nights.where(nights.on > np.datetime64(last, "D") - _WEEK * WEEKS_SHOWN)
    severity = {row.on: row.severity for row in _rows(lately)}
    first = date.fromisoformat(str(nights.on[0]))
    ends = (last - timedelta(days=_WEEK * back) for back in range(WEEKS_SHOWN))
    return tuple(_week(severity, end, first) for end in ends if end >= first)


def _week(severity: dict[date, int | None], end: date, first: date) -> Week:
    nights = [end - timedelta(days=back) for back in range(_WEEK)]
    noted = [severity.get(on) for on in nights if on >= first]
    answered = [value for value in noted if value is not None]
    return Week(end, len(answered), answered.count(0), len(noted) - len(answered))


def _rows(nights: Nights, turns: tuple[Turns, ...] = ()) -> Iterator[NightRow]:
    several = _several(turns) if len(turns) > 1 else {}
    for on, arm, severity, answered in zip(nights.on, nights.arms, nights.outcomes, nights.answered, strict=True):
        night, name = date.fromisoformat(str(on)), "" if arm == NO_ARM else nights.arm_names[arm]
        yield NightRow(night, int(severity) if answered else None, ", ".join(several.get(night, [name])))


def _several(turns: tuple[Turns, ...]) -> dict[date, list[str]]:
    """Return what each of the trials drew, by night."""
    found: dict[date, list[str]] = {}
    for one in turns:
        for on, arm in zip(one.nights.on, one.nights.arms, strict=True):
            if arm != NO_ARM:
                found.setdefault(date.fromisoformat(str(on)), []).append(one.nights.arm_names[arm])
    return found
