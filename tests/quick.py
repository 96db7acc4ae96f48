"""Commands of quietlegs as processes of their own, forked from one that has loaded everything already (`ready.py`).

A command so started is spared a second of loading, and nothing else; a test of the start itself starts
`python -m quietlegs.cli.main`.
"""

import atexit
import json
import os
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from functools import cache
from pathlib import Path

_READY = Path(__file__).with_name("ready.py")
_SOURCE = _READY.parents[1] / "src"
_DATABASE = "quietlegs.sqlite3"
_ENDS_WITHIN_S = 60
_LONGEST_WORD = 64


class Command:
    """A running command: what `subprocess.Popen` tells of a process, as far as tests ask for it."""

    def __init__(
        self,
        words: tuple[str, ...],
        env: dict[str, str],
        streams: tuple[int, int, int],
        *,
        leads: bool = False,
        script: str = "",
    ) -> None:
        self.args = ["quietlegs", *words]
        self.returncode: int | None = None
        self._told, telling = os.pipe()
        try:
            what = {"words": words, "env": env, "folder": str(Path.cwd()), "leads": leads, "script": script}
            _ready().ask(what, [*streams, telling])
        finally:
            os.close(telling)
        self._said = b""
        self.pid = self._next(_ENDS_WITHIN_S)

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float = _ENDS_WITHIN_S) -> int:
        """Wait for its end, and return how it ended; TimeoutExpired when it does not."""
        if self.returncode is None:
            self.returncode = self._next(timeout)
            os.close(self._told)
        return self.returncode

    def send_signal(self, told: int) -> None:
        """Tell it something while it runs."""
        if self.poll() is None:
            os.kill(self.pid, told)

    def _next(self, timeout: float) -> int:
        """Read the next number that is told of it."""
        until = time.monotonic() + timeout
        while b"\n" not in self._said:
            if not select.select([self._told], [], [], max(0.0, until - time.monotonic()))[0]:
                raise subprocess.TimeoutExpired(self.args, timeout)
            more = os.read(self._told, _LONGEST_WORD)
            if not more:
                raise EOFError(f"{_READY.name} ended before {self.args}")
            self._said += more
        number, _, self._said = self._said.partition(b"\n")
        return int(number)


class _Ready:
    """The process that forks."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, _READY, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=os.environ | {"PYTHONPATH": str(_SOURCE)},
            )
        atexit.register(self.end)

    def ask(self, what: dict[str, object], files: list[int]) -> None:
        socket.send_fds(self._line, [json.dumps(what).encode()], files)

    def end(self) -> None:
        """Let it go; what it started goes on."""
        self._line.close()
        self._process.wait()


@cache
def _ready() -> _Ready:
    return _Ready()


def furnish(home: Path) -> None:
    """Put an empty database with all its tables where none is; to make them one by one is spared the commands there."""
    if home.is_file() or (home / _DATABASE).exists():
        return
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy(_empty(), home)


@cache
def _empty() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="quietlegs-empty-"))
    atexit.register(shutil.rmtree, folder)
    run("doctor", env=os.environ | {"QUIETLEGS_HOME": str(folder)})
    file = folder / _DATABASE
    with closing(sqlite3.connect(file)) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def start(*words: str, env: dict[str, str], says: int | None = None) -> Command:
    """Start a command at the head of a group of its own; it reads nothing.

    It says what it says where the tests do, or into this file.
    """
    with Path(os.devnull).open("rb") as nothing:
        return Command(words, env, (nothing.fileno(), says or 1, says or 2), leads=True)


def run(*words: str, env: dict[str, str], text: str = "", script: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with this text to read; return what it said, as `subprocess.run` does.

    In place of a command it may be a script of Python.
    """
    with tempfile.TemporaryFile() as read, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        read.write(text.encode())
        read.seek(0)
        running = Command(words, env, (read.fileno(), out.fileno(), err.fileno()), script=script)
        try:
            code = running.wait()
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            raise
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(running.args, code, out.read().decode(), err.read().decode())
