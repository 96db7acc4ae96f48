"""A stage's end on the page: proposed in one sentence, accepted in one go, taken back, and never decided twice."""

import os
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client, override_settings
from tests.web.hours import zone_at
from tests.web.test_kept import bodies

from quietlegs.library.load import load_library
from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.kept import kept_trials, running, started
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import instant_in, moment, night_of
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.rest import Rest
from quietlegs.records.tried import Choice, Decision, TrialEnd, TrialStart
from quietlegs.web.store.diary import StoredDiary

ZONE = zone_at(20)
CALF, BREATH = "calf_wall_straight", "breath_circles"
SIGNS = tuple(sign.key for sign in load_library().safety.signs if sign.question)
NIGHT = timedelta(days=1)


def tonight() -> date:
    return night_of(moment(datetime.now(UTC), ZONE))


def fact(payload: Payload, night: date) -> Fact:
    return note(payload, moment(instant_in(night, time(13), ZONE), ZONE), os.urandom(10), night=night)


@pytest.fixture(autouse=True)
def safe(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = ZONE
    diary.add([fact(SafetyAnswers(SIGNS), tonight() - 100 * NIGHT)])


def lived(diary: StoredDiary, gone: int, *, effect: float = 0.0) -> Fact:
    """Let a trial of 56 nights begin so many nights ago, and rate each night since."""
    first = tonight() - gone * NIGHT
    before = [fact(NightRating(4 + place % 3), first - (14 - place) * NIGHT) for place in range(14)]
    schedule = begin(Wanted((CALF,)), BREATH, before, tonight=first, seed=5)
    start = fact(started(schedule, worthwhile=1.0), first)
    felt = [4 + place % 3 + (effect if schedule.codes[place] == 0 else 0.0) for place in range(gone)]
    diary.add([*before, start, *(fact(NightRating(int(v)), first + place * NIGHT) for place, v in enumerate(felt))])
    return start


def page(client: Client, address: str = "/learn/stage/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def posted(client: Client, choice: str) -> dict[str, str]:
    """What the page's form would send."""
    shown = page(client)
    fields = {name: re.search(rf'name="{name}" value="([^"]*)"', shown) for name in ("shown", "first_id")}
    return {"choice": choice} | {name: found[1] for name, found in fields.items() if found}


def decide(client: Client, choice: str) -> str:
    answer = client.post("/learn/stage/", posted(client, choice))
    assert answer.status_code == 302
    return answer.headers["Location"]


def noted(diary: StoredDiary) -> tuple[Fact, ...]:
    return diary.facts(Decision, TrialEnd, TrialStart)


def test_it_says_what_is_proposed_before_why_and_before_the_picture(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)

    shown = page(client)

    assert "in place of wall calf stretch." in shown
    assert shown.index("in place of wall calf stretch") < shown.index("Why?") < shown.index("<svg")
    assert "28 nights of your trial have gone by." in shown
    assert "It could well be anywhere from" in shown
    assert "A new trial begins: " in shown
    assert re.findall(r'name="choice" value="(\w+)"', shown) == ["accept", "keep"]
    assert "Decide later" in shown
    assert len(noted(diary)) == 1


def test_it_notes_all_of_a_switch_at_one_moment_each_on_its_night(client: Client, diary: StoredDiary) -> None:
    start = lived(diary, 28)

    shown = page(client, decide(client, "accept"))

    decision, end, new = (one for one in sorted(noted(diary), key=lambda one: one.kind) if one.id != start.id)
    assert isinstance(decision.payload, Decision)
    assert (decision.payload.choice, decision.payload.after_nights) == (Choice.SWITCH, 28)
    assert decision.noted == end.noted == new.noted
    assert (decision.night, end.night, new.night) == (tonight(), tonight() - NIGHT, tonight())
    now = running(noted(diary), tonight())
    assert now is not None
    assert now.schedule.design.arms == (decision.payload.instead, BREATH)
    assert now.turn_on(tonight()) in now.schedule.design.arms
    assert "Written down." in shown
    assert "Undo" in shown
    assert "in place of wall calf stretch." not in page(client)


def test_it_takes_all_of_it_back_and_asks_again(client: Client, diary: StoredDiary) -> None:
    start = lived(diary, 28)
    decided = decide(client, "accept").partition("decided=")[2]

    answer = client.post(f"/learn/stage/undo/{decided}/")

    assert noted(diary) == (start,)
    shown = page(client, answer.headers["Location"])
    assert "Taken back." in shown
    assert "in place of wall calf stretch." in shown
    assert client.post(f"/learn/stage/undo/{decided}/").status_code == 302
    assert noted(diary) == (start,)


def test_it_begins_with_the_same_turns_again_however_often_it_is_taken_back(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)
    drawn = []
    for _ in range(3):
        decided = decide(client, "accept").partition("decided=")[2]
        drawn.append(next(one.payload for one in diary.facts(TrialStart) if one.night == tonight()))
        client.post(f"/learn/stage/undo/{decided}/")

    assert drawn[0] == drawn[1] == drawn[2]
    assert kept_trials(noted(diary))[-1].first_on == tonight() - 28 * NIGHT


def test_it_says_kindly_that_a_lived_night_is_not_taken_back(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)
    decided = decide(client, "accept").partition("decided=")[2]
    diary.add([fact(NightRating(3), tonight())])
    before = noted(diary)

    answer = client.post(f"/learn/stage/undo/{decided}/")

    assert answer.status_code == 409
    assert "A night was noted since, so this stays as it is." in answer.content.decode()
    assert noted(diary) == before


def test_it_changes_nothing_where_it_is_left_as_it_is(client: Client, diary: StoredDiary) -> None:
    start = lived(diary, 28)

    shown = page(client, decide(client, "keep"))

    assert "Nothing changes." in shown
    assert [type(one.payload) for one in noted(diary) if one.id != start.id] == [Decision]
    assert kept_trials(noted(diary))[-1].id == start.id
    assert "Nothing waits to be decided" in page(client)


def test_it_proposes_to_drop_harm_before_the_stage_is_over(client: Client, diary: StoredDiary) -> None:
    lived(diary, 25, effect=4.0)

    assert "Leave out wall calf stretch." in page(client)
    assert "This need not wait for the end of the stage." in page(client)
    shown = page(client, decide(client, "accept"))

    assert "The trial ends." in shown
    assert running(noted(diary), tonight()) is None


def test_it_proposes_to_keep_what_helps(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28, effect=-4.0)

    shown = page(client)

    assert "Keep wall calf stretch, and try " in shown
    assert "It helps you, so it stays in your routine for good." in shown


def test_it_notes_two_taps_once(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)
    form = posted(client, "accept")

    first, second = client.post("/learn/stage/", form), client.post("/learn/stage/", form)

    assert first.headers["Location"] == second.headers["Location"]
    assert len(noted(diary)) == 4


def test_it_accepts_nothing_else_than_what_its_page_showed(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)
    form = posted(client, "accept")
    decide(client, "keep")
    before = noted(diary)

    answer = client.post("/learn/stage/", form)

    assert answer.status_code == 409
    assert "Something changed since you opened this page." in answer.content.decode()
    assert noted(diary) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"choice": "perhaps"}, "what you decide is &#x27;perhaps&#x27;; allowed: accept, keep"),
        ({"choice": ""}, "what you decide"),
        ({"first_id": "7"}, "first_id"),
        ({"first_id": "c56a4180-65aa-42ec-a945-5fd21dec0538"}, "a UUID of version 7"),
    ],
)
def test_it_names_what_it_does_not_understand(
    client: Client, diary: StoredDiary, change: dict[str, str], said: str
) -> None:
    lived(diary, 28)
    before = noted(diary)

    answer = client.post("/learn/stage/", posted(client, "accept") | change)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert noted(diary) == before


