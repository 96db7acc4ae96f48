"""A person lets their doctor read along: from the offer to the last day, as both meet it in a hosted group."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor

UNTIL = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
_LINK = re.compile(r'id="link"[^>]* value="([^"]+)"')
_CODE = re.compile(r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]{4,})?)\s*$", re.MULTILINE)


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """All of it happens on this machine."""


def somebody() -> str:
    return f"{uuid4().hex[:12]}@example.org"


@pytest.fixture
def anna(group: Group) -> Visitor:
    """Somebody with a diary."""
    found = Visitor(group)
    found.sign_up(somebody())
    return found


def offers(owner: Visitor, *parts: str, until: str = UNTIL) -> str:
    """Offer parts on the page; return the path of the link."""
    page = owner.send(
        "/sharing/", reader_name="Dr. Roth", owner_name="Anna", parts=list(parts) or ["report"], until=until
    )
    found = _LINK.search(page.text)
    assert found, page.text
    return unescape(found[1]).removeprefix(owner.group.url)


def listed(reader: Visitor) -> list[str]:
    return re.findall(r'href="(/sharing/with-me/\d+/\w+/)"', reader.get("/sharing/with-me/").text)


def test_it_lets_a_doctor_without_an_account_read_from_the_link_on(group: Group, anna: Visitor) -> None:
    link, address = offers(anna, "report", "nights"), somebody()
    doctor = Visitor(group)
    assert "Anna lets you read parts of a diary" in doctor.get(link).text

    page = doctor.send(link, email=address)
    assert page.status_code == HTTPStatus.OK, page.text
    back = doctor.send(f"/account/sign-up/password/?next={link}", name="", password1=GOOD_PASSWORD)
    if "/email/code/" in back.url:
        [code, *_] = _CODE.findall(str(group.post.letters[-1].get_content()))
        back = doctor.send("/account/email/code/", code=code)

    assert back.url == f"{group.url}{link}"
    assert doctor.send(link).url == f"{group.url}/sharing/with-me/"
    report, nights = listed(doctor)
    assert "What stands on it" in doctor.get(report).text
    assert doctor.get(f"{report}page.pdf").content.startswith(b"%PDF")
    shown = doctor.get(nights)
    assert shown.status_code == HTTPStatus.OK
    assert re.findall(r"<h(\d)", shown.text) == ["1", "2"]
    assert "Dr. Roth: the page for the doctor" in anna.get("/sharing/").text


def test_it_makes_one_account_by_a_link(group: Group, anna: Visitor) -> None:
    link = offers(anna)
    assert Visitor(group).send(link, email=somebody()).status_code == HTTPStatus.OK

    again = Visitor(group).send(link, email=somebody())

    assert again.status_code == HTTPStatus.BAD_REQUEST
    assert "An account was made by this link before." in again.text


def test_it_names_an_address_that_is_none(group: Group, anna: Visitor) -> None:
    answer = Visitor(group).send(offers(anna), email="roth")

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "roth" in answer.text


def test_it_takes_everything_back_at_once(group: Group, anna: Visitor) -> None:
    doctor = Visitor(group)
    doctor.sign_up(somebody())
    doctor.send(offers(anna, "tried"))
    [tried] = listed(doctor)
    assert doctor.get(tried).status_code == HTTPStatus.OK
    [revoke] = re.findall(r'action="(/sharing/revoke/\d+/)"', anna.get("/sharing/").text)

    anna.send(revoke, page="/sharing/")

    assert doctor.get(tried).status_code == HTTPStatus.NOT_FOUND
    assert listed(doctor) == []
    assert "Nobody but you can read your diary." in anna.get("/sharing/").text


def test_it_is_over_with_its_last_day(group: Group, anna: Visitor) -> None:
    doctor = Visitor(group)
    doctor.sign_up(somebody())
    doctor.send(offers(anna))
    [report] = listed(doctor)

    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    group.write("UPDATE reading_grant SET until = ? WHERE reader IS NOT NULL", yesterday)

    assert doctor.get(report).status_code == HTTPStatus.NOT_FOUND
    assert listed(doctor) == []


def test_it_offers_nobody_their_own_diary(anna: Visitor) -> None:
    answer = anna.get(offers(anna))

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "This is your own diary." in answer.text


def test_it_says_what_is_allowed_where_an_offer_makes_no_sense(anna: Visitor) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"until": "2019-01-01"},
        {"until": "soon"},
        {"parts": []},
        {"reader_name": ""},
    )
    for said in wrong:
        answer = anna.send(
            "/sharing/", **({"reader_name": "R", "owner_name": "A", "parts": ["report"], "until": UNTIL} | said)
        )
        assert answer.status_code == HTTPStatus.BAD_REQUEST, said
        assert "Nothing was changed." in answer.text
