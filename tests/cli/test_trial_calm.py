"""`quietlegs trial calm`: the experiment on relief as a person starts it, goes through it, looks at it and ends it."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import fsum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.cli.relieving import Evening, MemoryDiary

from quietlegs.cli.calming import told
from quietlegs.cli.clock import noted
from quietlegs.cli.relief import Wish
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.plan.calming import USUAL, chosen
from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact, note
from quietlegs.records.felt import Chance, OfferedBecause, Relief
from quietlegs.records.moment import moment
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.tried import ReliefStart, TrialEnd

Command = Callable[..., subprocess.CompletedProcess[str]]
Exported = Callable[..., list[dict[str, Any]]]
NAMES = {key: exercise.name for key, exercise in load_library().exercises.items()}
SOON_S = 50


def plain(text: str) -> str:
    return " ".join(text.split())


def test_it_starts_with_the_usual_movements_and_says_what_it_will_do(command: Command, exported: Exported) -> None:
    said = command("trial", "calm")

    assert said.returncode == 0, said.stderr
    assert all(NAMES[key] in said.stdout for key in USUAL)
    assert "drawn by lot, after you said how bad it is" in plain(said.stdout)
    assert "is there to compare with" in plain(said.stdout)
    (fact,) = exported()
    assert fact["kind"] == "relief_start"
    assert fact["payload"] == {
        "movements": list(USUAL),
        "comparator": "breath_circles",
        "floor": 0.1,
        "half_life_days": 60.0,
        "sigma": 1.5,
    }


def test_it_adds_the_comparator_and_says_so(command: Command, exported: Exported) -> None:
    said = command("trial", "calm", "ankle_pumps", "calf_towel")

    assert "Slow breathing with ankle circles was added." in said.stdout
    assert exported()[0]["payload"]["movements"] == ["ankle_pumps", "calf_towel", "breath_circles"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["handstand", "ankle_pumps"], "movement is 'handstand'; allowed: calf_wall_straight, "),
        (["breath_circles"], "number of movements is 1; allowed: 2 to 5"),
        (["ankle_pumps", "calf_massage", "calf_towel", "puzzle", "figure_four"], "number of movements is 6"),
        (["--stop"], "Nothing is drawn by lot now"),
        (["--stop", "ankle_pumps"], "--stop takes no movements"),
    ],
)
def test_it_refuses_with_the_reason_and_writes_nothing(
    command: Command, exported: Exported, words: list[str], reason: str
) -> None:
    said = command("trial", "calm", *words)

    assert said.returncode == 2
    assert reason in said.stderr
    assert said.stdout == ""
    assert exported() == []


def interrupted(home: Path, answers: str, *words: str) -> tuple[str, str]:
    """Run the command until its first cue, then press Ctrl-C; give what was said up to there, and the rest."""
    env = os.environ | {"QUIETLEGS_HOME": str(home), "TZ": "Europe/Berlin", "PYTHONUNBUFFERED": "1"}
    pipe, line = subprocess.PIPE, [sys.executable, "-m", "quietlegs.cli.main", *words]
    with subprocess.Popen(line, env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(answers)
        process.stdin.flush()
        before = ""
        while "0:00" not in before:
            before += process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=SOON_S)
    return before, rest


def test_it_asks_before_it_draws_and_shows(home: Path, command: Command, exported: Exported) -> None:
    command("trial", "calm")

    before, rest = interrupted(home, "n\n7\n3\n", "relief", "--seconds", "5")

    assert rest.rstrip().endswith("Thank you. It is written down.")
    asked, _, shown = before.partition("How bad, right now?")
    start, first, last = [fact for fact in exported() if fact["kind"] in {"relief_start", "relief"}]
    assert not any(name in asked for name in NAMES.values())
    assert f"Drawn by lot: {NAMES[last['payload']['movement']]}" in shown
    assert (first["payload"]["before"], first["payload"].get("after")) == (7, None)
    assert last["supersedes"] == first["id"]
    assert last["payload"] == first["payload"] | {"after": 3}
    assert (last["payload"]["because"], last["payload"]["trial"]) == ("trial", start["id"])
    assert fsum(chance["probability"] for chance in last["payload"]["chances"]) == pytest.approx(1, abs=1e-12)
    assert "1 time so far" in command("trial", "calm").stdout


def test_it_ends_once(command: Command, exported: Exported) -> None:
    command("trial", "calm")

    ended = command("trial", "calm", "--stop")

    assert (ended.returncode, ended.stdout[:6]) == (0, "Ended.")
    start, end = exported()
    assert end["payload"]["of"] == start["id"]
    assert command("trial", "calm", "--stop").returncode == 2


def test_it_says_that_a_new_list_begins_anew(command: Command, exported: Exported) -> None:
    command("trial", "calm")

    said = command("trial", "calm", "ankle_pumps")

    assert said.stdout.startswith("This begins anew.")
    assert [fact["kind"] for fact in exported()] == ["relief_start", "relief_start"]


def test_it_gives_the_reason_of_a_safety_answer(command: Command, exported: Exported) -> None:
    library = load_library()
    questions = [sign for sign in library.safety.signs if sign.question]
    wall = next(sign for sign in questions if "calf_wall_straight" in sign.blocks and "all" not in sign.blocks)
    answers = "".join("y\n" if sign is wall else "n\n" for sign in questions)
    command("safety", text="y\n" + answers)

    said = command("trial", "calm", "calf_wall_straight", "ankle_pumps")

    assert said.returncode == 2
    assert plain(wall.do) in plain(said.stderr)
    assert [fact["kind"] for fact in exported()] == ["safety_answers"]


@pytest.fixture
def diary(library: Library) -> MemoryDiary:
    """The diary of somebody who answered no to every safety question and started the experiment."""
    diary = MemoryDiary()
    asked = tuple(sign.key for sign in library.safety.signs if sign.question)
    diary.add([noted(SafetyAnswers(asked)), noted(chosen(library, (), USUAL))])
    return diary


def started(diary: MemoryDiary) -> UUID:
    return diary.facts(ReliefStart)[0].id


def test_the_draw_is_on_disk_before_the_movement_and_stays_when_declined(
    run: Callable[..., Evening], diary: MemoryDiary
) -> None:
    evening = run("\n\n", presses={0.5: "q"})

    (relief,) = evening.held(Relief)
    assert (relief.because, relief.trial) == (OfferedBecause.TRIAL, started(diary))
    assert (relief.before, relief.after) == (None, None)
    kinds = [type(fact.payload) for fact in diary.all_facts()]
    assert kinds == [SafetyAnswers, ReliefStart, Relief, Practice]


@pytest.mark.parametrize("wish", [Wish(movement="ankle_pumps"), Wish(seated=True)])
def test_a_movement_asked_for_is_chosen_and_never_drawn(run: Callable[..., Evening], wish: Wish) -> None:
    (relief,) = run("7\n3\n", wish=wish).held(Relief)

    assert (relief.because, relief.trial, relief.chances) == (OfferedBecause.CHOSEN, None, ())


def test_it_offers_as_before_once_it_has_ended(run: Callable[..., Evening], diary: MemoryDiary) -> None:
    diary.add([noted(TrialEnd(started(diary)))])

    (relief,) = run("7\n3\n").held(Relief)

    assert (relief.movement, relief.because) == ("calf_wall_straight", OfferedBecause.DEFAULT)


def drawn(of: UUID, count: int) -> list[Fact]:
    """Moments at which the wall stretch and slow breathing came by turns, and the stretch eased more."""
    at, chances = datetime(2026, 10, 1, 1, tzinfo=UTC), tuple(Chance(key, 0.25) for key in USUAL)
    facts = []
    for k in range(count):
        movement, after = (USUAL[0], 2 + k % 3) if k % 2 else (USUAL[-1], 5 + k % 3)
        relief = Relief(movement, OfferedBecause.TRIAL, 0.25, 8, after, trial=of, chances=chances)
        facts.append(note(relief, moment(at + timedelta(days=k), "Europe/Berlin"), k.to_bytes(10)))
    return facts


def test_it_tells_what_calms_in_sentences_and_in_numbers(diary: MemoryDiary, library: Library) -> None:
    diary.add(drawn(started(diary), 20))
    known = told(diary, library)

    assert known is not None
    assert known.sentences[0].startswith("For you, wall calf stretch calms best now")
    assert json.loads(json.dumps(known.numbers, allow_nan=False))["comparator"] == "breath_circles"


def test_learn_tells_the_diary_and_then_what_calms(command: Command) -> None:
    command("log", "5")
    assert json.loads(command("learn", "--json").stdout)["relief"] is None
    assert "Calming" not in command("learn").stdout

    command("trial", "calm")

    said = command("learn").stdout
    assert re.search(r"1 nights?: 1 answered.*Calming your legs, drawn by lot:\nCannot tell yet", said, re.DOTALL)
    numbers = json.loads(command("learn", "--json").stdout)["relief"]
    assert (numbers["result"], numbers["untold"]) == ("relief", "nothing_drawn")
    assert [one["name"] for one in numbers["movements"]] == list(USUAL)
