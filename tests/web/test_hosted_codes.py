"""Codes of a hosted group: from an app, on paper and by letter; each good once, for a while, for whom it was made."""

import base64
import hashlib
import hmac
import re
import struct
import time
from uuid import uuid4

import pytest
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor

NEW_PASSWORD = "another four quiet legs"


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """All of it happens on this machine."""


def of_an_app(secret: str, ago_s: int = 0) -> str:
    """Return the code of now or of before, as RFC 6238 has it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(time.time() - ago_s) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Member(Visitor):
    """Somebody with a password and an app for codes."""

    email = secret = ""
    codes: tuple[str, ...] = ()

    def begin(self) -> "Member":
        """Sign up, turn codes on, and copy those that are for paper."""
        self.email = f"{uuid4().hex[:12]}@example.org"
        assert self.sign_up(self.email).url == f"{self.group.url}/"
        self.again("/account/app/on/")
        page = self.get("/account/app/on/").text  # each look makes a new secret
        secret = re.search(r'readonly value="([A-Z2-7]+)"', page)
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)', page)
        assert secret
        assert token
        self.secret = secret[1]
        said = {"csrfmiddlewaretoken": token[1], "code": of_an_app(self.secret)}
        paper = self.web.post(f"{self.group.url}/account/app/on/", data=said, timeout=30).text
        self.codes = tuple(re.findall(r"\b\d{4}[ -]?\d{4}\b|\b\d{8}\b", paper[paper.index("<main") :]))
        return self

    def again(self, path: str) -> None:
        """Open a page that asks for the password first, and give it."""
        asked = self.get(path)
        if "/account/again/" in asked.url:
            self.send(asked.url.removeprefix(self.group.url), password=GOOD_PASSWORD, next=path)

    def asked_for_a_code(self, password: str = GOOD_PASSWORD) -> Visitor:
        """Return a browser that has given the password and is asked for the rest."""
        found = Visitor(self.group)
        assert found.sign_in(self.email, password).url == f"{self.group.url}/account/sign-in/code/"
        return found


@pytest.fixture
def member(group: Group) -> Member:
    return Member(group).begin()


def test_it_takes_a_code_of_an_app_once_and_only_for_its_half_minute(member: Member) -> None:
    first, second = member.asked_for_a_code(), member.asked_for_a_code()
    for code in (of_an_app(member.secret, 600), of_an_app(member.secret, -600)):
        assert "This code is not right." in first.send("/account/sign-in/code/", code=code).text
    if time.time() % 30 > 20:
        time.sleep(30 - time.time() % 30)  # so that one code lasts for both
    code = of_an_app(member.secret)

    assert first.send("/account/sign-in/code/", code=code).url == f"{member.group.url}/"
    assert "This code is not right." in second.send("/account/sign-in/code/", code=code).text
    # Whether a password or a passkey came before it, the list does not say.
    assert "A wrong code was tried.<" in member.get("/trail/").text


def test_it_lets_in_by_a_code_on_paper_once(group: Group, member: Member) -> None:
    other = Member(group).begin()
    assert len(member.codes) == len(set(member.codes)) >= 8
    assert not set(member.codes) & set(other.codes)
    assert all(len(re.sub(r"\D", "", code)) >= 8 for code in member.codes)

    assert member.asked_for_a_code().send("/account/sign-in/code/", code=other.codes[0]).status_code == 200
    assert member.asked_for_a_code().send("/account/sign-in/code/", code=member.codes[0]).url == f"{group.url}/"
    again = member.asked_for_a_code().send("/account/sign-in/code/", code=member.codes[0])
    assert "This code is not right." in again.text


def test_it_asks_for_the_code_after_a_new_password_by_a_letter_too(group: Group, member: Member) -> None:
    lost = Visitor(group)
    lost.send("/account/password/forgotten/", email=member.email)
    link = re.search(r"https://\S+/password/new/\S+", group.post.letters[-1].get_content())
    assert link
    page = lost.get(link[0])
    lost.send(page.url.removeprefix(group.url), password1=NEW_PASSWORD)

    assert "/account/sign-in/" in lost.get("/").url
    member.asked_for_a_code(NEW_PASSWORD)


def _change_address(group: Group) -> tuple[Visitor, str, str]:
    """Return somebody who is asked for the code of a letter, their new address, and that code."""
    visitor, new = Visitor(group), f"{uuid4().hex[:12]}@example.org"
    visitor.sign_up(f"{uuid4().hex[:12]}@example.org")
    asked = visitor.send("/account/email/", email=new, action_add="")
    if "/account/again/" in asked.url:
        visitor.send(asked.url.removeprefix(group.url), password=GOOD_PASSWORD, next="/account/email/")
    code = re.search(r"^[A-Z0-9-]{6,}(?=\r?$)", group.post.letters[-1].get_content(), re.MULTILINE)
    assert code
    return visitor, new, code[0]


def _is_in_by(group: Group, email: str) -> bool:
    return Visitor(group).sign_in(email).url == f"{group.url}/"


def test_it_takes_a_letters_code_only_from_whoever_asked_for_it(group: Group) -> None:
    one, others = _change_address(group), _change_address(group)
    assert one[2] != others[2]

    one[0].send("/account/email/code/", code=others[2])

    assert not _is_in_by(group, one[1])
    assert not _is_in_by(group, others[1])
    one[0].send("/account/email/code/", code=one[2])
    assert _is_in_by(group, one[1])


def test_it_lets_nobody_guess_a_letters_code(group: Group) -> None:
    visitor, new, code = _change_address(group)
    for number in range(4):
        visitor.send("/account/email/code/", page="/account/", code=f"AAAA{number}")

    visitor.send("/account/email/code/", page="/account/", code=code)

    assert not _is_in_by(group, new)
