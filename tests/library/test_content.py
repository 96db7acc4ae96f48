import re
from collections.abc import Iterator

import pytest

from quietlegs.library.evidence import Tag, Verdict
from quietlegs.library.exercise import Effort, Exercise, Position
from quietlegs.library.load import load_library
from quietlegs.library.safety import Sign, Urgency

LIBRARY = load_library()
EXERCISES = list(LIBRARY.exercises.values())
MOVEMENTS = [one for one in EXERCISES if not one.is_test]
SIGNS = {sign.key: sign for sign in LIBRARY.safety.signs}
# Which lines of the movements' own lists a question stands for.
STANDS_FOR = {
    "arteries": {"a2"},
    "achilles": {"a3"},
    "antibiotic": {"a3"},
    "pregnant": {"a5"},
    "kidney": {"a5"},
    "feet": {"a5"},
    "past_clot": {"a1"},
    "surgery": {"a4"},
    "balance": {"a6"},
    "heart": {"a7"},
    "eyes_hip_back": {"a8", "a9", "a10"},
}
GENTLE_AND_SEATED_ONLY = ["pregnant", "kidney", "past_clot", "feet", "surgery", "snoring", "young"]


def blocked(sign: Sign) -> set[str]:
    return set(LIBRARY.exercises) if "all" in sign.blocks else set(sign.blocks)


def by_key(exercise: Exercise) -> str:
    return exercise.key


def test_it_holds_nineteen_movements_and_two_tests() -> None:
    assert {one.number for one in MOVEMENTS} == set(range(1, 20))
    assert {one.number for one in EXERCISES if one.is_test} == {20, 21}


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_key)
def test_it_tells_how_to_do_it_well_and_when_to_stop(exercise: Exercise) -> None:
    assert 4 <= len(exercise.steps) <= 6
    assert len(exercise.form) >= 2
    assert len(exercise.faults) >= 2
    assert "chest_pain" in exercise.stop
    assert exercise.evidence


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_key)
def test_it_draws_poses_whose_joints_add_up_and_uses_each_of_them(exercise: Exercise) -> None:
    poses = exercise.poses or {}
    for pose in poses.values():
        for leg in (pose.working, pose.other or pose.working):
            assert leg.ankle + leg.foot - leg.knee + leg.hip == pytest.approx(pose.lean)
        assert pose.caption
    shown = {step.pose for step in (*exercise.steps, *exercise.other_ways) if step.pose}
    shown |= {dose.pose for dose in exercise.doses if dose.pose}
    assert shown | {name for key in shown for name in poses[key].after} == set(poses) != set()


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_key)
def test_it_offers_a_seated_form_that_is_seated(exercise: Exercise) -> None:
    if exercise.position is Position.SEATED:
        assert exercise.seated == exercise.key
    elif exercise.key != "test_lunge":
        end = exercise
        for _ in range(2):
            end = LIBRARY.exercises[end.seated or ""]
        assert end.position is Position.SEATED


@pytest.mark.parametrize("exercise", MOVEMENTS, ids=by_key)
def test_it_ends_hard_work_two_hours_before_bed(exercise: Exercise) -> None:
    hours = {Effort.MODERATE: {120}, Effort.GENTLE: {0, 60}}[exercise.effort]

    assert exercise.latest_min in hours


def test_it_breathes_slowly_in_every_stretch_and_in_the_comparator() -> None:
    for exercise in MOVEMENTS:
        stretch = exercise.dose_kind == "hold"
        if stretch or exercise.comparator:
            assert exercise.breathing is not None
            assert (exercise.breathing.in_s, exercise.breathing.out_s) == (4, 6)


def test_it_has_one_comparator_that_no_longer_routine_contains() -> None:
    assert [one.key for one in EXERCISES if one.comparator] == ["breath_circles"]
    for key in ("evening", "seated", "two_minutes"):
        assert "breath_circles" not in {slot.exercise for slot in LIBRARY.routines[key].slots}


def test_it_keeps_what_may_be_done_nightly_gentle() -> None:
    for key in ("first_week", "evening", "seated", "two_minutes"):
        used = [LIBRARY.exercises[slot.exercise] for slot in LIBRARY.routines[key].slots]
        assert {one.effort for one in used} == {Effort.GENTLE}


def test_it_keeps_the_first_week_at_the_easiest_level_and_the_seated_routine_seated() -> None:
    assert {slot.level for slot in LIBRARY.routines["first_week"].slots} == {1}
    seated = {LIBRARY.exercises[slot.exercise].position for slot in LIBRARY.routines["seated"].slots}
    assert seated == {Position.SEATED}


def test_it_judges_the_claims_as_the_evidence_does() -> None:
    partly, bare = Verdict.PARTLY, Verdict.UNSUPPORTED
    expected = [partly, Verdict.CONTRADICTED, partly, bare, bare, bare, partly, partly, partly, Verdict.SUPPORTED]

    assert [claim.verdict for claim in LIBRARY.claims.values()] == expected


def cited() -> Iterator[str]:
    for exercise in EXERCISES:
        yield from (one.source for one in exercise.evidence)
    for habit in LIBRARY.habits.values():
        yield from (one.source for one in habit.evidence)
    for claim in LIBRARY.claims.values():
        yield from claim.sources
    for topic in LIBRARY.topics.values():
        for part in topic.parts:
            yield from part.sources
    for sign in LIBRARY.safety.signs:
        yield from sign.sources


