import dataclasses
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from quietlegs.cues.cue import Cue, CueKind, Side
from quietlegs.cues.timeline import timeline
from quietlegs.library.exercise import Breathing, Dose, DoseKind, Exercise, Routine, Slot
from quietlegs.records.bounds import RangeError

Plan = tuple[Routine, dict[str, Exercise]]
Alone = Callable[..., tuple[Cue, ...]]


def dose_seconds(exercise: Exercise, level: int) -> float:
    """The law, written down a second time."""
    dose, sides = exercise.doses[level - 1], exercise.sides
    if exercise.dose_kind is DoseKind.HOLD:
        one = dose.repetitions * dose.hold_s + (dose.repetitions - 1) * dose.rest_s
        return one * sides + exercise.setup_s
    if exercise.dose_kind is DoseKind.REPEAT:
        work = dose.repetitions * dose.hold_s * dose.sets * sides
        return work + (dose.sets - 1) * dose.rest_s + exercise.setup_s
    return dose.hold_s * sides + exercise.setup_s


def work_ms(cues: tuple[Cue, ...], slot: int) -> Counter[Side]:
    done: Counter[Side] = Counter()
    for cue in cues:
        if cue.works and cue.part.slot == slot:
            done[cue.side] += cue.end_ms - cue.start_ms
    return done


@settings(max_examples=40)
@given(data=st.data())
def test_it_leaves_no_gap_and_no_overlap(timelines: SearchStrategy[tuple[Cue, ...]], data: st.DataObject) -> None:
    cues = data.draw(timelines)
    assert cues[0].start_ms == 0
    assert all(early.end_ms == late.start_ms for early, late in pairwise(cues))
    assert all(cue.length_s > 0 for cue in cues[:-1])
    assert (cues[-1].kind, cues[-1].length_s) == (CueKind.DONE, 0)


@settings(max_examples=40)
@given(data=st.data())
def test_it_lasts_as_long_as_the_doses_say(plans: SearchStrategy[Plan], data: st.DataObject) -> None:
    routine, exercises = data.draw(plans)
    cues = timeline(routine, {}, exercises=exercises)
    expected = sum(dose_seconds(exercises[slot.exercise], slot.level) for slot in routine.slots)
    assert isclose(cues[-1].start_s, expected, abs_tol=1e-6)


@settings(max_examples=40)
@given(data=st.data())
def test_it_gives_both_sides_equal_work_and_exactly_the_dose(plans: SearchStrategy[Plan], data: st.DataObject) -> None:
    routine, exercises = data.draw(plans)
    cues = timeline(routine, {}, exercises=exercises)
    for number, slot in enumerate(routine.slots, 1):
        exercise = exercises[slot.exercise]
        dose = exercise.doses[slot.level - 1]
        times = {DoseKind.HOLD: dose.repetitions, DoseKind.REPEAT: dose.repetitions * dose.sets, DoseKind.MINUTES: 1}
        sides = [Side.LEFT, Side.RIGHT] if exercise.sides == 2 else [Side.BOTH]
        assert exercise.dose_kind is not None
        each = round(dose.hold_s * 1000) * times[exercise.dose_kind]
        assert work_ms(cues, number) == dict.fromkeys(sides, each)


@settings(max_examples=40)
@given(data=st.data())
def test_it_adds_only_the_steps_when_it_teaches(plans: SearchStrategy[Plan], data: st.DataObject) -> None:
    routine, exercises = data.draw(plans)
    plain = timeline(routine, {}, exercises=exercises)
    taught = timeline(routine, {}, exercises=exercises, teach=frozenset(exercises))
    steps = [cue for cue in taught if cue.kind is CueKind.STEP]
    assert [cue.show for cue in steps] == [
        step.show for slot in routine.slots for step in exercises[slot.exercise].steps
    ]
    assert all(isclose(c.length_s, max(4, 1 + 0.45 * len(c.show.split())), abs_tol=0.001) for c in steps)
    assert taught[-1].start_ms - plain[-1].start_ms == sum(cue.end_ms - cue.start_ms for cue in steps)
    assert not any(cue.works for cue in steps)


@settings(max_examples=40)
@given(data=st.data())
def test_every_cue_lies_within_its_stage(timelines: SearchStrategy[tuple[Cue, ...]], data: st.DataObject) -> None:
    cues = data.draw(timelines)
    by_span: dict[int, list[Cue]] = {}
    for cue in cues:
        by_span.setdefault(cue.span_start_ms, []).append(cue)
    for start, own in by_span.items():
        assert (own[0].start_ms, own[-1].end_ms) == (start, own[0].span_end_ms)
        assert len({(cue.part, cue.side) for cue in own}) == 1


@settings(max_examples=40)
@given(data=st.data())
def test_a_part_of_a_hold_lasts_a_minute_at_most(plans: SearchStrategy[Plan], data: st.DataObject) -> None:
    routine, exercises = data.draw(plans)
    for cue in timeline(routine, {}, exercises=exercises):
        if cue.works and exercises[cue.exercise].dose_kind is not DoseKind.REPEAT:
            assert cue.span_length_s <= 60


