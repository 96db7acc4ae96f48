"""A walk at sunset, for whoever likes one: when the sun sets, and where the walk goes beside the routine."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.shelf import Library
from quietlegs.plan.onset import hours_after_noon
from quietlegs.plan.placing import Placed
from quietlegs.records.bounds import RangeError
from quietlegs.records.person import Place, Wishes
from quietlegs.words.catalogue import _

SUNSET_WALK = "sunset_walk"
_WALK, _WALK_LEVEL = "walk", 2


@dataclass(frozen=True, slots=True)
class Walk:
    """Tonight's sunset by the clock on the wall, None where there is none; `told` says where the walk goes."""

    sunset: time | None
    told: str


def walk_tonight(wishes: Wishes, placed: Placed, library: Library, tonight: date, zone: str) -> Walk | None:
    """Say when the sun sets and where the walk fits; None where no walk is wished.

    Parameters
    ----------
    wishes : Wishes
        With the setting ``sunset_walk``, and a place.
    placed : Placed
        When the routine is.
    library : Library
        Knows how long a walk takes, and how long before bed it must be over.
    tonight : date
        Of the evening.
    zone : str
        Where the evening is spent.
    """
    if SUNSET_WALK not in wishes.settings:
        return None
    if wishes.place is None:
        return Walk(None, _("For tonight's sunset, name a city near you under Your evening."))
    sets_at = sunset_at(wishes.place, tonight, zone)
    if sets_at is None:
        return Walk(None, _("There is no sunset tonight where you are; walk whenever it is pleasant."))
    walk = library.exercises[_WALK]
    minutes = round(exercise_seconds(walk, _WALK_LEVEL) / 60)
    leaves_at = sets_at - timedelta(minutes=minutes)
    words = {"sunset": f"{sets_at:%H:%M}", "minutes": minutes, "leave": f"{leaves_at:%H:%M}"}
    return Walk(sets_at.time(), _where(wishes, placed, sets_at, leaves_at, walk.latest_min).format(**words))


def _where(wishes: Wishes, placed: Placed, sets_at: datetime, leaves_at: datetime, latest_min: int) -> str:
    over, bed = hours_after_noon(sets_at.time()), wishes.bedtime
    if bed is not None and over > hours_after_noon(bed) - latest_min / 60:
        return _("Sunset is at {sunset}, too near your bedtime for a walk tonight.")
    if over <= hours_after_noon(placed.start):
        return _("Sunset is at {sunset}. For {minutes} easy minutes on grass before your routine, leave at {leave}.")
    if hours_after_noon(leaves_at.time()) >= hours_after_noon(placed.end):
        return _("Sunset is at {sunset}. Your routine is over by then: {minutes} easy minutes from {leave} are fine.")
    return _("Sunset is at {sunset}, in the middle of your routine. Walk before it, or leave the walk out tonight.")


def sunset_at(place: Place, on: date, zone: str) -> datetime | None:
    """Return the wall time of the sunset of a day, None where the sun stays up, or down.

    Raises
    ------
    ZoneInfoNotFoundError
        The zone is unknown.

    Examples
    --------
    >>> sunset_at(Place(52.5, 13.4), date(2026, 11, 20), "Europe/Berlin").strftime("%H:%M")
    '16:06'
    """
    # Most evenings ask for no sunset, and shall not wait for what computes it.
    from astral import Observer  # noqa: PLC0415  # as the comment above says
    from astral.sun import sunset  # noqa: PLC0415  # as the comment above says

    try:
        return sunset(Observer(place.latitude, place.longitude), on, tzinfo=ZoneInfo(zone))
    except ValueError:
        return None


def cities() -> tuple[str, ...]:
    """Return the larger cities whose place is known without asking anybody, by name."""
    return tuple(sorted({place.name for place in _known_places().values() if place.name}))


def place_of(city: str) -> Place:
    """Return where a larger city is.

    Raises
    ------
    RangeError
        It is none of `cities`.

    Examples
    --------
    >>> place_of("berlin")
    Place(latitude=52.5, longitude=13.4, name='Berlin')
    """
    found = _known_places().get(city.strip().casefold())
    if found is None:
        raise RangeError("place", city, _("a larger city such as Berlin or Madrid, in English, or degrees"))
    return found


@cache
def _known_places() -> dict[str, Place]:
    from astral.geocoder import all_locations, database  # noqa: PLC0415  # as in `sunset_at`

    known = [Place(one.latitude, one.longitude, one.name) for one in all_locations(database())]
    return {place.name.casefold(): place for place in known if place.name}
