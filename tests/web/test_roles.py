"""Who may do what: every address of a hosted group, asked by everybody. A new address has to say here whose it is."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import pytest
import requests
from tests.web.hosting import Group, Visitor, hosted

WORD = "xylophone"
OWNER, READER, OUTSIDER, HOST, STRANGER = (
    f"{who}@example.org" for who in ("owner", "reader", "outsider", "host", "stranger")
)
NOBODY = "nobody"
ROLES = (OWNER, READER, OUTSIDER, HOST, STRANGER, NOBODY)

OPEN = "whoever comes"
OWN = "whoever has signed in, and it is of their own diary or account"
HOSTS = "a host"
SHARED = "who was let read this part"
SECRET = "who knows the secret in the address"
WHOSE = {
    OPEN: """
        account_login mfa_login_webauthn mfa_authenticate account_logout account_inactive account_signup_by_passkey
        mfa_signup_webauthn account_signup account_email_verification_sent account_reset_password
        account_reset_password_done account_reset_password_from_key_done account_reset_password_from_key account:invited
        frame:theme frame:contrast frame:language offline:manifest offline:worker reminders:answer
        sharing:take account:phone_come""",
    OWN: """
        mfa_index account_reauthenticate mfa_reauthenticate mfa_reauthenticate_webauthn account_email
        account_change_password account_set_password mfa_list_webauthn mfa_add_webauthn mfa_remove_webauthn
        mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes account:delete
        account:phone account:devices account:end_device account:end_others
        tonight:index tonight:wishes guide:calm guide:choose guide:routine guide:movement paper:tonight paper:routine
        paper:movement log:index log:rate log:taken log:undo log:change learn:index learn:trial learn:trial_stop
        learn:stage learn:stage_card learn:stage_undo learn:placebo learn:calm learn:stop learn:undo library:index
        library:exercises library:exercise library:claims library:topic library:sources measures:index measures:undo
        measures:measure pause:index pause:back pause:undo report:index report:pdf report:picture report:values
        report:undo report:csv safety:questions safety:help settings:index settings:taken_out reminders:index
        reminders:on reminders:off reminders:test reminders:manners api:openapi-json api:list_facts api:store_facts
        api:token api:tonight api:trials api:report api:api-root imports:index imports:look imports:ask imports:columns
        imports:undo imports:show imports:come
        imports:take imports:leave keys:index keys:revoke trail:index erase:index waiting:index
        offline:index offline:pages sharing:index
        sharing:revoke sharing:with_me""",
    HOSTS: "account:people account:invite account:withdraw account:switch account:delete_person",
    SHARED: "sharing:report sharing:pdf sharing:picture sharing:nights sharing:tried",
    SECRET: "calendar:fetch reminders:reply",
}
KIND = {name: kind for kind, names in WHOSE.items() for name in names.split()}
# What a host does to others and who takes a link have tests of their own; who signs out is not there for the next cell.
NOT_SENT = {
    "account_logout", "account:delete", "account:end_others", "account:switch", "account:delete_person",
    "account:invite", "sharing:take",
}  # fmt: skip
PARTS = {"sharing:nights": "nights", "sharing:tried": "tried"}
SIGN_IN = "/account/sign-in/"


@dataclass
class Cast:
    """Everybody who comes, each with the cookies of their own visit, and what the owner has."""

    group: Group
    owned: dict[str, Any]
    visitors: dict[str, Visitor]
    tokens: dict[str, str] = field(default_factory=dict)
    web: requests.Session = field(default_factory=requests.Session)

    def asks(self, role: str, method: str, path: str, **options: Any) -> requests.Response:
        """Ask behind the https server, which would take its time for each of these."""
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.visitors[role].web.cookies)
        headers = {"Host": self.group.url.removeprefix("https://"), "X-Forwarded-Proto": "https", "Cookie": cookies,
                   "Referer": f"{self.group.url}/", "X-CSRFToken": self.tokens[role]}  # fmt: skip
        address = f"http://127.0.0.1:{self.group.behind}{path}"
        return self.web.request(method, address, headers=headers, allow_redirects=False, timeout=60, **options)

    def kept(self) -> dict[str, str]:
        """Return a digest of each table of the owner's, but for who read it and when a key was used."""
        found = {}
        with closing(sqlite3.connect(self.group.home / "quietlegs.sqlite3")) as rows:
            rows.row_factory = sqlite3.Row
            names = [row[0] for row in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                told = [dict(row) for row in rows.execute(f'SELECT * FROM "{name}"')]
                mine = [row | {"used_at": None} for row in told if row.get("diary_id") == self.owned["diary"]]
                if mine and name != "trail":
                    found[name] = sha256(repr(mine).encode()).hexdigest()
        return found


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    with hosted(tmp_path_factory.mktemp("roles")) as group:
        visitors = {role: Visitor(group) for role in ROLES}
        for role in (OWNER, READER, OUTSIDER, STRANGER):
            visitors[role].sign_up(role)
        visitors[HOST].get(group.invitation(HOST, makes_host=True))
        visitors[HOST].send("/account/sign-up/password/", name="", password1="four quiet legs at night")
        found = Cast(group, json.loads(_run(group, "tests.web.owned", OWNER, READER, OUTSIDER, WORD)), visitors)
        for role, visitor in visitors.items():
            page = visitor.get(SIGN_IN if role == NOBODY else "/pause/").text
            [found.tokens[role], *_] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        yield found


@pytest.fixture(scope="module")
def addresses(cast: Cast) -> dict[str, str]:
    """Every address there is, made whole with what the owner has."""
    table = json.loads(_run(cast.group, "tests.web.url_table"))
    return {one["name"]: _whole(one, cast.owned) for one in table}


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """All of it happens on this machine."""


def _run(group: Group, module: str, *words: str) -> str:
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, env=group.env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _whole(one: dict[str, Any], owned: dict[str, Any]) -> str:
    name = str(one["name"])
    numbers = {
        "reminders": owned["channel"], "imports": owned["import"], "keys": owned["token"],
        "sharing": owned["grants"]["all"], "account": owned["account"],
    }  # fmt: skip
    said = {
        "number": numbers.get(name.partition(":")[0], 1), "fact_id": owned["facts"][-1], "start": owned["facts"][0],
        "decision": owned["facts"][0], "pk": 1, "secret": owned["open"], "service": "ntfy",
        "token": owned["calendar"] if name == "calendar:fetch" else "guessed",
        "key": {"guide:movement": "wall_calf_stretch", "settings:taken_out": "jsonl"}.get(name, "wall_calf_stretch"),
    }  # fmt: skip
    route = re.sub(r"\^.*$", "password/new/x-y/", str(one["route"]))
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(said[found[1]]), route)


