"""A walk at sunset: told where it fits, and never a crash where the sun does not set."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quietlegs.library.load import load_library
from quietlegs.plan.placing import Placed
from quietlegs.plan.sunset import SUNSET_WALK, sunset_at, walk_tonight
from quietlegs.records.person import Place, Wishes

LIBRARY = load_library()
BERLIN = Place(52.5, 13.4)
AUTUMN = date(2026, 11, 20)


def told(start: time, end: time, bedtime: time | None = None, *, on: date = AUTUMN, place: Place = BERLIN) -> str:
    wishes = Wishes(place=place, settings=(SUNSET_WALK,), bedtime=bedtime)
    walk = walk_tonight(wishes, Placed(start, end, fits=True, because=()), LIBRARY, on, "Europe/Berlin")
    assert walk is not None
    return walk.told


def test_it_tells_the_sunset_by_the_clock_on_the_wall() -> None:
    found = sunset_at(BERLIN, AUTUMN, "Europe/Berlin")

    assert found is not None
    assert abs((found.hour * 60 + found.minute) - (16 * 60 + 5)) <= 5


def test_it_puts_the_walk_before_after_or_beside_the_routine() -> None:
    assert "before your routine, leave at" in told(time(20), time(20, 20))
    assert "Your routine is over by then" in told(time(14), time(14, 20))
    assert "in the middle of your routine" in told(time(15, 55), time(16, 15))
    assert "too near your bedtime" in told(time(20), time(20, 20), time(22), on=date(2026, 6, 21))


@pytest.mark.parametrize("on", [date(2026, 6, 21), date(2026, 12, 21)])
def test_it_has_no_sunset_where_the_sun_stays_up_or_down(on: date) -> None:
    svalbard = Place(78.2, 15.6)

    assert sunset_at(svalbard, on, "Arctic/Longyearbyen") is None
    assert "There is no sunset tonight" in told(time(20), time(20, 20), on=on, place=svalbard)


def test_it_is_silent_where_no_walk_is_wished_and_asks_where_no_place_is_known() -> None:
    placed = Placed(time(20), time(20, 20), fits=True, because=())

    for wishes in (Wishes(), Wishes(place=BERLIN)):
        assert walk_tonight(wishes, placed, LIBRARY, AUTUMN, "Europe/Berlin") is None
    walk = walk_tonight(Wishes(settings=(SUNSET_WALK,)), placed, LIBRARY, AUTUMN, "Europe/Berlin")
    assert walk is not None
    assert "name a city near you" in walk.told


@settings(max_examples=60, deadline=None)
@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Honolulu"]),
)
def test_it_says_something_everywhere_on_earth_on_every_day(lat: float, lon: float, on: date, zone: str) -> None:
    wishes = Wishes(place=Place(lat, lon), settings=(SUNSET_WALK,), bedtime=time(23))
    walk = walk_tonight(wishes, Placed(time(20), time(20, 20), fits=True, because=()), LIBRARY, on, zone)

    assert walk is not None
    assert walk.told
    assert "{" not in walk.told
