"""When something happened: one instant, told in UTC and as the person's clock showed it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from quietlegs.records.bounds import RangeError
from quietlegs.words.catalogue import _

NIGHT_STARTS_AFTER = timedelta(hours=12)
MOST_AHEAD = timedelta(days=2)
_MOST_OFFSET = timedelta(hours=24)
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant with the zone it was lived in.

    UTC is the truth for durations; zone, offset and wall time are kept as they were, so that neither
    travel nor a later change of a country's clock rules moves an evening that has been lived.
    """

    at: datetime
    zone: str
    offset: timedelta
    wall: datetime

    def __post_init__(self) -> None:
        """Refuse a naive or non-UTC instant, an unknown zone, and a wall time that is not at + offset."""
        require_utc("Moment.at", self.at)
        find_zone(self.zone)
        if self.wall.tzinfo is not None:
            raise RangeError("Moment.wall", self.wall, "a wall time without zone")
        if abs(self.offset) >= _MOST_OFFSET:
            raise RangeError("Moment.offset", self.offset, "less than 24 hours")
        if self.at.replace(tzinfo=None) + self.offset != self.wall:
            raise RangeError("Moment.wall", self.wall, f"{self.at} plus {self.offset}")


def find_zone(zone: str) -> ZoneInfo:
    """Return the IANA zone of this name; RangeError when there is none."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise RangeError("zone", zone, _("an IANA zone such as Europe/Berlin")) from error


def require_utc(field: str, at: datetime) -> None:
    """Raise RangeError unless `at` is an aware instant in UTC."""
    if at.tzinfo is None or at.utcoffset() != timedelta(0):
        raise RangeError(field, at, "an aware instant in UTC")


def refuse_ahead(at: datetime, now: datetime) -> None:
    """Refuse what claims to be noted in the future: it would count as the newest entry of its night for ever.

    A clock that is wrong by a day is common and harmless; how far back an entry lies does not matter.

    Parameters
    ----------
    at : datetime
        When the device says that it was noted; aware.
    now : datetime
        The clock of this machine; aware.

    Raises
    ------
    RangeError
        `at` is more than two days after `now`.
    """
    if at > now + MOST_AHEAD:
        days = round((at - now) / timedelta(days=1))
        allowed = f"up to {MOST_AHEAD.days} days after {now:%Y-%m-%d}. That device's clock is {days} days ahead"
        raise RangeError("at", f"{at:%Y-%m-%d}", allowed)


def moment(at: datetime, zone: str) -> Moment:
    """Tell an aware instant in `zone`, by the clock rules known today.

    Parameters
    ----------
    at : datetime
        Aware, in any zone.
    zone : str
        IANA name, for example ``"Europe/Berlin"``.

    Raises
    ------
    RangeError
        The instant is naive or the zone unknown.

    Examples
    --------
    >>> moment(datetime(2026, 1, 10, 2, 0, tzinfo=UTC), "Europe/Berlin").wall
    datetime.datetime(2026, 1, 10, 3, 0)
    """
    if at.tzinfo is None:
        raise RangeError("at", at, "an aware instant")
    local = at.astimezone(find_zone(zone))
    offset = local.utcoffset()
    if offset is None:
        raise RangeError("zone", zone, "a zone with an offset")
    return Moment(at.astimezone(UTC), zone, offset, local.replace(tzinfo=None, fold=0))


def night_of(when: Moment, starts_after: timedelta = NIGHT_STARTS_AFTER) -> date:
    """Return the night a moment belongs to: its wall time less `starts_after`, as a date.

    With the usual 12 hours a night lasts from noon to noon and carries the date of its evening, so
    3 in the morning belongs to the evening before.

    Raises
    ------
    RangeError
        `starts_after` is outside 0 to 24 hours.

    Examples
    --------
    >>> night_of(moment(datetime(2026, 1, 10, 2, 0, tzinfo=UTC), "Europe/Berlin"))
    datetime.date(2026, 1, 9)
    """
    if not timedelta(0) <= starts_after < timedelta(days=1):
        raise RangeError("starts_after", starts_after, "0 to less than 24 hours")
    return (when.wall - starts_after).date()


def since_noon(at: datetime, night: date, zone: str) -> timedelta:
    """Return how long after the noon of its night something was, by the clock on the wall in `zone`.

    Raises
    ------
    RangeError
        The instant is naive or the zone unknown.

    Examples
    --------
    >>> print(since_noon(datetime(2026, 1, 10, 2, 0, tzinfo=UTC), date(2026, 1, 9), "Europe/Berlin"))
    15:00:00
    """
    if at.tzinfo is None:
        raise RangeError("at", at, "an aware instant")
    return at.astimezone(find_zone(zone)).replace(tzinfo=None) - datetime.combine(night, _NOON)


def instant_in(night: date, wall: time, zone: str) -> datetime:
    """Return the UTC instant at which the person's clock showed `wall` during a night, noon to noon.

    An hour that the clock showed twice (autumn) is taken the first time; an hour that it skipped (spring) is taken
    as if the clock had not yet been put forward.

    Raises
    ------
    RangeError
        The zone is unknown, the wall time carries one of its own, or the night is at the end of the calendar.

    Examples
    --------
    >>> instant_in(date(2026, 1, 9), time(2, 30), "Europe/Berlin")
    datetime.datetime(2026, 1, 10, 1, 30, tzinfo=datetime.timezone.utc)
    """
    if wall.tzinfo is not None:
        raise RangeError("wall", wall.isoformat(), "a wall time without zone, such as 21:30")
    try:
        on = night if wall >= _NOON else night + timedelta(days=1)
        return datetime.combine(on, wall, find_zone(zone)).astimezone(UTC)
    except OverflowError as error:
        raise RangeError("night", night.isoformat(), "years 2 to 9998") from error
