"""A hosted group over https, as its people meet it: invited in, signed in, kept apart, and out again."""

import json
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """All of it happens on this machine."""


@pytest.fixture
def somebody(group: Group) -> str:
    return f"{uuid4().hex[:12]}@example.org"


@pytest.fixture
def visitor(group: Group) -> Visitor:
    return Visitor(group)


@pytest.fixture
def member(group: Group, somebody: str) -> Visitor:
    """Somebody who has just signed up with a password."""
    found = Visitor(group)
    assert found.sign_up(somebody).url == f"{group.url}/"
    return found


PAGES = ("/", "/log/", "/learn/", "/settings/", "/report/", "/reminders/", "/keys/", "/guide/calm/", "/waiting/",
         "/offline/", "/settings/data/jsonl", "/account/", "/account/email/", "/account/people/")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_it_shows_nothing_to_who_has_not_signed_in(visitor: Visitor, page: str) -> None:
    answer = visitor.get(page, allow_redirects=False)

    assert answer.status_code == HTTPStatus.FOUND
    assert answer.headers["Location"].startswith("/account/sign-in/?next=%2F")


@pytest.mark.parametrize("address", ["/api/v1/facts", "/api/v1/facts/token", "/api/v1/tonight", "/offline/pages/"])
def test_it_tells_programs_that_nobody_is_signed_in(visitor: Visitor, address: str) -> None:
    answer = visitor.get(address, allow_redirects=False)

    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert answer.json() == {"problems": ["Nobody is signed in."]}


def test_it_says_that_nothing_was_written_when_a_form_comes_from_nobody(visitor: Visitor) -> None:
    answer = visitor.send("/pause/", page="/account/sign-in/", why="travel")

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "So this was not written down." in answer.text


def test_it_keeps_every_diary_to_its_own_account(group: Group, member: Visitor) -> None:
    other = Visitor(group)
    other.sign_up(f"{uuid4().hex[:12]}@example.org")
    noted = _note(member)

    assert noted.ok, noted.text
    assert [json.loads(line)["id"] for line in _diary(member)] == [FACT["id"]]
    assert _diary(other) == []


def test_it_lets_nobody_in_without_an_invitation(visitor: Visitor) -> None:
    assert "An account needs an invitation." in visitor.get("/account/sign-up/").text
    assert "An account needs an invitation." in visitor.get("/account/sign-up/password/").text
    assert visitor.get("/account/invited/guessed/").status_code == HTTPStatus.GONE


def test_it_opens_by_an_invitation_once(group: Group, somebody: str) -> None:
    link = group.invitation(somebody)
    first, second = Visitor(group), Visitor(group)
    assert "Welcome" in first.get(link).text
    assert "Welcome" in second.get(link).text

    assert first.send("/account/sign-up/password/", password1=GOOD_PASSWORD).url == f"{group.url}/"
    late = second.send("/account/sign-up/password/", page="/account/sign-in/", password1=GOOD_PASSWORD)

    assert "An account needs an invitation." in late.text
    assert Visitor(group).get(link).status_code == HTTPStatus.GONE


def test_it_opens_by_no_invitation_that_is_too_old(group: Group, somebody: str) -> None:
    link = group.invitation(somebody)
    visitor = Visitor(group)
    assert visitor.get(link).ok

    group.write("UPDATE account_invitation SET expires_at = '2026-01-01 00:00:00' WHERE email = ?", somebody)

    assert Visitor(group).get(link).status_code == HTTPStatus.GONE
    assert "An account needs an invitation." in visitor.get("/account/sign-up/").text


def test_it_invites_from_the_command_line_and_keeps_nothing_that_could_be_used(group: Group, somebody: str) -> None:
    first = group.command("accounts", "invite", somebody).stdout.strip()
    link = group.command("accounts", "make-host", somebody).stdout.strip()

    assert first.startswith(f"{group.url}/account/invited/")
    assert Visitor(group).get(first).status_code == HTTPStatus.GONE  # the newer one has taken its place
    assert link.rstrip("/").rpartition("/")[2] not in _everything(group.home)
    host = Visitor(group)
    host.get(link)
    host.send("/account/sign-up/password/", password1=GOOD_PASSWORD)
    assert "You see nobody's diary here" in host.get("/account/people/").text.replace("&#x27;", "'")


def test_it_makes_the_account_of_the_address_that_was_invited(group: Group, visitor: Visitor, somebody: str) -> None:
    visitor.get(group.invitation(somebody))
    visitor.send("/account/sign-up/password/", email="other@example.org", password1=GOOD_PASSWORD)

    assert somebody in visitor.get("/account/").text


