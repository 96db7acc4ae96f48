"""The experiment on relief in the pages: chosen, drawn from, told, stopped, and taken back."""

import json
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import fsum
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.plan.calming import COMPARATOR, USUAL, chosen
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import Chance, OfferedBecause, Relief
from quietlegs.records.ids import uuid7
from quietlegs.records.moment import moment
from quietlegs.records.person import Posture, SafetyAnswers, Wishes
from quietlegs.records.tried import ReliefStart, TrialEnd
from quietlegs.web.store.diary import StoredDiary

LIBRARY = load_library()
QUESTIONS = [sign for sign in LIBRARY.safety.signs if sign.question]
STANDING = next(sign for sign in QUESTIONS if day.CALM in sign.blocks and "all" not in sign.blocks)
FIRST = datetime(2026, 10, 1, 1, tzinfo=UTC)


def write(diary: StoredDiary, payload: Payload, days: float = 0) -> Fact:
    fact = note(payload, moment(FIRST + timedelta(days=days), "Europe/Berlin"), os.urandom(10))
    diary.add([fact])
    return fact


def answer(diary: StoredDiary, *yes: str) -> None:
    write(diary, SafetyAnswers(tuple(sign.key for sign in QUESTIONS), yes))


def start(diary: StoredDiary, movements: Iterable[str] = USUAL) -> Fact:
    answer(diary)
    return write(diary, chosen(LIBRARY, (), tuple(movements)))


def fill(diary: StoredDiary, trial: UUID, count: int, *, rated: bool = True) -> None:
    """The wall stretch and slow breathing by turns; the stretch eased more."""
    chances = tuple(Chance(key, 0.25) for key in USUAL)
    for k in range(count):
        movement, after = (USUAL[0], 2 + k % 3) if k % 2 else (COMPARATOR, 5 + k % 3)
        drawn = Relief(movement, OfferedBecause.TRIAL, 0.25, 8, after if rated else None, trial=trial, chances=chances)
        write(diary, drawn, k + 1)


def page(client: Client, path: str) -> str:
    got = client.get(path)
    assert got.status_code == 200
    return " ".join(got.content.decode().replace("&#x27;", "'").split())


def data(client: Client, path: str = "/guide/calm/") -> dict[str, Any]:
    found = re.search(r'<script id="guide-data" type="application/json">(.*?)</script>', page(client, path))
    assert found
    given: dict[str, Any] = json.loads(found[1])
    return given


def before_the_draw(shown: str) -> str:
    """What can be seen before the draw: the page without its templates, its data and its hidden stages."""
    seen = re.sub(r"<template.*?</template>|<script.*?</script>", "", shown)
    return seen.partition('id="drawn"')[0]


def test_it_serves_all_that_can_be_drawn_and_their_chances(client: Client, diary: StoredDiary) -> None:
    trial = start(diary)

    given = data(client)

    assert given["offer"] is None
    assert given["lot"]["trial"] == str(trial.id)
    assert [one["movement"] for one in given["lot"]["chances"]] == list(USUAL)
    assert fsum(one["probability"] for one in given["lot"]["chances"]) == pytest.approx(1, abs=1e-12)
    for key in USUAL:
        own = given["lot"]["movements"][key]
        assert {cue["exercise"] for cue in own["cues"]} == set(own["movements"]) == {key}


def test_it_serves_movements_that_take_alike_long(client: Client, diary: StoredDiary) -> None:
    start(diary)
    for key in USUAL:
        for k in range(3):
            write(diary, Practice(key, 2, Work(), Work()), k)

    lengths = [own["cues"][-1]["start_s"] for own in data(client)["lot"]["movements"].values()]

    assert max(lengths) < 1.3 * min(lengths)


def test_it_serves_every_picture_that_could_be_shown(client: Client, diary: StoredDiary) -> None:
    start(diary)

    lot = data(client)["lot"]["movements"].values()
    drawn = re.findall(r'<template id="(pose-[^"]+)"> ?<svg', page(client, "/guide/calm/"))

    wanted = {f"pose-{cue['exercise']}-{cue['pose']}" for own in lot for cue in own["cues"] if cue["pose"]}
    assert sorted(drawn) == sorted(wanted)