@settings(max_examples=40)
@given(data=st.data())
def test_paced_breaths_are_never_cut_short(timelines: SearchStrategy[tuple[Cue, ...]], data: st.DataObject) -> None:
    lengths: dict[tuple[str, CueKind], set[float]] = {}
    cues = data.draw(timelines)
    for early, late in pairwise(cues):
        if early.kind is CueKind.BREATHE_IN:
            assert late.kind is CueKind.BREATHE_OUT
        if early.kind in {CueKind.BREATHE_IN, CueKind.BREATHE_OUT}:
            lengths.setdefault((early.exercise, early.kind), set()).add(early.length_s)
    assert all(len(found) == 1 for found in lengths.values())


@settings(max_examples=40)
@given(data=st.data())
def test_the_same_routine_gives_the_same_cues(plans: SearchStrategy[Plan], data: st.DataObject) -> None:
    routine, exercises = data.draw(plans)
    assert timeline(routine, {}, exercises=exercises) == timeline(routine, {}, exercises=dict(exercises))


def test_it_lays_out_the_wall_stretch_breath_by_breath(calf: Exercise, alone: Alone) -> None:
    cues = alone(calf, 1)
    assert [(cue.start_s, cue.kind.value, cue.side.value) for cue in cues] == [
        (0, "prepare", "left"),
        (6, "breathe_in", "left"),
        (10, "breathe_out", "left"),
        (16, "hold", "left"),
        (20, "rest", "left"),
        (26, "breathe_in", "left"),
        (30, "breathe_out", "left"),
        (36, "hold", "left"),
        (40, "switch_side", "right"),
        (46, "breathe_in", "right"),
        (50, "breathe_out", "right"),
        (56, "hold", "right"),
        (60, "rest", "right"),
        (66, "breathe_in", "right"),
        (70, "breathe_out", "right"),
        (76, "hold", "right"),
        (80, "done", "right"),
    ]


def test_it_speaks_the_breath_twice_in_a_hold_and_then_leaves_quiet(calf: Exercise, alone: Alone) -> None:
    cues = [cue for cue in alone(calf, 5) if cue.works and cue.side is Side.LEFT][:8]
    assert [(cue.kind.value, bool(cue.say)) for cue in cues] == [
        ("breathe_out", True),
        ("breathe_in", True),
        ("breathe_out", True),
        *[("breathe_in", False), ("breathe_out", False)] * 2,
        ("hold", True),
    ]


def test_it_leaves_the_breath_in_out_where_the_rest_is_too_short(calf: Exercise, alone: Alone) -> None:
    hurried = dataclasses.replace(calf, doses=(Dose(10, 2, rest_s=4.5),) * 5)
    kinds = [cue.kind for cue in alone(hurried)]
    assert kinds[4:6] == [CueKind.REST, CueKind.BREATHE_OUT]


def test_it_starts_with_the_side_it_is_told(calf: Exercise, alone: Alone) -> None:
    cues = alone(calf, first=Side.RIGHT)
    assert [side for side, _ in Counter(cue.side for cue in cues if cue.works).items()] == [Side.RIGHT, Side.LEFT]
    assert "Start with the right leg." in cues[0].say


def test_sets_change_sides_before_the_rest_and_say_so(calf: Exercise, alone: Alone) -> None:
    raises = dataclasses.replace(calf, dose_kind=DoseKind.REPEAT, doses=(Dose(6, 8, sets=2, rest_s=30),) * 5)
    cues = alone(raises)
    assert [(cue.kind.value, cue.side.value, cue.length_s) for cue in cues] == [
        ("prepare", "left", 10),
        ("hold", "left", 48),
        ("switch_side", "right", 5),
        ("hold", "right", 48),
        ("rest", "left", 30),
        ("hold", "left", 48),
        ("switch_side", "right", 5),
        ("hold", "right", 48),
        ("done", "right", 0),
    ]
    assert cues[1].show == "8 times, 6 seconds each"
    assert cues[4].say == "Rest. Then the left leg."


def test_a_change_of_legs_is_said_even_without_time_for_it(calf: Exercise, alone: Alone) -> None:
    cues = alone(dataclasses.replace(calf, setup_s=0.0, breathing=None))
    firsts = [cue for cue in cues if cue.works]
    assert firsts[0].say.startswith("Wall calf stretch.")
    assert firsts[3].say.startswith("Change legs. Now the right leg.")


def test_what_is_needed_is_said_where_time_allows_and_always_shown(calf: Exercise, alone: Alone) -> None:
    hurried, unhurried = alone(calf)[0], alone(dataclasses.replace(calf, setup_s=40.0))[0]
    assert hurried.say == "Wall calf stretch. Start with the left leg."
    assert unhurried.say == "Wall calf stretch. You need a clear wall, and flat shoes. Start with the left leg."
    assert hurried.show == unhurried.show == "Wall calf stretch - you need a clear wall, and flat shoes"


