"""`quietlegs import`: a receipt first, then a question, then one step back for all of it."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.formats import written_fit as wf
from tests.formats.test_known import ANDROID, PLEES, written

from quietlegs.formats.known import known

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
    letter, names = written(tmp_path, "Dear doctor", "letter.txt"), ", ".join(one.name for one in known().values())
    for words, said in [
        (
            [str(letter)],
            f"letter.txt is none of the files that can be read: {names}",
        ),
        ([str(tmp_path / "nowhere")], f"There is no file {tmp_path / 'nowhere'}."),
        ([str(letter), "--format", "garmin"], f"--format is 'garmin'; allowed: {', '.join(known())}"),
        ([], "name a file, or --undo"),
    ]:
        answer = command("import", *words)
        assert answer.returncode == 2
        assert said in " ".join(answer.stderr.split())


def test_it_reads_a_file_as_the_format_that_it_is_told(command: Command, tmp_path: Path) -> None:
    file = str(written(tmp_path, PLEES))

    assert "new: 2" in command("import", file, "--format", "plees_tracker", "--dry-run").stdout


def test_it_says_what_became_of_a_walk(command: Command, exported: Exported, tmp_path: Path) -> None:
    file = tmp_path / "walk.fit"
    file.write_bytes(wf.fit([wf.file_id(4), wf.session(wf.TEN, 2_580_000)]))

    said = command("import", str(file), "--yes").stdout.splitlines()

    assert said[:2] == ["walk.fit: Garmin FIT", "1 row read"]
    assert said[3] == "    2026-01-01: a walk of 43 min, noted as “Easy walk”; its distance, pulse and way are not kept"
    assert [row["payload"]["done"]["both_s"] for row in exported() if row["kind"] == "practice"] == [2580.0]
