"""`quietlegs log`: a night in a few seconds."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from quietlegs.records.moment import moment, night_of

Command = Callable[..., subprocess.CompletedProcess[str]]

Exported = Callable[..., list[dict[str, Any]]]


def test_it_writes_a_night_down(command: Command, exported: Exported) -> None:
    said = command("log", "6", "--began", "21:30", "--night", "2026-01-09")

    assert said.returncode == 0, said.stderr
    assert "Written down" in said.stdout
    (fact,) = exported()
    assert fact["night"] == "2026-01-09"
    assert fact["payload"] == {"severity": 6, "began_at": "2026-01-09T20:30:00Z", "where": []}


def test_it_asks_when_no_number_is_given(command: Command, exported: Exported) -> None:
    assert command("log", text="4\n").returncode == 0

    assert exported()[0]["payload"]["severity"] == 4


def test_it_corrects_by_a_second_entry(command: Command, exported: Exported) -> None:
    for severity in ("6", "3"):
        command("log", severity, "--night", "2026-01-09")

    first, second = exported()
    assert second["supersedes"] == first["id"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["11"], "NightRating.severity is 11; allowed: a whole number, 0 to 10"),
        (["5", "--began", "late"], "began is 'late'; allowed: a time such as 21:30"),
        (["5", "--began", "21:30+02:00"], "began is '21:30+02:00'; allowed: a time such as 21:30"),
        (["5", "--night", "0026-01-09"], "Fact.night is '0026-01-09'; allowed: 1970-01-01 or later"),
        (["5", "--night", "2999-01-01"], "night is '2999-01-01'; allowed: up to tonight"),
        (["0", "--began", "21:30", "--night", "2026-01-09"], "NightRating.severity is 0"),
    ],
)
def test_it_names_what_it_cannot_take_and_stores_nothing(
    command: Command, exported: Exported, words: list[str], said: str
) -> None:
    answer = command("log", *words)

    assert answer.returncode == 2
    assert said in " ".join(answer.stderr.split())
    assert exported() == []


def test_it_keeps_the_hour_when_only_the_severity_is_corrected(command: Command, exported: Exported) -> None:
    command("log", "6", "--began", "21:30", "--night", "2026-01-09")
    command("log", "3", "--night", "2026-01-09")

    assert exported()[1]["payload"] == {"severity": 3, "began_at": "2026-01-09T20:30:00Z", "where": []}


def test_it_refuses_an_hour_that_is_still_to_come(command: Command, exported: Exported) -> None:
    tonight = night_of(moment(datetime.now(UTC), "Europe/Berlin"))

    said = command("log", "5", "--began", "11:59", "--night", tonight.isoformat())

    assert said.returncode == 2
    assert "not still to come" in said.stderr
    assert exported() == []


def test_it_keeps_the_earlier_answers_when_the_hour_comes_later(command: Command, exported: Exported) -> None:
    command("log", "6", "--night", "2026-01-09")
    command("log", "6", "--began", "21:30", "--night", "2026-01-09")
    command("log", "4", "--night", "2026-01-09")

    assert [fact["payload"].get("began_at") for fact in exported()] == [None, *["2026-01-09T20:30:00Z"] * 2]
