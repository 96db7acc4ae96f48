"""`quietlegs demo`: a simulated person who never meets the real one."""

import subprocess
from collections.abc import Callable
from typing import Any

Command = Callable[..., subprocess.CompletedProcess[str]]


Exported = Callable[..., list[dict[str, Any]]]


def test_it_fills_a_database_of_its_own(command: Command, exported: Exported) -> None:
    command("log", "6")

    said = command("demo", "--nights", "30")

    assert "simulated person with 30 nights" in said.stdout.replace("\n", " ")
    assert [row["kind"] for row in exported()] == ["night_rating"]
    kinds = [row["kind"] for row in exported("--demo")]
    assert kinds.count("trial_start") == 1
    assert 15 <= kinds.count("night_rating") <= 30


def test_it_makes_the_same_person_once(command: Command, exported: Exported) -> None:
    command("demo", "--nights", "20")
    before = exported("--demo")

    assert "there already" in command("demo", "--nights", "20").stdout
    assert exported("--demo") == before


def test_it_looks_at_a_simulated_trial_night_by_night_and_stores_nothing(command: Command, exported: Exported) -> None:
    said = command("demo", "--watch", "--nights", "60", "--seed", "7").stdout

    assert "night  14  wall stretch for the calf:" in said
    assert "true difference -1.2 points" in said
    assert "drawn by lot before the first night, and kept" in said
    assert exported("--demo") == []
