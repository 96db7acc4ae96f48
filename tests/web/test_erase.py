"""Everything deleted from the page: said plainly, asked for by a word, gone from every file, or with an account."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from django.test import Client
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor

from quietlegs.records.fact import note
from quietlegs.records.measured import LabValue
from quietlegs.records.moment import moment
from quietlegs.web.store import backup, tokens, trail
from quietlegs.web.store.diary import StoredDiary

WORD = "Zolmarkidol"
NOW = moment(datetime(2026, 11, 20, 20, tzinfo=UTC), "Europe/Berlin")


def holding(folder: Path, word: str = WORD) -> list[str]:
    """The files in which the planted word stands."""
    return [
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and word.encode() in file.read_bytes()
    ]


def spoken(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")]).split())


def test_it_deletes_everything_from_every_file_and_log(
    client: Client, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for ago in range(5):
        value = LabValue("ferritin", 41.0 + ago, "ug/l", date(2026, 11, 2), laboratory=f"{WORD} {ago}")
        StoredDiary().add([note(value, NOW, bytes([ago] * 10))])
    tokens.make(WORD, ["read"])
    assert holding(database.parent)

    said = client.post("/erase/", {"word": " Delete "})

    assert said.status_code == HTTPStatus.OK
    assert "Your diary is empty, as on the first day." in spoken(said.content.decode())
    assert said.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert holding(database.parent) == []
    assert WORD not in caplog.text
    assert list(StoredDiary().all_facts()) == []
    assert [one.what for one in trail.steps(0, 9)] == [trail.ERASED]


@pytest.mark.parametrize("word", ["", "delet", "yes", "delete everything"])
def test_it_deletes_nothing_unless_the_word_is_typed(client: Client, word: str) -> None:
    tokens.make("my watch", ["read"])

    said = client.post("/erase/", {"word": word, "copies": "yes"})

    assert said.status_code == HTTPStatus.BAD_REQUEST
    assert "Nothing was deleted" in said.content.decode()
    assert "Clear-Site-Data" not in said.headers
    assert [one.name for one in tokens.tokens()] == ["my watch"]


def test_it_asks_in_the_language_of_the_page(client: Client) -> None:
    client.cookies["language"] = "de"
    assert "löschen" in client.get("/erase/").content.decode()

    assert client.post("/erase/", {"word": "delete"}).status_code == HTTPStatus.BAD_REQUEST
    assert client.post("/erase/", {"word": "LÖSCHEN"}).status_code == HTTPStatus.OK


def test_it_says_until_when_copies_hold_it_and_deletes_them_where_wished(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUIETLEGS_HOME", str(tmp_path))
    assert "No copy in the folder of copies." in spoken(client.get("/erase/").content.decode())
    tokens.make(WORD, ["read"])
    backup.backup()
    page = spoken(client.get("/erase/").content.decode())
    assert "1 copy that quietlegs made still holds it. The last one goes by itself by" in page
    assert re.search(r"by itself by \d+ \w+ 20\d\d, while quietlegs runs\.", page)

    client.post("/erase/", {"word": "delete"})
    [copy] = holding(tmp_path / "backups")
    tokens.make("another", ["read"])
    client.post("/erase/", {"word": "delete", "copies": "yes"})

    assert holding(tmp_path) == []
    assert not (tmp_path / "backups" / copy).exists()


def test_it_offers_the_way_out_first(client: Client) -> None:
    page = client.get("/erase/").content.decode()

    assert page.index('href="/settings/data/jsonl"') < page.index("<form method")
    assert '<a class="reach" href="/erase/">' in client.get("/settings/").content.decode()


def test_it_deletes_nothing_of_the_simulated_person(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETLEGS_DEMO", "1")
    tokens.make("my watch", ["read"])
    page = client.post("/erase/", {"word": "delete"}).content.decode()

    assert "None of this is real" in page
    assert len(tokens.tokens()) == 1


@pytest.fixture
def anna(group: Group, socket_enabled: None) -> tuple[str, Visitor]:
    """Somebody of a group with a diary in which the word stands in the clear, wherever that can be."""
    emails = [f"{uuid4().hex[:12]}@example.org" for _ in range(3)]
    visitors = [Visitor(group) for _ in emails]
    for email, visitor in zip(emails, visitors, strict=True):
        visitor.sign_up(email)
    command = [sys.executable, "-m", "tests.web.owned", *emails, word_of(emails[0])]
    subprocess.run(command, env=group.env, capture_output=True, text=True, check=True)
    return emails[0], visitors[0]


def sent(visitor: Visitor, **fields: str) -> requests.Response:
    """Send the form, and say who it is again where that is asked."""
    asked = visitor.get("/erase/")
    assert "/account/again/password/" in asked.url
    visitor.send(asked.url.removeprefix(visitor.group.url), password=GOOD_PASSWORD)
    return visitor.send("/account/delete/", **fields)


def word_of(email: str) -> str:
    """Others of the same group may have a word of theirs."""
    return f"{WORD}{email[:12]}"


def clear(group: Group, email: str) -> list[str]:
    return [name for name in holding(group.home, word_of(email)) if name.startswith("quietlegs.sqlite3")]


def test_it_deletes_the_diary_of_a_group_and_keeps_the_account(group: Group, anna: tuple[str, Visitor]) -> None:
    email, owner = anna
    assert clear(group, email)
    other = Visitor(group)
    other.sign_in(email)

    said = sent(owner, word="delete", what="diary")

    assert "Your diary is empty" in spoken(said.text)
    assert said.headers["Clear-Site-Data"] == '"cache"'  # others who share the device keep what waits
    assert clear(group, email) == []
    assert owner.get("/settings/data/jsonl").text == ""
    assert "Nobody but you can read your diary." in owner.get("/sharing/").text
    assert owner.get("/account/").url == f"{group.url}/account/"
    assert "Everything was deleted" in other.get("/trail/").text
    assert WORD not in other.get("/keys/").text


def test_it_deletes_the_account_too_and_ends_it_everywhere(group: Group, anna: tuple[str, Visitor]) -> None:
    email, owner = anna
    other = Visitor(group)
    other.sign_in(email)

    said = sent(owner, word="delete", what="account")

    assert "Your diary and your account are gone." in spoken(said.text)
    assert clear(group, email) == []
    assert "/account/sign-in/" in owner.get("/").url
    assert "/account/sign-in/" in other.get("/").url
    for table, column in (("account", "email"), ("account_invitation", "email"), ("account_emailaddress", "email")):
        assert group.ask(f"SELECT count(*) FROM {table} WHERE {column} = ?", email) == 0
    assert "do not belong together" in Visitor(group).sign_in(email).text


@pytest.mark.parametrize("fields", [{"word": "delete"}, {"what": "account"}, {"word": "delete", "what": "all"}])
def test_it_deletes_nothing_of_a_group_unless_both_are_said(
    group: Group, anna: tuple[str, Visitor], fields: dict[str, str]
) -> None:
    _email, owner = anna

    assert "Nothing was deleted" in sent(owner, **fields).text
    assert WORD in owner.get("/keys/").text
