"""The clock of this door: the moment on the device, told in the device's own zone."""

from datetime import UTC, datetime
from urllib.parse import unquote

from django.http import HttpRequest
from tzlocal import get_localzone_name

from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import Moment, find_zone, moment

# A page that a phone keeps is made for a moment of its own, and has words or a blank to say since when it is kept.
MADE_FOR = "quietlegs.made_for"
KEPT = "quietlegs.kept"


def device_zone(request: HttpRequest) -> str:
    """Return the zone the device reported, else this machine's."""
    reported = unquote(request.COOKIES.get("zone", ""))
    try:
        return find_zone(reported).key
    except RangeError:
        return machine_zone()


def machine_zone() -> str:
    """Return this machine's zone, UTC when it names none."""
    return get_localzone_name() or "UTC"


def moment_now(request: HttpRequest) -> Moment:
    """Return now, as the device's clock on the wall shows it; for a page that is kept, the moment it is made for."""
    made_for = request.META.get(MADE_FOR)
    return made_for if isinstance(made_for, Moment) else moment(datetime.now(UTC), device_zone(request))
