"""`quietlegs serve` for a reliability run: started, asked over loopback, killed whole or in part."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_STARTS_WITHIN_S = 120
_PATIENCE_S = 15
START = """
import sys
from quietlegs.web.start import serve
serve(int(sys.argv[1]))
"""
# The mistake that a run has to catch: "stored" is said, and the writing comes a moment later.
EARLY = """
import sys, threading
from quietlegs.web.start import prepare, serve
prepare()
from django.db import connection
from quietlegs.web.store.diary import StoredDiary
real = StoredDiary.add
def later(diary, facts):
    real(diary, facts)
    connection.close()
def add(diary, facts):
    facts = list(facts)
    threading.Timer(0.2, later, (diary, facts)).start()
    return len(facts)
StoredDiary.add = add
serve(int(sys.argv[1]))
"""
KEY = """
from quietlegs.web.start import prepare
prepare()
from quietlegs.web.store.tokens import make
print(make("a reliability run", ["read", "write"]))
"""


def make_key(env: dict[str, str]) -> str:
    """Make a key to the API of this installation."""
    told = subprocess.run([sys.executable, "-c", KEY], env=env, check=True, capture_output=True, text=True, cwd=ROOT)
    return told.stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A server on a home of its own; it can be killed and started again at the same port."""

    env: dict[str, str]
    port: int
    script: str = START
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.script, str(self.port)],
            env=self.env, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + _STARTS_WITHIN_S
        while time.monotonic() < until:
            with suppress(OSError, HTTPException):
                if ask(self.port, "GET", "/safety/help/")[0] == 200:
                    return
            time.sleep(0.05)
        raise TimeoutError(self.port)

    def kill(self) -> None:
        """End it with all its workers as a power cut would."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_one(self, *, reminds: bool) -> bool:
        """End one of its workers: one that answers pages, or the one that reminds; whether there was one."""
        assert self.process is not None
        for pid in _children(self.process.pid):
            with suppress(OSError):
                beside = "quietlegs.web.beside" in Path(f"/proc/{pid}/cmdline").read_text("utf-8")
                if beside == reminds:
                    os.kill(pid, signal.SIGKILL)
                    return True
        return False


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    return []


def ask(port: int, verb: str, path: str, body: Any = None, key: str = "") -> tuple[int, bytes]:
    """Ask once, on a line of its own; OSError and HTTPException where it breaks."""
    line = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
    try:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"} if key else {}
        line.request(verb, path, json.dumps(body) if body is not None else None, headers)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()
