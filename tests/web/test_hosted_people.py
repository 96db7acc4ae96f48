"""What a host can do, what a host cannot see, codes beside a password, and leaving for good."""

import base64
import hashlib
import hmac
import re
import secrets
import struct
import time
from http import HTTPStatus
from uuid import uuid4

import pytest
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor

PLANTED = "0197a1b2-0000-7000-8000-0000000000"


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """All of it happens on this machine."""


def _new(group: Group, *, makes_host: bool = False) -> tuple[Visitor, str]:
    email, visitor = f"{uuid4().hex[:12]}@example.org", Visitor(group)
    visitor.get(group.invitation(email, makes_host=makes_host))
    assert visitor.send("/account/sign-up/password/", password1=GOOD_PASSWORD).url == f"{group.url}/"
    return visitor, email


@pytest.fixture
def host(group: Group) -> Visitor:
    return _new(group, makes_host=True)[0]


def _reach(visitor: Visitor, path: str) -> str:
    """Open a page that asks for the password first, and give it."""
    asked = visitor.get(path)
    if "/account/again/password/" not in asked.url:
        return asked.text
    return visitor.send(asked.url.removeprefix(visitor.group.url), password=GOOD_PASSWORD, next=path).text


def _again(visitor: Visitor, path: str, page: str, **fields: str) -> str:
    """Send a form that asks for the password first, and give the page that comes in the end."""
    asked = visitor.send(path, page=page, **fields)
    if "/account/again/password/" not in asked.url:
        return asked.text
    there = asked.url.removeprefix(visitor.group.url)
    return visitor.send(there, password=GOOD_PASSWORD, next=path).text


def test_it_shows_the_accounts_to_hosts_alone(group: Group, host: Visitor) -> None:
    member, email = _new(group)

    assert f"<p>{email}" in host.get(f"/account/people/?part={email}").text
    for path in ("/account/people/", "/account/people/1/delete/"):
        assert member.get(path).status_code == HTTPStatus.NOT_FOUND
    assert member.send("/account/people/invite/", page="/account/email/", email="x@example.org").status_code == 404
    assert member.send("/account/people/1/switch/", page="/account/email/", to="off").status_code == 404


def test_it_shows_some_accounts_at_once_and_finds_the_others(group: Group, host: Visitor) -> None:
    for number in range(120):
        _plant(group, f"many{number:03d}@example.org")

    first = host.get("/account/people/?part=MANY0").text
    assert re.findall(r"<p>(many\d+)@", first) == [f"many{number:03d}" for number in range(50)]
    further = re.search(r'href="(\?part=[^"#]+)', first)
    assert further
    then = host.get("/account/people/" + further[1].replace("&amp;", "&")).text
    assert re.findall(r"<p>(many\d+)@", then) == [f"many{number:03d}" for number in range(50, 100)]
    assert re.findall(r"<p>(many\d+)@", host.get("/account/people/?part=many119").text) == ["many119"]


def test_it_examines_the_installation_without_a_diary_in_hand(group: Group) -> None:
    told = group.command("doctor").stdout

    assert "facts" in told
    assert "nobody has" not in told


def test_it_tells_a_host_nothing_of_a_diary(group: Group, host: Visitor) -> None:
    member, email = _new(group)
    before = _row(host.get(f"/account/people/?part={email}").text, email)
    token = member.get("/api/v1/facts/token").json()["token"]
    facts = [_fact(n) for n in range(20)]
    assert member.web.post(f"{group.url}/api/v1/facts", json=facts, headers={"X-CSRFToken": token}, timeout=30).ok

    assert _row(host.get(f"/account/people/?part={email}").text, email) == before
    assert host.get("/settings/data/jsonl").text == ""