def test_it_refuses_a_form_that_showed_nothing(client: Client, diary: StoredDiary) -> None:
    start = lived(diary, 28)
    form = posted(client, "accept")

    assert client.post("/learn/stage/", form | {"shown": ""}).status_code == 409
    assert noted(diary) == (start,)


@pytest.mark.parametrize("gone", [0, 5, 27])
def test_it_says_that_nothing_waits_during_a_stage(client: Client, diary: StoredDiary, gone: int) -> None:
    lived(diary, gone)

    assert "Nothing waits to be decided" in page(client)


def test_it_says_that_nothing_waits_without_a_trial(client: Client) -> None:
    assert "Nothing waits to be decided" in page(client)
    assert "Nothing waits to be decided" in page(client, "/learn/stage/?decided=nobody")
    assert client.post("/learn/stage/undo/019ba533-e400-7000-8000-000000000000/").status_code == 302


def test_it_waits_during_a_break(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)
    form = posted(client, "accept")
    diary.add([fact(Rest(tonight()), tonight())])

    assert "You are taking a break. What waits to be decided waits until you are back." in page(client)
    assert "Your trial asks you" not in page(client, "/") + page(client, "/learn/")
    assert client.post("/learn/stage/", form).status_code == 409
    assert diary.facts(Decision) == ()


