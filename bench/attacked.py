"""What `attack.py` lets its tools loose on: one person's quietlegs, and a group's with somebody signed in."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import requests
from tests.web.hosting import Visitor, free_port, hosted

_STARTS_WITHIN_S = 120
_NIGHTS = "30"
TOKEN = "a" * 32
_KEY = """
from quietlegs.web.start import prepare
prepare(demo=True)
from quietlegs.web.store.tokens import make
print(make("attack", ["read", "write"]))
"""
# The group's own person gets the simulated person's nights, and a key.
_FILL = """
import json, sys
from quietlegs.web.start import prepare
prepare()
from quietlegs.records.wire import from_wire
from quietlegs.web.accounts.models import Account
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.tokens import make
from quietlegs.web.store.whose import in_hand
with in_hand(Account.objects.get().diary_id):
    StoredDiary().add([from_wire(json.loads(line)) for line in sys.stdin])
    print(make("attack", ["read", "write"]))
"""
# What an address may be asked with, and a form with its token.
_ASKED = (
    "/api/v1/facts?after=0&limit=5&kind=night_rating&since=2026-01-01&until=2026-12-31",
    "/log/?night=2026-01-01&saved=0", "/learn/?noted=0", "/library/topic/is_it*/", "/imports/?taken=1&back=1",
)  # fmt: skip
_FORMS = (
    ("/log/", "severity=5&night=2026-01-01"),
    ("/log/taken/", "night=2026-01-01&taken=now&substance=medicine&name=a&amount=1&unit=mg"),
    ("/keys/", "name=a&scopes=read"),
    ("/reminders/on/ntfy/", "url=http://127.0.0.1:9/topic&token=a"),
)
_GROUPS_ASKED = (
    "/account/sign-in/?next=/log/", "/account/invited/a*/", "/account/password/new/1-a*/", "/sharing/take/a*/",
    "/sharing/with-me/1*/nights/",
)  # fmt: skip
_GROUPS_FORMS = (
    ("/account/sign-in/", "login=a@example.org&password=four+quiet+legs"),
    ("/account/password/forgotten/", "email=a@example.org"),
    ("/sharing/", "reader_name=a&owner_name=b&parts=nights&until=2026-12-31"),
    ("/account/people/invite/", "email=a@example.org"),
)
# Whoever opens one of these is signed out, or has no diary any more: there is nothing left to attack then.
_ENDS_IT = ("account/sign-out/*", "account/delete/*", "account/sessions/*", "account/people/*", "settings/erase/*")


@dataclass
class Target:
    """A running installation: where it is, and what somebody who is signed in sends along."""

    name: str
    url: str
    log: Path
    key: str
    cookies: dict[str, str]
    headers: dict[str, str] = field(default_factory=dict)
    trusted: str | bool = True
    left_alone: tuple[str, ...] = ()
    asked: tuple[str, ...] = _ASKED
    forms: tuple[tuple[str, str], ...] = _FORMS

    def cookie(self) -> str:
        """Return the header of all cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def is_signed_in(self) -> bool:
        """Whether it still answers, and knows the person still."""
        sent = self.headers | {"Cookie": self.cookie()}
        try:
            page = requests.get(f"{self.url}/log/", headers=sent, timeout=30, verify=self.trusted)
        except requests.RequestException:
            return False
        return page.ok and page.url.endswith("/log/")

    def broken(self) -> int:
        """Return how many requests were answered by 500."""
        said = self.log.read_text(encoding="utf-8", errors="replace")
        return said.count("500 GET") + said.count("500 POST")


@contextmanager
def personal(home: Path) -> Iterator[Target]:
    """Serve the simulated person's diary."""
    env = os.environ | {"QUIETLEGS_HOME": str(home)}
    run = [sys.executable, "-m", "quietlegs.cli.main"]
    subprocess.run([*run, "demo", "--nights", _NIGHTS], env=env, check=True, stdout=subprocess.DEVNULL)
    key = _printed(_KEY, env)
    url = f"http://127.0.0.1:{free_port()}"
    with (home / "server.log").open("wb") as log:
        port = url.rpartition(":")[2]
        server = subprocess.Popen([*run, "serve", "--demo", "--port", port], env=env, stdout=log, stderr=log)
        try:
            _wait(url)
            yield Target("one person's", url, home / "server.log", key, {"csrftoken": TOKEN})
        finally:
            server.terminate()
            server.wait()


@contextmanager
def group(home: Path) -> Iterator[Target]:
    """Serve a group behind https, whose one person has signed in by a password and hosts it."""
    demo = os.environ | {"QUIETLEGS_HOME": str(home / "demo")}
    run = [sys.executable, "-m", "quietlegs.cli.main"]
    subprocess.run([*run, "demo", "--nights", _NIGHTS], env=demo, check=True, stdout=subprocess.DEVNULL)
    facts = subprocess.run([*run, "export", "--demo"], env=demo, check=True, capture_output=True, text=True).stdout
    with (home / "server.log").open("wb") as log, hosted(home / "data", log) as running:
        somebody = Visitor(running)
        somebody.get(running.invitation("host@example.org", makes_host=True))
        somebody.send("/account/sign-up/password/", name="", password1="four quiet legs at night")
        key = _printed(_FILL, running.env, facts)
        cookies = {"__Host-sessionid": somebody.web.cookies["__Host-sessionid"], "__Host-csrftoken": TOKEN}
        yield Target(
            "a group's, signed in", running.url, home / "server.log", key, cookies,
            headers={"X-Stands-For": "2001:db8::1", "Referer": f"{running.url}/"},
            trusted=str(running.home / "certificate.pem"), left_alone=tuple(f"{running.url}/{one}" for one in _ENDS_IT),
            asked=_ASKED + _GROUPS_ASKED, forms=_FORMS + _GROUPS_FORMS,
        )  # fmt: skip


def _printed(script: str, env: dict[str, str], said: str = "") -> str:
    told = subprocess.run(
        [sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True, input=said
    )
    return told.stdout.strip()


def _wait(url: str) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until:
        try:
            with urlopen(f"{url}/safety/help/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)
