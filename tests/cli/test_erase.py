"""`quietlegs erase`: everything is gone from every file, and what was taken out before comes back as it was."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pysqlite3

Command = Callable[..., subprocess.CompletedProcess[str]]
WORD = "Zolmarkidol"
ENTRY = (
    '{"id":"0199a000-0000-7000-8000-00000000000N","kind":"intake","night":"2026-01-0N","at":"2026-01-0NT20:00:00+00:00",'
    '"zone":"UTC","offset_s":0,"wall":"2026-01-0NT20:00:00","payload":{"substance":"medicine","amount":1.0,'
    f'"unit":"tablet","taken_at":null,"name":"{WORD} of day N"}},"supersedes":null}}'
)


def holding(home: Path) -> list[str]:
    """The files in which the planted word stands."""
    return [
        str(file.relative_to(home)) for file in home.rglob("*") if file.is_file() and WORD.encode() in file.read_bytes()
    ]


def planted(command: Command, tmp_path: Path) -> list[str]:
    """Plant a word among other entries; return everything that is noted, as it is taken out."""
    lines = [ENTRY.replace("N", str(number)) for number in range(1, 6)]
    file = tmp_path / "planted.jsonl"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    taken = command("import", str(file), "--yes")
    assert taken.returncode == 0, taken.stderr
    command("log", "6")
    return command("export").stdout.splitlines()


def test_it_deletes_everything_from_every_file_and_takes_it_in_again_as_it_was(
    command: Command, home: Path, tmp_path: Path
) -> None:
    before = planted(command, tmp_path)
    out = tmp_path / "mine.jsonl"
    assert command("export", "--out", str(out)).returncode == 0
    assert holding(home)

    # As a server that is running holds it open, and has read from it.
    other = pysqlite3.connect(home / "quietlegs.sqlite3")
    assert other.execute("SELECT count(*) FROM fact").fetchone() == (6,)
    gone = command("erase", "--yes")

    assert gone.returncode == 0, gone.stderr
    assert "6 entries will be deleted." in gone.stdout
    assert "Everything is deleted. A new diary begins." in gone.stdout
    assert holding(home) == []
    assert other.execute("SELECT count(*) FROM fact").fetchone() == (0,)
    other.close()
    assert command("export").stdout == ""

    assert command("import", str(out), "--yes").returncode == 0
    assert sorted(command("export").stdout.splitlines()) == sorted(before)


def test_it_tells_which_copies_remain_and_until_when_and_deletes_them_too(
    command: Command, home: Path, tmp_path: Path
) -> None:
    planted(command, tmp_path)
    command("backup")
    [copy] = (home / "backups").iterdir()

    told = command("erase", "--yes").stdout
    assert "Copies that still hold it:" in told
    assert copy.name in told.replace("\n", "")
    assert re.search(r"The last one goes by itself by \d+ \w+ 20\d\d, while quietlegs runs\.", " ".join(told.split()))
    assert holding(home) == [f"backups/{copy.name}"]

    assert command("erase", "--yes", "--copies").returncode == 0
    assert holding(home) == []


def test_it_asks_first_and_changes_nothing_without_a_yes(command: Command, home: Path, tmp_path: Path) -> None:
    planted(command, tmp_path)

    answer = command("erase", text="n\n")

    assert "Nothing was changed." in answer.stdout
    assert holding(home)
