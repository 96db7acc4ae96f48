"""When something happened, on every clock on earth."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import Moment, instant_in, moment, night_of
from quietlegs.records.slept import Sleep

ZONES = sorted(available_timezones() - {"localtime", "Factory", "posixrules"})
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)


def changes(zone: ZoneInfo) -> list[datetime]:
    """Every hour of 2020-2030 whose end has another offset than its start: found by halving, not by a table."""
    found, pending = (
        [],
        [(FIRST + timedelta(days=k), FIRST + timedelta(days=k + 1)) for k in range((LAST - FIRST).days)],
    )
    while pending:
        early, late = pending.pop()
        if early.astimezone(zone).utcoffset() == late.astimezone(zone).utcoffset():
            continue
        if late - early <= timedelta(hours=1):
            found.append(early)
            continue
        middle = early + (late - early) / 2
        pending += [(early, middle), (middle, late)]
    return found


def test_it_tells_every_clock_change_of_every_zone_rightly() -> None:
    zones_with_change = 0
    for name in ZONES:
        around = changes(ZoneInfo(name))
        zones_with_change += bool(around)
        for at in around:
            for minutes in range(-90, 151, 30):
                when = moment(at + timedelta(minutes=minutes), name)
                assert when.at + when.offset == when.wall.replace(tzinfo=UTC)
                assert night_of(when) == (when.wall - timedelta(hours=12)).date()
                assert Moment(when.at, when.zone, when.offset, when.wall) == when
    assert zones_with_change > 100


@pytest.mark.parametrize(
    ("night", "hours"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 6, 1), 8)], ids=str
)
def test_it_measures_sleep_in_real_hours_when_the_clock_changes(night: date, hours: int) -> None:
    sleep = Sleep(
        lights_out_at=instant_in(night, time(23), "Europe/Berlin"), up_at=instant_in(night, time(7), "Europe/Berlin")
    )

    assert sleep.in_bed == timedelta(hours=hours)


def test_it_takes_an_hour_shown_twice_the_first_time() -> None:
    assert instant_in(date(2026, 10, 24), time(2, 30), "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_it_takes_an_hour_never_shown_as_if_the_clock_had_not_moved() -> None:
    at = instant_in(date(2026, 3, 28), time(2, 30), "Europe/Berlin")

    assert at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment(at, "Europe/Berlin").wall == datetime(2026, 3, 29, 3, 30)


@pytest.mark.parametrize(
    ("wall", "night"),
    [
        ((23, 59), date(2026, 1, 9)),
        ((3, 0), date(2026, 1, 8)),
        ((11, 59), date(2026, 1, 8)),
        ((12, 0), date(2026, 1, 9)),
    ],
)
def test_it_counts_a_night_from_noon_to_noon(wall: tuple[int, int], night: date) -> None:
    assert night_of(moment(datetime(2026, 1, 9, *wall, tzinfo=UTC), "UTC")) == night


def test_it_lets_a_person_shift_the_boundary() -> None:
    when = moment(datetime(2026, 1, 9, 14, tzinfo=UTC), "UTC")

    assert night_of(when, timedelta(hours=15)) == date(2026, 1, 8)
    with pytest.raises(RangeError, match="0 to less than 24 hours"):
        night_of(when, timedelta(hours=24))


def test_it_keeps_a_lived_evening_when_a_zone_changes_its_rules() -> None:
    """Offset and wall time stand as noted, even if today's rules would say another hour."""
    lived = Moment(datetime(2030, 1, 1, tzinfo=UTC), "Europe/Berlin", timedelta(hours=3), datetime(2030, 1, 1, 3))

    assert night_of(lived) == date(2029, 12, 31)


@pytest.mark.parametrize(
    ("at", "zone", "named"),
    [
        (datetime(2026, 1, 1), "UTC", "at"),
        (datetime(2026, 1, 1, tzinfo=UTC), "Mars/Olympus", "zone"),
        (datetime(2026, 1, 1, tzinfo=UTC), "../etc/passwd", "zone"),
        (datetime(2026, 1, 1, tzinfo=UTC), "", "zone"),
    ],
)
def test_it_names_what_is_wrong_with_a_moment(at: datetime, zone: str, named: str) -> None:
    with pytest.raises(RangeError, match=f"^{named} is "):
        moment(at, zone)


def test_it_refuses_a_wall_time_that_does_not_follow_from_the_instant() -> None:
    with pytest.raises(RangeError, match=r"Moment\.wall"):
        Moment(FIRST, "UTC", timedelta(0), datetime(2020, 1, 1, 5))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31)), st.sampled_from(ZONES))
def test_it_puts_every_wall_time_of_a_night_into_that_night(naive: datetime, zone: str) -> None:
    """True for any hour that the clock showed; the skipped ones move by at most a day in zones that skipped a date."""
    night = naive.date()
    when = moment(instant_in(night, naive.time(), zone), zone)
    if when.wall.time() == naive.time():
        assert night_of(when) == night


@pytest.mark.parametrize(
    ("night", "wall", "named"),
    [
        (date(2026, 1, 9), time(21, 30, tzinfo=UTC), "wall is '21:30:00\\+00:00'; allowed: a wall time without zone"),
        (date.max, time(3), "night is '9999-12-31'"),
    ],
)
def test_it_refuses_a_wall_time_that_no_night_can_hold(night: date, wall: time, named: str) -> None:
    with pytest.raises(RangeError, match=named):
        instant_in(night, wall, "Pacific/Kiritimati")
