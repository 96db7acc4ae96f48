"""What goes along with the nights, on the page: careful words, a test in three taps, no number that misleads."""

import os
import re
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.test import Client

from quietlegs.library.load import load_library
from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.kept import started
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating, OfferedBecause, Relief
from quietlegs.records.moment import instant_in, moment, night_of
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.slept import Intake, Substance, Unit
from quietlegs.records.tried import Choice, Decision, Finding
from quietlegs.web.store.diary import StoredDiary

ZONE = "Europe/Berlin"
SIGNS = tuple(sign.key for sign in load_library().safety.signs if sign.question)
NIGHTS = 40


def night(back: int) -> date:
    return night_of(moment(datetime.now(UTC), ZONE)) - timedelta(days=back)


def fact(payload: Payload, on: date) -> Fact:
    return note(payload, moment(instant_in(on, time(23), ZONE), ZONE), os.urandom(10), night=on)


@pytest.fixture(autouse=True)
def safe(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = ZONE
    diary.add([fact(SafetyAnswers(SIGNS), night(100))])


def drink(diary: StoredDiary, *, nights: int = NIGHTS, matters: bool = True) -> None:
    """Every second night had coffee before it, and where it matters it was a bad one."""
    for back in range(1, nights + 1):
        on, coffee = night(back), back % 2 == 0
        severity = 3 + back % 3 + (4 if coffee and matters else 0)
        diary.add([fact(NightRating(severity), on)])
        at = instant_in(on, time(16), ZONE)
        diary.add([fact(Intake(Substance.CAFFEINE, 80, Unit.MG, at), on)] if coffee else [])


def along(client: Client) -> str:
    page = " ".join(client.get("/learn/").content.decode().split())
    return page.split('id="along"')[1].split('id="calm"')[0]


def test_it_tells_what_goes_along_and_leads_into_a_test_of_it(client: Client, diary: StoredDiary) -> None:
    drink(diary)

    shown = along(client)

    assert "not proven" in shown
    assert "more restless" in shown
    assert re.search(r"\+\d\.\d points, between", shown)
    (address,) = set(re.findall(r'href="(/learn/trial/[^"]*)"', shown))
    start = " ".join(client.get(address).content.decode().split())
    assert "<details open><summary>A habit instead" in start
    assert 'value="caffeine" checked' in start
    assert start.count("checked>") == 3


def test_it_names_the_rating_in_the_language_of_the_page(client: Client, diary: StoredDiary) -> None:
    drink(diary)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"

    shown = along(client)

    assert "geht einher mit: Ihre Bewertung" in shown
    assert "your rating" not in shown


def test_it_says_so_where_there_is_no_sign(client: Client, diary: StoredDiary) -> None:
    drink(diary, matters=False)

    shown = along(client)

    assert "no sign" in shown
    assert " points, between" not in shown


def test_it_says_how_many_nights_it_takes(client: Client, diary: StoredDiary) -> None:
    drink(diary, nights=10)

    assert "at least 28 nights must be known" in along(client)


def test_it_tells_an_empty_diary_what_to_write_down(client: Client) -> None:
    shown = along(client)

    assert "Nothing in your diary can be looked at yet." in shown
    assert "/log/" in shown


def test_it_shows_why_it_says_nothing_of_what_is_done_when_the_legs_are_bad(client: Client, diary: StoredDiary) -> None:
    drink(diary)
    diary.add([fact(Relief("calf_towel", OfferedBecause.CHOSEN, 1.0, 7, 3), night(back)) for back in range(2, 40, 2)])

    shown = along(client)

    assert "<details open><summary><span>Calming your legs at night" in shown
    assert "even if it helps. Only a lot can tell." in shown
    start = client.get("/learn/trial/?tried=calf_towel").content.decode()
    assert 'value="calf_towel" checked' in start


def test_it_offers_no_test_of_what_was_not_worth_it(client: Client, diary: StoredDiary) -> None:
    drink(diary)
    offered = re.findall(r"trial/\?tried=(\w+)", along(client))
    assert offered
    of = UUID("019ba533-e400-7000-8000-000000000000")
    diary.add([fact(Decision(of, key, Choice.DROP, found=Finding.NOT_WORTH_IT), night(1)) for key in offered])

    shown = along(client)

    assert "tried=" not in shown
    assert shown.count("You tried this: not worth it for you so far.") == len(offered)


def test_it_offers_one_new_trial_an_evening(client: Client, diary: StoredDiary) -> None:
    drink(diary)
    on_trial(diary, "calf_towel", since=night(0))

    shown = along(client)

    assert "Nothing more can be put on trial right now." in shown
    assert "tried=" not in shown


def test_it_offers_what_has_room_beside_a_trial_and_never_what_is_on_trial(client: Client, diary: StoredDiary) -> None:
    drink(diary)
    on_trial(diary, "calf_towel", since=night(20))
    assert "tried=caffeine" in along(client)

    on_trial(diary, "caffeine", since=night(10))

    assert "tried=caffeine" not in along(client)


def on_trial(diary: StoredDiary, thing: str, *, since: date) -> None:
    held = diary.facts(NightRating, until=since)
    schedule = begin(Wanted((thing,)), "breath_circles", held, tonight=since, seed=len(thing))
    diary.add([fact(started(schedule, worthwhile=1.0), since)])
