"""`quietlegs relief` as a person runs it: through a pipe, and in a terminal window of its own."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
Exported = Callable[..., list[dict[str, Any]]]
SOON_S = 50


def test_the_command_needs_the_safety_answers_first(command: Command, exported: Exported) -> None:
    said = command("relief")

    assert said.returncode == 2
    assert "The safety questions come first" in said.stderr
    assert exported() == []


def test_the_command_names_the_movements_it_knows(command: Command) -> None:
    said = command("relief", "--movement", "handstand")

    assert said.returncode == 2
    assert "'handstand'; there are: calf_wall_straight, calf_wall_bent" in said.stderr
    assert "test_lunge" not in said.stderr


def test_the_command_works_through_a_pipe(home: Path, exported: Exported) -> None:
    env = os.environ | {"QUIETLEGS_HOME": str(home), "TZ": "Europe/Berlin"}
    words = [sys.executable, "-m", "quietlegs.cli.main", "relief", "--movement", "calf_towel", "--seconds", "5"]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("n\n6\n4\n")
        process.stdin.flush()
        before: list[str] = []
        for line in process.stdout:
            before.append(line)
            if "0:00" in line:
                break
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=SOON_S)

    assert process.returncode == 0
    assert "LEFT leg   Seated calf stretch with a towel - you need" in before[-1]
    assert rest.rstrip().endswith("Thank you. It is written down.")
    assert "\x1b" not in "".join(before) + rest
    facts = exported()
    assert [fact["kind"] for fact in facts] == ["safety_answers", "relief", "practice", "relief"]
    assert facts[2]["payload"]["stopped"] == "interrupted"
    assert (facts[3]["payload"]["before"], facts[3]["payload"]["after"]) == (6, 4)


class Window:
    """A terminal window with the command in it."""

    def __init__(self, home: Path, *words: str) -> None:
        self._own, theirs = pty.openpty()
        env = os.environ | {"QUIETLEGS_HOME": str(home), "TZ": "Europe/Berlin", "TERM": "xterm-256color"}
        env |= {"COLUMNS": "80", "LINES": "24"}
        words = (sys.executable, "-m", "quietlegs.cli.main", *words)
        self.process = subprocess.Popen(words, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.seen = ""

    def wait_for(self, text: str) -> None:
        """Read on until this text is on the screen; what was before it is done with."""
        until = time.monotonic() + SOON_S
        while text not in self.seen:
            if time.monotonic() > until or not self._read():
                pytest.fail(f"{text!r} did not come; seen: {self.seen!r}")
        self.seen = self.seen.partition(text)[2]

    def _read(self) -> bool:
        ready, _, _ = select.select([self._own], [], [], SOON_S)
        if not ready:
            return False
        try:
            self.seen += os.read(self._own, 65536).decode(errors="replace")
        except OSError:
            return False
        return True

    def press(self, keys: str) -> None:
        os.write(self._own, keys.encode())

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._own)


@pytest.fixture
def window(home: Path) -> Iterator[Callable[..., Window]]:
    opened: list[Window] = []

    def show(*words: str) -> Window:
        opened.append(Window(home, *words))
        return opened[-1]

    yield show
    for one in opened:
        one.close()


def test_the_command_fills_a_terminal_and_hears_its_keys(window: Callable[..., Window], exported: Exported) -> None:
    seen = window("relief", "--seconds", "30")
    seen.wait_for("Is any of it true")
    seen.press("n\r")
    seen.wait_for("How bad, right now?")
    seen.press("6\r")
    seen.wait_for("it hurts - stop")
    seen.wait_for("█")
    seen.press(" ")
    seen.wait_for("paused")
    seen.press(" ")
    for _ in range(9):
        seen.press("n")
    seen.wait_for("RIGHT leg")
    seen.press("h")
    seen.wait_for("Stop here and rest.")
    seen.wait_for("How much did it hurt?")
    seen.press("4\r")
    seen.wait_for("And now?")
    seen.press("5\r")
    seen.wait_for("Thank you. It is written down.")
    assert seen.process.wait(SOON_S) == 0

    practice, relief = exported()[2:]
    assert (practice["payload"]["stopped"], practice["payload"]["pain"]) == ("hurt", 4)
    assert (relief["payload"]["before"], relief["payload"]["after"]) == (6, 5)


def test_ctrl_c_gives_the_terminal_back_and_loses_nothing(window: Callable[..., Window], exported: Exported) -> None:
    seen = window("relief")
    seen.wait_for("Is any of it true")
    seen.press("n\r")
    seen.wait_for("How bad, right now?")
    seen.press("6\r")
    seen.wait_for("it hurts - stop")
    seen.process.send_signal(signal.SIGINT)
    seen.wait_for("\x1b[?1049l")
    seen.wait_for("And now?")
    seen.press("\r")
    seen.wait_for("Thank you. It is written down.")
    assert seen.process.wait(SOON_S) == 0

    assert [fact["kind"] for fact in exported()] == ["safety_answers", "relief", "practice"]
    assert exported()[2]["payload"]["stopped"] == "interrupted"
