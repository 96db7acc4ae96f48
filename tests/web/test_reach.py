"""Where a reminder may go: into the own home from one's own machine, and nowhere within from a host of strangers."""

import socket
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from tests.web.receivers import Browser, Mail, Web

from quietlegs.web.links.mail import send as by_mail
from quietlegs.web.links.message import Message, UndeliveredError
from quietlegs.web.links.ntfy import send as by_ntfy
from quietlegs.web.links.post import PATIENCE_S
from quietlegs.web.links.push import send as by_push
from quietlegs.web.links.reach import may_reach, reach

WITHIN = [
    "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1",
]  # fmt: skip
OUTSIDE = ["159.203.148.75", "2604:a880:400:d0::1a77:2001", "::ffff:159.203.148.75", "64:ff9b::9fcb:944b"]


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """Real sockets, on this machine alone."""


def a_message() -> Message:
    return Message("one", "Time for your routine", "en", timedelta(minutes=30))


@pytest.mark.parametrize("address", WITHIN)
def test_it_reaches_nothing_within_the_hosts_own_network(address: str) -> None:
    assert not may_reach(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_it_reaches_what_lies_outside(address: str) -> None:
    assert may_reach(address)


def letters(post: Mail) -> dict[str, str]:
    return by_mail.address_of({"to": "a@example.org", "host": "localhost", "port": str(post.port), "security": "none"})


def test_it_reaches_a_server_at_home_from_ones_own_machine(service: Web, post: Mail) -> None:
    by_ntfy.send(by_ntfy.address_of({"url": f"{service.url}/topic"}), a_message())
    by_mail.send(letters(post), a_message())

    assert len(service.posted) == len(post.letters) == 1


@override_settings(HOSTED=True)
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "0x7f.1", "2130706433"])
def test_it_sends_no_topic_within_where_strangers_share_a_host(service: Web, name: str) -> None:
    address = by_ntfy.address_of({"url": f"http://{name}:{service.port}/topic"})

    with pytest.raises(UndeliveredError, match="own network"):
        by_ntfy.send(address, a_message())

    assert service.posted == []


@override_settings(HOSTED=True)
def test_it_sends_no_push_within_where_strangers_share_a_host(service: Web) -> None:
    phone = Browser(service)
    address = by_push.address_of(phone.subscription() | {"contact": "you@example.org"})

    with pytest.raises(UndeliveredError, match="own network"):
        by_push.send(address, a_message())

    assert service.posted == []


@override_settings(HOSTED=True)
@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_it_sends_no_letter_within_where_strangers_share_a_host(post: Mail, security: str) -> None:
    with pytest.raises(UndeliveredError, match="own network"):
        by_mail.send(letters(post) | {"security": security}, a_message())

    assert post.letters == []


@override_settings(HOSTED=True)
def test_it_asks_once_what_a_name_means_and_holds_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means another address each time it is asked (DNS rebinding) gains nothing."""
    asked: list[str] = []
    reached: list[Any] = []

    def told(name: str, port: int, **_more: object) -> list[Any]:
        asked.append(name)
        where = OUTSIDE[0] if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (where, port))]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    monkeypatch.setattr(socket.socket, "connect", lambda _line, where: reached.append(where))

    reach("rebinding.example.org", 443, PATIENCE_S).close()

    assert asked == ["rebinding.example.org"]
    assert reached == [(OUTSIDE[0], 443)]


@override_settings(HOSTED=True)
def test_it_goes_by_no_proxy_where_strangers_share_a_host(service: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", service.url)
    monkeypatch.setenv("no_proxy", "")

    with pytest.raises(UndeliveredError):
        by_ntfy.send(by_ntfy.address_of({"url": "http://10.0.0.1/topic"}), a_message())

    assert service.posted == []