def test_it_asks_quietly_on_tonight_and_on_what_works_once_a_stage_is_over(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)

    for address in ("/", "/learn/"):
        shown = page(client, address)
        assert "Your trial asks you" in shown
        assert "A stage is over." in shown
        assert 'href="/learn/stage/"' in shown
        assert shown.count("main-button") == (1 if address == "/" else 0)
    decide(client, "keep")
    assert "Your trial asks you" not in page(client, "/") + page(client, "/learn/")


def test_it_tells_harm_once_tonight_stands_and_judges_one_diary_once(
    client: Client, diary: StoredDiary, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(diary, 25, effect=4.0)

    first, works = page(client, "/"), page(client, "/learn/")

    assert "Your trial asks you" not in first
    assert 'data-asks="/learn/stage/card/"' in first
    assert "It shows something that need not wait." in works
    assert "It shows something that need not wait." in page(client, "/learn/stage/card/")
    with monkeypatch.context() as again:
        again.setattr("quietlegs.plan.judged.judged", lambda *_, **__: pytest.fail("it is judged twice"))
        assert "It shows something that need not wait." in page(client, "/learn/stage/card/")
    decide(client, "keep")
    assert client.get("/learn/stage/card/").status_code == 204


def test_it_writes_down_nothing_of_what_waits_but_in_the_diary(
    client: Client, diary: StoredDiary, tmp_path: Path
) -> None:
    lived(diary, 25, effect=4.0)
    # A group's default cache lies in its database, where a diary is sealed and this would not be.
    written = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path / "cache")}
    with override_settings(CACHES=settings.CACHES | {"default": written}):
        assert "It shows something that need not wait." in page(client, "/learn/stage/card/")
        assert not [*(tmp_path / "cache").glob("*")]
        caches["default"].set("a", "b")

    assert [*(tmp_path / "cache").glob("*")]


def test_it_keeps_the_first_page_free_of_the_verdict(
    client: Client, diary: StoredDiary, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(diary, 28)

    def never(*_: object, **__: object) -> None:
        pytest.fail("tonight waits for a verdict")

    monkeypatch.setattr("quietlegs.plan.judged.judged", never)

    assert "Your trial asks you" in page(client, "/")


def test_it_has_no_card_without_a_running_trial(client: Client) -> None:
    assert client.get("/learn/stage/card/").status_code == 204
    assert "data-asks" not in page(client, "/")


def test_it_names_what_is_on_trial_on_the_first_page(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)
    assert "On trial: wall calf stretch, compared with slow breathing" in page(client, "/")

    decide(client, "accept")

    (decision,) = diary.facts(Decision)
    assert isinstance(decision.payload, Decision)
    new = load_library().exercises[decision.payload.instead or ""].name.split(",")[0].lower()
    assert f"On trial: {new}, compared with slow breathing" in page(client, "/")


def test_it_says_nothing_on_a_page_that_a_phone_keeps(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)
    client.post("/safety/", {"none": "1"})

    kept = [body for (address, _), body in bodies(client).items() if address == "/"]

    assert kept
    assert all("On trial: " in body for body in kept)
    assert all("Your trial asks you" not in body for body in kept)
