"""The command as a person runs it: a process of its own, a home of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
_ENDS_WITHIN_S = 60


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def command(home: Path) -> Command:
    """Run `quietlegs` with these words and give back what it said."""

    def run(*words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        env = os.environ | {"QUIETLEGS_HOME": str(home), "TZ": "Europe/Berlin", "NO_COLOR": "1", "COLUMNS": "120"}
        return subprocess.run(
            [sys.executable, "-m", "quietlegs.cli.main", *words],
            env=env, input=text, capture_output=True, text=True, check=False, timeout=_ENDS_WITHIN_S,
        )  # fmt: skip

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
