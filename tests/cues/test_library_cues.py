"""The movements and routines of the real library, laid out in time."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from math import isclose

import pytest

from quietlegs.cues.cue import Cue, Side
from quietlegs.cues.timeline import timeline
from quietlegs.library.load import load_library
from quietlegs.library.minutes import exercise_seconds, routine_seconds

Alone = Callable[..., tuple[Cue, ...]]


def side_ms(cues: tuple[Cue, ...]) -> Counter[Side]:
    done: Counter[Side] = Counter()
    for cue in cues:
        if cue.works:
            done[cue.side] += cue.end_ms - cue.start_ms
    return done


@pytest.mark.parametrize("key", sorted(load_library().routines))
def test_every_routine_of_the_library_keeps_the_law(key: str) -> None:
    library = load_library()
    routine = library.routines[key]
    cues = timeline(routine, {}, exercises=library.exercises)
    assert isclose(cues[-1].start_s, routine_seconds(library, routine), abs_tol=1e-6)
    assert all(early.end_ms == late.start_ms for early, late in pairwise(cues))


@pytest.mark.parametrize("key", sorted(key for key, one in load_library().exercises.items() if not one.is_test))
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_every_movement_of_the_library_can_be_played(key: str, level: int, alone: Alone) -> None:
    exercise = load_library().exercises[key]
    cues = alone(exercise, level)
    assert isclose(cues[-1].start_s, exercise_seconds(exercise, level), abs_tol=1e-6)
    sides = side_ms(cues)
    assert set(sides) == ({Side.LEFT, Side.RIGHT} if exercise.sides == 2 else {Side.BOTH})
    assert len(set(sides.values())) == 1
    assert all(cue.pose is None or cue.pose in (exercise.poses or {}) for cue in cues)


@pytest.mark.parametrize(("level", "pose"), [(1, "small"), (3, "middle"), (5, "deep")])
def test_it_draws_the_work_as_its_level_asks(level: int, pose: str, alone: Alone) -> None:
    cues = alone(load_library().exercises["mini_squat"], level)

    assert {cue.pose for cue in cues if cue.works} == {pose}