def body(owned: dict[str, Any]) -> dict[str, str]:
    """Return a form that names what the owner has, wherever a page might look for it."""
    fact = owned["facts"][-1]
    return dict.fromkeys(("entry", "fact_id", "replaces", "supersedes", "was", "start", "decision"), fact) | {
        "number": str(owned["channel"]), "severity": "3", "what": "snooze", "token": "guessed",
    }  # fmt: skip


def test_it_names_whose_each_address_is(addresses: dict[str, str]) -> None:
    assert sorted(addresses) == sorted(KIND)


def test_it_lets_nobody_in_without_signing_in(cast: Cast, addresses: dict[str, str]) -> None:
    wrong = []
    for name, path in addresses.items():
        for method in ("GET", "POST"):
            answer = cast.asks(NOBODY, method, path, data=body(cast.owned) if method == "POST" else None)
            to_sign_in = answer.is_redirect and answer.headers["Location"].startswith(SIGN_IN)
            refused = to_sign_in or answer.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
            if KIND[name] in (OWN, HOSTS, SHARED) and not refused:
                wrong.append((method, path, answer.status_code))
            assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (method, path)
            assert WORD not in answer.text or KIND[name] == SECRET, (method, path)
    assert wrong == []


@pytest.mark.parametrize("role", [READER, OUTSIDER, HOST, STRANGER])
def test_it_keeps_the_owners_diary_from_everybody_else(cast: Cast, addresses: dict[str, str], role: str) -> None:
    before = cast.kept()
    assert len(before) >= 6
    cells = 0
    for name, path in addresses.items():
        for method in ("GET", "POST") if name not in NOT_SENT else ("GET",):
            answer = cast.asks(role, method, path, data=body(cast.owned) if method == "POST" else None)
            cells += 1
            may = KIND[name] == SECRET or (role == READER and KIND[name] == SHARED)
            assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (method, path)
            assert may or WORD not in answer.text, (method, path)
            if KIND[name] == HOSTS and role != HOST and name not in NOT_SENT:
                assert answer.status_code == HTTPStatus.NOT_FOUND, (method, path)
    print(f"{role}: {cells} cells")  # noqa: T201 - how much was asked is a figure of its own
    assert cast.kept() == before


