"""What is meant to do harm is refused: paths that climb, addresses that lead away, bodies without end."""

import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from tests.web.prepared import on_a_copy  # noqa: F401 - Django stands before the pages are imported

from quietlegs.records.fact import note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.remark import Remark
from quietlegs.records.wire import to_wire
from quietlegs.web.pages.offline.assets import version
from quietlegs.web.store import tokens
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.home import home, secret

CLIMBS = [
    "../../../../etc/passwd", "..%2f..%2f..%2fetc/passwd", "....//....//etc/passwd", "%2e%2e/%2e%2e/secret",
    "..\\..\\secret", "/etc/passwd", "..%00/secret", "%c0%ae%c0%ae/secret",
]  # fmt: skip
AWAY = [
    "https://elsewhere.example.org/", "//elsewhere.example.org/", "/\\elsewhere.example.org",
    "\\\\elsewhere.example.org",
    "javascript:alert(1)", "data:text/html,x", "http:///elsewhere.example.org", "\thttps://elsewhere.example.org",
    "https:elsewhere.example.org", "/\t/elsewhere.example.org", "//elsewhere.example.org\\@localhost/",
]  # fmt: skip
SAMPLES = {"int": "1", "uuid": "01890000-0000-7000-8000-000000000000", "str": "a", "slug": "a", "path": "a"}


def every_address(resolver: URLResolver | None = None, before: str = "/") -> list[str]:
    """Every address of the installation, with something in the place of what differs."""
    found = []
    for one in (resolver or get_resolver()).url_patterns:
        pattern = one.pattern
        part = "".join(
            SAMPLES[piece.split(":")[0]] if number % 2 else piece
            for number, piece in enumerate(str(pattern).replace(">", "<").split("<"))
        ) if isinstance(pattern, RoutePattern) else ""  # fmt: skip
        found += every_address(one, before + part) if isinstance(one, URLResolver) else [before + part]
        assert isinstance(one, URLResolver | URLPattern)
    return found


@pytest.mark.parametrize("climb", CLIMBS)
def test_it_gives_no_file_outside_its_own(client: Client, climb: str) -> None:
    key = secret()
    for before in (f"/static/{version()}/", "/static/", "/", "/library/exercise/", "/imports/", "/guide/movement/"):
        answer = client.get(before + quote(climb, safe="%/.\\"))
        body = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code in {301, 302, 400, 404}, before
        assert b"root:" not in body
        assert key.encode() not in body


def test_it_keeps_a_file_under_a_name_that_nobody_chose(client: Client) -> None:
    before = set(home().rglob("*"))
    climbs = SimpleUploadedFile("../../../../tmp/planted.csv", b"date,arm,outcome\n2026-01-01,A,1\n")

    client.post("/imports/look/", {"file": climbs})

    new = {one.relative_to(home()).parts[0] for one in set(home().rglob("*")) - before}
    assert new <= {"imports", "waiting", "handed-over", "received"} or not new


@pytest.mark.parametrize("away", AWAY)
def test_it_leads_nobody_to_another_site(client: Client, away: str) -> None:
    places = [
        client.post("/theme/", {"theme": "dark", "back": away}),
        client.post("/contrast/", {"contrast": "more", "back": away}),
        client.post("/language/", {"language": "de", "back": away}),
        client.post("/safety/", {"none": "1", "then": away}),
        client.get("/safety/", {"then": away}),
    ]

    for answer in places:
        led = answer.headers.get("Location", "/")
        assert led.startswith("/")
        assert not led.startswith(("//", "/\\"))
        assert "elsewhere" not in led


def test_it_asks_for_the_forms_token_at_every_address(database: object) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.get("/log/")
    addresses = every_address()
    let_in = {
        (verb, address): status
        for verb in ("post", "put", "patch", "delete")
        for address in addresses
        if (status := getattr(strict, verb)(address, content_type="application/json").status_code)
        not in {401, 403, 404, 405}
    }

    assert len(addresses) > 60
    # An answer to a reminder proves itself by its own signed token, and comes from apps that have no page of ours.
    assert {address for _, address in let_in} <= {"/reminders/answer/", "/reminders/answer/a/"}
    assert all(status >= 400 for status in let_in.values())


DEEP = "[" * 100_000 + "]" * 100_000
BODIES = [
    DEEP, '{"a":' * 50_000 + "1" + "}" * 50_000, "[" + "{}," * 10_000 + "{}]", "[1e999]", "[NaN]", '["\\ud800"]',
    "[" + "9" * 5000 + "]", "\x00", "\xff", "{}", "null", "[]", '[{"id": {"$gt": ""}}]',
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_it_refuses_json_that_is_meant_to_do_harm(client: Client, body: str) -> None:
    key = tokens.make("one", ["write"])

    answer = client.post(
        "/api/v1/facts", body.encode("utf-8", "surrogatepass"), content_type="application/json",
        headers={"authorization": f"Bearer {key}"},
    )  # fmt: skip

    assert answer.status_code == 400
    assert len(answer.content) < 20_000
    assert "Traceback" not in answer.content.decode()
    assert list(StoredDiary().all_facts()) == []


def test_it_refuses_half_a_character_in_a_fact(client: Client) -> None:
    key = tokens.make("one", ["write"])
    fact = to_wire(note(Remark("mood", note="ah"), moment(datetime.now(UTC), "UTC"), b"0123456789"))
    body = json.dumps([fact]).replace('"ah"', '"\\ud800"')

    answer = client.post(
        "/api/v1/facts", body, content_type="application/json", headers={"authorization": f"Bearer {key}"}
    )

    assert answer.status_code == 400
    assert "Remark.note" in answer.content.decode()
    assert list(StoredDiary().all_facts()) == []


def test_it_refuses_a_body_without_end(client: Client) -> None:
    key = tokens.make("one", ["write"])
    large = json.dumps([{"id": "x" * 2_000_000}])

    answer = client.post(
        "/api/v1/facts", large, content_type="application/json", headers={"authorization": f"Bearer {key}"}
    )

    assert answer.status_code in {400, 413}
    assert client.post("/log/", {f"field{number}": "1" for number in range(2000)}).status_code == 400


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL"])
def test_it_lets_no_header_change_what_is_asked(client: Client, header: str) -> None:
    plain = client.get("/log/")
    told = client.get("/log/", headers={header.lower(): "elsewhere.example.org/settings/"})

    assert told.status_code == plain.status_code == 200
    assert b"elsewhere" not in told.content


def test_it_answers_no_name_but_its_own(database: object) -> None:
    assert Client(SERVER_NAME="elsewhere.example.org").get("/").status_code == 400


def test_it_answers_no_trace(client: Client) -> None:
    assert client.trace("/", headers={"x-secret": "a"}).status_code == 405


def test_it_reads_a_field_once_and_from_its_own_place(client: Client) -> None:
    client.post("/safety/", {"none": "1"})

    client.post("/log/?severity=9&night=2026-01-01", {"severity": ["2", "3"], "night": "2026-01-05"})

    [noted] = StoredDiary().facts(NightRating)
    assert (noted.payload, str(noted.night)) == (NightRating(3), "2026-01-05")
