"""The hour at which legs will begin: learned from night 1, from what is known, and from nothing else."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quietlegs.plan.onset import Onset, hours_after_noon, usual_onset
from quietlegs.plan.onset_belief import DAYS, general, hour_at
from quietlegs.plan.onset_grid import HOURS
from quietlegs.plan.onset_nights import day_of
from quietlegs.records.done import NightState, State
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import instant_in, moment
from quietlegs.records.person import Wishes

FIRST = date(2026, 11, 2)
BERLIN, TOKYO = "Europe/Berlin", "Asia/Tokyo"


def fact(payload: Payload, night: int = 0, zone: str = BERLIN) -> Fact:
    on = FIRST + timedelta(days=night)
    when = moment(datetime(on.year, on.month, on.day, 20, tzinfo=UTC), zone)
    return note(payload, when, (night + 1000).to_bytes(10), night=on)


def rated(night: int, began: time | None, zone: str = BERLIN) -> Fact:
    if began is None:
        return fact(NightRating(0), night, zone)
    return fact(NightRating(5, instant_in(FIRST + timedelta(days=night), began, zone)), night, zone)


def foreseen(facts: list[Fact], night: int, zone: str | None = None) -> Onset:
    return usual_onset(facts, FIRST + timedelta(days=night), zone)


def off_min(found: time, wanted: time) -> float:
    return abs(hours_after_noon(found) - hours_after_noon(wanted)) * 60


def width_h(onset: Onset) -> float:
    return hours_after_noon(onset.most[1]) - hours_after_noon(onset.most[0])


def test_it_begins_with_what_is_common_and_says_so() -> None:
    onset = foreseen([], 0)

    assert onset.usual == time(23)
    assert off_min(onset.most[0], time(20)) <= 90
    assert off_min(onset.most[1], time(4)) <= 90
    assert "mostly 20:00 to 04:00" in onset.because[0]
    assert (onset.nights, onset.missing) == (0, 0)
    assert len(onset.because) == 1


def test_it_begins_with_what_the_person_said_where_they_said_something() -> None:
    onset = foreseen([fact(Wishes(time(21)))], 0)

    assert off_min(onset.usual, time(21)) <= 15
    assert onset.because == ("You told us that your legs usually begin about 21:00.",)


def test_it_learns_from_the_first_night() -> None:
    before, after = foreseen([], 1), foreseen([rated(0, time(21))], 1)

    assert off_min(after.usual, time(21)) < off_min(before.usual, time(21))
    assert width_h(after) < width_h(before)


def test_it_finds_a_steady_hour_within_a_week_whatever_was_said() -> None:
    nights = [rated(k, time(22, 30)) for k in range(7)]

    assert off_min(foreseen([fact(Wishes(time(20))), *nights], 7).usual, time(22, 30)) <= 15
    assert off_min(foreseen(nights, 7).usual, time(22, 30)) <= 10


def test_it_tells_its_range_and_the_chance_of_a_calm_night_once_there_are_nights() -> None:
    onset = foreseen([rated(k, time(22)) for k in range(5)], 5)

    assert f"between {onset.most[0]:%H:%M} and {onset.most[1]:%H:%M}" in onset.because[-2]
    assert onset.because[-1] == f"A night without symptoms: about {round(100 * onset.calm)} in 100."


def test_it_counts_a_night_without_symptoms_for_their_chance_and_not_for_the_hour() -> None:
    felt = [rated(k, time(22)) for k in range(10)]
    calm = [rated(k, None) for k in range(10, 20)]

    before, after = foreseen(felt, 20), foreseen([*felt, *calm], 20)

    assert after.usual == before.usual
    assert before.calm < 0.15
    assert after.calm > 0.35
    assert any("On 10 nights you felt nothing" in said for said in after.because)


def test_it_never_takes_an_hour_that_was_not_noted_for_a_night_without_symptoms() -> None:
    felt = [rated(k, time(22)) for k in range(10)]
    without_hour = [fact(NightRating(6), k) for k in range(10, 15)]
    unanswered = [fact(NightRating(None), k) for k in range(15, 20)]

    onset = foreseen([*felt, *without_hour, *unanswered], 20)

    assert onset.calm <= foreseen(felt, 20).calm
    assert onset.missing == 10
    assert any("On 10 nights the hour was not noted" in said for said in onset.because)


def test_it_counts_recent_nights_more_than_old_ones() -> None:
    nights = [rated(k, time(21)) for k in range(30)] + [rated(k, time(23)) for k in range(30, 45)]

    assert off_min(foreseen(nights, 45).usual, time(23)) < off_min(foreseen(nights, 45).usual, time(21))


def test_it_is_not_moved_far_by_one_odd_night() -> None:
    nights = [rated(k, time(22)) for k in range(20)]

    assert off_min(foreseen([*nights, rated(20, time(4))], 21).usual, time(22)) <= 10


def test_it_learns_that_weekends_are_later() -> None:
    nights = [rated(k, time(23, 30) if k % 7 in (4, 5) else time(22)) for k in range(35)]
    thursday, friday = foreseen(nights, 38), foreseen(nights, 39)

    assert off_min(thursday.usual, time(22)) <= 20
    assert off_min(friday.usual, time(23, 30)) <= 20
    assert any("On Friday and Saturday nights" in said and "later" in said for said in friday.because)
    assert not any("Friday" in said for said in thursday.because)


def test_it_learns_that_one_night_of_the_week_is_unlike_the_others_and_says_so() -> None:
    nights = [rated(k, time(23, 30) if k % 7 == 1 else time(22)) for k in range(56)]
    monday, tuesday = foreseen(nights, 56), foreseen(nights, 57)

    assert off_min(monday.usual, time(22)) <= 15
    assert off_min(tuesday.usual, time(23, 30)) <= 30
    assert any("On this night of the week" in said and "later" in said for said in tuesday.because)
    assert not any("night of the week" in said for said in monday.because)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([-120, -60, 60, 120]), st.integers(1, 10), st.integers(0, DAYS - 1))
def test_it_shrinks_what_a_night_of_the_week_adds_until_there_is_enough_of_it(by: int, weeks: int, day: int) -> None:
    belief, seen = general(), []
    for k in range(7 * weeks):
        on = FIRST + timedelta(days=k)
        hour = 10 + (by / 60 if day_of(on) == day else 0)
        belief = belief.after_nights(1).having_begun(hour, day=day_of(on))
        seen.append(belief.shift_h(day) * 60 / by)

    assert all(-0.25 <= share <= 1.1 for share in seen)
    assert belief.shift_h(day) * 60 / by > 0.5 or weeks < 8


def test_it_is_wide_and_says_why_where_they_begin_at_either_of_two_hours() -> None:
    dice = np.random.default_rng(5)
    nights = [rated(k, time(21) if dice.random() < 0.5 else time(23, 45)) for k in range(30)]
    one, two = foreseen([rated(k, time(22, 30)) for k in range(30)], 30), foreseen(nights, 30)

    assert hours_after_noon(two.half[0]) <= 9.5
    assert hours_after_noon(two.half[1]) >= 11.5
    assert any("either of two hours" in said for said in two.because)
    assert not any("two hours" in said for said in one.because)


@pytest.mark.parametrize("changes_on", [date(2026, 3, 28), date(2026, 10, 24)])
@pytest.mark.parametrize("hour", [time(1, 30), time(4)])
def test_it_reads_the_wall_clock_on_nights_when_the_clock_changes(changes_on: date, hour: time) -> None:
    last = (changes_on - FIRST).days
    usual = [rated(last - k, hour) for k in range(1, 8)]

    changed = foreseen([*usual, rated(last, hour)], last + 1)

    assert off_min(changed.usual, hour) <= 10
    assert not any("time zone" in said for said in changed.because)


def test_it_widens_after_a_flight_and_knows_home_again() -> None:
    home = [rated(k, time(22)) for k in range(20)]
    away = [rated(20 + k, time(3), TOKYO) for k in range(10)]
    before, landed = foreseen(home, 20), foreseen(home, 20, TOKYO)

    assert width_h(landed) > width_h(before) + 2
    assert any("another time zone" in said for said in landed.because)
    assert off_min(foreseen([*home, *away], 30, TOKYO).usual, time(3)) <= 60
    assert off_min(foreseen([*home, *away, *[rated(30 + k, time(22)) for k in range(12)]], 42).usual, time(22)) <= 15


def test_it_leaves_out_nights_away_from_home() -> None:
    home = [rated(k, time(22)) for k in range(10)]
    hotel = [one for k in range(10, 14) for one in (rated(k, time(2)), fact(NightState(State.TRAVEL), k))]

    assert off_min(foreseen([*home, *hotel], 14).usual, time(22)) <= 10


def test_it_does_not_know_tonights_own_entry() -> None:
    assert foreseen([rated(0, time(20))], 0) == foreseen([], 0, BERLIN)


began = st.none() | st.times(time(17), time(23, 59)).map(lambda one: one.replace(second=0, microsecond=0))


@settings(max_examples=40, deadline=None)
@given(st.lists(began, min_size=1, max_size=40), st.none() | st.times())
def test_it_always_gives_ranges_in_order_and_a_chance(onsets: list[time | None], told: time | None) -> None:
    nights = [rated(k, hour) for k, hour in enumerate(onsets)]
    onset = foreseen([fact(Wishes(told.replace(tzinfo=None) if told else None)), *nights], len(onsets))
    edges = [onset.most[0], onset.half[0], onset.usual, onset.half[1], onset.most[1]]
    hours = [hours_after_noon(edge) for edge in edges]

    # The very end of a night is noon again.
    assert hours == sorted(hours) or hours_after_noon(onset.most[1]) == 0
    assert 0 < onset.calm < 1
    assert onset.nights == sum(hour is not None for hour in onsets)
    assert onset == foreseen([*reversed(nights), fact(Wishes(told))], len(onsets))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 24), max_size=20), st.integers(0, DAYS - 1), st.floats(-12, 12))
def test_its_belief_stays_a_distribution_whatever_it_learns(hours: list[float], day: int, ahead: float) -> None:
    belief = general(9.5)
    for hour in hours:
        belief = belief.after_nights(1).having_begun(hour, day=day)
    belief = belief.arriving(ahead, belief).after_nights(3, settling=True)
    assert belief.days.sum(axis=1) == pytest.approx(1)
    by_then = belief.by_then(day=day)

    assert belief.weights.sum() == pytest.approx(1)
    assert (np.diff(by_then) >= -1e-12).all()
    assert (by_then[0], by_then[-1]) == (pytest.approx(0, abs=1e-9), pytest.approx(1))
    assert HOURS[0] <= hour_at(by_then, 0.5) <= HOURS[-1]