def test_after_the_steps_there_is_time_to_get_ready(calf: Exercise, alone: Alone) -> None:
    cues = [cue for cue in alone(calf, teach=True) if not cue.works][:7]
    assert [(cue.kind.value, cue.length_s) for cue in cues if cue.kind is not CueKind.STEP] == [
        ("prepare", 3),
        ("prepare", 3),
        ("breathe_in", 4),
    ]
    assert (cues[0].say, cues[5].say) == ("Wall calf stretch.", "Get ready. Start with the left leg.")


def test_a_count_of_its_own_is_shown_as_it_stands(calf: Exercise, alone: Alone) -> None:
    pumps = dataclasses.replace(calf, dose_kind=DoseKind.REPEAT, doses=(Dose(2.2, 25, note="15 pumps, 5 circles"),) * 5)
    set_of_both = alone(pumps)[1]
    assert (set_of_both.show, set_of_both.say) == ("15 pumps, 5 circles", "15 pumps, 5 circles. Slow and even.")


def test_long_minutes_tell_half_way_and_the_last_minute(calf: Exercise, alone: Alone) -> None:
    walk = dataclasses.replace(
        calf, dose_kind=DoseKind.MINUTES, doses=(Dose(300),) * 5, sides=1, breathing=None, setup_s=0.0
    )
    told = {cue.start_s: cue.say for cue in alone(walk) if cue.say}
    assert told == {
        0: "Wall calf stretch. Begin. Calm and easy, breathe freely.",
        150: "Half way.",
        240: "About a minute left.",
        300: "That is all for now.",
    }


def test_breathing_minutes_flow_on_over_their_parts(calf: Exercise, alone: Alone) -> None:
    quiet = dataclasses.replace(calf, dose_kind=DoseKind.MINUTES, doses=(Dose(185),) * 5, sides=1)
    cues = [cue for cue in alone(quiet) if cue.works]
    assert [cue.kind.value for cue in cues] == ["breathe_in", "breathe_out"] * 18 + ["hold"]
    assert [cue.start_s for cue in cues if "Half way." in cue.say or "minute left" in cue.say] == [120, 150]


def test_a_breath_that_just_fits_is_taken(calf: Exercise, alone: Alone) -> None:
    cues = alone(dataclasses.replace(calf, doses=(Dose(16),) * 5))
    kinds = [cue.kind.value for cue in cues if cue.works and cue.side is Side.LEFT]
    assert kinds == ["breathe_out", "breathe_in", "breathe_out"]


def test_a_hold_shorter_than_a_breath_is_just_a_hold(calf: Exercise, alone: Alone) -> None:
    short = dataclasses.replace(calf, doses=(Dose(3),) * 5, breathing=Breathing(4, 6))
    kinds = [cue.kind.value for cue in alone(short)]
    assert kinds == ["prepare", "hold", "switch_side", "hold", "done"]


def test_each_stage_names_its_drawing(calf: Exercise, alone: Alone) -> None:
    cues = alone(calf, teach=True)
    assert [cue.pose for cue in cues if cue.kind is CueKind.STEP] == ["ready", "ready", "hold", "rest"]
    assert {cue.pose for cue in cues if cue.works} == {"hold"}
    assert {cue.pose for cue in cues if cue.kind is CueKind.REST} == {"rest"}
    assert cues[0].pose == "ready"


def test_a_level_given_wins_over_the_slot(calf: Exercise) -> None:
    routine = Routine("one", "One", "For the test.", (Slot("calf", 1, "For the test."),))
    cues = timeline(routine, {"calf": 3}, exercises={"calf": calf})
    assert (cues[0].level, cues[-1].start_s) == (3, 180)


@pytest.mark.parametrize("level", [0, 6, 2.0, True])
def test_it_refuses_a_level_that_does_not_exist(calf: Exercise, level: int) -> None:
    routine = Routine("one", "One", "For the test.", (Slot("calf", 1, "For the test."),))
    with pytest.raises(RangeError, match=r"levels\[calf\] is .*1 to 5"):
        timeline(routine, {"calf": level}, exercises={"calf": calf})


def test_it_refuses_an_unknown_movement(calf: Exercise) -> None:
    routine = Routine("one", "One", "For the test.", (Slot("knee", 1, "For the test."),))
    with pytest.raises(RangeError, match="'knee'; allowed: calf"):
        timeline(routine, {}, exercises={"calf": calf})


def test_it_refuses_a_measure(calf: Exercise, alone: Alone) -> None:
    measure = dataclasses.replace(calf, is_test=True, dose_kind=None, doses=())
    with pytest.raises(RangeError, match="not a measure"):
        alone(measure)


def test_it_refuses_more_work_than_a_diary_can_hold(calf: Exercise, alone: Alone) -> None:
    endless = dataclasses.replace(calf, doses=(Dose(1800, 5),) * 5)
    with pytest.raises(RangeError, match=r"9000 s a side.*up to 7200"):
        alone(endless)


def test_it_refuses_to_start_with_both_sides(calf: Exercise, alone: Alone) -> None:
    with pytest.raises(RangeError, match="left or right"):
        alone(calf, first=Side.BOTH)
