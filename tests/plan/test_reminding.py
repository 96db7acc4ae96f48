"""When a reminder is due, and when it is left unsaid."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietlegs.plan.reminding import (
    GRACE,
    SNOOZE,
    Manners,
    Silence,
    SoFar,
    due_at,
    is_quiet,
    silence,
    snooze_refused,
    snoozed_until,
    wall_start,
)
from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import moment, night_of

BERLIN = "Europe/Berlin"
EVENING = datetime(2026, 1, 9, 19, 40, tzinfo=UTC)
NIGHTS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
ZONES = st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC"])
WALLS = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))


def said(*, late: timedelta = timedelta(0), manners: Manners = Manners(), so_far: SoFar = SoFar()) -> Silence | None:  # noqa: B008 - both are frozen
    return silence(EVENING, EVENING + late, BERLIN, manners, so_far)


@pytest.mark.parametrize("night", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)])
def test_it_keeps_the_clock_on_the_wall_when_the_clocks_change(night: date) -> None:
    due = due_at(time(20, 40), night, BERLIN)

    assert moment(due, BERLIN).wall == datetime.combine(night, time(20, 40))


def test_it_takes_an_hour_that_comes_twice_the_first_time_and_a_skipped_one_by_the_old_clock() -> None:
    assert due_at(time(2, 30), date(2026, 10, 24), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert due_at(time(2, 30), date(2026, 3, 28), BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@given(NIGHTS, WALLS, ZONES)
def test_it_is_due_in_its_own_night_whatever_the_hour(night: date, wall: time, zone: str) -> None:
    begins = wall_start(wall, night)

    assert datetime.combine(night, time(12)) <= begins < datetime.combine(night + timedelta(days=1), time(12))
    due = due_at(wall, night, zone)
    # Clocks that are put forward over noon do not exist; over the small hours they do, and the night stays the same.
    assert night_of(moment(due, zone)) == night


def test_it_says_a_reminder_that_is_due() -> None:
    assert said() is None
    assert said(late=GRACE) is None


def test_it_drops_what_is_late_instead_of_pouring_it_out() -> None:
    assert said(late=GRACE + timedelta(seconds=1)) is Silence.LATE
    assert said(late=timedelta(days=3)) is Silence.LATE


def test_it_is_silent_in_quiet_hours_by_the_clock_on_the_wall() -> None:
    assert said(manners=Manners(time(20, 30), time(7))) is Silence.QUIET
    assert said(manners=Manners(time(20, 41), time(7))) is None
    # It was due before them, and is late into them.
    assert said(late=timedelta(minutes=5), manners=Manners(time(20, 41), time(7))) is Silence.QUIET


def test_it_has_no_quiet_hours_when_they_end_as_they_begin() -> None:
    assert not any(is_quiet(time(hour), Manners(time(3), time(3))) for hour in range(24))


@given(WALLS, WALLS, WALLS)
def test_it_finds_each_hour_quiet_or_not_but_not_both_ways_round(wall: time, begins: time, ends: time) -> None:
    if begins != ends:
        assert is_quiet(wall, Manners(begins, ends)) != is_quiet(wall, Manners(ends, begins))


def test_it_says_no_more_than_is_wanted_a_day() -> None:
    assert said(manners=Manners(most_a_day=1), so_far=SoFar(given=1)) is Silence.ENOUGH
    assert said(manners=Manners(most_a_day=2), so_far=SoFar(given=1)) is None


def test_it_leaves_alone_who_is_done_or_said_not_tonight() -> None:
    assert said(so_far=SoFar(done=True)) is Silence.DONE
    assert said(so_far=SoFar(declined=True)) is Silence.NOT_TONIGHT


def test_it_offers_to_put_off_only_what_may_come_again() -> None:
    assert snooze_refused(EVENING, BERLIN, Manners(most_a_day=2), SoFar()) is None
    assert snooze_refused(EVENING, BERLIN, Manners(most_a_day=2), SoFar(given=1)) is Silence.ENOUGH
    quiet_soon = (moment(EVENING + SNOOZE, BERLIN).wall).time()
    assert snooze_refused(EVENING, BERLIN, Manners(quiet_soon, time(7)), SoFar()) is Silence.QUIET
    assert snoozed_until(EVENING) - EVENING == SNOOZE


@pytest.mark.parametrize("most", [0, 6])
def test_it_names_the_range_of_reminders_a_day(most: int) -> None:
    with pytest.raises(RangeError, match="1 to 5"):
        Manners(most_a_day=most)
