"""`quietlegs doctor`: whether all is well, and where the data lies."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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
    damaged = bytearray(file.read_bytes())
    damaged[5000:9000] = b"\xff" * 4000
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
