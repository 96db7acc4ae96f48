"""What the printed sheets promise: everything opens, and nothing unsafe is put on paper."""

import os
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.web.test_learn_trial import AFTERNOON, ZONE, lived

from quietlegs import day
from quietlegs.library.exercise import DoseKind
from quietlegs.library.load import load_library
from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.records.person import SafetyAnswers
from quietlegs.web.pages.library.words import dose_told
from quietlegs.web.store.diary import StoredDiary

LIBRARY = load_library()
NO_LEGS_UP = next(sign.key for sign in LIBRARY.safety.signs if sign.blocks == ("legs_up_wall",))
NOTHING_AT_ALL = next(sign.key for sign in LIBRARY.safety.signs if sign.blocks == ("all",))


def say_yes(diary: StoredDiary, *signs: str) -> None:
    asked = tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)
    diary.add([note(SafetyAnswers(asked, signs), moment(datetime.now(UTC), "Europe/Berlin"), os.urandom(10))])


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("key", LIBRARY.exercises)
def test_it_prints_every_step_and_every_dose_of_a_movement(client: Client, key: str) -> None:
    one = LIBRARY.exercises[key]
    shown = text(client, f"/paper/movement/{key}/").replace("&#x27;", "'")

    for step in one.steps:
        assert step.show in shown
    for level in range(1, len(one.doses) + 1):
        assert dose_told(one, level)[1:] in shown
    assert shown.count('role="img"') >= 1


@pytest.mark.parametrize("key", LIBRARY.routines)
def test_it_prints_every_movement_of_a_routine_with_its_stop_rules(client: Client, key: str) -> None:
    exercises = [LIBRARY.exercises[slot.exercise] for slot in LIBRARY.routines[key].slots]
    shown = text(client, f"/paper/routine/{key}/")

    for one in exercises:
        assert one.name in shown
    for rule in LIBRARY.safety.stop_rules:
        assert (rule.sign in shown) == any(rule.key in one.stop for one in exercises)


def test_it_puts_the_seated_form_where_a_movement_is_not_for_this_person(client: Client, diary: StoredDiary) -> None:
    say_yes(diary, NO_LEGS_UP)

    shown = text(client, "/paper/routine/evening/")

    assert LIBRARY.exercises["legs_up_wall"].name not in shown
    assert LIBRARY.exercises["legs_up_stool"].name in shown
    assert "Not for you now" in text(client, "/paper/movement/legs_up_wall/")


def test_it_prints_no_routine_for_who_needs_help_first(client: Client, diary: StoredDiary) -> None:
    say_yes(diary, NOTHING_AT_ALL)

    assert "Nothing in this routine fits" in text(client, "/paper/routine/evening/", 400)


@pytest.mark.parametrize("path", ["/paper/routine/nonsense/", "/paper/movement/nonsense/"])
def test_it_knows_no_other_sheets(client: Client, path: str) -> None:
    text(client, path, 404)


def test_it_prints_the_routine_that_is_due_tonight_with_its_levels(client: Client, diary: StoredDiary) -> None:
    say_yes(diary, NO_LEGS_UP)
    plan = day.tonight(LIBRARY, diary, moment(datetime.now(UTC), "UTC"))
    assert plan.routine is not None

    shown = text(client, "/paper/tonight/")

    for slot in plan.routine.slots:
        one = LIBRARY.exercises[slot.exercise]
        assert one.name in shown
        told = dose_told(one, slot.level)
        if one.dose_kind is DoseKind.MINUTES:
            assert f"Level {slot.level}: {told}" in shown
        else:
            assert re.search(rf"Level {slot.level}, [0-9.]+ min: {re.escape(told)}", shown)
    assert f"{plan.start:%H:%M}" in shown
    assert "/paper/tonight/" in text(client, "/")
    assert "/paper/tonight/" in text(client, "/guide/routine/")


@pytest.mark.parametrize(("zone", "seen"), [(AFTERNOON, False), (ZONE, True)])
def test_it_prints_no_turn_of_a_trial_before_its_hour(
    client: Client, diary: StoredDiary, zone: str, *, seen: bool
) -> None:
    say_yes(diary)
    lived(diary, 10, zone=zone)
    client.cookies["zone"] = zone
    plan = day.tonight(LIBRARY, diary, moment(datetime.now(UTC), zone))
    (drawn,) = plan.drawn

    shown = text(client, "/paper/tonight/")

    assert (LIBRARY.exercises[drawn].name in shown) is seen
    assert ("The guide shows it when you start." in shown) is not seen
    if not seen:
        assert all(rule.sign in shown for rule in LIBRARY.safety.stop_rules)


def test_it_prints_nothing_for_tonight_where_nothing_may_be_done(client: Client, diary: StoredDiary) -> None:
    say_yes(diary, NOTHING_AT_ALL)

    assert "Nothing fits" in text(client, "/paper/tonight/", 400)
