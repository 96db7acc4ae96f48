"""A hosted group whose pages are looked at: a host with two trials side by side, and a doctor who reads along."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.browser.staging import as_file, lived
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor, hosted
from tests.web.tls import fingerprint

_TAKEN_WITHIN_S = 60
_LINK = re.compile(r'id="link"[^>]* value="([^"]+)"')
_TAKE = re.compile(r'action="(/imports/\w+/take/)"')


@dataclass(frozen=True, slots=True)
class Gathered:
    """Where the group is, by what a browser knows its certificate, links that are made once, and who is signed in."""

    url: str
    fingerprint: str
    links: dict[str, str]
    cookies: dict[str, tuple[tuple[str, str], ...]]


@contextmanager
def gathered(home: Path, zone: str) -> Iterator[Gathered]:
    """Let a group run in this folder, with what its pages show."""
    with hosted(home, TZ=zone) as group:
        anna, roth = Visitor(group), Visitor(group)
        anna.get(group.invitation("anna@example.org", makes_host=True))
        anna.send("/account/sign-up/password/", name="Anna", password1=GOOD_PASSWORD)
        roth.sign_up("roth@example.org")
        _hand_over(anna, as_file(lived(gone=27, effect=-1.5, beside="caffeine")))
        roth.send(_offered(anna, "Dr. Roth"))
        for part in ("report", "nights"):
            roth.get(f"/sharing/with-me/1/{part}/")
        links = {"invited": _path(group, group.invitation("bert@example.org")), "offered": _offered(anna, "Bert")}
        # Whoever has just said who they are is not asked again.
        anna.send("/account/again/password/", password=GOOD_PASSWORD)
        signed_in = {"stranger": (), "host": _cookies(anna), "doctor": _cookies(roth)}
        yield Gathered(group.url, fingerprint(home), links, signed_in)


def _path(group: Group, address: str) -> str:
    return address.removeprefix(group.url)


def _cookies(visitor: Visitor) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, one.value or "") for one in visitor.web.cookies)


def _hand_over(visitor: Visitor, text: str) -> None:
    """Take a diary in as a person does: the file, its receipt, the button."""
    shown = visitor.send_file("/imports/look/", "/imports/", ("quietlegs.jsonl", text.encode()))
    until = time.monotonic() + _TAKEN_WITHIN_S
    while time.monotonic() < until:
        if take := _TAKE.search(shown.text):
            shown = visitor.send(take[1], page=shown.url.removeprefix(visitor.group.url))
        if "Taken in last" in visitor.get("/imports/").text:
            return
        time.sleep(0.5)
        shown = visitor.get(shown.url)
    raise TimeoutError(shown.url)


def _offered(visitor: Visitor, name: str) -> str:
    until = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    parts = ["report", "nights", "tried"]
    shown = visitor.send("/sharing/", reader_name=name, owner_name="Anna", parts=parts, until=until)
    link = _LINK.search(shown.text)
    if link is None:
        raise LookupError(shown.url)
    return _path(visitor.group, link[1])
