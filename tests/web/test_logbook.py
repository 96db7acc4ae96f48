"""What the log tells of signing in: that it was done or refused, when and by whom; no word that a person typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from tests.web.hosting import Group, Visitor, hosted
from tests.web.test_phone import shown

NEW_PASSWORD = "another four quiet legs"


@dataclass
class Heard:
    """A group and what it logs."""

    group: Group
    file: Path

    def lines(self) -> list[str]:
        """Return what was said so far."""
        return self.file.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    folder = tmp_path_factory.mktemp("heard")
    with (folder / "log").open("wb") as log, hosted(folder / "data", log) as group:
        yield Heard(group, folder / "log")


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """All of it happens on this machine."""


def test_it_tells_who_came_and_went_and_what_was_changed(heard: Heard) -> None:
    email, here = f"{uuid4().hex[:12]}@example.org", Visitor(heard.group)
    here.sign_up(email)
    number = heard.group.ask("SELECT id FROM account WHERE email = ?", email)
    old, new = "four quiet legs at night", NEW_PASSWORD
    here.send("/account/password/change/", oldpassword=old, password1=new)
    here.send("/account/sign-out/")
    Visitor(heard.group).sign_in(email, new)

    said = [line.partition("quietlegs.sign_in: ")[2] for line in heard.lines()]
    told = [line for line in said if line.startswith(f"account {number} ")]
    assert told[-3:] == [
        f"account {number} {what}" for what in ("changed the password", "signed out", "signed in by password")
    ]
    assert not any(one in line for line in heard.lines() for one in (email, old, new))


def test_it_tells_once_who_came_by_a_picture(heard: Heard) -> None:
    email, here, phone = f"{uuid4().hex[:12]}@example.org", Visitor(heard.group), Visitor(heard.group)
    here.sign_up(email)
    number = heard.group.ask("SELECT id FROM account WHERE email = ?", email)
    path = shown(here)
    assert phone.send(path).url == f"{heard.group.url}/"

    said = [line.partition("quietlegs.sign_in: ")[2] for line in heard.lines()]
    assert [line for line in said if line.startswith(f"account {number} signed in")] == [
        f"account {number} signed in by an invitation", f"account {number} signed in by a picture",
    ]  # fmt: skip
    assert path.rstrip("/").rpartition("/")[2] not in heard.file.read_text(encoding="utf-8")


def test_it_tells_from_where_somebody_was_refused_and_when_it_became_too_much(heard: Heard) -> None:
    thief = Visitor(heard.group)
    thief.web.headers["X-Stands-For"] = "203.0.113.77"
    for _ in range(6):
        thief.sign_in("nobody@example.org", "wrong password")

    told = [line for line in heard.lines() if "203.0.113.77" in line]
    form = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z WARNING quietlegs.sign_in: refused at sign-in from 203.0.113.77: "
    assert len(told) == 6
    assert all(re.match(form, line) for line in told)
    assert all(line.endswith("a wrong password, or no such account") for line in told[:5])
    assert told[5].endswith("too many tries")


@pytest.mark.parametrize(
    ("path", "status", "pattern"),
    [("/account/people/", 404, "/account/people/"), ("/sharing/with-me/99/nights/", 404, "/sharing/with-me/")],
)
def test_it_tells_who_tried_a_door_that_is_not_theirs(heard: Heard, path: str, status: int, pattern: str) -> None:
    member = Visitor(heard.group)
    member.sign_up(f"{uuid4().hex[:12]}@example.org")
    assert member.get(path).status_code == status

    assert any(f"{status} GET: {pattern}" in line for line in heard.lines())


def test_it_tells_of_a_key_that_is_none_and_of_a_form_from_elsewhere(heard: Heard) -> None:
    stranger = Visitor(heard.group)
    stranger.get("/api/v1/facts", headers={"Authorization": "Bearer guessed"})
    stranger.web.post(f"{heard.group.url}/account/sign-in/", data={"login": "a"}, timeout=30)

    assert any("401 GET: /api/v1/facts" in line for line in heard.lines())
    assert any("403 POST: /account/sign-in/" in line for line in heard.lines())
    assert not any("guessed" in line for line in heard.lines())
