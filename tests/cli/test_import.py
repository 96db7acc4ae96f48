"""`quietlegs import`: a receipt first, then a question, then one step back for all of it."""

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.formats import written_fit as wf
from tests.formats.test_known import ANDROID, PLEES, REST, written

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
    file = str(
        written(tmp_path, f"{ANDROID}\n3,Mars,1. 1. 2026 22:00,2. 1. 2026 6:00,,8.0,0.0,,{REST}\n", "sleep-export.csv")
    )

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
    assert (
        said[3]
        == "    1 January 2026: a walk of 43 min, noted as “Easy walk”; its distance, pulse and way are not kept"
    )
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


def test_it_prints_a_table_s_columns_with_the_command_that_takes_it_in(
    command: Command, exported: Exported, tmp_path: Path
) -> None:
    file = tmp_path / "my diary.csv"
    file.write_text("Datum;Schmerz;Auf um\n05/01/2026;70;7:00\n06/01/2026;0;7:30\n", encoding="utf-8")

    asked = command("import", str(file))
    assert asked.returncode == 2
    assert "Schmerz: 70 | 0\n    could be: how bad the legs were" in asked.stdout
    [line] = [one for one in asked.stdout.splitlines() if one.startswith("  quietlegs import")]
    assert line.endswith("--map Datum=night --map Schmerz=severity:0-100 --dates dmy")
    assert exported() == []

    words = [*shlex.split(line)[1:], "--map", "Auf um=up"]
    assert "new: 4, from 2026-01-05 to 2026-01-06" in command(*words, "--dry-run").stdout
    done = command("import", str(file), "--yes")
    assert "The columns mean what they meant the last time" in done.stdout
    assert "4 entries taken in" in done.stdout
    assert [fact["payload"].get("severity") for fact in exported() if fact["kind"] == "night_rating"] == [7, 0]


def test_it_takes_notes_in_by_a_mapping(command: Command, exported: Exported, tmp_path: Path) -> None:
    file = written(tmp_path, "Date,Notes\n2026-01-05,=1+1 early\n2026-01-06,\n", "table.csv")

    answer = command("import", str(file), "--map", "Date=night", "--map", "Notes=note", "--yes")

    assert "1 remark, shown with its night; nothing counts it" in answer.stdout
    assert [fact["payload"] for fact in exported()] == [
        {"about": "Notes", "note": "=1+1 early", "tags": [], "source": "CSV"}
    ]


def test_it_says_what_is_wrong_with_a_mapping(command: Command, tmp_path: Path) -> None:
    file = written(tmp_path, "Date,Legs\n05/01/2026,4\n06/01/2026,5\n", "table.csv")
    date_and_legs = ["--map", "Date=night", "--map", "Legs=severity"]
    for words, said in [
        (["--map", "Day=night"], "--map 'Day=night': there is no such column; allowed: 'Date', 'Legs'"),
        (["--map", "Date=day"], "--map 'Date=day': allowed is leave, night, morning"),
        (["--map", "Legs=severity", "--dates", "dmy"], "Which column holds the date?"),
        (date_and_legs, "add --dates dmy, or --dates mdy"),
        ([*date_and_legs, "--dates", "ymd"], "--dates is 'ymd'; allowed: dmy, mdy"),
        ([*date_and_legs[:3], "Legs=severity:much", "--dates", "dmy"], "Legs: 'much'; allowed: a range such as 0-10"),
    ]:
        answer = command("import", str(file), *words)
        assert answer.returncode == 2
        assert said in " ".join(answer.stderr.split())
