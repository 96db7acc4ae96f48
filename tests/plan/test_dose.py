"""How long each calf was stretched in a week."""

import pytest
from tests.plan.facts import fact, on

from quietlegs.library.exercise import DoseKind
from quietlegs.library.load import load_library
from quietlegs.plan.dose import CALF_STRETCHES, SOURCE, Stretched, calves_stretched
from quietlegs.records.done import Practice, StopReason, Work
from quietlegs.records.felt import NightRating

LIBRARY = load_library()


def held(left_s: float, right_s: float, *, both_s: float = 0, key: str = "calf_wall_straight") -> Practice:
    work = Work(left_s=left_s, right_s=right_s, both_s=both_s)
    return Practice(key, 2, Work(left_s=600, right_s=600), work, StopReason.ENOUGH if left_s != right_s else None)


def test_it_adds_up_what_each_calf_was_held_not_what_was_planned() -> None:
    facts = [fact(held(90, 60), 0), fact(held(90, 90, key="calf_wall_bent"), 3), fact(NightRating(4), 3)]

    assert calves_stretched(facts, on(3)) == Stretched(3.0, 2.5)


def test_it_counts_a_stretch_of_both_legs_for_each() -> None:
    assert calves_stretched([fact(held(0, 0, both_s=120, key="counter_dog"))], on(0)) == Stretched(2.0, 2.0)


@pytest.mark.parametrize(("night", "counts"), [(0, False), (1, True), (7, True), (8, False)])
def test_it_looks_at_seven_nights_up_to_tonight(night: int, *, counts: bool) -> None:
    assert (calves_stretched([fact(held(60, 60), night)], on(7)) is not None) is counts


def test_it_says_nothing_without_a_stretch_of_the_calf() -> None:
    assert calves_stretched([fact(held(60, 60, key="hamstring")), fact(held(0, 0))], on(0)) is None


def test_it_counts_every_movement_of_the_library_that_stretches_the_calf() -> None:
    holds = {one.key for one in LIBRARY.exercises.values() if one.dose_kind is DoseKind.HOLD}
    calf = {key for key in holds if "calf" in LIBRARY.exercises[key].works or "calves" in LIBRARY.exercises[key].works}

    # The back of the thigh is what the hamstring stretch is for; its calf depends on the toes.
    assert calf - {"hamstring"} == CALF_STRETCHES
    assert "10 minutes a week" in LIBRARY.sources[SOURCE].finding
