"""`quietlegs back`: a break is over."""

import subprocess
from collections.abc import Callable

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_it_ends_a_break_and_can_be_taken_back(command: Command) -> None:
    command("pause")

    assert "Good to have you back." in command("back").stdout
    assert "Start about" in command("tonight").stdout
    assert "Taken back." in command("pause", "--undo").stdout
    assert "You are taking a break." in command("tonight").stdout


def test_it_says_so_where_there_is_no_break(command: Command) -> None:
    assert "You are not on a break." in command("back").stdout