@pytest.mark.parametrize("role", ROLES)
def test_it_shows_a_part_to_whom_it_was_shown_and_to_nobody_else(
    cast: Cast, addresses: dict[str, str], role: str
) -> None:
    for name in (name for name in addresses if KIND[name] == SHARED):
        path = addresses[name]
        seen = cast.asks(role, "GET", path).status_code
        part = PARTS.get(name, "report")
        one = path.replace(f"/{cast.owned['grants']['all']}/", f"/{cast.owned['grants']['one']}/")
        over = path.replace(f"/{cast.owned['grants']['all']}/", f"/{cast.owned['grants']['over']}/")
        assert (seen == HTTPStatus.OK) == (role == READER), (name, seen)
        in_part = cast.asks(role, "GET", one).status_code
        assert (in_part == HTTPStatus.OK) == (role == OUTSIDER and part == "tried"), (name, in_part)
        assert cast.asks(role, "GET", over).status_code != HTTPStatus.OK


def test_it_shows_the_owner_their_own(cast: Cast, addresses: dict[str, str]) -> None:
    shown = {name for name, path in addresses.items() if WORD in cast.asks(OWNER, "GET", path).text}

    # So that the word would be seen where it must not be.
    assert {"report:index", "report:values", "settings:taken_out", "keys:index", "reminders:index"} <= shown
    assert cast.asks(READER, "GET", addresses["sharing:report"]).text.count(WORD) == 1


@pytest.mark.parametrize("role", [OWNER, STRANGER, NOBODY])
def test_it_opens_a_diary_by_its_own_key_alone(cast: Cast, role: str) -> None:
    def told(key: str) -> requests.Response:
        headers = {"Host": cast.group.url.removeprefix("https://"), "X-Forwarded-Proto": "https"}
        address = f"http://127.0.0.1:{cast.group.behind}/api/v1/facts?limit=100"
        return requests.get(address, headers=headers | {"Authorization": f"Bearer {key}"}, timeout=60)

    # Whoever shows it: a key opens the diary that it was made for, and no other.
    assert WORD in told(cast.owned["key"]).text
    assert told(cast.owned["key"][:-1]).status_code == HTTPStatus.UNAUTHORIZED
    shown = cast.asks(role, "GET", "/api/v1/facts")
    assert WORD not in shown.text


def test_it_tells_the_owner_who_read(cast: Cast, addresses: dict[str, str]) -> None:
    cast.asks(READER, "GET", addresses["sharing:report"])

    page = cast.asks(OWNER, "GET", "/sharing/").text

    assert "all: the page for the doctor" in page
    assert "one: the page for the doctor" not in page
