"""`quietlegs import`: a receipt first, then a question, then one step back for all of it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.formats import written_fit as wf
from tests.formats.test_known import ANDROID, PLEES, written

from quietlegs.formats.known import known

Command = Callable[..., subprocess.CompletedProcess[str]]
Exported = Callable[..., list[dict[str, Any]]]
FACT = {
    "id": "019bb0f2-0000-7000-8000-000000000001", "kind": "night_rating", "night": "2026-01-09",
    "at": "2026-01-10T07:00:00Z", "zone": "Europe/Berlin", "offset_s": 3600, "wall": "2026-01-10T08:00:00",
    "supersedes": None, "payload": {"severity": 6, "where": []},
}  # fmt: skip
OTHER = FACT | {"id": "019bb0f2-0000-7000-8000-000000000002", "payload": {"severity": 2, "where": []}}


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


@pytest.mark.parametrize("lines", [False, True], ids=["as a phone saves it", "as export writes it"])
def test_it_takes_in_each_entry_of_another_quietlegs_once(
    command: Command, exported: Exported, tmp_path: Path, *, lines: bool
) -> None:
    text = "\n".join(map(json.dumps, (FACT, OTHER))) if lines else json.dumps([FACT, OTHER], indent=1)
    file = str(written(tmp_path, text, "waiting.json"))

    first, second = command("import", file, "--yes"), command("import", file, "--yes")

    assert "2 entries taken in." in first.stdout
    assert second.stdout.endswith("2 rows read\n  in the diary already: 2\nNothing was changed.\n")
    assert exported() == [FACT, OTHER]


def test_it_names_entries_that_it_cannot_take_and_takes_the_rest(
    command: Command, exported: Exported, tmp_path: Path
) -> None:
    ahead = FACT | {"at": "2999-01-10T07:00:00Z", "wall": "2999-01-10T08:00:00"}
    rows = [
        FACT | {"payload": {"severity": 12}},
        OTHER,
        OTHER | {"payload": {"severity": 3}},
        {"id": "nonsense"},
        ahead,
    ]

    answer = command("import", str(written(tmp_path, json.dumps([FACT, *rows]))), "--yes")

    named = {line.strip().partition(":")[0] for line in answer.stdout.splitlines() if line.startswith("    entry")}
    assert named == {"entry 2", "entry 4", "entry 5", "entry 6"}
    assert "NightRating.severity is 12" in answer.stdout
    assert "entry 4: there is another entry of this id" in answer.stdout
    assert "is in the future" in answer.stdout
    assert exported() == [FACT, OTHER]


def test_it_ends_at_once_and_cleanly_by_ctrl_c(home: Path, exported: Exported, tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    with file.open("w", encoding="utf-8") as lines:
        lines.write('<HealthData locale="en">\n')
        for _number in range(2000):
            lines.write('<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" value="74"/>\n' * 1000)
    env = os.environ | {"QUIETLEGS_HOME": str(home), "COLUMNS": "120", "FORCE_COLOR": "1"}
    words = [sys.executable, "-m", "quietlegs.cli.main", "import", str(file), "--yes"]
    seen, shown = os.openpty()
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=shown) as process:
        os.close(shown)
        told = b""
        while b"MB" not in told:
            told += os.read(seen, 4096)
        process.send_signal(signal.SIGINT)
        with suppress(OSError):  # Linux tells the end of a terminal in this way.
            while piece := os.read(seen, 4096):
                told += piece
        process.wait(30)
    os.close(seen)

    assert b"export.xml" in told
    assert b"Stopped. Nothing was changed." in told
    assert b"Traceback" not in told
    assert process.returncode == 130
    assert exported() == []
