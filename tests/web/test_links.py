"""Each channel over real sockets: what arrives, what is refused, and what is told when it does not arrive."""

import json
import os
import re
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.web.certificates import own_certificate
from tests.web.receivers import Browser, Mail, Web, claims, mail, web

from quietlegs.web.links.handing import reminder
from quietlegs.web.links.mail import send as by_mail
from quietlegs.web.links.message import AddressError, Message, UndeliveredError
from quietlegs.web.links.ntfy import send as by_ntfy
from quietlegs.web.links.push import send as by_push
from quietlegs.web.links.push.keys import public_key
from quietlegs.web.store.channels import Channel
from quietlegs.web.store.home import home

CONTACT = "you@example.org"


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """The channels speak over real sockets, on this machine alone."""


def message(key: str = "routine:2026-11-26:0:1") -> Message:
    return reminder(key, channel(), lasts=timedelta(minutes=30), snooze=True)


def channel(language: str = "en", **address: str) -> Channel:
    return Channel(1, "any", address, language, datetime.now(UTC))


def answerable(language: str = "en", *, snooze: bool = True) -> Message:
    """A reminder by a channel that was turned on at this address."""
    by = channel(language, here="https://legs.example.org/")
    return reminder("routine:2026-11-26:0:1", by, lasts=timedelta(minutes=30), snooze=snooze)


def letter_to(port: int, **more: str) -> dict[str, str]:
    told = {"to": "me@example.org", "host": "127.0.0.1", "port": str(port), "security": "none"}
    return by_mail.address_of(told | more)


def test_it_sends_a_push_that_this_browser_alone_can_read(service: Web) -> None:
    phone = Browser(service)
    by_push.send(by_push.address_of(phone.subscription() | {"contact": CONTACT}), message())

    [(told, headers)] = phone.received()
    assert told["title"] == "Time for your routine"
    assert [one["action"] for one in told["actions"]] == ["snooze", "not_tonight"]
    assert told["tag"] == headers["topic"]
    assert (headers["ttl"], headers["urgency"]) == ("1800", "high")
    assert b"routine" not in service.posted[0].body


def test_it_signs_a_push_with_this_installations_key(service: Web) -> None:
    phone = Browser(service)
    by_push.send(by_push.address_of(phone.subscription() | {"contact": CONTACT}), message())

    signed = claims(phone.received()[0][1])
    assert signed["sub"] == f"mailto:{CONTACT}"
    assert signed["aud"] == service.url
    assert 0 < signed["exp"] - datetime.now(UTC).timestamp() <= 24 * 3600
    assert signed["key"] == public_key()


def test_it_keeps_the_key_for_its_owner_alone() -> None:
    public_key()

    assert stat.S_IMODE((home() / "vapid.pem").stat().st_mode) == 0o600


@pytest.mark.parametrize("contact", ["mailto:a@example.org", "a@example.org", "https://example.org/about"])
def test_it_takes_a_contact_that_leads_to_somebody(contact: str) -> None:
    assert by_push.contact_of(contact).startswith(("mailto:", "https://"))


@pytest.mark.parametrize(
    "contact",
    ["", "you", "a@localhost", "a@home.local", "http://example.org", "https://localhost/", "https://x", "a b@c.de"],
)  # fmt: skip
def test_it_refuses_a_contact_that_leads_to_nobody_and_names_what_is_allowed(contact: str) -> None:
    with pytest.raises(AddressError, match=r"allowed: an e-mail address or a web page of yours"):
        by_push.contact_of(contact)


