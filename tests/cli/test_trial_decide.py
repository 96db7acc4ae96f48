"""`quietlegs trial decide`: a stage's end in the terminal, in the words of the page, and every way out of it."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.browser.staging import CALF, ZONE, seed, tonight

Command = Callable[..., subprocess.CompletedProcess[str]]
Exported = Callable[..., list[dict[str, Any]]]
Decide = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def decide(command: Command) -> Decide:
    return lambda *words: command("trial", "decide", *words, zone=ZONE)


def holding(exported: Exported, *kinds: str) -> list[dict[str, Any]]:
    rows = exported()
    back = {row["supersedes"] for row in rows if row["kind"] == "withdrawal"}
    return [row for row in rows if row["kind"] in kinds and row["id"] not in back]


def test_it_says_what_is_proposed_why_and_how_to_decide(
    home: Path, command: Command, decide: Decide, exported: Exported
) -> None:
    seed(home, gone=28)

    said = decide().stdout

    assert said.startswith("This is proposed: Try easy walk in place of wall calf stretch.\n")
    assert "28 nights of your trial have gone by. You decide." in said
    assert "A difference that is worth the effort has become unlikely" in said
    # Its own trial decides here, so no bet is told.
    assert "Counting all your nights" not in said
    assert said.index("Why?") < said.index("If you say yes") < said.index("A new trial begins: easy walk")
    assert said.index("Yes, do that: quietlegs trial decide --accept") < said.index("trial decide --keep")
    assert "Your trial asks you how to go on: quietlegs trial decide" in command("trial", "show", zone=ZONE).stdout
    assert holding(exported, "decision") == []


def test_it_accepts_takes_back_and_accepts_with_the_same_turns(home: Path, decide: Decide, exported: Exported) -> None:
    seed(home, gone=28)

    first = decide("--accept").stdout
    drawn = [row["payload"] for row in holding(exported, "trial_start")]
    back = decide("--undo").stdout
    left = [row["payload"]["arms"][0] for row in holding(exported, "trial_start", "trial_end", "decision")]
    decide("--accept")

    assert first.startswith(
        "Written down.\nTry easy walk in place of wall calf stretch.\nA new trial begins: easy walk"
    )
    assert "quietlegs trial decide --undo" in first
    assert "Taken back." in back
    assert left == [CALF]
    assert [row["payload"] for row in holding(exported, "trial_start")] == drawn
    made = holding(exported, "trial_start", "trial_end", "decision")[1:]
    assert len({row["at"] for row in made}) == 1


def test_it_leaves_it_as_it_is(home: Path, command: Command, decide: Decide, exported: Exported) -> None:
    seed(home, gone=28)

    said = decide("--keep").stdout

    assert said.startswith("Written down.\nNothing changes.\n")
    assert [row["payload"]["choice"] for row in holding(exported, "decision")] == ["go_on"]
    assert "how to go on" not in command("trial", "show", zone=ZONE).stdout
    assert "Nothing waits to be decided." in decide().stdout


def test_it_tells_harm_before_the_stage_is_over(home: Path, decide: Decide, exported: Exported) -> None:
    seed(home, gone=24, effect=4.0)

    said = decide().stdout

    assert "This is proposed: Leave out wall calf stretch." in said
    assert "This need not wait for the end of the stage. You decide." in said
    assert "The trial ends. Its nights stay" in decide("--accept").stdout
    assert len(holding(exported, "trial_end")) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--accept",), "Nothing waits to be decided. "),
        (("--keep",), "See how your trial stands: quietlegs trial show"),
        (("--undo",), "There is no decision to take back. See what waits: quietlegs trial decide"),
        (("--keep", "--accept"), "allowed: one of --accept, --keep, --undo"),
    ],
)
def test_it_says_in_one_line_what_to_do_where_it_cannot(
    decide: Decide, exported: Exported, words: tuple[str, ...], told: str
) -> None:
    said = decide(*words)

    assert (said.returncode, said.stdout) == (2, "")
    assert told in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert exported() == []


def test_it_takes_nothing_back_once_a_night_was_noted(
    home: Path, command: Command, decide: Decide, exported: Exported
) -> None:
    seed(home, gone=28)
    decide("--accept")
    assert command("log", "3", "--night", tonight().isoformat(), zone=ZONE).returncode == 0
    before = exported()

    said = decide("--undo")

    assert said.returncode == 2
    assert said.stderr == (
        "A night was noted since, so this stays as it is. You can stop a trial at any time: quietlegs trial stop\n"
    )
    assert exported() == before


def test_it_waits_during_a_break(home: Path, command: Command, decide: Decide) -> None:
    seed(home, gone=28)
    command("pause", zone=ZONE)

    told = "You are taking a break. What waits to be decided waits until you are back."

    assert decide().stdout == f"{told}\n"
    assert decide("--accept").stderr == f"{told} See how your trial stands: quietlegs trial show\n"
    assert "how to go on" not in command("trial", "show", zone=ZONE).stdout


def test_it_says_that_nothing_waits_without_a_trial(decide: Decide) -> None:
    assert "Nothing waits to be decided." in decide().stdout
