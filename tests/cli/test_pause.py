"""`quietlegs pause`: a break for any time and any reason."""

import subprocess
from collections.abc import Callable
from typing import Any

Command = Callable[..., subprocess.CompletedProcess[str]]
Exported = Callable[..., list[dict[str, Any]]]


def test_it_begins_a_break_and_tonight_tells_nothing_but_that(command: Command) -> None:
    said = command("pause", "--because", "travel")

    assert said.returncode == 0, said.stderr
    assert "Have a good journey. Nothing is planned tonight" in said.stdout
    tonight = command("tonight").stdout
    assert "Have a good journey." in tonight
    assert "Start about" not in tonight


def test_it_changes_a_break_and_takes_the_change_back(command: Command, exported: Exported) -> None:
    command("pause")
    command("pause", "--until", "2099-01-31")
    assert exported()[-1]["payload"] == {"until": "2099-01-31"}

    assert "Taken back." in command("pause", "--undo").stdout
    assert exported()[-1]["payload"] == {}
    assert "31 January" not in command("tonight").stdout


def test_it_takes_nothing_back_where_there_is_nothing(command: Command) -> None:
    assert "There is nothing to take back." in command("pause", "--undo").stdout
    command("pause")
    command("pause", "--undo")
    assert "There is nothing to take back." in command("pause", "--undo").stdout


def test_it_refuses_a_break_that_is_over_and_a_reason_that_is_none(command: Command, exported: Exported) -> None:
    for words in (("--until", "2020-01-01"), ("--because", "sore")):
        said = command("pause", *words)
        assert said.returncode == 2
        assert "Nothing was written down" in said.stderr
    assert exported() == []
