"""Passwords of a hosted group: long ones and odd ones are taken as they are, and a change needs the old one."""

import re
from uuid import uuid4

import pytest
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor

LONG = '  Zwölf leise Beine & 猫 at night; it\'s "mine" <b>' + "x1Y2z" * 18 + "  "


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """All of it happens on this machine."""


@pytest.fixture
def email() -> str:
    return f"{uuid4().hex[:12]}@example.org"


def test_it_takes_a_long_password_of_any_signs_as_it_is(group: Group, email: str) -> None:
    assert Visitor(group).sign_up(email, LONG).url == f"{group.url}/"

    assert Visitor(group).sign_in(email, LONG).url == f"{group.url}/"
    for other in (LONG.strip(), LONG.lower(), LONG[:72]):
        assert "do not belong together" in Visitor(group).sign_in(email, other).text


def test_it_masks_passwords_and_lets_them_be_pasted_and_filled_in(group: Group) -> None:
    page = Visitor(group).get("/account/sign-in/").text
    [field] = re.findall(r"<input[^>]*name=\"password\"[^>]*>", page)

    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "maxlength" not in field
    assert "onpaste" not in page


def test_it_changes_a_password_by_the_old_one_and_puts_the_others_out(group: Group, email: str) -> None:
    here, there = Visitor(group), Visitor(group)
    here.sign_up(email)
    there.sign_in(email)
    page = "/account/password/change/"

    wrong = here.send(page, oldpassword="not this one", password1="another four quiet legs")
    assert "This is not your present password." in wrong.text
    assert there.get("/").url == f"{group.url}/"
    done = here.send(page, oldpassword=GOOD_PASSWORD, password1="another four quiet legs")

    assert "Your password is changed." in done.text
    assert "Your password was changed." in group.post.letters[-1].get_content()
    assert here.get("/").url == f"{group.url}/"
    assert "/account/sign-in/" in there.get("/").url
    assert "do not belong together" in Visitor(group).sign_in(email).text
