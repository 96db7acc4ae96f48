"""`quietlegs doctor`: whether all is well, and where the data lies."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pysqlite3

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_it_finds_a_new_installation_well(command: Command, home: Path) -> None:
    said = command("doctor")

    assert said.returncode == 0, said.stdout
    assert str(home) in said.stdout.replace("\n", "")
    for line in ("wal", "0 sound, 0 damaged", "ok"):
        assert line in said.stdout


def test_it_says_when_the_file_is_no_database(command: Command, home: Path) -> None:
    home.mkdir()
    (home / "quietlegs.sqlite3").write_bytes(b"not a database, " * 300)

    said = command("doctor")

    assert said.returncode == 1
    assert "not a database" in said.stdout


def test_it_finds_a_damaged_page(command: Command, home: Path) -> None:
    command("log", "6")
    file = home / "quietlegs.sqlite3"
    with closing(pysqlite3.connect(file)) as other:
        # What still waits beside the file would hide the damage.
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damaged = bytearray(file.read_bytes())
    # All but the first page, whichever of them hold facts.
    damaged[4096:] = b"\xff" * (len(damaged) - 4096)
    file.write_bytes(bytes(damaged))

    assert command("doctor").returncode == 1


def test_it_refuses_a_sqlite_that_may_corrupt_the_file(home: Path) -> None:
    code = (
        "import pysqlite3, sys; pysqlite3.sqlite_version_info = (3, 40, 1); pysqlite3.sqlite_version = '3.40.1'\n"
        "from quietlegs.cli.main import run; sys.argv = ['quietlegs', 'doctor']; run()"
    )
    env = os.environ | {"QUIETLEGS_HOME": str(home), "COLUMNS": "120"}

    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)

    assert said.returncode == 1
    assert "SQLite is 3.40.1; allowed: 3.51.3 or newer" in said.stdout


def test_it_looks_deep_and_says_what_does_not_hold(command: Command, home: Path) -> None:
    command("log", "6")
    said = command("doctor", "--deep")
    assert said.returncode == 0, said.stdout
    assert "facts cannot be changed" in said.stdout

    with closing(pysqlite3.connect(home / "quietlegs.sqlite3")) as other:
        other.execute("DROP TRIGGER fact_no_update")

    said = command("doctor", "--deep")
    assert said.returncode == 1
    assert "fact_no_update is missing" in " ".join(said.stdout.split())
