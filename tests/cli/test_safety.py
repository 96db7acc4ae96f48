"""`quietlegs safety`: the questions again, whenever something has changed."""

import subprocess
from collections.abc import Callable
from typing import Any

from quietlegs.library.load import load_library

Command = Callable[..., subprocess.CompletedProcess[str]]
Exported = Callable[..., list[dict[str, Any]]]
QUESTIONS = [sign for sign in load_library().safety.signs if sign.question]


def answers(*yes: str) -> str:
    return "y\n" + "".join("y\n" if sign.key in yes else "n\n" for sign in QUESTIONS)


def test_it_takes_new_answers_and_the_evening_follows_them(command: Command, exported: Exported) -> None:
    command("safety", text="n\n")
    free = command("tonight").stdout
    said = command("safety", text=answers("achilles"))
    careful = command("tonight").stdout

    assert [fact["payload"]["yes"] for fact in exported()] == [[], ["achilles"]]
    assert "Leave the calf in peace" in said.stdout
    assert "answer again: quietlegs safety" in said.stdout
    assert "Without wall calf stretch" in careful
    assert "Without wall calf stretch" not in free


def test_it_names_the_crisis_lines_whatever_was_answered(command: Command) -> None:
    said = command("safety", text="n\n").stdout

    for line in load_library().safety.crisis:
        assert f"{line.where}: {line.reach}" in said


def test_it_changes_nothing_without_all_answers(command: Command, exported: Exported) -> None:
    said = command("safety", text="y\nn\n")

    assert said.returncode == 2
    assert "Nothing was changed" in said.stderr
    assert exported() == []