def test_it_shows_no_movement_before_the_draw(client: Client, diary: StoredDiary) -> None:
    start(diary)

    shown = page(client, "/guide/calm/")
    seen = before_the_draw(shown)

    assert "<title>Calm my legs now" in shown
    assert "How bad, right now?" in seen
    assert "<svg" not in seen
    assert not [one.name for one in LIBRARY.exercises.values() if one.name.lower() in seen.lower()]
    wanted = {key for name in USUAL for key in LIBRARY.exercises[name].stop}
    for rule in LIBRARY.safety.stop_rules:
        assert (rule.sign in seen) == (rule.key in wanted)


def test_its_chances_follow_the_history(client: Client, diary: StoredDiary) -> None:
    fill(diary, start(diary).id, 24)

    chances = {one["movement"]: one["probability"] for one in data(client)["lot"]["chances"]}

    assert chances[USUAL[0]] == max(chances.values())
    assert chances[COMPARATOR] == min(chances.values()) >= 0.1


def test_it_draws_only_what_the_answers_and_wishes_leave(client: Client, diary: StoredDiary) -> None:
    start(diary)
    write(diary, Wishes(posture=Posture.SEATED), 1)

    assert [one["movement"] for one in data(client)["lot"]["chances"]] == list(USUAL[1:])


def test_it_offers_as_before_where_too_little_is_left(client: Client, diary: StoredDiary) -> None:
    start(diary, [day.CALM, "quad"])
    write(diary, SafetyAnswers(tuple(sign.key for sign in QUESTIONS), (STANDING.key,)), 1)

    given = data(client)

    assert given["lot"] is None
    assert given["offer"]["because"] == "default"


def test_a_movement_asked_for_is_chosen_not_drawn(client: Client, diary: StoredDiary) -> None:
    start(diary)

    given = data(client, "/guide/calm/?movement=ankle_pumps")

    assert given["lot"] is None
    assert given["offer"]["because"] == "chosen"


def test_it_keeps_what_the_phone_drew(client: Client, diary: StoredDiary) -> None:
    trial, lot = start(diary), data(client)["lot"]
    payload = {**lot["chances"][1], "because": "trial", "trial": lot["trial"], "chances": lot["chances"], "before": 7}
    row = {
        "id": str(uuid7(FIRST, bytes(10))), "kind": "relief", "night": "2026-09-30", "at": "2026-10-01T01:00:00Z",
        "zone": "Europe/Berlin", "offset_s": 7200, "wall": "2026-10-01T03:00:00", "supersedes": None,
        "payload": payload,
    }  # fmt: skip

    stored = client.post("/api/v1/facts", json.dumps([row]), content_type="application/json")

    assert stored.json() == {"stored": 1, "new": 1}
    running = day.experiment(diary)
    assert running is not None
    assert running.id == trial.id
    assert len(running.history) == 1


def test_it_lists_what_may_be_chosen_instead(client: Client, diary: StoredDiary) -> None:
    answer(diary, STANDING.key)

    keys = re.findall(r'href="/guide/calm/\?movement=(\w+)"', page(client, "/guide/calm/choose/"))

    assert COMPARATOR in keys
    assert not set(keys) & set(STANDING.blocks)
    assert not [key for key in keys if LIBRARY.exercises[key].latest_min]


def test_it_asks_the_safety_questions_before_anything_is_chosen(client: Client) -> None:
    assert client.get("/learn/calm/").headers["Location"] == "/safety/?then=/learn/calm/"
    assert client.post("/learn/calm/", {"movement": "ankle_pumps"}).headers["Location"] == "/safety/?then=/learn/calm/"


def test_it_invites_and_ticks_the_usual_movements(client: Client, diary: StoredDiary) -> None:
    answer(diary, STANDING.key)

    invited, shown = page(client, "/learn/"), page(client, "/learn/calm/")

    assert 'href="/learn/calm/"' in invited
    boxes = re.findall(r'type="checkbox" name="movement" value="(\w+)"( checked)?', shown)
    assert not {key for key, _ in boxes} & {*STANDING.blocks, COMPARATOR}
    assert "Always there: slow breathing with ankle circles" in shown
    assert all(checked for key, checked in boxes if key in USUAL)


def test_it_starts_with_what_was_ticked_and_the_comparator(client: Client, diary: StoredDiary) -> None:
    answer(diary)

    got = client.post("/learn/calm/", {"movement": ["ankle_pumps", "calf_towel"]}, follow=True)

    (fact,) = diary.facts(ReliefStart)
    assert isinstance(fact.payload, ReliefStart)
    assert fact.payload.movements == ("ankle_pumps", "calf_towel", COMPARATOR)
    assert "From now on the movement is drawn by lot." in got.content.decode()
    assert data(client)["lot"]["trial"] == str(fact.id)


