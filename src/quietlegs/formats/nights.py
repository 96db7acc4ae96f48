"""A recorded sleep as an entry of the diary: what readers of sleep files share."""

from datetime import datetime, timedelta

from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.moment import moment, night_of
from quietlegs.records.slept import Sleep
from quietlegs.words.catalogue import _

SHORTEST = timedelta(minutes=30)
LONGEST = timedelta(hours=24)
_BEST_STARS = 5
_MOST_WEST, _MOST_EAST = 12, 14


def slept(place: str, source_id: str, sleep: Sleep, zone: str) -> Entry | LeftOut:
    """Return the entry of a sleep that has a beginning and an end; too short a one is left out.

    Its night is the one in which it began. It counts as noted when it ended, so that the same file gives the same entry
    whenever it is read.
    """
    if sleep.lights_out_at is None or sleep.up_at is None:
        return LeftOut(place, _("it has no beginning or no end"), bad=True)
    if sleep.up_at - sleep.lights_out_at < SHORTEST:
        return LeftOut(place, _("it is shorter than half an hour"))
    return Entry(place, source_id, sleep, moment(sleep.up_at, zone), night_of(moment(sleep.lights_out_at, zone)))


def zone_of(at: datetime, offset: timedelta, zone: str) -> str:
    """Return the zone in which a file's own offset holds: the person's where it fits, else one of whole hours.

    An offset with minutes that does not fit the person's zone is told in the person's zone.

    Examples
    --------
    >>> summer = datetime.fromisoformat("2026-07-01T21:00+00:00")
    >>> [zone_of(summer, timedelta(hours=hours), "Europe/Berlin") for hours in (2, -7)]
    ['Europe/Berlin', 'Etc/GMT+7']
    """
    hours, more = divmod(offset, timedelta(hours=1))
    if more or moment(at, zone).offset == offset or not -_MOST_WEST <= hours <= _MOST_EAST:
        return zone
    # These names count to the west.
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"


def stars(value: float) -> int | None:
    """Return a quality of 0 to 10 from one to five stars; none given is none."""
    return round(2 * value) if 0 < value <= _BEST_STARS else None


def from_device(source: str, began: datetime, ended: datetime, quality: int | None = None) -> Sleep:
    """Return a sleep as a device recorded it: how it began is when the light went out, as far as it knows.

    ValueError says why there can be no such sleep.
    """
    if ended < began:
        raise ValueError(_("it ends before it begins"))
    if ended - began > LONGEST:
        raise ValueError(_("it is longer than a day"))
    return Sleep(began, None, ended, quality=quality, source=source)