@pytest.mark.parametrize(
    "password", ["short", "passwordpassword", "123456789012345", "{name}@example.org", "Quiet legs, localhost 12"]
)
def test_it_refuses_passwords_that_are_guessed_first(
    group: Group, visitor: Visitor, somebody: str, password: str
) -> None:
    visitor.get(group.invitation(somebody))
    answer = visitor.send("/account/sign-up/password/", password1=password.format(name=somebody.partition("@")[0]))

    assert answer.url.endswith("/account/sign-up/password/")
    assert 'role="alert"' in answer.text


def test_it_signs_in_and_goes_where_the_person_wanted(group: Group, member: Visitor, somebody: str) -> None:
    visitor = Visitor(group)
    page = visitor.get("/log/")
    assert "next=%2Flog%2F" in page.url

    said = {"login": somebody.upper(), "password": GOOD_PASSWORD, "next": "/log/"}
    answer = visitor.send("/account/sign-in/", page="/log/", **said)

    assert answer.url == f"{group.url}/log/"


def test_it_never_leads_elsewhere_after_signing_in(group: Group, member: Visitor, somebody: str) -> None:
    visitor = Visitor(group)
    answer = visitor.send("/account/sign-in/", login=somebody, password=GOOD_PASSWORD, next="https://evil.example/")

    assert answer.url == f"{group.url}/"


def test_it_begins_a_new_session_at_sign_in(group: Group, member: Visitor, somebody: str) -> None:
    visitor = Visitor(group)
    visitor.get(group.invitation("nobody@example.org"))
    before = visitor.web.cookies["__Host-sessionid"]
    visitor.sign_in(somebody)

    assert visitor.web.cookies["__Host-sessionid"] != before
    thief = Visitor(group)
    thief.web.cookies.set("__Host-sessionid", before, domain="localhost.local", path="/", secure=True)
    assert "/account/sign-in/" in thief.get("/").url


def signed_out(visitor: Visitor) -> requests.Response:
    """Sign out; the answer itself, not the page that it leads to."""
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)', visitor.get("/account/sign-out/").text)
    assert token
    told = {"csrfmiddlewaretoken": token[1]}
    return visitor.web.post(f"{visitor.group.url}/account/sign-out/", data=told, allow_redirects=False, timeout=30)


@pytest.mark.parametrize(
    "page", ["/", "/log/", "/learn/", "/learn/calm/", "/library/", "/report/", "/settings/", "/keys/", "/imports/",
             "/reminders/", "/measures/", "/pause/", "/waiting/", "/trail/", "/safety/",
             "/account/devices/", "/nowhere/"],
)  # fmt: skip
def test_it_shows_a_way_out_on_every_page(member: Visitor, visitor: Visitor, page: str) -> None:
    way_out = 'href="/account/sign-out/"'

    assert way_out in member.get(page).text
    assert way_out not in visitor.get(page).text


def test_it_ends_the_session_at_sign_out_and_lets_the_browser_forget(group: Group, member: Visitor) -> None:
    session = member.web.cookies["__Host-sessionid"]
    left = signed_out(member)

    assert left.headers["Clear-Site-Data"] == '"cache"'
    again = Visitor(group)
    again.web.cookies.set("__Host-sessionid", session, domain="localhost.local", path="/", secure=True)
    assert "/account/sign-in/" in again.get("/").url


def test_it_takes_no_new_session_from_a_browser_that_still_asks_with_the_old_one(group: Group, member: Visitor) -> None:
    visitor = Visitor(group)
    visitor.web.cookies.set("__Host-sessionid", "ended", domain="localhost.local", path="/", secure=True)

    for path in ("/offline/pages/", "/api/v1/facts/token", "/log/"):
        late = visitor.web.get(group.url + path, allow_redirects=False, timeout=30)
        assert "sessionid" not in late.headers.get("Set-Cookie", "")

    left = signed_out(member)
    assert '__Host-sessionid=""' in left.headers["Set-Cookie"]


def test_it_answers_the_same_for_an_account_and_for_none(group: Group, member: Visitor, somebody: str) -> None:
    asked = {who: Visitor(group).sign_in(who, "wrong password") for who in (somebody, "nobody@example.org")}
    known, unknown = (_spoken(answer.text, who) for who, answer in asked.items())
    assert known == unknown
    assert "do not belong together" in known

    resets = {
        who: Visitor(group).send("/account/password/forgotten/", email=who) for who in (somebody, "nobody@example.org")
    }
    known, unknown = (_spoken(answer.text, who) for who, answer in resets.items())
    assert known == unknown


def test_it_takes_as_long_for_no_account_as_for_one(group: Group, member: Visitor, somebody: str) -> None:
    nobody = f"{uuid4().hex}@example.org"
    took: dict[str, list[float]] = {somebody: [], nobody: []}
    visitor = Visitor(group)
    visitor.get("/account/sign-in/")
    for _ in range(4):
        for who, times in took.items():
            began = time.perf_counter()
            visitor.sign_in(who, "wrong password")
            times.append(time.perf_counter() - began)

    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.5 < known / unknown < 2


