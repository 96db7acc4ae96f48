"""A hosted group on this machine: `quietlegs serve` as a host starts it, behind https, and people who visit it."""

import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import pytest
import requests
from cryptography.fernet import Fernet
from tests import quick
from tests.web.receivers import Mail, mail
from tests.web.tls import https

_STARTS_WITHIN_S = 90
GOOD_PASSWORD = "four quiet legs at night"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Group:
    """A running hosted installation."""

    home: Path
    url: str
    env: dict[str, str]
    process: quick.Command
    post: Mail
    behind: int = 0

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command where the server runs."""
        return quick.run(*words, env=self.env)

    def script(self, *lines: str) -> str:
        """Run lines of Python where the server runs; return what they print."""
        written = "\n".join(("from quietlegs.web.start import prepare", "prepare()", *lines))
        done = quick.run(env=self.env, script=written)
        done.check_returncode()
        return done.stdout

    def invitation(self, email: str, *, makes_host: bool = False) -> str:
        """Return a link that lets somebody in; the command that makes one has a test of its own, and takes its time."""
        token = secrets.token_urlsafe(32)
        now = datetime.now(UTC).replace(tzinfo=None)
        row = (sha256(token.encode()).hexdigest(), email, makes_host, True, now, now + timedelta(days=7))
        self.write(
            "INSERT INTO account_invitation (digest, email, makes_host, proves_address, made_at, expires_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *row[:4], *map(str, row[4:]),
        )  # fmt: skip
        return f"{self.url}/account/invited/{token}/"

    def write(self, statement: str, *values: object) -> None:
        """Change the database behind the server's back, as time and thieves do."""
        with closing(sqlite3.connect(self.home / "quietlegs.sqlite3", timeout=30, isolation_level=None)) as rows:
            rows.execute(statement, values)

    def ask(self, statement: str, *values: object) -> int:
        """Return the number that a statement finds."""
        with closing(sqlite3.connect(self.home / "quietlegs.sqlite3", timeout=30)) as rows:
            return int(rows.execute(statement, values).fetchone()[0])


@dataclass
class Visitor:
    """A browser without scripts: it keeps cookies and sends forms."""

    group: Group
    web: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.web.trust_env = False  # A machine may name other certificates to believe.
        self.web.verify = str(self.group.home / "certificate.pem")
        self.web.headers["Referer"] = self.group.url
        self.web.headers["X-Stands-For"] = f"2001:db8:{secrets.randbits(16):x}:{secrets.randbits(16):x}::1"

    def get(self, path: str, **options: Any) -> requests.Response:
        """Open a page."""
        return self.web.get(path if path.startswith("https") else self.group.url + path, timeout=30, **options)

    def send(self, path: str, page: str | None = None, **fields: Any) -> requests.Response:
        """Send a form, with the token of the page it stands on."""
        found = _TOKEN.search(self.get(page or path).text)
        token = {"csrfmiddlewaretoken": found[1]} if found else {}
        return self.web.post(self.group.url + path, data=token | fields, timeout=30)

    def send_file(self, path: str, page: str, file: tuple[str, bytes]) -> requests.Response:
        """Hand a file over, with the token of the page where it is chosen."""
        found = _TOKEN.search(self.get(page).text)
        token = {"csrfmiddlewaretoken": found[1]} if found else {}
        return self.web.post(self.group.url + path, data=token, files={"file": file}, timeout=60)

    def sign_up(self, email: str, password: str = GOOD_PASSWORD) -> requests.Response:
        """Make an account with a password."""
        self.get(self.group.invitation(email))
        return self.send("/account/sign-up/password/", name="", password1=password)

    def sign_in(self, email: str, password: str = GOOD_PASSWORD) -> requests.Response:
        """Sign in with a password."""
        return self.send("/account/sign-in/", login=email, password=password)


@pytest.fixture(scope="session")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    """One for all tests that bring people of their own; it is told of no machine but this one."""
    with hosted(tmp_path_factory.mktemp("group")) as running:
        yield running


@contextmanager
def hosted(home: Path, log: IO[bytes] | None = None, **more: str) -> Iterator[Group]:
    """Start one in a folder of its own; what it logs goes where this process says it, or into a file."""
    home.mkdir(parents=True, exist_ok=True)
    port, front = free_port(), free_port()
    url = f"https://localhost:{front}"
    with mail() as post, https(home, front, port):
        env = os.environ | {
            "QUIETLEGS_HOME": str(home),
            "QUIETLEGS_HOSTED_AT": url,
            "QUIETLEGS_SERVER_KEY": Fernet.generate_key().decode(),
            "QUIETLEGS_MAIL_URL": f"smtp://127.0.0.1:{post.port}?from=legs@example.org",
            "TZ": "Europe/Berlin",
            "LC_ALL": "C.UTF-8",
            **more,
        }
        says = log.fileno() if log else None
        process = quick.start("serve", "--port", str(port), "--no-reminders", env=env, says=says)
        try:
            _wait(process, url, home)
            yield Group(home, url, env, process, post, port)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: quick.Command, url: str, home: Path) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            requests.get(f"{url}/healthy/", verify=str(home / "certificate.pem"), timeout=2).raise_for_status()
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)