def test_it_invites_by_a_letter_and_by_a_link(group: Group, host: Visitor) -> None:
    told, shown = (f"{uuid4().hex[:12]}@example.org" for _ in range(2))
    sent = _again(host, "/account/people/invite/", "/account/people/", email=told, way="letter")
    assert f"on its way to {told}" in sent
    letter = group.post.letters[-1]
    assert letter["To"] == told
    link = re.search(r"https://\S+/invited/\S+", letter.get_content())
    assert link
    by_letter = Visitor(group)
    by_letter.get(link[0])
    assert by_letter.send("/account/sign-up/password/", password1=GOOD_PASSWORD).url == f"{group.url}/"

    page = _again(host, "/account/people/invite/", "/account/people/", email=shown, way="link")
    handed = re.search(r'value="(https://[^"]+/invited/[^"]+)"', page)
    assert handed
    by_link = Visitor(group)
    by_link.get(handed[1])
    asked = by_link.send("/account/sign-up/password/", password1=GOOD_PASSWORD)
    assert asked.url == f"{group.url}/account/email/code/"
    assert by_link.get("/").url == asked.url  # not before the address is shown to be theirs
    code = re.search(r"^[A-Z0-9-]{6,}(?=\r?$)", group.post.letters[-1].get_content(), re.MULTILINE)
    assert code
    assert by_link.send("/account/email/code/", code=code[0]).url == f"{group.url}/"


def test_it_puts_somebody_out_at_once_who_is_switched_off(group: Group, host: Visitor) -> None:
    member, email = _new(group)
    number = _number(host, email)
    _again(host, f"/account/people/{number}/switch/", "/account/people/", to="off")

    assert "/account/sign-in/" in member.get("/").url
    assert "/account/off/" in Visitor(group).sign_in(email).url
    _again(host, f"/account/people/{number}/switch/", "/account/people/", to="on")
    assert Visitor(group).sign_in(email).url == f"{group.url}/"


def test_it_revokes_the_keys_and_the_calendar_of_whom_it_switches_off(group: Group, host: Visitor) -> None:
    member, email = _new(group)
    key = _shown(member.send("/keys/", name="watch", scopes="read").text, "made")
    member.send("/reminders/on/calendar/", page="/reminders/")
    address = _shown(member.get("/reminders/").text, "calendar-address").removeprefix(group.url)
    kept = _new(group)[0]
    theirs = _shown(kept.send("/keys/", name="watch", scopes="read").text, "made")

    def opened(path: str, key: str = "") -> int:
        shown = {"Authorization": f"Bearer {key}"} if key else {}
        return Visitor(group).get(path, headers=shown).status_code

    assert [opened("/api/v1/facts", key), opened(address)] == [HTTPStatus.OK, HTTPStatus.OK]
    number = _number(host, email)
    for to in ("off", "on"):
        _again(host, f"/account/people/{number}/switch/", "/account/people/", to=to)
        assert [opened("/api/v1/facts", key), opened(address)] == [HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND]

    assert opened("/api/v1/facts", theirs) == HTTPStatus.OK
    member.sign_in(email)
    steps = member.get("/trail/").text
    assert "switched your account off" in steps
    assert "The key “watch” was revoked." in steps


def test_it_erases_the_diary_with_the_account(group: Group, host: Visitor) -> None:
    member, email = _new(group)
    token = member.get("/api/v1/facts/token").json()["token"]
    assert member.web.post(f"{group.url}/api/v1/facts", json=[_fact(77)], headers={"X-CSRFToken": token}, timeout=30).ok
    page = f"/account/people/{_number(host, email)}/delete/"
    assert "the diary with it" in _reach(host, page)
    assert _count(group) == 1
    _again(host, page, page, sure="yes")

    assert f"<p>{email}" not in host.get(f"/account/people/?part={email}").text
    assert "/account/sign-in/" in member.get("/").url
    assert _count(group) == 0


def test_it_lets_everybody_leave_with_their_diary(group: Group) -> None:
    member, email = _new(group)
    page = _reach(member, "/account/delete/")
    assert "Every night, movement, medicine, value and trial" in page
    assert "Nothing was deleted" in member.send("/account/delete/").text
    gone = member.send("/account/delete/", word="delete", what="account")

    assert "Your diary and your account are gone." in gone.text
    assert gone.headers["Clear-Site-Data"] == '"cache"'
    assert "do not belong together" in Visitor(group).sign_in(email).text


