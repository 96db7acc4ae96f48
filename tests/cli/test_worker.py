"""`quietlegs worker`: looks, sends, and ends when told to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
_ENDS_WITHIN_S = 10


def test_it_looks_once_and_ends(command: Command) -> None:
    said = command("worker", "--once")

    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_it_names_the_range_of_its_rest(command: Command) -> None:
    said = command("worker", "--every", "0")

    assert said.returncode == 2
    assert "Invalid value for '--every': 0; allowed: 1 to 600" in said.stderr


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_told_to(home: Path, told: signal.Signals) -> None:
    env = os.environ | {"QUIETLEGS_HOME": str(home)}
    process = subprocess.Popen(
        [sys.executable, "-m", "quietlegs.cli.main", "worker"],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    _until((home / "quietlegs.sqlite3").exists)
    process.send_signal(told)
    said, _ = process.communicate(timeout=_ENDS_WITHIN_S)

    assert (process.returncode, said) == (0, "")


def _until(seen: Callable[[], bool]) -> None:
    for _ in range(200):
        if seen():
            return
        time.sleep(0.05)
    raise TimeoutError
