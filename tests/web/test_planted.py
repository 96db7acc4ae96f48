"""Markup and formulas planted in every text that a person or a program can give: shown as words, everywhere."""

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from html import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from tests.formats.every_kind import diary as every_kind

from quietlegs.records.fact import Fact
from quietlegs.records.ids import uuid7
from quietlegs.records.wire import WireError, from_wire, to_wire
from quietlegs.web.store import tokens
from quietlegs.web.store.diary import StoredDiary

MARKUP = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>{{7*7}}"
FORMULA = "=HYPERLINK(\"http://x\")|' /C calc'!A0"
_LINKS = re.compile(r'(?:href|action|data-asks)="(/[^"#]*)')
_MOST_OF_A_KIND = 4


def planted(text: str) -> list[Fact]:
    """Every kind of fact with this text in each place that takes any text."""
    found: list[Fact] = []
    for fact in every_kind():
        wire = to_wire(fact)
        for name, value in wire["payload"].items():
            if isinstance(value, str) or value is None:
                changed = wire | {"payload": wire["payload"] | {name: text}, "supersedes": None}
                try:
                    found.append(from_wire(changed | {"id": str(uuid7(fact.noted.at, os.urandom(10)))}))
                except WireError:
                    continue  # It takes some words only.
    return found


@pytest.fixture
def hostile(client: Client) -> Client:
    """A diary in which every text is meant to do harm."""
    client.post("/safety/", {"none": "1"})
    facts = planted(MARKUP) + planted(FORMULA)
    assert len({to_wire(fact)["kind"] for fact in facts}) > 2
    StoredDiary().add(facts)
    tokens.make(MARKUP[:80], ["read"])
    client.post("/reminders/on/ntfy/", {"url": 'http://localhost/"><script>alert(2)</script>', "token": MARKUP})
    mail = {"to": '"<script>alert(2)</script>"@example.org', "host": "localhost", "port": "25", "security": "none"}
    client.post("/reminders/on/mail/", mail)
    client.post("/imports/", {"file": SimpleUploadedFile(f"{MARKUP}.csv".replace("/", ""), b"x")})
    return client


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Follow every link, some of each kind, whatever it answers."""
    waiting, seen, kinds = (
        ["/", "/log/", "/learn/", "/library/", "/settings/", "/keys/", "/reminders/"],
        set(),
        dict[str, int](),
    )
    for one in ("night", "saved", "noted", "then", "q", "movement", "why"):
        waiting += [
            f"{path}?{one}={MARKUP}" for path in ("/", "/log/", "/learn/", "/safety/", "/offline/", "/guide/calm/")
        ]
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"\d{4}-\d\d(-\d\d)?|[0-9a-f-]{36}|/[a-z_]+/$|\d+", "*", path)
        kinds[kind] = kinds.get(kind, 0) + 1
        if path in seen or kinds[kind] > _MOST_OF_A_KIND or "/data/" in path or path.startswith("/static"):
            continue
        seen.add(path)
        answer = client.get(path, follow=True)
        if answer.headers["Content-Type"].startswith("text/html"):
            said = answer.content.decode()
            waiting += [one.replace("&amp;", "&") for one in _LINKS.findall(said)]
            yield path, said


def test_it_shows_planted_markup_as_words_on_every_page(hostile: Client) -> None:
    shown, looked_at = 0, 0
    for path, said in pages(hostile):
        looked_at += 1
        for harm in ("<script>alert", "<img src=x", 'onerror=alert(1)>"', "49<"):
            assert harm not in said, (path, harm)
        shown += escape(MARKUP)[:30] in said
    assert looked_at > 40
    assert shown > 2


def body(answer: HttpResponseBase) -> str:
    raw = answer.getvalue() if isinstance(answer, StreamingHttpResponse) else bytes(getattr(answer, "content", b""))
    return raw.decode()


def test_it_lets_no_planted_text_become_a_formula(hostile: Client) -> None:
    table = body(hostile.get("/report/numbers.csv", {"nights": "1", "first": "2026-01-01", "last": "2026-12-31"}))

    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert len(cells) > 8
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "\t", "\r"))] == []


def test_it_takes_everything_out_as_it_was_given(hostile: Client) -> None:
    lines = [json.loads(line) for line in body(hostile.get("/settings/data/jsonl")).splitlines()]

    said = [value for line in lines for value in line["payload"].values()]
    assert said.count(MARKUP) == len(planted(MARKUP))
    assert said.count(FORMULA) == len(planted(FORMULA))
