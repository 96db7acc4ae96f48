"""`quietlegs backup`: says what it saved and where, and never overwrites."""

import subprocess
from collections.abc import Callable
from pathlib import Path

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_it_saves_into_the_folder_of_copies(command: Command, home: Path) -> None:
    command("log", "4")

    answer = command("backup")

    [file] = (home / "backups").iterdir()
    assert answer.stdout.strip() == f"1 entry, in {file}"
    assert file.stat().st_mode & 0o077 == 0


def test_it_overwrites_nothing(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    assert command("backup", str(file)).returncode == 0

    answer = command("backup", str(file))

    assert answer.returncode == 2
    assert answer.stderr.strip() == f"{file} exists already; choose another name, nothing is overwritten."
