"""The guide's pages: what they let nobody skip, and what they hand to the player."""

import json
import os
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from quietlegs import day
from quietlegs.library.exercise import DoseKind
from quietlegs.library.load import load_library
from quietlegs.records.fact import Payload, note
from quietlegs.records.moment import moment
from quietlegs.records.person import Posture, SafetyAnswers, Wishes
from quietlegs.web.pages.guide.words import dose_words, length_words, needs_words
from quietlegs.web.store.diary import StoredDiary

LIBRARY = load_library()
QUESTIONS = [sign for sign in LIBRARY.safety.signs if sign.question]
STANDING = next(sign for sign in QUESTIONS if day.CALM in sign.blocks and "all" not in sign.blocks)
BLOCKING = next(sign for sign in QUESTIONS if "all" in sign.blocks)
MOVEMENTS = [one for one in LIBRARY.exercises.values() if one.doses]
MEASURE = next(one for one in LIBRARY.exercises.values() if not one.doses)


def write(diary: StoredDiary, payload: Payload, hour: int = 19) -> None:
    diary.add([note(payload, moment(datetime(2026, 11, 20, hour, tzinfo=UTC), "Europe/Berlin"), os.urandom(10))])


def answer(diary: StoredDiary, *yes: str) -> None:
    write(diary, SafetyAnswers(tuple(sign.key for sign in QUESTIONS), yes))


def page(client: Client, path: str) -> str:
    got = client.get(path)
    assert got.status_code == 200
    return got.content.decode()


def data(client: Client, path: str) -> dict[str, Any]:
    found = re.search(r'<script id="guide-data" type="application/json">(.*?)</script>', page(client, path), re.DOTALL)
    assert found
    given: dict[str, Any] = json.loads(found[1])
    return given


@pytest.mark.parametrize("path", ["calm/", "calm/?level=4", "routine/", "movement/ankle_pumps/"])
def test_it_asks_the_safety_questions_first_and_comes_back(client: Client, path: str) -> None:
    asked = client.get(f"/guide/{path}", follow=True)

    assert asked.redirect_chain[0][0].startswith("/safety/?then=/guide/")
    back = client.post("/safety/", {"none": "1", "then": asked.context["then"]})
    assert back.headers["Location"] == f"/guide/{path}"


@pytest.mark.parametrize("path", ["calm/", "routine/", "movement/ankle_pumps/"])
def test_it_moves_nobody_whom_a_sign_forbids_to_move(client: Client, diary: StoredDiary, path: str) -> None:
    answer(diary, BLOCKING.key)

    shown = page(client, f"/guide/{path}")

    assert BLOCKING.do in shown.replace("&#x27;", "'")
    assert 'href="/safety/help/"' in shown
    assert "guide-data" not in shown


@pytest.mark.parametrize(
    "path",
    [
        "calm/?movement=handstand",
        "calm/?level=0",
        "calm/?level=6",
        "calm/?level=two",
        f"calm/?movement={MEASURE.key}",
        "movement/handstand/",
        "movement/ankle_pumps/?level=9",
        f"movement/{MEASURE.key}/",
    ],
)
def test_it_knows_no_such_movement_or_level(client: Client, diary: StoredDiary, path: str) -> None:
    answer(diary)

    got = client.get(f"/guide/{path}")

    assert got.status_code == 404
    assert "allowed: " in got.content.decode()


