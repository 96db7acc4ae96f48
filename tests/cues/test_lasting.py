import dataclasses
from collections.abc import Callable

import pytest

from quietlegs.cues.cue import Cue
from quietlegs.cues.lasting import lasting
from quietlegs.cues.work import practised
from quietlegs.library.exercise import Dose, DoseKind, Exercise
from quietlegs.records.bounds import RangeError

Alone = Callable[..., tuple[Cue, ...]]


@pytest.mark.parametrize("kind", [DoseKind.HOLD, DoseKind.MINUTES])
@pytest.mark.parametrize("level", [1, 5])
def test_thirty_seconds_a_side_are_thirty_in_one_go(calf: Exercise, alone: Alone, kind: DoseKind, level: int) -> None:
    cues = alone(lasting(dataclasses.replace(calf, dose_kind=kind), 30), level)
    (one,) = practised(cues, [])
    assert (one.planned.left_s, one.planned.right_s) == (30, 30)
    assert cues[-1].start_s == 80


@pytest.mark.parametrize(("seconds", "repetitions"), [(30, 5), (34, 6), (1, 1), (1800, 60)])
def test_repetitions_keep_their_beat(calf: Exercise, seconds: float, repetitions: int) -> None:
    raises = dataclasses.replace(
        calf, dose_kind=DoseKind.REPEAT, doses=(Dose(6, 10, sets=3, rest_s=45, note="hands"),) * 5
    )
    assert lasting(raises, seconds).doses[2] == Dose(6, repetitions, note="hands")


def test_it_refuses_a_measure_and_seconds_out_of_range(calf: Exercise) -> None:
    with pytest.raises(RangeError, match="not a measure"):
        lasting(dataclasses.replace(calf, is_test=True, dose_kind=None, doses=()), 30)
    with pytest.raises(RangeError, match=r"Dose\.hold_s is 0; allowed: 1 to 1800 s"):
        lasting(calf, 0)
