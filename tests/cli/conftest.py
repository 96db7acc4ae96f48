"""The command as a person runs it: a process of its own, a home of its own."""

import io
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from tests import quick
from tests.cli.relieving import Evening, FastHands, MemoryDiary

from quietlegs.cli.relief import Terminal, Wish, relieve
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def command(home: Path) -> Command:
    """Run `quietlegs` with these words, on a machine in this zone, and give back what it said."""

    def run(*words: str, text: str = "", zone: str = "Europe/Berlin") -> subprocess.CompletedProcess[str]:
        quick.furnish(home)
        env = os.environ | {"QUIETLEGS_HOME": str(home), "TZ": zone, "NO_COLOR": "1", "COLUMNS": "120"}
        return quick.run(*words, env=env, text=text)

    return run


@pytest.fixture
def exported(command: Command) -> Callable[..., list[dict[str, Any]]]:
    """Give everything that is stored, as `quietlegs export` writes it."""

    def facts(*words: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in command("export", *words).stdout.splitlines()]

    return facts


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """Commands are tried over real sockets, on this machine alone."""


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture
def run(library: Library, diary: MemoryDiary, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Evening]:
    def relieved(
        answers: str = "", *, wish: Wish | None = None, presses: dict[float, str] | None = None, sound: bool = False
    ) -> Evening:
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        hands, printed = FastHands(dict(presses or {})), io.StringIO()
        console = Console(file=printed, width=100)
        player = relieve(diary, library, wish or Wish(), Terminal(console, hands, hands, sound=sound))
        return Evening(player, printed.getvalue(), diary)

    return relieved
