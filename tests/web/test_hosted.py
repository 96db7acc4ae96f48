"""When a group is hosted, and at which address; and where the server listens."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from quietlegs.web import databases, hosted
from quietlegs.web.binding import listening, socket_address
from quietlegs.web.hosted import VARIABLE, origin
from quietlegs.web.store.home import DEMO_VARIABLE


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (VARIABLE, databases.VARIABLE, "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(DEMO_VARIABLE, "0")


def test_it_is_personal_where_nothing_is_said() -> None:
    assert origin() is None


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("https://legs.example.org", "https://legs.example.org"),
        ("https://legs.example.org/", "https://legs.example.org"),
        ("https://Legs.Example.org:8443", "https://legs.example.org:8443"),
        ("https://localhost:8443", "https://localhost:8443"),
        ("https://xn--beine-kva.example", "https://xn--beine-kva.example"),
    ],
)
def test_it_is_hosted_at_the_https_address_that_is_named(told: str, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, told)

    assert str(origin()) == read


@pytest.mark.parametrize(
    "told",
    [
        "legs.example.org", "http://legs.example.org", "https://", "https://legs.example.org/diary",
        "https://legs.example.org?x=1", "https://me:secret@legs.example.org", "https://192.0.2.7", "https://[::1]",
        "https://legs.example.org:no", "https://legs.example.org:70000", "https://le gs.example.org", "https://-a.org",
        "https://legs.example.org\nhttps://evil.example", "*",
    ],
)  # fmt: skip
def test_it_refuses_another_address_and_says_which_are_allowed(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, told)

    with pytest.raises(ImproperlyConfigured, match=r"allowed: an address such as https://legs\.example\.org"):
        origin()


def test_it_never_hosts_the_simulated_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "https://legs.example.org")
    monkeypatch.setenv(DEMO_VARIABLE, "1")

    assert origin() is None


def test_it_says_which_packages_hosting_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "https://legs.example.org")
    monkeypatch.setattr(hosted, "find_spec", lambda _name: None)

    with pytest.raises(ImproperlyConfigured, match=r"allauth, .* pip install 'quietlegs\[hosted\]'"):
        origin()


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("::1", "::1")])
def test_it_listens_on_this_machine_without_a_word(host: str, address: str) -> None:
    assert listening(host) == address


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20"])
def test_it_listens_elsewhere_only_where_people_sign_in(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"(?s)--host {host} would let others read the diary.*{VARIABLE}"):
        listening(host)

    monkeypatch.setenv(VARIABLE, "https://legs.example.org")
    assert listening(host) == host


def test_it_refuses_a_host_that_is_no_number() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"--host holds 'legs\.example\.org'; allowed: "):
        listening("legs.example.org")


@pytest.mark.parametrize(("host", "told"), [("127.0.0.1", "127.0.0.1:8000"), ("::", "[::]:8000")])
def test_it_writes_an_address_as_servers_read_it(host: str, told: str) -> None:
    assert socket_address(host, 8000) == told


def test_it_takes_the_usual_name_of_the_database_from_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@db.example.org/diaries")
    assert databases.chosen()["ENGINE"] == "django.db.backends.sqlite3"

    monkeypatch.setenv(VARIABLE, "https://legs.example.org")
    assert databases.chosen()["NAME"] == "diaries"

    monkeypatch.setenv(databases.VARIABLE, "postgresql://me@db.example.org/own")
    assert databases.chosen()["NAME"] == "own"


def test_it_names_the_variable_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "https://legs.example.org")
    monkeypatch.setenv("DATABASE_URL", "mysql://me@db.example.org/diaries")

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL holds an address that begins with 'mysql'"):
        databases.chosen()


def test_it_loads_nothing_of_signing_in_on_ones_own_machine(tmp_path: Path) -> None:
    script = """
import sys
from quietlegs.web.start import prepare
prepare()
import quietlegs.web.server, quietlegs.web.urls
print(sorted({name.partition(".")[0] for name in sys.modules} & {"allauth", "argon2", "fido2", "qrcode"}))
"""
    told = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | {"QUIETLEGS_HOME": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert told.stdout.splitlines()[-1] == "[]"
