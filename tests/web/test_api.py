"""The API: facts in once, facts out page by page, tonight; only for our own pages and for whoever has a key."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from tests.web.test_learn_trial import lived

from quietlegs.records.fact import Fact, Withdrawal, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.wire import to_wire
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.tokens import make, revoke, tokens

FACTS = "/api/v1/facts"


def rated(severity: int, number: int = 1, **more: Any) -> Fact:
    noted = moment(datetime(2026, 1, number, 22, tzinfo=UTC), "Europe/Berlin")
    return note(NightRating(severity), noted, bytes([number] * 10), **more)


class Program:
    """Another program, with a key or without."""

    def __init__(self, key: str | None) -> None:
        self.client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=self._headers)

    def post(self, path: str, body: object) -> Any:
        return self.client.post(path, json.dumps(body), "application/json", headers=self._headers)


def test_it_stores_facts_once_however_often_they_are_sent(diary: StoredDiary) -> None:
    program = Program(make("watch", ["write"]))
    facts = [to_wire(rated(4)), to_wire(rated(5, 2))]

    answers = [program.post(FACTS, facts).json() for _ in range(2)]

    assert answers == [{"stored": 2, "new": 2}, {"stored": 2, "new": 0}]
    assert [fact.payload for fact in diary.facts()] == [NightRating(4), NightRating(5)]


def test_it_refuses_another_fact_under_the_same_id(diary: StoredDiary) -> None:
    program = Program(make("watch", ["write"]))
    program.post(FACTS, [to_wire(rated(4))])

    answer = program.post(FACTS, [to_wire(rated(4)) | {"night": "2025-12-31"}])

    assert answer.status_code == 409
    assert [fact.night for fact in diary.facts()] == [date(2026, 1, 1)]


def test_it_gives_everything_in_order_of_arrival_page_by_page(diary: StoredDiary) -> None:
    first = rated(4, 3)
    taken_back = note(Withdrawal(), first.noted, bytes([9] * 10), night=first.night, supersedes=first.id)
    stored = [first, rated(5, 2), taken_back, rated(6, 1)]
    for fact in stored:
        diary.add([fact])
    program = Program(make("statistics", ["read"]))

    found: list[Any] = []
    after: int | None = 0
    while after is not None:
        page = program.get(f"{FACTS}?limit=3&after={after}").json()
        found, after = found + page["facts"], page["next"]

    assert found == [to_wire(fact) for fact in stored]


def test_it_gives_one_kind_and_some_nights(diary: StoredDiary) -> None:
    diary.add([rated(number, number) for number in range(1, 6)])
    program = Program(make("statistics", ["read"]))

    nights = program.get(f"{FACTS}?kind=night_rating&since=2026-01-02&until=2026-01-03").json()["facts"]

    assert [fact["night"] for fact in nights] == ["2026-01-02", "2026-01-03"]
    assert program.get(f"{FACTS}?kind=relief").json() == {"facts": [], "next": None}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("kind=dream", "'dream'; allowed: night_rating"),
        ("limit=501", "less than or equal to 500"),
        ("after=-1", "greater than or equal to 0"),
        ("since=yesterday", "since: Value error, 'yesterday'; allowed: a date such as 2026-01-31"),
        ("until=0", "'0'; allowed: a date"),
    ],
)
def test_it_says_what_may_be_asked(database: object, asked: str, said: str) -> None:
    answer = Program(make("statistics", ["read"])).get(f"{FACTS}?{asked}")

    assert answer.status_code == 400
    assert said in " ".join(answer.json()["problems"])


def test_it_lets_nobody_in_without_a_key_that_is_good_for_it(diary: StoredDiary) -> None:
    reads, writes, old = (make(name, [scope]) for name, scope in [("r", "read"), ("w", "write"), ("o", "read")])
    revoke(next(one.id for one in tokens() if one.name == "o"))
    fact = [to_wire(rated(4))]

    assert Program(writes).get(FACTS).status_code == 401
    for stranger in (Program(None), Program("a guess"), Program(old)):
        assert stranger.get(FACTS).status_code == 401
        assert stranger.get("/api/v1/tonight").status_code == 401
        assert stranger.post(FACTS, fact).status_code in {401, 403}
    assert Program(reads).post(FACTS, fact).status_code == 401
    assert diary.facts() == ()


def test_it_keeps_no_key(database: object) -> None:
    key = make("watch", ["write"])
    from django.db import connection  # noqa: PLC0415 - Django is set up by now

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM api_token")
        assert key not in str(cursor.fetchall())


def test_it_remembers_when_a_key_was_used(database: object) -> None:
    key = make("watch", ["read"])
    assert tokens()[0].used_at is None

    Program(key).get(FACTS)

    assert tokens()[0].used_at is not None


def test_it_tells_tonight_as_the_page_does(client: Client) -> None:
    client.post("/safety/", {"none": "1"})

    told = Program(make("clock", ["read"])).get("/api/v1/tonight").json()

    page = client.get("/").content.decode()
    assert told["start"] in page
    assert told["name"] in page
    assert all(movement["name"] in page for movement in told["movements"])
    assert told["waits"] is False


def test_it_keeps_what_a_trial_drew_until_it_may_be_seen(client: Client, diary: StoredDiary) -> None:
    lived(diary, gone=20)
    client.post("/safety/", {"none": "1"})
    program = Program(make("clock", ["read"]))
    answers = set()
    # One of these places has its evening now, another its early afternoon.
    for hours_west in range(-12, 12, 3):
        program.client.cookies["zone"] = client.cookies["zone"] = f"Etc/GMT{hours_west:+}"
        told = program.get("/api/v1/tonight").json()
        assert told["waits"] == ("from 17:00" in client.get("/").content.decode())
        answers.add(told["waits"])

    assert answers == {True, False}


def test_it_describes_itself_without_a_page_from_elsewhere(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()

    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == {FACTS, "/api/v1/tonight", "/api/v1/trials", "/api/v1/report"}
    assert "night_rating" in told["components"]["schemas"]
    assert client.get("/api/v1/docs").status_code == 404


class TestPage:
    def test_it_makes_a_key_that_is_shown_once(self, client: Client) -> None:
        page = client.post("/keys/", {"name": "My watch", "scopes": ["read", "write"]}).content.decode()

        key = page.split('readonly value="')[1].split('"')[0]
        assert Program(key).get(FACTS).status_code == 200
        again = client.get("/keys/").content.decode()
        assert "My watch" in again
        assert key not in again

    def test_it_revokes(self, client: Client) -> None:
        key = make("My watch", ["read"])

        page = client.post(f"/keys/revoke/{tokens()[0].id}/", follow=True).content.decode()

        assert "My watch: revoked on" in page
        assert Program(key).get(FACTS).status_code == 401

    @pytest.mark.parametrize(
        ("sent", "said"),
        [({"name": "", "scopes": ["read"]}, "1 to 80 characters"), ({"name": "My watch"}, "read, write")],
    )
    def test_it_says_what_is_missing(self, client: Client, sent: dict[str, Any], said: str) -> None:
        answer = client.post("/keys/", sent)

        assert answer.status_code == 400
        assert said in answer.content.decode()
        assert tokens() == ()