def test_it_locks_an_account_after_five_wrong_passwords(group: Group, member: Visitor, somebody: str) -> None:
    thief = Visitor(group)
    for _ in range(5):
        assert "do not belong together" in thief.sign_in(somebody, "wrong password").text

    assert "Too many tries." in thief.sign_in(somebody).text
    assert "Too many tries." in Visitor(group).sign_in(somebody).text
    assert member.get("/").url == f"{group.url}/"


def test_it_lets_nobody_try_one_account_after_the_other(group: Group) -> None:
    thieves = [Visitor(group) for _ in range(40)]
    for one in thieves:
        one.web.headers["X-Stands-For"] = "203.0.113.7"
    with ThreadPoolExecutor(8) as hands:
        said = list(hands.map(lambda one: one.sign_in(f"{uuid4().hex}@example.org", "wrong password"), thieves))

    assert 1 <= sum("do not belong together" in one.text for one in said) <= 20
    assert {one.status_code for one in said} == {HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS}
    assert all("Wait five minutes" in one.text for one in said if one.status_code != HTTPStatus.OK)
    assert Visitor(group).get("/account/sign-in/").ok


def test_it_counts_tries_that_come_all_at_once(group: Group, member: Visitor, somebody: str) -> None:
    thieves = [Visitor(group) for _ in range(12)]
    with ThreadPoolExecutor(len(thieves)) as hands:
        said = list(hands.map(lambda one: one.sign_in(somebody, "wrong password").text, thieves))

    assert sum("do not belong together" in text for text in said) <= 5
    assert sum("Too many tries." in text for text in said) >= 7


def test_it_sets_a_new_password_by_a_letter_once(group: Group, member: Visitor, somebody: str) -> None:
    Visitor(group).send("/account/password/forgotten/", email=somebody)
    letter = group.post.letters[-1]
    link = re.search(r"https://\S+", letter.get_content())
    assert link
    assert letter["To"] == somebody
    visitor = Visitor(group)
    page = visitor.get(link[0])
    assert link[0] != page.url
    changed = visitor.send(page.url.removeprefix(group.url), password1="another four quiet legs")

    assert "Your password is changed." in changed.text
    assert "This link is too old, or was used already." in Visitor(group).get(link[0]).text
    assert Visitor(group).sign_in(somebody, "another four quiet legs").url == f"{group.url}/"
    assert "/account/sign-in/" in member.get("/").url  # whoever was signed in with the old one is out


def test_it_is_safe_against_other_sites_and_other_names(group: Group, visitor: Visitor) -> None:
    visitor.get("/account/sign-in/")
    forged = visitor.web.post(f"{group.url}/account/sign-in/", data={"login": "x@example.org"}, timeout=30)
    assert forged.status_code == HTTPStatus.FORBIDDEN

    other = visitor.get("/account/sign-in/", headers={"Host": "evil.example"})
    assert other.status_code == HTTPStatus.BAD_REQUEST


def test_it_sets_cookies_that_no_script_and_no_other_name_reads(group: Group, member: Visitor) -> None:
    again = Visitor(group)
    answer = again.get("/account/sign-in/")
    cookies = answer.headers["Set-Cookie"]

    assert re.search(r"__Host-csrftoken=\w+;.*HttpOnly.*Path=/; SameSite=Strict; Secure", cookies)
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    [session] = [one for one in member.web.cookies if one.name == "__Host-sessionid"]
    assert session.secure
    assert session.has_nonstandard_attr("HttpOnly")
    assert member.get("/").headers["Cache-Control"] == "private, no-store"


FACT = {
    "id": "0197a1b2-0000-7000-8000-000000000001", "kind": "night_rating", "at": "2026-11-20T21:00:00.000000+00:00",
    "zone": "Europe/Berlin", "offset_s": 3600, "wall": "2026-11-20T22:00:00.000000", "night": "2026-11-20",
    "payload": {"severity": 4},
}  # fmt: skip


def _note(member: Visitor) -> requests.Response:
    token = member.get("/api/v1/facts/token").json()["token"]
    return member.web.post(f"{member.group.url}/api/v1/facts", json=[FACT], headers={"X-CSRFToken": token}, timeout=30)


def _diary(member: Visitor) -> list[str]:
    return member.get("/settings/data/jsonl").text.splitlines()


def _spoken(page: str, who: str) -> str:
    """Return what a page says, without what differs each time."""
    main = page[page.index("<main") : page.index("</main>")].replace(who, "somebody")
    return re.sub(r'csrfmiddlewaretoken" value="\w+', "", main)


def _everything(home: Path) -> str:
    return "".join(file.read_bytes().decode("latin-1") for file in home.glob("quietlegs.sqlite3*"))
