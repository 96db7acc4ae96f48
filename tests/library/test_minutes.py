import re
from dataclasses import replace

import pytest

from quietlegs.library.exercise import Exercise
from quietlegs.library.load import load_library
from quietlegs.library.minutes import exercise_seconds, routine_seconds
from quietlegs.records.bounds import RangeError

# Minutes of levels 1 to 5, both sides included, as the dose ladder was planned.
LADDER = {
    "calf_wall_straight": (1.3, 2.0, 3.0, 4.3, 5.8),
    "calf_wall_bent": (1.3, 2.0, 2.5, 3.0, 4.3),
    "calf_towel": (1.3, 2.0, 3.0, 4.3, 6.7),
    "ankle_pumps": (1.0, 1.2, 1.8, 2.2, 3.0),
    "heel_raise": (0.8, 1.3, 3.1, 4.1, 6.8),
    "heel_raise_single": (0.9, 1.3, 1.9, 4.0, 7.3),
    "heel_raise_seated": (0.8, 1.1, 2.3, 2.8, 4.3),
    "sit_to_stand": (0.6, 0.8, 1.1, 1.3, 3.3),
    "mini_squat": (0.8, 1.0, 1.2, 3.0, 4.8),
    "hamstring": (1.3, 2.0, 3.0, 4.3, 4.8),
    "quad": (1.3, 1.7, 2.0, 2.8, 5.8),
    "figure_four": (1.3, 1.7, 3.0, 4.3, 5.8),
    "legs_up_wall": (1.7, 2.7, 3.7, 5.7, 8.7),
    "legs_up_stool": (1.7, 2.7, 3.7, 5.7, 8.7),
    "march": (0.7, 1.2, 2.2, 3.2, 4.2),
    "march_seated": (0.7, 1.2, 2.2, 3.2, 4.2),
    "walk": (5.0, 8.0, 12.0, 20.0, 30.0),
    "calf_massage": (1.3, 2.3, 3.3, 4.3, 6.3),
    "breath_circles": (3.0, 5.0, 10.0, 15.0, 20.0),
    "puzzle": (5.0, 10.0, 15.0, 20.0, 30.0),
    "hip_flexor": (1.3, 1.7, 3.0, 4.3, 5.8),
    "hip_flexor_seated": (1.3, 1.7, 3.0, 4.3, 5.8),
    "counter_dog": (0.9, 1.1, 1.8, 2.3, 3.1),
}
DOSED = [one for one in load_library().exercises.values() if not one.is_test]


def test_it_has_a_ladder_for_every_movement_and_for_no_measure() -> None:
    assert {one.key for one in DOSED} == set(LADDER)


@pytest.mark.parametrize("exercise", DOSED, ids=lambda one: str(one.key))
def test_it_takes_as_long_as_planned_at_every_level(exercise: Exercise) -> None:
    minutes = [exercise_seconds(exercise, level) / 60 for level in range(1, 6)]

    assert minutes == pytest.approx(LADDER[exercise.key], abs=0.2)


@pytest.mark.parametrize("exercise", DOSED, ids=lambda one: str(one.key))
def test_it_never_gets_shorter_or_lighter_on_the_way_up(exercise: Exercise) -> None:
    seconds = [exercise_seconds(exercise, level) for level in range(1, 6)]
    worked = [dose.hold_s * dose.repetitions * dose.sets for dose in exercise.doses]

    assert seconds == sorted(seconds)
    assert worked == sorted(worked)


def test_it_counts_holds_rests_and_sides() -> None:
    # 3 holds of 10 s with 2 rests of 10 s are 50 s; twice that and 20 s to get ready.
    assert exercise_seconds(load_library().exercises["calf_wall_straight"], 2) == 120


def test_it_rests_between_sets_after_both_sides() -> None:
    # 8 raises of 6 s, 2 sets, 2 legs: 192 s; one rest of 30 s; 20 s to get ready.
    assert exercise_seconds(load_library().exercises["heel_raise_single"], 4) == 242


def test_it_counts_every_pump_and_every_circle_as_one() -> None:
    for dose in load_library().exercises["ankle_pumps"].doses:
        pumps, circles = (int(number) for number in re.findall(r"\d+", dose.note or ""))

        assert dose.repetitions == pumps + 2 * circles


@pytest.mark.parametrize("level", [0, 6, 2.0, True])
def test_it_refuses_a_level_that_is_none(level: int) -> None:
    with pytest.raises(RangeError, match="level is"):
        exercise_seconds(load_library().exercises["walk"], level)


def test_it_refuses_the_length_of_a_measure() -> None:
    with pytest.raises(RangeError, match="not a measure"):
        exercise_seconds(load_library().exercises["test_lunge"], 1)


@pytest.mark.parametrize(
    ("key", "least", "most"),
    [
        ("two_minutes", 1.9, 2.1),
        ("first_week", 9, 10),
        ("evening", 15, 20),
        ("seated", 15, 20),
    ],
)
def test_it_keeps_what_a_routine_promises(key: str, least: float, most: float) -> None:
    library = load_library()

    assert least <= routine_seconds(library, library.routines[key]) / 60 <= most


def test_it_adds_up_the_movements_of_a_routine() -> None:
    library = load_library()
    routine = library.routines["evening"]
    parts = [routine_seconds(library, replace(routine, slots=(slot,))) for slot in routine.slots]

    assert routine_seconds(library, routine) == pytest.approx(sum(parts))
