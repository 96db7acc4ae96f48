"""`quietlegs restore`: tells both, asks, keeps what was there."""

import subprocess
from collections.abc import Callable
from pathlib import Path

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_it_tells_asks_and_can_be_taken_back(command: Command, home: Path, tmp_path: Path) -> None:
    command("log", "4")
    file = tmp_path / "copy"
    command("backup", str(file))
    command("log", "--night", "2026-01-02", "5")

    declined = command("restore", str(file), text="n\n")
    assert "The diary now: 2 entries" in declined.stdout
    assert "The copy: 1 entry" in declined.stdout
    assert "Nothing was changed." in declined.stdout
    assert len(command("export").stdout.splitlines()) == 2

    done = command("restore", str(file), "--yes")
    assert len(command("export").stdout.splitlines()) == 1
    before = done.stdout.split("What was there before: ")[1].replace("\n", "")
    assert Path(before).parent == home / "backups"
    command("restore", before, "--yes")
    assert len(command("export").stdout.splitlines()) == 2


def test_it_leaves_the_diary_alone_where_the_copy_is_none(command: Command, tmp_path: Path) -> None:
    command("log", "4")
    letter = tmp_path / "letter"
    letter.write_text("Dear doctor")

    answer = command("restore", str(letter), "--yes")

    assert answer.returncode == 2
    assert answer.stderr.startswith(f"{letter} is no copy of a diary: ")
    assert len(command("export").stdout.splitlines()) == 1
