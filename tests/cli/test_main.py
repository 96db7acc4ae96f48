"""What the machine refuses is told in a sentence, never in a traceback."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quietlegs.cli.store import DoorMissingError, why_not

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("words", [["log", "5"], ["tonight"], ["export"], ["serve"]])
def test_it_names_a_data_folder_that_is_none(command: Command, home: Path, words: list[str]) -> None:
    home.write_text("a file", encoding="utf-8")

    said = command(*words)

    assert said.returncode == 1
    assert said.stderr == f"{home} cannot be used: it is not a folder. QUIETLEGS_HOME names the folder for your data.\n"


def test_it_says_when_the_file_is_no_database(command: Command, home: Path) -> None:
    home.mkdir()
    (home / "quietlegs.sqlite3").write_bytes(b"not a database, " * 300)

    said = command("log", "5")

    assert said.returncode == 1
    assert said.stderr.startswith("The diary cannot be used: file is not a database.")
    assert "quietlegs doctor" in said.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
@pytest.mark.parametrize("words", [["export"], ["learn"]])
def test_it_says_when_the_disk_is_full(command: Command, home: Path, words: list[str]) -> None:
    command("demo", "--nights", "20")
    env = os.environ | {"QUIETLEGS_HOME": str(home)}
    words = [sys.executable, "-m", "quietlegs.cli.main", *words, "--demo"]

    with Path("/dev/full").open("wb") as full:
        said = subprocess.run(words, env=env, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert said.returncode == 1
    assert said.stderr == "Not everything could be read or written: No space left on device.\n"


def test_it_stops_quietly_when_nobody_reads_on(command: Command, home: Path) -> None:
    command("demo", "--nights", "400")
    env = os.environ | {"QUIETLEGS_HOME": str(home)}
    words = [sys.executable, "-m", "quietlegs.cli.main", "export", "--demo"]
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("{")
        process.stdout.close()
        said = process.stderr.read()

    assert said == ""


def test_it_advises_to_wait_for_another_writer() -> None:
    told = why_not(sqlite3.OperationalError("database is locked"))

    assert told is not None
    assert told.endswith("Another program is writing to it; try again in a moment.")


def test_it_tells_what_is_not_installed_and_hides_no_mistake_of_its_own() -> None:
    assert "install the whole package" in (why_not(DoorMissingError("diary")) or "")
    assert why_not(KeyError("slip")) is None


def test_it_leaves_the_database_of_a_newer_version_alone(command: Command, home: Path) -> None:
    command("log", "5")
    file = home / "quietlegs.sqlite3"
    with sqlite3.connect(file) as held:
        held.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('store', '0999_later', '2030-01-01')")
    held.close()

    said = command("log", "6")

    assert said.returncode == 1
    assert said.stderr.startswith("The diary cannot be used: the database knows 0999_later, this version does not")
    with sqlite3.connect(file) as held:
        assert held.execute("SELECT count(*) FROM fact").fetchone() == (1,)
    held.close()


@pytest.mark.parametrize(("told", "found"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")])
def test_it_reckons_in_one_thread_unless_it_is_told_otherwise(told: dict[str, str], found: str) -> None:
    script = "import quietlegs.cli.main, os; print(os.environ['OPENBLAS_NUM_THREADS'], *os.listdir('/proc/self/task'))"
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"} | told

    said = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)

    set_to, *threads = said.stdout.split()
    assert set_to == found
    assert len(threads) == 1 or told
