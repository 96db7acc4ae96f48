"""When a reminder of tonight's routine is due, and when it is better left unsaid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from quietlegs.plan.evening import Evening
from quietlegs.plan.rest import resting
from quietlegs.records.bounds import Between, check_bounds
from quietlegs.records.fact import Fact
from quietlegs.records.moment import instant_in, moment

# Chosen here: half an hour late it is still the same evening's routine; later it would only be noise in the night.
GRACE = timedelta(minutes=30)
SNOOZE = timedelta(minutes=15)
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Manners:
    """How a person wishes to be reminded: quiet hours by the clock on the wall, and the most reminders a day.

    Quiet hours that end when they begin are none.
    """

    quiet_from: time = time(22)
    quiet_until: time = time(7)
    most_a_day: Annotated[int, Between(1, 5)] = 2

    def __post_init__(self) -> None:
        """Refuse a number of reminders outside its range."""
        check_bounds(self)


class Silence(StrEnum):
    """Why a reminder that was due is left unsaid."""

    NOT_TONIGHT = "not_tonight"
    DONE = "done"
    LATE = "late"
    QUIET = "quiet"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class SoFar:
    """What has become of the night: reminders given on this channel, the routine done, reminders declined."""

    given: int = 0
    done: bool = False
    declined: bool = False


def due_at(start: time, night: date, zone: str) -> datetime:
    """Return the instant at which the routine of a night begins: the clock on the wall holds, whatever it did before.

    Examples
    --------
    >>> due_at(time(20, 40), date(2026, 10, 25), "Europe/Berlin").isoformat()
    '2026-10-25T19:40:00+00:00'
    """
    return instant_in(night, start, zone)


def reminds(evening: Evening, facts: Iterable[Fact], night: date) -> bool:
    """Whether a night has something to be reminded of: a routine, and no rest that the person takes.

    Parameters
    ----------
    evening : Evening
        What the plan has for that night.
    facts : iterable of Fact
        The rests that hold now; facts of other kinds are passed over.
    night : date
        The night in question.
    """
    return evening.routine is not None and resting(facts, night) is None


def wall_start(start: time, night: date) -> datetime:
    """Return what the clock on the wall shows, with its date, when the routine of a night begins.

    Examples
    --------
    >>> wall_start(time(0, 30), date(2026, 10, 24))
    datetime.datetime(2026, 10, 25, 0, 30)
    """
    on = night if start >= _NOON else night + timedelta(days=1)
    return datetime.combine(on, start)


def snoozed_until(now: datetime) -> datetime:
    """Return when a reminder comes again that was put off."""
    return now + SNOOZE


def silence(due: datetime, now: datetime, zone: str, manners: Manners, so_far: SoFar) -> Silence | None:
    """Return why a reminder is left unsaid now, None when it may be said.

    Parameters
    ----------
    due, now : datetime
        Aware instants; a reminder noticed more than `GRACE` after it was due is dropped, not poured out.
    zone : str
        IANA name of the zone in which the quiet hours hold.
    manners : Manners
        What the person wishes.
    so_far : SoFar
        What has become of the night until now.

    Examples
    --------
    >>> from datetime import UTC
    >>> at = datetime(2026, 1, 9, 20, 30, tzinfo=UTC)
    >>> silence(at, at, "Europe/Berlin", Manners(), SoFar()) is None
    True
    >>> silence(at, at + timedelta(hours=3), "Europe/Berlin", Manners(), SoFar())
    <Silence.LATE: 'late'>
    """
    if so_far.declined:
        return Silence.NOT_TONIGHT
    if so_far.done:
        return Silence.DONE
    if now - due > GRACE:
        return Silence.LATE
    if is_quiet(moment(now, zone).wall.time(), manners):
        return Silence.QUIET
    return Silence.ENOUGH if so_far.given >= manners.most_a_day else None


def snooze_refused(now: datetime, zone: str, manners: Manners, so_far: SoFar) -> Silence | None:
    """Return why a reminder cannot be put off now, None when it can: another one must be allowed when it comes again.

    Examples
    --------
    >>> from datetime import UTC
    >>> snooze_refused(datetime(2026, 1, 9, 20, 50, tzinfo=UTC), "Europe/Berlin", Manners(), SoFar())
    <Silence.QUIET: 'quiet'>
    """
    again = snoozed_until(now)
    after = SoFar(so_far.given + 1, so_far.done, so_far.declined)
    return silence(again, again, zone, manners, after)


def is_quiet(wall: time, manners: Manners) -> bool:
    """Whether the clock on the wall shows a quiet hour.

    Examples
    --------
    >>> [is_quiet(time(hour), Manners(time(22), time(7))) for hour in (6, 7, 21, 22)]
    [True, False, False, True]
    """
    begins, ends = manners.quiet_from, manners.quiet_until
    if begins <= ends:
        return begins <= wall < ends
    return wall >= begins or wall < ends