@pytest.mark.parametrize(
    "ticked", [[], [COMPARATOR], ["handstand"], [day.CALM], ["ankle_pumps", "calf_massage", "puzzle", "walk", "quad"]]
)
def test_it_starts_nothing_that_cannot_be_compared(client: Client, diary: StoredDiary, ticked: list[str]) -> None:
    answer(diary, STANDING.key)

    got = client.post("/learn/calm/", {"movement": ticked})

    assert got.status_code == 400
    assert diary.facts(ReliefStart) == ()


def test_the_same_form_sent_twice_starts_once(client: Client, diary: StoredDiary) -> None:
    answer(diary)
    form = {"movement": "ankle_pumps", "fact_id": str(uuid7(FIRST, bytes(10))), "noted_at": FIRST.isoformat()}

    for _ in range(2):
        assert client.post("/learn/calm/", form).status_code == 302

    assert len(diary.facts(ReliefStart)) == 1


def test_it_stops_and_the_stop_can_be_taken_back(client: Client, diary: StoredDiary) -> None:
    trial = start(diary)
    (action,) = re.findall(r'action="(/learn/calm/stop/[^"]+)"', page(client, "/learn/"))

    stopped = client.post(action)

    (end,) = diary.facts(TrialEnd)
    assert end.payload == TrialEnd(trial.id)
    shown = page(client, stopped.headers["Location"])
    assert "It is stopped" in shown
    assert "Find out what calms you best" in shown
    (back,) = re.findall(r'action="(/learn/calm/undo/[^"]+)"', shown)
    client.post(back)
    assert diary.facts(TrialEnd) == ()
    assert "Stop drawing" in page(client, "/learn/")
    assert "undo" not in page(client, stopped.headers["Location"])


def test_a_stop_from_an_old_page_stops_nothing_newer(client: Client, diary: StoredDiary) -> None:
    older = start(diary)
    write(diary, chosen(LIBRARY, (), ["ankle_pumps"]), 1)

    client.post(f"/learn/calm/stop/{older.id}/")

    assert diary.facts(TrialEnd) == ()


def test_it_takes_back_nothing_but_starts_and_stops(client: Client, diary: StoredDiary) -> None:
    wish = write(diary, Wishes())

    client.post(f"/learn/calm/undo/{wish.id}/")

    assert diary.facts(Wishes) == (wish,)


def test_it_tells_what_is_known_and_how(client: Client, diary: StoredDiary) -> None:
    fill(diary, start(diary).id, 20)

    shown = page(client, "/learn/")

    first = shown.index("For you, wall calf stretch calms best now")
    assert first < shown.index("Drawn by lot since 1 October 2026, 20 times so far.") < shown.index("How we know")
    assert "Slow breathing with ankle circles is there to compare with" in shown
    assert "High numbers fall by themselves" in shown
    assert "Too few to compare yet." in shown


def test_it_counts_what_was_drawn_and_not_rated(client: Client, diary: StoredDiary) -> None:
    fill(diary, start(diary).id, 9, rated=False)

    shown = page(client, "/learn/")

    assert "Cannot tell yet what calms best" in shown
    assert "Drawn and not rated: 5." in shown


def test_it_still_tells_what_the_last_one_showed(client: Client, diary: StoredDiary) -> None:
    trial = start(diary)
    fill(diary, trial.id, 20)
    write(diary, TrialEnd(trial.id), 30)

    shown = page(client, "/learn/")

    assert "Choose the movements" in shown
    assert "For you, wall calf stretch calms best now" in shown.partition("What the last try showed")[2]


def test_its_pages_have_no_inline_script_or_style(client: Client, diary: StoredDiary) -> None:
    start(diary)

    for path in ("/guide/calm/", "/guide/calm/choose/", "/learn/", "/learn/calm/"):
        shown = page(client, path)
        assert not re.findall(r"<script(?![^>]*(src=|type=\"application/json\"))[^>]*>", shown)
        assert not re.findall(r"<[^>]+\s(style|on\w+)=", shown)


@pytest.mark.parametrize("path", ["calm/", f"calm/stop/{UUID(int=1)}/", f"calm/undo/{UUID(int=1)}/"])
def test_its_forms_are_taken_from_its_own_pages_alone(database: object, path: str) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)

    assert strict.post(f"/learn/{path}").status_code == 403
