"""A hosted group on this machine to be measured: its database, its server as it is started for one, their cost."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import unquote

from tests.browser.conftest import free_port
from tests.web.postgres import postgres

HERE = "legs.example.org"
KINDS = ("sqlite", "postgres")
WAITS_S = 60


@contextmanager
def hosting(kind: str) -> Iterator[Path]:
    """Let this process, and what it starts, be a group's installation with an empty database; give its folder."""
    before = dict(os.environ)
    with ExitStack() as stack:
        # What comes after this is no longer of this group.
        stack.callback(os.environ.update, before)
        stack.callback(os.environ.clear)
        home = stack.enter_context(tempfile.TemporaryDirectory())
        os.environ |= {"QUIETLEGS_HOME": home, "QUIETLEGS_HOSTED_AT": f"https://{HERE}"}
        os.environ["QUIETLEGS_SERVER_KEY"] = _output("server-key", "new")
        os.environ.pop("QUIETLEGS_DATABASE", None)
        os.environ["QUIETLEGS_MAIL_URL"] = "smtp://127.0.0.1:9?from=legs@example.org"
        if kind == "postgres":
            os.environ["QUIETLEGS_DATABASE"] = stack.enter_context(postgres())
        yield Path(home)


@contextmanager
def served(*words: str) -> Iterator[tuple[int, int]]:
    """Serve a group's diaries; give the port, and the number of the server's first process."""
    port = free_port()
    command = [sys.executable, "-m", "quietlegs.cli.main", "serve", "--no-reminders", "--port", str(port), *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _until_up(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(WAITS_S)


def _until_up(port: int) -> None:
    until = time.perf_counter() + WAITS_S
    while time.perf_counter() < until:
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=2).connect()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(port)


def cpu_s(first: int) -> float:
    """Return the seconds of a core that a process and all that it has begun have used up to now."""
    place = Path(f"/proc/{first}")
    spent = place.joinpath("stat").read_text("ascii").rpartition(")")[2].split()
    begun = place.joinpath(f"task/{first}/children").read_text("ascii").split()
    return sum(map(int, spent[11:15])) / os.sysconf("SC_CLK_TCK") + sum(cpu_s(int(one)) for one in begun)


def postmaster() -> int:
    """Return the number of the database's first process."""
    folder = unquote(os.environ["QUIETLEGS_DATABASE"].partition("@")[2].partition("/")[0])
    return int(Path(folder, "data", "postmaster.pid").read_text("ascii").split()[0])


def _output(*words: str) -> str:
    command = [sys.executable, "-m", "quietlegs.cli.main", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