def test_it_uses_every_source_and_no_other() -> None:
    assert set(cited()) == set(LIBRARY.sources)


def test_it_grades_no_movement_above_its_best_source() -> None:
    order = "ABCD-E"
    for exercise in EXERCISES:
        grades = [source.grade for source, _ in LIBRARY.shown_evidence(exercise.evidence)]
        assert exercise.grade == "E" or not grades or order.index(exercise.grade) >= min(map(order.index, grades))


def test_it_says_that_nothing_shows_that_the_calf_stretch_alone_helps() -> None:
    text = " ".join(part.text for part in LIBRARY.topics["why_movement"].parts)

    assert "Nothing found says that calf stretching alone helps" in text
    assert LIBRARY.exercises["calf_wall_straight"].grade == "E"


def test_it_never_puts_iron_or_magnesium_to_the_test() -> None:
    untested = {key for key, habit in LIBRARY.habits.items() if not habit.can_be_tested}

    assert untested == {"iron", "magnesium"}
    for key in untested:
        assert "never advises" in LIBRARY.habits[key].in_short
        assert "doctor" in LIBRARY.habits[key].name


def test_it_asks_for_emergencies_first_and_briefly() -> None:
    order = list(Urgency)
    ranks = [order.index(sign.urgency) for sign in LIBRARY.safety.signs]

    assert ranks == sorted(ranks)
    for sign in LIBRARY.safety.signs:
        if sign.question:
            assert sign.question.endswith("?")
            assert len(sign.question.split()) <= 30


def test_it_blocks_everything_in_an_emergency_or_with_a_swollen_leg() -> None:
    for sign in LIBRARY.safety.signs:
        if sign.question and sign.urgency in {Urgency.EMERGENCY, Urgency.SAME_DAY}:
            assert sign.blocks == ("all",)


def test_it_leaves_something_to_do_after_any_other_yes() -> None:
    for sign in LIBRARY.safety.signs:
        if sign.blocks != ("all",):
            assert {"breath_circles", "puzzle"}.isdisjoint(blocked(sign))


@pytest.mark.parametrize(("key", "lines"), STANDS_FOR.items())
def test_it_blocks_what_a_yes_asks_to_clear_first(key: str, lines: set[str]) -> None:
    wanting = {one.key for one in EXERCISES if lines & set(one.ask_first)}

    assert wanting <= blocked(SIGNS[key])


@pytest.mark.parametrize("key", GENTLE_AND_SEATED_ONLY)
def test_it_offers_only_gentle_seated_movements_until_somebody_has_said_yes(key: str) -> None:
    offered = [one for one in EXERCISES if one.key not in blocked(SIGNS[key])]

    assert offered
    assert {(one.position, one.effort) for one in offered} == {(Position.SEATED, Effort.GENTLE)}


def test_it_lets_nobody_stand_who_may_fall_and_nobody_lie_flat_late_in_pregnancy() -> None:
    standing = {one.key for one in EXERCISES if one.position is Position.STANDING}
    lying = {one.key for one in EXERCISES if one.position is Position.LYING}

    assert standing <= blocked(SIGNS["balance"])
    assert lying <= blocked(SIGNS["pregnant_16"])


@pytest.mark.parametrize("exercise", [one for one in EXERCISES if one.position is not Position.LYING], ids=by_key)
def test_it_speaks_no_step_lying_down_but_in_a_lying_movement(exercise: Exercise) -> None:
    assert not any(re.search(r"\b(lie (down|on)|lying)\b", step.show, re.IGNORECASE) for step in exercise.steps)


def test_it_loads_no_sore_heel_cord() -> None:
    loading = {
        "calf_massage",
        "ankle_pumps",
        "calf_wall_straight",
        "calf_towel",
        "heel_raise",
        "heel_raise_seated",
        "sit_to_stand",
        "march",
        "walk",
    }

    for key in ("achilles", "antibiotic"):
        assert loading <= blocked(SIGNS[key])


def test_it_keeps_the_crisis_lines_outside_every_question() -> None:
    assert SIGNS["suicide"].question is None
    reach = {line.where: line.reach for line in LIBRARY.safety.crisis}
    assert reach == {
        "United States": "988 (call, text or chat)",
        "United Kingdom and Ireland": "116 123",
        "European Union, emergency": "112",
        "Elsewhere": "findahelpline.com",
    }


def test_it_never_tells_anybody_to_stop_a_medicine() -> None:
    assert "Never stop it abruptly" in SIGNS["dopamine"].do
    assert "Ask your prescriber" in SIGNS["medicine"].do
    assert SIGNS["dopamine"].blocks == SIGNS["medicine"].blocks == ()


def test_it_names_every_line_of_the_safety_table_somewhere() -> None:
    safety = LIBRARY.safety

    assert set(safety.ask_first) == {f"a{number}" for number in range(1, 14)}
    assert {key for one in EXERCISES for key in one.ask_first} == set(safety.ask_first)
    assert {key for one in EXERCISES for key in one.stop} == {rule.key for rule in safety.stop_rules}


def test_it_shows_no_text_of_pages_that_nobody_read() -> None:
    for topic in LIBRARY.topics.values():
        for part in topic.parts:
            assert {LIBRARY.sources[key].tag for key in part.sources} <= {Tag.VERIFIED}
