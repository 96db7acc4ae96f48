"""Where one is signed in: every device told, one or all others ended, and what is kept of them."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from uuid import uuid4

import pytest
import requests
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor

ANDROID = "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5"
    " Mobile/15E148 Safari/604.1"
)

LIST = "/account/devices/"


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """All of it happens on this machine."""


@dataclass
class Anna:
    """Somebody with two devices."""

    email: str
    desk: Visitor
    phone: Visitor


@pytest.fixture
def anna(group: Group) -> Anna:
    email = f"{uuid4().hex[:12]}@example.org"
    first = Visitor(group)
    first.sign_up(email)
    first.send("/account/sign-out/")
    desk, phone = named(group, ANDROID), named(group, IPHONE)
    desk.sign_in(email)
    phone.sign_in(email)
    return Anna(email, desk, phone)


def named(group: Group, user_agent: str) -> Visitor:
    visitor = Visitor(group)
    visitor.web.headers["User-Agent"] = user_agent
    return visitor


def sent(visitor: Visitor, path: str, page: str, **fields: str) -> requests.Response:
    """Send a form that asks who it is again, once in five minutes, and say it."""
    asked = visitor.send(path, page, **fields)
    if "/account/again/" not in asked.url:
        return asked
    return visitor.send(asked.url.removeprefix(visitor.group.url), password=GOOD_PASSWORD)


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/account/", allow_redirects=False).status_code == HTTPStatus.OK


def spoken(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")]).split())


def ends(page: str) -> list[str]:
    return re.findall(r'action="(/account/devices/\d+/end/)"', page)


def test_it_names_each_device_in_plain_words_this_one_first(anna: Anna) -> None:
    told = spoken(anna.desk.get(LIST).text)

    first, second = told.index("Firefox on Android this device"), told.index("Safari on iPhone")
    assert first < second
    assert told.count("signed in since") == 2
    assert told.count("last here on") == 2
    assert "this device" in spoken(anna.phone.get(LIST).text).partition("Safari on iPhone")[2]


def test_it_ends_one_at_once_and_leaves_the_others(group: Group, anna: Anna) -> None:
    third = named(group, "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36")
    third.sign_in(anna.email)
    page = anna.desk.get(LIST).text
    [end] = [path for path in ends(page) if "Chrome on Linux" in page.partition(path)[2].partition("</form>")[0]]

    said = sent(anna.desk, end, LIST).text

    assert "That device is signed out." in said
    assert "Chrome on Linux" not in said
    assert not is_in(third)
    # What tells a phone to forget the pages that it keeps.
    assert third.get("/offline/pages/").status_code == HTTPStatus.UNAUTHORIZED
    assert is_in(anna.desk)
    assert is_in(anna.phone)


def test_it_ends_all_others_also_a_phone_that_came_by_a_picture(group: Group, anna: Anna) -> None:
    shown = sent(anna.desk, "/account/phone/", "/pause/").text
    [address] = re.findall(r'id="address"[^>]* value="([^"]+)"', shown)
    paired = named(group, ANDROID)
    paired.send(address.removeprefix(group.url))
    assert is_in(paired)

    said = sent(anna.desk, "/account/devices/end-others/", LIST).text

    assert "2 devices are signed out." in said
    assert [is_in(one) for one in (anna.desk, anna.phone, paired)] == [True, False, False]
    assert ends(said) == []


def test_it_ends_no_device_of_another_account(group: Group, anna: Anna) -> None:
    [end] = ends(anna.desk.get(LIST).text)
    other = Visitor(group)
    other.sign_up(f"{uuid4().hex[:12]}@example.org")
    answer = sent(other, end, "/pause/")

    assert answer.url == f"{group.url}{LIST}"
    assert "That device is signed out." not in answer.text
    assert is_in(anna.phone)


def test_it_asks_who_it_is_again_before_it_ends_one(group: Group, anna: Anna) -> None:
    [end] = ends(anna.desk.get(LIST).text)
    asked = anna.desk.send(end, page=LIST)
    assert "/account/again/password/" in asked.url
    assert is_in(anna.phone)

    wrong = anna.desk.send(asked.url.removeprefix(group.url), password="not my password at all")
    assert "This is not your password." in wrong.text
    assert is_in(anna.phone)
    anna.desk.send(asked.url.removeprefix(group.url), password=GOOD_PASSWORD)
    assert not is_in(anna.phone)


def test_it_puts_every_other_device_out_when_the_password_changes(anna: Anna) -> None:
    said = {"oldpassword": "not my password at all", "password1": "other four quiet legs"}
    assert "This is not your present password." in anna.desk.send("/account/password/change/", **said).text
    assert is_in(anna.phone)
    anna.desk.send("/account/password/change/", **said | {"oldpassword": GOOD_PASSWORD})

    assert is_in(anna.desk)
    assert not is_in(anna.phone)
    assert ends(anna.desk.get(LIST).text) == []


def test_it_puts_a_deleted_account_out_everywhere(anna: Anna) -> None:
    sent(anna.desk, "/account/delete/", "/pause/", word="delete", what="account")

    assert not is_in(anna.desk)
    assert not is_in(anna.phone)


def test_it_lets_a_host_end_every_sign_in_for_good(group: Group, anna: Anna) -> None:
    email = f"{uuid4().hex[:12]}@example.org"
    Visitor(group).sign_up(email)
    group.write("UPDATE account SET is_host = 1 WHERE email = ?", email)
    host = Visitor(group)
    host.sign_in(email)
    number = group.ask("SELECT id FROM account WHERE email = ?", anna.email)
    for to in ("off", "on"):
        sent(host, f"/account/people/{number}/switch/", "/account/people/", to=to)

    assert not is_in(anna.desk)
    assert not is_in(anna.phone)
    assert named(group, ANDROID).sign_in(anna.email).url == f"{group.url}/"


@pytest.mark.parametrize(("since", "unseen", "stays"), [(60, 30, True), (61, 1, False), (40, 31, False)])
def test_it_ends_after_thirty_days_unseen_and_after_sixty_in_any_case(
    group: Group, anna: Anna, since: int, unseen: int, *, stays: bool
) -> None:
    key, kept = group.script(
        "from datetime import timedelta",
        "from django.utils import timezone",
        "from allauth.usersessions.models import UserSession",
        "from quietlegs.web.accounts.sessions import SessionStore, at_rest",
        f"row = UserSession.objects.filter(user__email={anna.email!r}).first()",
        "old = SessionStore()",
        "old.update(dict(SessionStore(row.session_key).items()))",
        "old.save()",
        "row.pk, row.session_key, now = None, at_rest(old.session_key), timezone.now()",
        f"row.created_at, row.last_seen_at = now - timedelta(days={since}), now - timedelta(days={unseen})",
        "row.save()",
        "print(old.session_key, at_rest(old.session_key))",
    ).split()
    old = Visitor(group)
    old.web.cookies.set("__Host-sessionid", key, domain="localhost.local", path="/", secure=True)

    assert is_in(old) is stays
    assert group.ask("SELECT count(*) FROM django_session WHERE session_key = ?", kept) == int(stays)
    assert is_in(anna.desk)


def test_it_keeps_no_address_no_hour_and_no_more_of_a_browser_than_its_name(group: Group, anna: Anna) -> None:
    hours = "SELECT count(*) FROM usersessions_usersession WHERE ip != '::' OR last_seen_at NOT LIKE '% 00:00:00'"

    assert group.ask(hours) == 0
    stored = b"".join(file.read_bytes() for file in group.home.glob("quietlegs.sqlite3*"))
    assert b"Mozilla" not in stored
    assert str(anna.desk.web.headers["X-Stands-For"]).encode() not in stored


def test_it_keeps_no_key_that_a_thief_could_use(group: Group, anna: Anna) -> None:
    key = anna.desk.web.cookies["__Host-sessionid"]
    stored = b"".join(file.read_bytes() for file in group.home.glob("quietlegs.sqlite3*"))
    kept = group.script(
        "from allauth.usersessions.models import UserSession",
        f"row = UserSession.objects.filter(user__email={anna.email!r}, user_agent='Firefox/Android').get()",
        "print(row.session_key)",
    ).strip()
    thief = Visitor(group)
    thief.web.cookies.set("__Host-sessionid", kept, domain="localhost.local", path="/", secure=True)

    assert kept.encode() in stored
    assert str(key).encode() not in stored
    assert is_in(anna.desk)
    assert not is_in(thief)
