"""The diary's pages: two taps, corrections, undo, and errors that name the value."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from quietlegs import day
from quietlegs.records.done import NightState
from quietlegs.records.fact import Fact, note
from quietlegs.records.felt import NightRating, OfferedBecause, Relief
from quietlegs.records.ids import uuid7
from quietlegs.records.moment import moment, night_of
from quietlegs.records.slept import Intake, Sleep
from quietlegs.records.wire import to_wire
from quietlegs.web.pages.log.words import missing_night
from quietlegs.web.store.diary import StoredDiary

NOW = datetime.now(UTC)
TONIGHT = night_of(moment(NOW, "Europe/Berlin"))
LAST_NIGHT = TONIGHT - timedelta(days=1)


def relief() -> Fact:
    return note(
        Relief("calf_wall_straight", OfferedBecause.DEFAULT, 1.0, 7, 3), moment(NOW, "Europe/Berlin"), os.urandom(10)
    )


def test_it_writes_a_night_down_in_two_taps(client: Client, diary: StoredDiary) -> None:
    answer = client.post("/log/", {"night": LAST_NIGHT.isoformat(), "severity": "6"})

    assert answer.status_code == 302
    (fact,) = diary.facts()
    assert fact.payload == NightRating(6)
    assert fact.night == LAST_NIGHT
    assert "6 of 10" in client.get("/log/").content.decode()


def test_it_keeps_the_moment_and_the_zone_of_the_tap(client: Client, diary: StoredDiary) -> None:
    at = NOW - timedelta(minutes=5)
    made = uuid7(at, bytes(10))
    tap = {"noted_at": at.isoformat(), "zone": "America/New_York", "fact_id": str(made)}

    client.post("/log/", {"night": LAST_NIGHT.isoformat(), "severity": "6"} | tap)

    (fact,) = diary.facts()
    assert (fact.id, fact.noted.at, fact.noted.zone) == (made, at, "America/New_York")


def test_it_corrects_a_night_by_a_new_fact(client: Client, diary: StoredDiary) -> None:
    for severity in ("6", "2"):
        client.post("/log/", {"night": LAST_NIGHT.isoformat(), "severity": severity})

    assert [fact.payload for fact in diary.facts()] == [NightRating(2)]
    assert len(list(diary.all_facts())) == 2


def test_it_takes_the_same_form_twice_without_a_second_entry(client: Client, diary: StoredDiary) -> None:
    form = {
        "night": LAST_NIGHT.isoformat(),
        "severity": "6",
        "fact_id": str(uuid7(NOW, bytes(10))),
        "noted_at": NOW.isoformat(),
    }

    assert [client.post("/log/", form).status_code for _ in range(2)] == [302, 302]

    assert len(list(diary.all_facts())) == 1


def test_it_keeps_everything_that_was_unfolded(client: Client, diary: StoredDiary) -> None:
    form = {"severity": "5", "began": "21:30", "where": ["legs", "arms"], "quality": "4", "lights_out": "23:00"}
    form |= {
        "up": "07:00",
        "awakenings": "3",
        "state": "sick",
        "night": LAST_NIGHT.isoformat(),
        "zone": "Europe/Berlin",
    }

    client.post("/log/", form | {"noted_at": NOW.isoformat()})

    rating, sleep, state = (diary.facts(kind)[0].payload for kind in (NightRating, Sleep, NightState))
    assert isinstance(rating, NightRating)
    assert rating.began_at is not None
    assert rating.where == ("legs", "arms")
    assert isinstance(sleep, Sleep)
    assert (sleep.awakenings, sleep.quality) == (3, 4)
    assert isinstance(state, NightState)


def test_it_shows_what_was_answered_so_that_saving_again_loses_nothing(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = "Europe/Berlin"
    form = {"severity": "5", "began": "21:40", "where": "arms", "quality": "4", "up": "07:00", "state": "travel"}
    client.post("/log/", form | {"night": LAST_NIGHT.isoformat()})

    page = client.get(f"/log/?night={LAST_NIGHT.isoformat()}").content.decode()

    for shown in (
        'name="began" value="21:40" checked',
        'value="arms" checked',
        'name="quality" value="4" aria-label="Sleep 4 of 10" checked',
        'name="up" value="07:00"',
        'value="travel" checked',
    ):
        assert shown in page


def test_it_keeps_the_hour_when_one_tap_corrects_the_severity(client: Client, diary: StoredDiary) -> None:
    night = LAST_NIGHT.isoformat()
    client.post("/log/", {"severity": "5", "began": "21:40", "night": night})

    client.post("/log/rate/", {"severity": "7", "night": night})

    (rating,) = (fact.payload for fact in diary.facts(NightRating))
    assert isinstance(rating, NightRating)
    assert rating.severity == 7
    assert rating.began_at is not None
    client.post("/log/rate/", {"severity": "0", "night": night})
    assert [fact.payload for fact in diary.facts(NightRating)] == [NightRating(0)]


def test_it_writes_down_what_was_taken(client: Client, diary: StoredDiary) -> None:
    form = {"night": LAST_NIGHT.isoformat(), "substance": "caffeine", "amount": "80", "unit": "mg", "taken": "15:00"}

    client.post("/log/taken/", form)

    (fact,) = diary.facts(Intake)
    assert isinstance(fact.payload, Intake)
    assert fact.payload.amount == 80


def test_it_names_what_it_cannot_take_and_stores_nothing(client: Client, diary: StoredDiary) -> None:
    night = LAST_NIGHT.isoformat()
    bad = [
        ("/log/", {"night": night, "severity": "11"}, "severity is 11; allowed: a whole number, 0 to 10"),
        ("/log/", {"night": night, "severity": "six"}, "severity is &#x27;six&#x27;"),
        ("/log/", {"night": "yesterday", "severity": "6"}, "night is &#x27;yesterday&#x27;"),
        ("/log/", {"night": "2999-01-01", "severity": "6"}, "up to tonight"),
        ("/log/", {"night": night, "severity": "6", "began": "late"}, "began is &#x27;late&#x27;"),
        ("/log/", {"night": night, "severity": "6", "where": "toe"}, "legs, arms, trunk"),
        ("/log/", {"night": night, "severity": "6", "noted_at": "now"}, "noted_at is"),
        ("/log/", {"night": night, "severity": "6", "zone": "Mars", "noted_at": NOW.isoformat()}, "zone is"),
        ("/log/", {"night": night, "severity": "6", "fact_id": "7"}, "fact_id is"),
        ("/log/taken/", {"night": night, "substance": "caffeine", "amount": "80", "unit": "cup"}, "mg for caffeine"),
        ("/log/taken/", {"night": night, "substance": "caffeine", "amount": "lots", "unit": "mg"}, "amount is"),
    ]
    for path, form, said in bad:
        answer = client.post(path, form)
        assert answer.status_code == 400, form
        assert said in answer.content.decode(), form
    assert diary.facts() == ()


def test_it_says_when_nothing_was_chosen(client: Client, diary: StoredDiary) -> None:
    answer = client.post("/log/", {"night": LAST_NIGHT.isoformat()})

    assert "Nothing was chosen" in client.get(answer.headers["Location"]).content.decode()
    assert diary.facts() == ()


def test_it_takes_an_entry_back(client: Client, diary: StoredDiary) -> None:
    client.post("/log/", {"night": LAST_NIGHT.isoformat(), "severity": "6"})

    client.post(f"/log/undo/{diary.facts()[0].id}/")

    assert diary.facts() == ()
    assert len(list(diary.all_facts())) == 2


def test_it_answers_the_check_in_with_one_tap_and_an_undo(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = "Europe/Berlin"
    night = day.night_to_rate(moment(NOW, "Europe/Berlin"))[0].isoformat()

    client.post("/log/rate/", {"night": night, "severity": "0"})

    (fact,) = diary.facts()
    assert fact.payload == NightRating(0)
    page = client.get("/").content.decode()
    assert ": nothing." in page
    assert f'action="/log/undo/{fact.id}/"' in page


def test_it_shows_a_relief_in_its_night(client: Client, diary: StoredDiary) -> None:
    diary.add([relief()])
    client.cookies["zone"] = "Europe/Berlin"

    assert "7 before, 3 after" in client.get("/log/").content.decode()


def test_it_stores_the_players_facts_once_however_often_they_arrive(client: Client, diary: StoredDiary) -> None:
    client.get("/log/")  # as a page has its cookie before it sends anything
    body = json.dumps([to_wire(relief())])

    answers = [client.post("/api/v1/facts", body, content_type="application/json").json() for _ in range(2)]

    assert answers == [{"stored": 1, "new": 1}, {"stored": 1, "new": 0}]
    assert len(diary.facts(Relief)) == 1


def test_it_refuses_a_batch_with_one_bad_fact_as_a_whole(client: Client, diary: StoredDiary) -> None:
    client.get("/log/")  # as a page has its cookie before it sends anything
    bad = to_wire(relief()) | {"payload": {"movement": "x", "because": "default", "probability": 1.0, "before": 12}}

    answer = client.post("/api/v1/facts", json.dumps([to_wire(relief()), bad]), content_type="application/json")

    assert answer.status_code == 400
    assert "Relief.before is 12" in answer.json()["problems"][0]
    assert diary.facts() == ()


def test_it_says_what_is_wrong_with_a_body_that_is_no_list(client: Client) -> None:
    client.get("/log/")  # as a page has its cookie before it sends anything
    for body in ("{", "{}", "[]", "[1]", json.dumps([to_wire(relief())] * 201)):
        answer = client.post("/api/v1/facts", body, content_type="application/json")
        assert answer.status_code == 400
        assert answer.json()["problems"]


def test_it_gives_a_fresh_token_that_opens_the_door(database: Path) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    body = json.dumps([to_wire(relief())])
    assert strict.post("/api/v1/facts", body, content_type="application/json").status_code == 403

    answer = strict.get("/api/v1/facts/token")
    stored = strict.post("/api/v1/facts", body, "application/json", headers={"X-CSRFToken": answer.json()["token"]})

    assert "no-store" in answer.headers["Cache-Control"]
    assert stored.json() == {"stored": 1, "new": 1}


@pytest.mark.parametrize("days", [-20_000, -400, -1, 1, 1.9])
def test_it_takes_what_a_wrong_clock_noted_with_that_clocks_time(
    client: Client, diary: StoredDiary, days: float
) -> None:
    client.get("/log/")  # as a page has its cookie before it sends anything
    at = datetime.now(UTC) + timedelta(days=days)
    row = to_wire(note(NightRating(4), moment(at, "Europe/Berlin"), bytes(10)))

    answer = client.post("/api/v1/facts", json.dumps([row]), content_type="application/json")

    assert answer.json() == {"stored": 1, "new": 1}
    assert [fact.noted.at for fact in diary.facts()] == [at]


def test_it_says_why_it_takes_nothing_from_a_clock_far_ahead(client: Client, diary: StoredDiary) -> None:
    client.get("/log/")  # as a page has its cookie before it sends anything
    row = to_wire(note(NightRating(4), moment(datetime.now(UTC) + timedelta(days=30), "UTC"), bytes(10)))

    answer = client.post("/api/v1/facts", json.dumps([row]), content_type="application/json")

    assert answer.status_code == 400
    assert "clock is 30 days ahead" in answer.json()["problems"][0]
    assert diary.facts() == ()


def test_it_refuses_an_id_that_says_something_else(client: Client, diary: StoredDiary) -> None:
    client.get("/log/")  # as a page has its cookie before it sends anything
    first = to_wire(relief())
    client.post("/api/v1/facts", json.dumps([first]), content_type="application/json")

    answer = client.post(
        "/api/v1/facts", json.dumps([first | {"night": "2026-01-01"}]), content_type="application/json"
    )

    assert answer.status_code == 409
    assert len(list(diary.all_facts())) == 1


def test_it_takes_no_form_from_elsewhere(database: object) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)

    answer = strict.post("/log/", {"night": LAST_NIGHT.isoformat(), "severity": "6"})

    assert answer.status_code == 403
    assert "Not written down" in answer.content.decode()


def test_it_asks_in_the_evening_about_a_last_night_that_is_missing(diary: StoredDiary) -> None:
    evening = moment(datetime(2026, 11, 20, 21, tzinfo=UTC), "UTC")
    diary.add([note(NightRating(3), moment(evening.at - timedelta(days=3), "UTC"), os.urandom(10))])

    assert missing_night(diary, night_of(evening)) == night_of(evening) - timedelta(days=1)
    diary.add([note(NightRating(3), moment(evening.at - timedelta(days=1), "UTC"), os.urandom(10))])
    assert missing_night(diary, night_of(evening)) is None


def test_it_asks_nobody_about_a_last_night_who_only_begins(diary: StoredDiary) -> None:
    assert missing_night(diary, TONIGHT) is None
