"""`quietlegs report`: one page for the doctor, from the command line."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.cli.conftest import Command


@pytest.fixture
def told(command: Command) -> Command:
    command("demo", "--nights", "60")
    return command


def test_it_writes_one_page_and_more_with_every_night(told: Command, tmp_path: Path) -> None:
    one, more = tmp_path / "one.pdf", tmp_path / "more.pdf"

    assert told("report", "--demo", "--out", str(one)).returncode == 0
    assert told("report", "--demo", "--nights", "--paper", "letter", "-o", str(more)).returncode == 0

    assert len(PdfReader(one).pages) == 1
    assert len(PdfReader(more).pages) > 1
    assert "Restless legs" in PdfReader(one).pages[0].extract_text()


def test_it_writes_the_same_numbers_as_a_table_of_the_nights_asked_for(told: Command, tmp_path: Path) -> None:
    last = date.today() - timedelta(days=3)  # noqa: DTZ011 - the machine's own day, as the command reads it
    first, file = last - timedelta(days=9), tmp_path / "numbers.csv"

    done = told("report", "--demo", "--csv", "--from", str(first), "--to", str(last), "--out", str(file))

    assert done.returncode == 0, done.stderr
    lines = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    assert (lines[0]["value"], lines[0]["first"], lines[0]["last"]) == ("10", str(first), str(last))


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "yesterday"),
        ("--from", "2026-02-02", "--to", "2026-02-01"),
        ("--to", "2999-01-01"),
        ("--from", "1999-01-01"),
        ("--paper", "a5"),
    ],
)
def test_it_refuses_nights_and_paper_that_cannot_be(command: Command, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = command("report", *words, "--out", str(tmp_path / "x.pdf"))

    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_it_overwrites_nothing(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.pdf"
    file.write_text("mine")

    assert command("report", "--out", str(file)).returncode == 2
    assert file.read_text() == "mine"


def test_it_says_how_to_make_the_simulated_person(command: Command, tmp_path: Path) -> None:
    done = command("report", "--demo", "--out", str(tmp_path / "x.pdf"))

    assert done.returncode == 2
    assert "Make some with: quietlegs demo" in done.stderr
    assert not (tmp_path / "x.pdf").exists()