def test_it_uses_the_contact_that_the_host_has_set(service: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(by_push.CONTACT_VARIABLE, "https://example.org/contact")

    assert by_push.address_of(Browser(service).subscription())["contact"] == "https://example.org/contact"


def test_it_refuses_a_subscription_without_encryption_or_with_damaged_keys(service: Web) -> None:
    good = Browser(service).subscription() | {"contact": CONTACT}
    with pytest.raises(AddressError, match="https://"):
        by_push.address_of(good | {"endpoint": "http://push.example.org/1"})
    with pytest.raises(AddressError, match="p256dh is damaged"):
        by_push.address_of(good | {"p256dh": "AAAA"})


@pytest.mark.parametrize("status", [404, 410])
def test_it_knows_that_a_subscription_is_dead(service: Web, status: int) -> None:
    service.status = status
    with pytest.raises(UndeliveredError, match=f"answered {status}") as told:
        by_push.send(by_push.address_of(Browser(service).subscription() | {"contact": CONTACT}), message())
    assert told.value.gone


@pytest.mark.parametrize("status", [400, 403, 429, 500, 503])
def test_it_lets_a_push_service_that_is_busy_or_cross_be_tried_again(service: Web, status: int) -> None:
    service.status = status
    with pytest.raises(UndeliveredError, match=f"answered {status}") as told:
        by_push.send(by_push.address_of(Browser(service).subscription() | {"contact": CONTACT}), message())
    assert not told.value.gone


def test_it_follows_no_redirection(service: Web) -> None:
    service.status, service.answers = 307, {"Location": f"{service.url}/elsewhere"}
    for send, address in (
        (by_push.send, by_push.address_of(Browser(service).subscription() | {"contact": CONTACT})),
        (by_ntfy.send, by_ntfy.address_of({"url": f"{service.url}/topic"})),
    ):
        with pytest.raises(UndeliveredError, match="answered 307"):
            send(address, message())
    assert [one.path for one in service.posted] == ["/push/phone", "/topic"]


def test_it_says_when_nobody_listens() -> None:
    with web() as gone:
        address = by_ntfy.address_of({"url": f"{gone.url}/topic"})
    with pytest.raises(UndeliveredError, match="cannot be reached"):
        by_ntfy.send(address, message())


def test_it_posts_the_neutral_words_to_ntfy_and_nothing_else(service: Web) -> None:
    by_ntfy.send(by_ntfy.address_of({"url": f"{service.url}/a-name", "token": "tk_secret"}), message())

    [one] = service.posted
    assert (one.path, one.body) == ("/a-name", b"Time for your routine")
    assert one.headers["Authorization"] == "Bearer tk_secret"
    assert "legs" not in f"{one.headers}{one.body!r}"


def test_it_gives_the_same_reminder_the_same_id_on_every_channel(service: Web, post: Mail) -> None:
    for _ in range(2):
        by_ntfy.send(by_ntfy.address_of({"url": f"{service.url}/topic"}), message())
        by_mail.send(letter_to(post.port), message())
    by_mail.send(letter_to(post.port), message("routine:2026-11-27:0:1"))

    assert len({one.headers["X-Sequence-ID"] for one in service.posted}) == 1
    ids = [letter["Message-ID"] for letter in post.letters]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(("language", "snooze"), [("en", "In 15 minutes"), ("de", "In 15 Minuten")])
def test_it_gives_ntfy_a_button_for_each_answer(service: Web, language: str, snooze: str) -> None:
    by_ntfy.send(by_ntfy.address_of({"url": f"{service.url}/topic"}), answerable(language))

    headers = service.posted[0].headers
    buttons = json.loads(headers["X-Actions"])
    assert next(one["label"] for one in buttons) == snooze
    assert {(one["action"], one["method"], one["clear"]) for one in buttons} == {("http", "POST", True)}
    addresses = [*(one["url"] for one in buttons), headers["X-Click"]]
    assert len(set(addresses)) == 3
    assert all(one.startswith("https://legs.example.org/reminders/answer/") for one in addresses)


def test_it_offers_no_snooze_where_none_is_allowed(service: Web) -> None:
    by_ntfy.send(by_ntfy.address_of({"url": f"{service.url}/topic"}), answerable(snooze=False))

    assert [one["label"] for one in json.loads(service.posted[0].headers["X-Actions"])] == ["Not tonight"]


def test_it_writes_one_link_into_a_letter(post: Mail) -> None:
    by_mail.send(letter_to(post.port), answerable())

    told = post.letters[0].get_content()
    assert told.splitlines()[0] == "Time for your routine"
    [link] = re.findall(r"https://\S+", told)
    assert link.startswith("https://legs.example.org/reminders/answer/")


def test_it_has_neither_buttons_nor_link_where_it_does_not_know_where_they_would_lead(service: Web) -> None:
    by_ntfy.send(by_ntfy.address_of({"url": f"{service.url}/topic"}), message())

    assert "X-Actions" not in service.posted[0].headers
    assert "X-Click" not in service.posted[0].headers


@pytest.mark.parametrize(
    "url", ["", "ntfy", "ftp://ntfy.sh/x", "file:///etc/passwd", "https://", "https://u:p@ntfy.sh/x"]
)
def test_it_refuses_an_address_that_is_none(url: str) -> None:
    with pytest.raises(AddressError, match="allowed"):
        by_ntfy.address_of({"url": url})


def test_it_sends_a_letter_with_the_neutral_words(post: Mail) -> None:
    by_mail.send(letter_to(post.port), message())

    [letter] = post.letters
    assert (letter["To"], letter["From"]) == ("me@example.org", "me@example.org")
    assert letter["Subject"] == letter.get_content().strip() == "Time for your routine"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "legs" not in letter.as_string()


def test_it_says_what_the_mail_server_said(post: Mail) -> None:
    post.refuses = "550 no such person"
    with pytest.raises(UndeliveredError, match=r"does not take mail for me@example\.org"):
        by_mail.send(letter_to(post.port), message())


def test_it_sends_no_password_to_a_server_that_offers_no_encryption(post: Mail) -> None:
    with pytest.raises(UndeliveredError, match="STARTTLS"):
        by_mail.send(letter_to(post.port, security="starttls", user="me", password="secret"), message())
    assert post.letters == []


def test_it_trusts_no_mail_server_that_cannot_prove_who_it_is(tmp_path: Path) -> None:
    with mail(tls_context=own_certificate(tmp_path)) as post, pytest.raises(UndeliveredError, match="could not prove"):
        by_mail.send(letter_to(post.port, security="starttls"), message())
    assert post.letters == []


def test_it_sends_by_a_mail_server_that_proves_who_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail(tls_context=own_certificate(tmp_path)) as post:
        monkeypatch.setenv("SSL_CERT_FILE", os.fspath(tmp_path / "certificate.pem"))
        by_mail.send(letter_to(post.port, security="starttls", host="localhost"), message())
    assert len(post.letters) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"to": "nobody"}, "'nobody' is no e-mail address"),
        ({"to": "a@example.org\nBcc: b@example.org"}, "is no e-mail address"),
        ({"host": "mail server"}, "is no mail server"),
        ({"port": "0"}, "allowed: 1 to 65535"),
        ({"security": "perhaps"}, "allowed: starttls, tls, none"),
        ({"host": "mail.example.org", "user": "me"}, "A password is not sent over the network without encryption"),
    ],
)
def test_it_names_the_setting_that_cannot_be_used(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(AddressError, match=said):
        by_mail.address_of({"to": "me@example.org", "host": "localhost", "port": "25", "security": "none"} | wrong)
