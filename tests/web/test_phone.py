"""A phone signed in by a picture on another screen: once, for a few minutes, and never by opening an address alone."""

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """All of it happens on this machine."""


@pytest.fixture
def anna(group: Group) -> Visitor:
    found = Visitor(group)
    found.sign_up(f"{uuid4().hex[:12]}@example.org")
    return found


def shown(owner: Visitor) -> str:
    """Show a picture; return the path of its address."""
    page = owner.send("/account/phone/")
    if "/again/" in page.url:
        owner.send(page.url.removeprefix(owner.group.url), password=GOOD_PASSWORD)
        page = owner.send("/account/phone/")
    assert "<svg" in page.text, page.text
    [address] = re.findall(r'id="address"[^>]* value="([^"]+)"', page.text)
    return str(address).removeprefix(owner.group.url)


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/account/", allow_redirects=False).status_code == HTTPStatus.OK


def test_it_lets_one_phone_in_and_asks_there_first(group: Group, anna: Visitor) -> None:
    path, phone, other = shown(anna), Visitor(group), Visitor(group)
    assert "This phone opens the diary of" in phone.get(path).text
    assert not is_in(phone)

    assert phone.send(path).url == f"{group.url}/"

    assert is_in(phone)
    assert other.get(path).status_code == HTTPStatus.GONE
    assert other.send(path, page="/account/sign-in/").status_code == HTTPStatus.GONE
    assert not is_in(other)


def test_it_is_over_after_five_minutes(group: Group, anna: Visitor) -> None:
    path = shown(anna)
    group.write(
        "UPDATE account_pairing SET made_at = ?", str(datetime.now(UTC).replace(tzinfo=None) - timedelta(minutes=6))
    )

    assert Visitor(group).get(path).status_code == HTTPStatus.GONE


def test_it_leaves_the_last_picture_alone_good(group: Group, anna: Visitor) -> None:
    first, second = shown(anna), shown(anna)

    assert Visitor(group).get(first).status_code == HTTPStatus.GONE
    assert Visitor(group).get(second).status_code == HTTPStatus.OK


def test_it_lets_nobody_in_whose_account_is_off(group: Group, anna: Visitor) -> None:
    path = shown(anna)
    group.write("UPDATE account SET is_active = 0 WHERE id IN (SELECT account_id FROM account_pairing)")

    assert Visitor(group).get(path).status_code == HTTPStatus.GONE


def test_it_keeps_no_address_that_a_thief_could_use(group: Group, anna: Visitor) -> None:
    token = shown(anna).rstrip("/").rpartition("/")[2]

    stored = b"".join(file.read_bytes() for file in group.home.glob("quietlegs.sqlite3*"))
    assert token.encode() not in stored
