"""A trial on the page: started in three taps, a sentence first, stopped and taken back, never told too early."""

import os
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from tests.web.hours import zone_at

from quietlegs.library.load import load_library
from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.kept import started
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import instant_in, moment, night_of
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.rest import Rest
from quietlegs.records.tried import Choice, Decision, Finding, TrialEnd, TrialStart
from quietlegs.web.store.diary import StoredDiary

ZONE, AFTERNOON = zone_at(20), zone_at(14)
CALF, BREATH = "calf_wall_straight", "breath_circles"
SIGNS = tuple(sign.key for sign in load_library().safety.signs if sign.question)
ASKED = {"tried": CALF, "nights": "56", "worth": "1", "zone": ZONE}


def tonight(zone: str = ZONE) -> date:
    return night_of(moment(datetime.now(UTC), zone))


def fact(payload: Payload, night: date, zone: str = ZONE) -> Fact:
    return note(payload, moment(instant_in(night, time(23), zone), zone), os.urandom(10), night=night)


@pytest.fixture(autouse=True)
def safe(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = ZONE
    diary.add([fact(SafetyAnswers(SIGNS), tonight() - timedelta(days=100))])


def page(client: Client, address: str = "/learn/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def lived(diary: StoredDiary, gone: int, *, effect: float = 0.0, tried: str = CALF, zone: str = ZONE) -> Fact:
    """Let a trial begin so many nights ago, after two weeks of nights, and rate each night since."""
    first = tonight(zone) - timedelta(days=gone)
    before = [fact(NightRating(5 + place % 3), first - timedelta(days=14 - place)) for place in range(14)]
    schedule = begin(Wanted((tried,)), BREATH if tried == CALF else "as_usual", before, tonight=first, seed=5)
    start = fact(started(schedule, worthwhile=1.0), first)
    felt = [6 + place % 3 + (effect if schedule.codes[place] == 0 else 0.0) for place in range(gone)]
    nights = [fact(NightRating(int(value)), first + timedelta(days=place)) for place, value in enumerate(felt)]
    diary.add([*before, start, *nights])
    return start


def test_it_asks_shows_what_it_takes_and_starts(client: Client, diary: StoredDiary) -> None:
    assert "Start a fair trial" in page(client, "/learn/trial/")
    looked = client.post("/learn/trial/", ASKED).content.decode()
    assert re.search(r"takes about \d+ nights to show", looked)
    assert "First come 7 nights without any change" in looked
    assert diary.facts(TrialStart) == ()

    answer = client.post("/learn/trial/", ASKED | {"start": "1"})

    assert answer.status_code == 302
    (start,) = diary.facts(TrialStart)
    assert isinstance(start.payload, TrialStart)
    assert start.payload.arms == (CALF, BREATH)
    shown = page(client, answer.headers["Location"].split("#")[0])
    assert "Your trial" in shown
    assert "not yet by lot" in shown
    assert "Undo" in shown
    assert client.get("/learn/trial/").status_code == 302


def test_it_takes_a_start_back(client: Client, diary: StoredDiary) -> None:
    client.post("/learn/trial/", ASKED | {"start": "1"})
    (start,) = diary.facts(TrialStart)

    client.post(f"/learn/calm/undo/{start.id}/", {"zone": ZONE})

    assert diary.facts(TrialStart) == ()
    assert "Nothing is being tried yet" in page(client) or "no night to learn from" in page(client)


def test_it_takes_no_start_back_once_a_night_with_a_turn_was_rated(client: Client, diary: StoredDiary) -> None:
    start = lived(diary, 1)

    client.post(f"/learn/calm/undo/{start.id}/", {"zone": ZONE})

    assert diary.facts(TrialStart) == (start,)
    assert "Undo" not in page(client, f"/learn/?noted={start.id}")


@pytest.mark.parametrize("gone", [0, 14])
def test_it_draws_the_same_turns_however_often_a_start_is_taken_back(
    client: Client, diary: StoredDiary, gone: int
) -> None:
    diary.add([fact(NightRating(5), tonight() - timedelta(days=back)) for back in range(1, gone + 1)])
    drawn = []
    for _ in range(3):
        client.post("/learn/trial/", ASKED | {"start": "1"})
        (start,) = diary.facts(TrialStart)
        drawn.append(start.payload)
        client.post(f"/learn/calm/undo/{start.id}/", {"zone": ZONE})

    assert drawn[0] == drawn[1] == drawn[2]


@pytest.mark.parametrize(
    ("tried", "lived_already"),
    [(CALF, NightRating(4)), (CALF, Practice("quad", 2, Work(), Work(), routine="evening")), ("caffeine", None)],
)
def test_it_begins_tomorrow_where_tonight_was_lived_or_a_habit_is_tried(
    client: Client, diary: StoredDiary, tried: str, lived_already: Payload | None
) -> None:
    diary.add([fact(lived_already, tonight())] if lived_already else [])

    client.post("/learn/trial/", ASKED | {"start": "1", "tried": tried})

    (start,) = diary.facts(TrialStart)
    assert start.night == tonight() + timedelta(days=1)


def test_it_says_the_verdict_first_and_draws_three_pictures(client: Client, diary: StoredDiary) -> None:
    lived(diary, 40, effect=-3.0)

    shown = page(client)

    assert "Wall calf stretch: helps you" in shown
    assert "Night by night" in shown
    assert "How strong is it, how strong must it be?" in shown
    assert shown.index("helps you") < shown.index("<svg")
    assert "night 41 of 56" in shown
    assert "Tonight: <strong>" in shown


def test_it_cannot_tell_while_it_is_early(client: Client, diary: StoredDiary) -> None:
    lived(diary, 2)

    shown = page(client)

    assert "Wall calf stretch: cannot tell yet" in shown
    assert "helps you" not in shown.split("How we know")[0]


def test_it_stops_keeps_what_was_learned_and_goes_on_again(client: Client, diary: StoredDiary) -> None:
    start = lived(diary, 30)

    answer = client.post(f"/learn/trial/stop/{start.id}/", {"zone": ZONE})

    (end,) = diary.facts(TrialEnd)
    assert "over" in page(client, answer.headers["Location"].split("#")[0])
    client.post(f"/learn/calm/undo/{end.id}/", {"zone": ZONE})
    assert diary.facts(TrialEnd) == ()
    assert "night 31 of 56" in page(client)


def test_it_shows_tonights_turn_on_the_first_page(client: Client, diary: StoredDiary) -> None:
    lived(diary, 10)

    assert "Your trial tonight" in page(client, "/")


def test_it_hides_tonights_turn_until_the_evening(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = AFTERNOON
    lived(diary, 10, zone=AFTERNOON)

    first, works = page(client, "/"), page(client)

    assert "You see it from 17:00" in first
    assert "You see it from 17:00" in works
    assert "Your trial tonight" not in first
    assert "Tonight: <strong>" not in works
    assert "Tonight's turn</li>" in first
    assert CALF not in first
    (left, *_) = re.findall(r'data-good-for="(\d+)"', first)
    assert 3600 <= int(left) <= 3 * 3600  # an hour less where the suite runs on into the next one


def test_it_tells_a_habit_from_noon_on(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = AFTERNOON
    lived(diary, 10, tried="caffeine", zone=AFTERNOON)

    assert "Your trial tonight" in page(client, "/")


def test_it_shows_no_turn_while_somebody_takes_a_break_and_says_that_it_goes_on(
    client: Client, diary: StoredDiary
) -> None:
    lived(diary, 10)
    assert "Your trial goes on when you are back." not in page(client)
    diary.add([fact(Rest(), tonight())])

    shown = page(client)

    assert "You are taking a break. Your trial goes on when you are back." in shown
    assert "Tonight: <strong>" not in shown
    assert "Tonight's turn is drawn" not in shown


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tried": ""}, "1 to 3"),
        ({"tried": "iron"}, "ask your doctor"),
        ({"nights": "9"}, "how long is &#x27;9&#x27;; allowed: 28, 56, 84"),
        ({"worth": "7"}, "allowed: 0.5, 1, 2"),
    ],
)
def test_it_names_what_it_cannot_start(client: Client, diary: StoredDiary, change: dict[str, str], said: str) -> None:
    answer = client.post("/learn/trial/", ASKED | {"start": "1"} | change)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert diary.facts(TrialStart) == ()


def test_it_says_kindly_what_came_of_it_and_ticks_it_no_more(client: Client, diary: StoredDiary) -> None:
    old = lived(diary, 30)
    told = Decision(old.id, CALF, Choice.DROP, after_nights=28, found=Finding.NOT_WORTH_IT)
    diary.add([fact(told, tonight()), fact(TrialEnd(old.id), tonight() - timedelta(days=2))])

    shown = page(client, f"/learn/trial/?tried={CALF}&tried=quad")

    remark = "You tried this: not worth it for you so far."
    assert shown.count(remark) == 1
    assert shown.index("Other movements") < shown.index(remark) < shown.index("A habit instead")
    assert re.findall(r'value="(\w+)" checked', shown)[0] == "quad"
    assert f'value="{CALF}"' in shown
    looked = client.post("/learn/trial/", ASKED).content.decode()
    assert "Start the trial" in looked


def test_it_asks_about_safety_first(client: Client, diary: StoredDiary) -> None:
    everything = fact(SafetyAnswers(SIGNS[:1]), tonight())
    diary.add([everything])

    answer = client.get("/learn/trial/")

    assert answer.status_code == 302
    assert "then=" in answer.headers["Location"]


def test_it_tells_why_there_is_a_comparator(client: Client) -> None:
    assert "Hope works" in page(client, "/learn/placebo/")