def test_it_keeps_the_account_where_the_diary_cannot_go(group: Group) -> None:
    member, email = _new(group)
    member.send("/keys/", name="watch", scopes="read")
    diary = group.ask("SELECT diary_id FROM account WHERE email = ?", email)
    _reach(member, "/account/delete/")
    group.write(
        f"CREATE TRIGGER stuck BEFORE DELETE ON api_token WHEN OLD.diary_id = {diary}"
        " BEGIN SELECT RAISE(ABORT, 'stuck'); END"
    )
    try:
        failed = member.send("/account/delete/", word="delete", what="account")
    finally:
        group.write("DROP TRIGGER stuck")

    assert failed.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    assert group.ask("SELECT diary_id FROM account WHERE email = ?", email) == diary
    assert member.get("/account/").url == f"{group.url}/account/"  # still signed in
    assert "watch" in member.get("/keys/").text

    assert "your account are gone" in member.send("/account/delete/", word="delete", what="account").text
    assert group.ask("SELECT count(*) FROM diary WHERE id = ?", diary) == 0


def test_it_asks_for_a_code_beside_the_password(group: Group) -> None:
    member, email = _new(group)
    _reach(member, "/account/app/on/")
    assert 'role="alert"' in member.send("/account/app/on/", code="000000").text
    page = member.get("/account/app/on/").text  # each look makes a new secret
    secret = re.search(r'readonly value="([A-Z2-7]+)"', page)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)', page)
    assert secret
    assert token
    said = {"csrfmiddlewaretoken": token[1], "code": _code(secret[1])}
    assert "/account/codes/" in member.web.post(f"{group.url}/account/app/on/", data=said, timeout=30).url
    assert secret[1].encode() not in (group.home / "quietlegs.sqlite3").read_bytes()

    visitor = Visitor(group)
    assert visitor.sign_in(email).url == f"{group.url}/account/sign-in/code/"
    assert "/account/sign-in/" in Visitor(group).get("/").url
    assert "This code is not right." in visitor.send("/account/sign-in/code/", code="000000").text
    time.sleep(30 - time.time() % 30)  # a code is good once
    assert visitor.send("/account/sign-in/code/", code=_code(secret[1])).url == f"{group.url}/"


def test_it_changes_the_address_by_a_code_sent_there(group: Group) -> None:
    member, email = _new(group)
    new = f"{uuid4().hex[:12]}@example.org"
    _again(member, "/account/email/", "/account/email/", email=new, action_add="")
    assert member.get("/account/email/code/").url.endswith("/account/email/code/")
    code = re.search(r"^[A-Z0-9-]{6,}(?=\r?$)", group.post.letters[-1].get_content(), re.MULTILINE)
    assert code
    member.send("/account/email/code/", code=code[0])

    assert Visitor(group).sign_in(new).url == f"{group.url}/"
    assert "do not belong together" in Visitor(group).sign_in(email).text


def _plant(group: Group, email: str) -> None:
    group.write(
        "INSERT INTO account (password, email, name, is_host, is_active, diary_id, made_at)"
        " VALUES ('', ?, '', 0, 1, ?, ?)",
        email, secrets.randbits(40), "2026-11-01 00:00:00",
    )  # fmt: skip


def _code(secret: str) -> str:
    """Return the code of now, as RFC 6238 has it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def _fact(number: int) -> dict[str, object]:
    return {
        "id": f"{PLANTED}{number:02d}", "kind": "night_rating", "at": "2026-11-20T21:00:00.000000+00:00",
        "zone": "Europe/Berlin", "offset_s": 3600, "wall": "2026-11-20T22:00:00.000000", "night": "2026-11-20",
        "payload": {"severity": 4},
    }  # fmt: skip


def _count(group: Group) -> int:
    return group.ask("SELECT count(*) FROM fact WHERE fact_id = ?", f"{PLANTED}77".replace("-", ""))


def _row(page: str, email: str) -> str:
    found = re.search(rf'<li class="person"><p>{re.escape(email)}.*?</li>', page, re.DOTALL)
    assert found
    return re.sub(r'csrfmiddlewaretoken" value="\w+', "", found[0])


def _shown(page: str, field: str) -> str:
    """Return what a page shows to be copied."""
    found = re.search(rf'id="{field}"[^>]* value="([^"]+)"', page)
    assert found
    return found[1]


def _number(host: Visitor, email: str) -> int:
    found = re.search(r"/account/people/(\d+)/switch/", _row(host.get(f"/account/people/?part={email}").text, email))
    assert found
    return int(found[1])
