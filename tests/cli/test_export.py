"""`quietlegs export`: everything, a fact a line."""

import json
import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from pathlib import Path

from quietlegs.records.fact import KINDS
from quietlegs.records.wire import from_wire

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_it_writes_every_fact_as_a_line_that_reads_back(command: Command, tmp_path: Path) -> None:
    command("log", "6")
    command("log", "5")
    out = tmp_path / "mine.jsonl"

    assert command("export", "--out", str(out)).returncode == 0

    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [from_wire(row).kind for row in rows] == ["night_rating", "night_rating"]


def test_it_overwrites_nothing(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "mine.jsonl"
    out.write_text("precious", encoding="utf-8")

    answer = command("export", "--out", str(out))

    assert answer.returncode == 2
    assert "exists already" in answer.stderr
    assert out.read_text(encoding="utf-8") == "precious"


def test_the_trail_tells_of_it_once_it_was_written_and_not_before(command: Command, home: Path, tmp_path: Path) -> None:
    def told() -> list[str]:
        with closing(sqlite3.connect(home / "quietlegs.sqlite3")) as database:
            return [form for (form,) in database.execute("SELECT word FROM trail WHERE what = 'taken_out'")]

    out = tmp_path / "mine"
    out.write_text("precious", encoding="utf-8")
    for form in ("jsonl", "fhir", "open-mhealth", "sqlite"):
        assert command("export", "--format", form, "--out", str(out)).returncode == 2
        assert command("export", "--format", form, "--out", str(tmp_path / "no" / form)).returncode == 2
    assert told() == []

    for form in ("jsonl", "fhir", "open-mhealth", "sqlite"):
        assert command("export", "--format", form, "--out", str(tmp_path / form)).returncode == 0
    command("export")
    assert told() == ["jsonl", "fhir", "open-mhealth", "sqlite", "jsonl"]


def test_it_is_written_where_the_trail_has_no_room(command: Command, home: Path, tmp_path: Path) -> None:
    command("log", "6")
    with closing(sqlite3.connect(home / "quietlegs.sqlite3")) as database:
        database.execute("CREATE TRIGGER full BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    for form in ("jsonl", "fhir", "open-mhealth", "sqlite"):
        done = command("export", "--format", form, "--out", str(tmp_path / form))
        assert done.returncode == 0, done.stderr
        assert (tmp_path / form).stat().st_size
    assert '"night_rating"' in command("export").stdout


def test_it_says_when_it_cannot_write(command: Command, tmp_path: Path) -> None:
    answer = command("export", "--out", str(tmp_path / "no" / "such" / "folder.jsonl"))

    assert answer.returncode == 2
    assert "cannot be written" in answer.stderr


def test_it_writes_no_field_that_the_page_for_strangers_leaves_out() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "using" / "your-data.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page, flags=re.MULTILINE))

    for kind, payload in KINDS.items():
        assert all(f"`{field.name}`" in told[kind] for field in fields(payload)), kind


def test_it_writes_a_bundle_for_clinics(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    command("demo", "--nights", "14")

    done = command("export", "--demo", "--format", "fhir", "--out", str(file))

    assert done.returncode == 0, done.stderr
    told = json.loads(file.read_text(encoding="utf-8"))
    assert (told["resourceType"], told["entry"][0]["resource"]["resourceType"]) == ("Bundle", "Patient")
    assert sum(one["resource"]["resourceType"] == "QuestionnaireResponse" for one in told["entry"]) > 14


def test_it_refuses_a_format_that_it_does_not_know(command: Command) -> None:
    done = command("export", "--format", "hl7v2")

    assert done.returncode == 2
    assert "jsonl, fhir, open-mhealth, sqlite" in " ".join(done.stderr.split())


def test_it_writes_tables_and_sleep(command: Command, tmp_path: Path) -> None:
    tables, sleep = tmp_path / "mine.sqlite3", tmp_path / "sleep.json"
    command("log", "6")

    assert command("export", "--format", "sqlite", "--out", str(tables)).returncode == 0
    assert command("export", "--format", "open-mhealth", "--out", str(sleep)).returncode == 0

    with closing(sqlite3.connect(tables)) as database:
        assert database.execute("SELECT severity FROM night_rating").fetchall() == [(6,)]
    assert json.loads(sleep.read_text(encoding="utf-8")) == []
    assert command("export", "--format", "sqlite", "--out", str(tables)).returncode == 2
    assert command("export", "--format", "sqlite").returncode == 2
