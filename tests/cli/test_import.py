"""`quietlegs import`: a receipt first, then a question, then one step back for all of it."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.formats.test_known import ANDROID, PLEES, written

Command = Callable[..., subprocess.CompletedProcess[str]]
Exported = Callable[..., list[dict[str, Any]]]


def test_it_shows_a_receipt_asks_and_takes_back(command: Command, exported: Exported, tmp_path: Path) -> None:
    file = str(written(tmp_path, ANDROID + "\n3,Mars,1. 1. 2026 22:00,2. 1. 2026 6:00\n", "sleep-export.csv"))

    dry = command("import", file, "--dry-run")
    assert dry.stdout.splitlines() == [
        "sleep-export.csv: Sleep as Android",
        "3 rows read",
        "  new: 2, from 2026-03-28 to 2026-03-30",
        "  left out: 1",
        "    line 7: zone is 'Mars'; allowed: an IANA zone such as Europe/Berlin",
        "Nothing was changed.",
    ]
    assert command("import", file, text="n\n").stdout.endswith("Nothing was changed.\n")
    assert exported() == []

    done = command("import", file, text="y\n")
    assert "2 entries taken in. To take them back: quietlegs import --undo" in done.stdout
    assert [fact["payload"]["source"] for fact in exported()] == ["Sleep as Android"] * 2
    assert "in the diary already: 2" in command("import", file, "--yes").stdout

    assert command("import", "--undo").stdout == "sleep-export.csv: 2 entries taken back.\n"
    assert command("import", "--undo").returncode == 2


def test_it_names_what_it_cannot_read(command: Command, tmp_path: Path) -> None:
    letter = written(tmp_path, "Dear doctor", "letter.txt")
    for words, said in [
        ([str(letter)], "letter.txt is none of the files that can be read: Apple Health, Fitbit, Plees"),
        ([str(tmp_path / "nowhere")], f"There is no file {tmp_path / 'nowhere'}."),
        ([str(letter), "--format", "garmin"], "--format is 'garmin'; allowed: apple_health, fitbit, plees_tracker"),
        ([], "name a file, or --undo"),
    ]:
        answer = command("import", *words)
        assert answer.returncode == 2
        assert said in " ".join(answer.stderr.split())


def test_it_reads_a_file_as_the_format_that_it_is_told(command: Command, tmp_path: Path) -> None:
    file = str(written(tmp_path, PLEES))

    assert "new: 2" in command("import", file, "--format", "plees_tracker", "--dry-run").stdout
