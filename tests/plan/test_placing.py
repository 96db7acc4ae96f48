"""Where the routine goes: before the legs begin, within the evening that a person has, with each reason."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietlegs.library.exercise import Slot
from quietlegs.library.load import load_library
from quietlegs.library.minutes import exercise_seconds
from quietlegs.plan.onset import Onset, hours_after_noon
from quietlegs.plan.placing import REST_BEFORE_ONSET, SHIFTS, Placed, placed
from quietlegs.records.person import Wishes

LIBRARY = load_library()
GENTLE = (Slot("ankle_pumps", 2, "Warm."), Slot("calf_wall_straight", 2, "Long."))
HARD = (Slot("ankle_pumps", 2, "Warm."), Slot("mini_squat", 2, "Strong."), Slot("breath_circles", 2, "Calm."))


def onset(early: time, nights: int = 20) -> Onset:
    return Onset(early, (early, early), (early, early), 0.2, nights, 0, ())


def minutes(wall: time) -> float:
    return round(60 * hours_after_noon(wall))


def lasts(slots: tuple[Slot, ...]) -> float:
    return sum(exercise_seconds(LIBRARY.exercises[slot.exercise], slot.level) for slot in slots) / 60


def place(early: time, wishes: Wishes | None = None, slots: tuple[Slot, ...] = GENTLE) -> Placed:
    return placed(onset(early), wishes or Wishes(), slots, LIBRARY)


def test_it_is_over_a_quarter_of_an_hour_before_the_early_quarter() -> None:
    found = place(time(21, 30))

    over = minutes(found.start) + lasts(GENTLE)
    assert 0 <= minutes(time(21, 30)) - REST_BEFORE_ONSET.seconds / 60 - over < 5
    assert found.fits
    assert found.because == ("It ends by 21:15: on three nights in four, your legs begin after 21:30.",)


def test_it_claims_to_know_nothing_before_the_diary_does() -> None:
    said = placed(onset(time(21, 30), nights=0), Wishes(), GENTLE, LIBRARY).because

    assert said == ("It ends by 21:15: until we know better, we expect your legs after 21:30.",)


def test_it_is_over_by_the_latest_hour_that_was_set() -> None:
    found = place(time(23), Wishes(latest=time(21)))

    assert minutes(found.start) + lasts(GENTLE) <= minutes(time(21))
    assert found.fits
    assert "It is over by 21:00, the latest that you set." in found.because
    assert "after 23:00" in found.because[0]


def test_it_does_hard_work_long_before_bed() -> None:
    found = place(time(23, 30), Wishes(bedtime=time(22, 30)), HARD)

    squats_over = minutes(found.start) + lasts(HARD[:2])
    assert 0 <= minutes(time(22, 30)) - 120 - squats_over < 5
    assert any(
        LIBRARY.exercises["mini_squat"].name[1:] in said and "120 minutes before" in said for said in found.because
    )


def test_it_does_not_tell_what_the_lot_drew() -> None:
    wishes = Wishes(earliest=time(21), bedtime=time(22, 30))
    for given_up in (wishes, Wishes(bedtime=time(22, 30))):
        said = " ".join(placed(onset(time(23, 30)), given_up, HARD, LIBRARY, drawn="mini_squat").because)
        assert "tonight's turn" in said
        assert LIBRARY.exercises["mini_squat"].name[1:] not in said


def test_it_never_starts_before_the_earliest_and_says_what_is_given_up() -> None:
    found = place(time(20, 30), Wishes(earliest=time(20, 40)))

    assert found.start == time(20, 40)
    assert not found.fits
    assert found.because == (
        "It starts at 20:40, the earliest that you set.",
        "So it ends later than 20:15: on some nights your legs may begin before it is over.",
    )


def test_it_says_that_hard_work_comes_too_near_to_bed() -> None:
    found = place(time(23, 30), Wishes(earliest=time(21), bedtime=time(22, 30)), HARD)

    assert found.start == time(21)
    assert any("less than 120 minutes before your bedtime" in said for said in found.because)


def test_it_says_that_there_is_no_room() -> None:
    found = place(time(23), Wishes(earliest=time(20, 30), latest=time(20, 31)))

    assert not found.fits
    assert "there is not room for all of it" in " ".join(found.because)


@pytest.mark.parametrize("early", [time(0, 20), time(3), time(12, 20)])
def test_it_places_a_routine_for_legs_that_begin_late_or_by_day(early: time) -> None:
    found = place(early)

    before = (minutes(early) - minutes(found.start)) % (24 * 60)
    assert lasts(GENTLE) + 15 <= before < lasts(GENTLE) + 20


def test_it_takes_a_morning_hour_for_a_free_evening() -> None:
    assert place(time(21, 30), Wishes(earliest=time(9))) == place(time(21, 30))


def test_it_gives_an_hour_where_there_is_no_routine() -> None:
    assert place(time(22), slots=()).start == time(21, 45)


walls = st.none() | st.times(time(17), time(23, 59)).map(lambda one: one.replace(second=0, microsecond=0))


@given(st.times(time(18), time(23, 59)), walls, walls, walls, st.sampled_from([GENTLE, HARD]))
def test_it_keeps_every_limit_or_says_which_it_does_not(
    early: time, earliest: time | None, latest: time | None, bedtime: time | None, slots: tuple[Slot, ...]
) -> None:
    early = early.replace(second=0, microsecond=0)
    found = place(early, Wishes(earliest=earliest, latest=latest, bedtime=bedtime), slots)
    over = minutes(found.start) + lasts(slots)
    kept = [
        over <= minutes(early) - 15,
        latest is None or over <= minutes(latest),
        bedtime is None or over <= minutes(bedtime) - LIBRARY.exercises[slots[-1].exercise].latest_min,
    ]

    assert earliest is None or minutes(found.start) >= minutes(earliest)
    assert not found.fits or all(kept)
    assert len(found.because) > 1 or all(kept)
    assert found == place(early, Wishes(earliest=earliest, latest=latest, bedtime=bedtime), slots)


def turned(drawn: str, early: time, wishes: Wishes | None = None) -> Placed:
    return placed(onset(early), wishes or Wishes(), GENTLE, LIBRARY, drawn=drawn)


def moved(drawn: str, early: time, wishes: Wishes | None = None) -> float:
    return minutes(turned(drawn, early, wishes).start) - minutes(place(early, wishes).start)


def test_it_moves_the_start_by_an_hour_where_the_hour_is_tonights_turn() -> None:
    assert set(SHIFTS) <= set(LIBRARY.habits)
    assert moved("routine_hour", time(21, 30)) == -60
    assert moved("routine_later", time(21, 30)) == 60
    assert moved("as_usual", time(21, 30)) == 0
    assert turned("routine_hour", time(21, 30)).because[0].startswith("It starts an hour earlier than usual")
    assert turned("routine_later", time(21, 30)).because == (
        "It starts an hour later than usual: tonight's turn of your trial.",
    )


def test_it_keeps_bedtime_and_the_persons_own_hours_whatever_was_drawn() -> None:
    late = Wishes(latest=time(21, 30))
    assert minutes(turned("routine_later", time(21, 30), late).start) + lasts(GENTLE) <= minutes(time(21, 30))
    assert turned("routine_hour", time(21, 30), Wishes(earliest=time(20, 45))).start == time(20, 45)
    short = turned("routine_later", time(21, 30), late).because[0]
    assert "your evening has no more room" in short
    assert moved("routine_later", time(21, 30), Wishes(bedtime=time(21, 45))) < 60


@given(
    st.times(min_value=time(17), max_value=time(23, 59)),
    st.none() | st.times(min_value=time(17), max_value=time(23)),
    st.none() | st.times(min_value=time(17), max_value=time(23)),
    st.sampled_from(sorted(SHIFTS)),
)
def test_it_never_moves_further_than_an_hour_nor_the_other_way(
    early: time, earliest: time | None, latest: time | None, drawn: str
) -> None:
    wishes = Wishes(earliest=earliest, latest=latest)
    by, wanted = moved(drawn, early, wishes), SHIFTS[drawn].total_seconds() / 60

    assert min(0, wanted) - 5 <= by <= max(0, wanted) + 5
    if latest is not None and earliest is None and drawn == "routine_later":
        assert minutes(turned(drawn, early, wishes).start) + lasts(GENTLE) <= max(minutes(latest), 60)
