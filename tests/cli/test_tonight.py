"""`quietlegs tonight`: the routine and its reasons."""

import subprocess
from collections.abc import Callable

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_it_shows_the_first_week_and_why(command: Command) -> None:
    said = command("tonight")

    assert said.returncode == 0, said.stderr
    assert "Start about" in said.stdout
    assert "A gentle first week: 0 of 7 evenings done." in said.stdout
    assert "A common hour" in said.stdout


def test_it_points_to_the_safety_questions_where_it_cannot_ask_them(command: Command) -> None:
    before = command("tonight").stdout
    command("safety", text="n\n")

    assert "answer the safety questions: quietlegs safety" in before
    assert "quietlegs safety" not in command("tonight").stdout


def test_it_shows_the_simulated_persons_evening(command: Command) -> None:
    command("demo", "--nights", "30")

    said = command("tonight", "--demo")

    assert "The gentle first week is behind you." in said.stdout
    assert "nights that your diary tells about" in said.stdout
