"""Knee to wall and heel raises: what is due, and what is more than chance."""

from itertools import permutations

import pytest
from tests.plan.facts import fact, on

from quietlegs.library.load import load_library
from quietlegs.plan.allowed import Allowed
from quietlegs.plan.measures import EXERCISE, NOISE_FLOOR, Course, mean_of_tries, measured, measures_due
from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import Fact
from quietlegs.records.measured import BodyMeasure, Measure, Side

LIBRARY = load_library()
KNEE, HEEL = Measure.KNEE_TO_WALL_CM, Measure.HEEL_RAISES
MAY = Allowed(asked=True, signs=())


def told(measure: Measure, value: float, night: int, *, side: Side = Side.LEFT, hour: int = 19) -> Fact:
    return fact(BodyMeasure(measure, side, value), night, hour=hour)


@pytest.mark.parametrize(
    ("measure", "first", "now", "course"),
    [
        (KNEE, 9.0, 10.9, Course.ABOUT_THE_SAME),
        (KNEE, 9.0, 11.0, Course.MORE),
        (KNEE, 10.9, 9.0, Course.ABOUT_THE_SAME),
        (KNEE, 11.0, 9.0, Course.LESS),
        (HEEL, 15, 21, Course.ABOUT_THE_SAME),
        (HEEL, 15, 22, Course.MORE),
        (HEEL, 22, 15, Course.LESS),
    ],
)
def test_it_calls_what_chance_can_do_about_the_same(measure: Measure, first: float, now: float, course: Course) -> None:
    (one,) = measured([told(measure, first, 0), told(measure, now, 14)])

    assert one.course is course


def test_it_compares_with_the_first_time_so_that_slow_change_shows() -> None:
    (one,) = measured([told(KNEE, 8.0 + step, 14 * step) for step in range(4)])

    assert (one.first, one.value, one.course) == (8.0, 11.0, Course.MORE)


def test_it_has_nothing_to_compare_the_first_time() -> None:
    (one,) = measured([told(KNEE, 9.0, 3), told(KNEE, 12.0, 3, hour=20)])

    assert (one.value, one.course) == (12.0, Course.FIRST)


def test_it_keeps_sides_and_measures_apart_in_whatever_order_they_come() -> None:
    facts = [told(KNEE, 9, 0), told(KNEE, 7, 0, side=Side.RIGHT), told(HEEL, 20, 1), told(KNEE, 12, 14)]

    for mixed in permutations(facts):
        assert [(one.measure, one.side, one.value) for one in measured(mixed)] == [
            (KNEE, Side.LEFT, 12),
            (KNEE, Side.RIGHT, 7),
            (HEEL, Side.LEFT, 20),
        ]


@pytest.mark.parametrize(("night", "due"), [(13, (HEEL,)), (14, (KNEE, HEEL))])
def test_it_is_due_two_weeks_after_the_last_time(night: int, due: tuple[Measure, ...]) -> None:
    facts = [told(KNEE, 9, -30), told(KNEE, 9, 0, side=Side.RIGHT)]

    assert measures_due(LIBRARY, facts, on(night), MAY, evenings=7) == due


@pytest.mark.parametrize(("evenings", "due"), [(6, ()), (7, (KNEE, HEEL))])
def test_it_asks_for_the_first_time_after_the_first_week(evenings: int, due: tuple[Measure, ...]) -> None:
    assert measures_due(LIBRARY, [], on(0), MAY, evenings=evenings) == due


def test_it_asks_for_nothing_before_the_safety_questions_nor_against_their_answers() -> None:
    assert measures_due(LIBRARY, [], on(0), Allowed(asked=False, signs=()), evenings=20) == ()
    for sign in LIBRARY.safety.signs:
        due = measures_due(LIBRARY, [], on(0), Allowed(asked=True, signs=(sign,)), evenings=20)
        assert all(EXERCISE[one] not in sign.blocks and "all" not in sign.blocks for one in due)


def test_it_takes_the_mean_of_three_tries_and_no_fewer() -> None:
    assert mean_of_tries([9.0, 9.4, 10.0]) == 9.5
    with pytest.raises(RangeError):
        mean_of_tries([9.0, 9.4])


def test_it_has_the_floors_that_the_library_tells() -> None:
    assert f"{NOISE_FLOOR[KNEE]} cm" in LIBRARY.exercises[EXERCISE[KNEE]].in_short
    assert f"about {NOISE_FLOOR[HEEL]:g} by" in LIBRARY.exercises[EXERCISE[HEEL]].in_short