def test_it_calms_with_the_wall_stretch_at_the_light_dose(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    given = data(client, "/guide/calm/")

    assert given["offer"] == {"movement": day.CALM, "because": "default", "probability": 1.0}
    assert given["routine"] is None
    assert {cue["level"] for cue in given["cues"]} == {day.CALM_LEVEL}


def test_it_says_that_a_movement_was_chosen(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    given = data(client, "/guide/calm/?movement=ankle_pumps&level=1")

    assert given["offer"] == {"movement": "ankle_pumps", "because": "chosen", "probability": 1.0}
    assert {cue["level"] for cue in given["cues"]} == {1}


def test_it_offers_both_doses_and_keeps_the_chosen_movement(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    shown = page(client, "/guide/calm/?movement=calf_towel&level=4")

    assert 'href="?level=2&amp;movement=calf_towel">10 seconds, three times a side' in shown
    assert 'href="?level=4&amp;movement=calf_towel" aria-current="true">30 seconds, three times a side' in shown


def test_it_gives_both_sides_the_same_time_at_every_level(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    for movement in MOVEMENTS:
        cues = data(client, f"/guide/movement/{movement.key}/?level=3")["cues"]
        worked = {
            side: sum(c["length_s"] for c in cues if c["works"] and c["side"] == side) for side in ("left", "right")
        }
        assert worked["left"] == pytest.approx(worked["right"])
        assert (worked["left"] > 0) == (movement.sides == 2)


def test_it_draws_every_pose_of_its_cues_once(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    for path in ["/guide/routine/", *(f"/guide/movement/{one.key}/" for one in MOVEMENTS)]:
        wanted = {f"pose-{cue['exercise']}-{cue['pose']}" for cue in data(client, path)["cues"] if cue["pose"]}
        drawn = re.findall(r'<template id="([^"]+)"><svg', page(client, path))
        assert wanted
        assert sorted(drawn) == sorted(wanted)


def test_it_shows_the_stop_rules_before_the_first_movement(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    before = page(client, "/guide/calm/").partition('id="player"')[0]

    for rule in LIBRARY.safety.stop_rules:
        assert (rule.sign in before) == (rule.key in LIBRARY.exercises[day.CALM].stop)


def test_it_plays_tonights_routine_under_its_name(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    given = data(client, "/guide/routine/")

    assert given["routine"] == "first_week"
    assert given["offer"] is None
    assert set(given["movements"]) == {slot.exercise for slot in LIBRARY.routines["first_week"].slots}
    assert "How bad, right now?" not in page(client, "/guide/routine/").partition('id="player"')[0]


def test_it_offers_the_seated_form_only_where_it_is_another_one_and_allowed(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    calm = data(client, "/guide/calm/")["movements"]
    single = data(client, "/guide/movement/calf_wall_straight/")["movements"]

    assert calm["calf_wall_straight"]["seated"]["url"] == "/guide/calm/?movement=calf_towel"
    assert single["calf_wall_straight"]["seated"]["url"] == "/guide/movement/calf_towel/"
    assert data(client, "/guide/movement/calf_towel/")["movements"]["calf_towel"]["seated"] is None


def test_it_offers_no_seated_form_that_the_answers_forbid(client: Client, diary: StoredDiary) -> None:
    sign = next(s for s in QUESTIONS if "calf_towel" in s.blocks and "calf_wall_straight" not in s.blocks)
    answer(diary, sign.key)

    assert data(client, "/guide/calm/")["movements"]["calf_wall_straight"]["seated"] is None


def test_it_offers_something_else_where_the_wall_is_forbidden(client: Client, diary: StoredDiary) -> None:
    answer(diary, STANDING.key)

    offered = data(client, "/guide/calm/")["offer"]["movement"]

    assert offered != day.CALM
    assert offered not in STANDING.blocks


def test_it_tells_why_a_movement_is_not_offered(client: Client, diary: StoredDiary) -> None:
    answer(diary, STANDING.key)

    shown = page(client, f"/guide/movement/{day.CALM}/")

    assert STANDING.do in shown.replace("&#x27;", "'")
    assert "guide-data" not in shown


def test_it_sits_with_those_who_wish_to_sit(client: Client, diary: StoredDiary) -> None:
    answer(diary)
    write(diary, Wishes(posture=Posture.SEATED), hour=20)

    assert data(client, "/guide/calm/")["offer"]["movement"] == LIBRARY.exercises[day.CALM].seated
    assert data(client, "/guide/routine/")["routine"] == "seated"


def test_it_has_no_inline_script_or_style(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    for path in ("/guide/calm/", "/guide/routine/", "/guide/movement/walk/"):
        shown = page(client, path)
        assert not re.findall(r"<script(?![^>]*(src=|type=\"application/json\"))[^>]*>", shown)
        assert not re.findall(r"<[^>]+\s(style|on\w+)=", shown)


def test_it_only_answers_questions(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    assert client.post("/guide/calm/").status_code == 405


def test_it_says_doses_in_plain_words() -> None:
    said = {one.key: dose_words(one, 2) for one in MOVEMENTS}

    assert said["calf_wall_straight"] == "10 seconds, three times a side"
    assert said["heel_raise"] == "10 slow moves"
    assert said["walk"] == "about 8 minutes"
    assert all(
        one.dose_kind is not DoseKind.REPEAT or "slow move" in dose_words(one, level)
        for one in MOVEMENTS
        for level in range(1, 6)
    )


def test_it_rounds_lengths_to_minutes_and_never_to_nothing() -> None:
    assert [length_words(s) for s in (5, 89, 91, 600)] == [
        "about 1 minute",
        "about 1 minute",
        "about 2 minutes",
        "about 10 minutes",
    ]


def test_it_lists_what_is_needed() -> None:
    assert needs_words(()) == ""
    assert needs_words(("a wall",)) == "You need a wall."
    assert needs_words(("a mat", "a wall", "a towel")) == "You need a mat, a wall and a towel."
