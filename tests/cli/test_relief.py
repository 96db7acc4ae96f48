"""The guide of `quietlegs relief`, with a clock that runs as fast as it is asked to."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console
from tests.cli.relieving import CTRL_C, Evening, MemoryDiary

from quietlegs.cli.clock import noted
from quietlegs.cli.relief import Wish
from quietlegs.library.exercise import Position
from quietlegs.library.shelf import Library
from quietlegs.records.done import Practice, StopReason
from quietlegs.records.felt import OfferedBecause, Relief
from quietlegs.records.person import SafetyAnswers


@pytest.fixture
def diary(library: Library) -> MemoryDiary:
    """The diary of somebody who answered no to every safety question and knows the movements."""
    diary = MemoryDiary()
    asked = tuple(sign.key for sign in library.safety.signs if sign.question)
    diary.add([noted(SafetyAnswers(asked))])
    return diary


def test_it_guides_the_wall_stretch_and_writes_it_down(run: Callable[..., Evening]) -> None:
    evening = run("6\n3\n", wish=Wish(seconds=30))

    assert evening.said.rstrip().endswith("Thank you. It is written down.")
    assert evening.held(Relief) == [Relief("calf_wall_straight", OfferedBecause.DEFAULT, 1.0, 6, 3)]
    (practice,) = evening.held(Practice)
    assert (practice.done.left_s, practice.done.right_s, practice.stopped) == (30, 30, None)
    assert practice.done == practice.planned


def test_the_first_answer_is_on_disk_before_the_movement(run: Callable[..., Evening], diary: MemoryDiary) -> None:
    run("6\n3\n")

    stored = [fact.payload for fact in diary.all_facts()]
    kinds = [type(payload).__name__ for payload in stored]
    assert kinds == ["SafetyAnswers", "Relief", "Practice", "Relief"]
    assert isinstance(stored[1], Relief)
    assert (stored[1].before, stored[1].after) == (6, None)
    assert len(diary.facts(Relief)) == 1


def test_questions_can_be_skipped(run: Callable[..., Evening]) -> None:
    evening = run("\n\n")

    assert evening.held(Relief) == [Relief("calf_wall_straight", OfferedBecause.DEFAULT, 1.0)]


def test_it_asks_again_when_the_answer_is_no_number(run: Callable[..., Evening]) -> None:
    evening = run("bad\n11\n²\n7\n2\n")

    assert evening.said.count("A number from 0 to 10, or Enter to skip.") == 3
    (relief,) = evening.held(Relief)
    assert (relief.before, relief.after) == (7, 2)


def test_it_teaches_until_a_movement_was_practised_three_times(run: Callable[..., Evening]) -> None:
    lengths = []
    for _ in range(4):
        evening = run("\n\n")
        assert evening.player is not None
        lengths.append(evening.player.end_ms)
    assert lengths[0] == lengths[2] > lengths[3] == 120_000


def test_each_cue_is_one_line(run: Callable[..., Evening]) -> None:
    for _ in range(3):
        run("\n\n")
    lines = run("\n\n", wish=Wish(level=1)).said.splitlines()

    first = next(k for k, line in enumerate(lines) if line.startswith("  0:00"))
    timed = [line for line in lines[first:] if re.match(r" +\d+:\d\d", line)]
    assert [line.split()[0] for line in timed[:5]] == ["0:00", "0:06", "0:10", "0:16", "0:20"]
    assert sum("LEFT leg" in line for line in timed) == 8
    assert any("Change legs" in line and "RIGHT leg" in line for line in timed)


def test_pause_and_skip_and_back_do_what_the_keys_say(run: Callable[..., Evening]) -> None:
    for _ in range(3):
        run("\n\n")
    all_presses = ({12.0: " ", 500.0: "p"}, {14.0: "n"}, {18.0: "b"})
    paused, skipped, repeated = (
        run("\n\n", wish=Wish(level=1), presses=presses).held(Practice)[-1].done for presses in all_presses
    )
    assert (paused.left_s, paused.right_s) == (20, 20)
    assert (skipped.left_s, skipped.right_s) == (14, 20)
    assert (repeated.left_s, repeated.right_s) == (28, 20)


def test_it_hurts_stops_at_once_and_says_what_to_do(run: Callable[..., Evening], library: Library) -> None:
    evening = run("6\n7\n8\n", presses={60: "h"})

    (practice,) = evening.held(Practice)
    assert (practice.stopped, practice.pain) == (StopReason.HURT, 7)
    assert practice.done.right_s == 0
    said = " ".join(evening.said.split())
    wanted = library.exercises["calf_wall_straight"].stop
    for rule in library.safety.stop_rules:
        assert (" ".join(f"{rule.sign}: {rule.do}".split()) in said) == (rule.key in wanted)
    (relief,) = evening.held(Relief)
    assert (relief.before, relief.after) == (6, 8)


@pytest.mark.parametrize(("key", "reason"), [("q", StopReason.ENOUGH), (CTRL_C, StopReason.INTERRUPTED)])
def test_what_was_done_before_a_stop_is_kept(run: Callable[..., Evening], key: str, reason: StopReason) -> None:
    evening = run("6\n\n", wish=Wish(seconds=60), presses={90: key})

    (practice,) = evening.held(Practice)
    assert practice.stopped is reason
    assert 0 < practice.done.left_s < practice.planned.left_s == 60
    assert evening.held(Relief) == [Relief("calf_wall_straight", OfferedBecause.DEFAULT, 1.0, 6)]


def test_ctrl_c_at_the_last_question_skips_it(
    run: Callable[..., Evening], diary: MemoryDiary, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["6"])

    def answer(_console: Console, _prompt: str = "", **_options: object) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(Console, "input", answer)
    assert "It is written down." in run().said
    assert [type(fact.payload).__name__ for fact in diary.facts(Relief, Practice)] == ["Relief", "Practice"]


def test_it_rings_once_at_the_change_of_legs_when_asked(run: Callable[..., Evening], monkeypatch: Any) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(Console, "bell", lambda _console, on=True: rung.append(on))
    run("\n\n")
    assert rung == []
    run("\n\n", sound=True)
    assert rung == [True]


def test_the_seated_form_is_chosen_by_a_flag(run: Callable[..., Evening]) -> None:
    evening = run("\n\n", wish=Wish(seated=True))

    assert [practice.exercise for practice in evening.held(Practice)] == ["calf_towel"]


def test_a_movement_asked_for_is_noted_as_chosen(run: Callable[..., Evening]) -> None:
    evening = run("\n\n", wish=Wish(movement="ankle_pumps", level=1))

    assert evening.held(Relief) == [Relief("ankle_pumps", OfferedBecause.CHOSEN, 1.0)]


def test_whoever_wants_to_sit_sits_whatever_movement_is_named(run: Callable[..., Evening], library: Library) -> None:
    for movement in ("mini_squat", "legs_up_wall"):
        evening = run("\n\n", wish=Wish(movement=movement, level=1, seated=True))

        done = {library.exercises[practice.exercise].position for practice in evening.held(Practice)}
        assert done == {Position.SEATED}


def blocking(library: Library, exercise: str, *, but: str) -> str:
    return next(
        sign.key
        for sign in library.safety.signs
        if sign.question and exercise in sign.blocks and but not in sign.blocks and "all" not in sign.blocks
    )


def test_a_movement_that_is_not_for_this_person_gives_way_with_its_reason(
    run: Callable[..., Evening], diary: MemoryDiary, library: Library
) -> None:
    yes = blocking(library, "calf_wall_straight", but="calf_towel")
    asked = tuple(sign.key for sign in library.safety.signs if sign.question)
    diary.add([noted(SafetyAnswers(asked, (yes,)))])

    evening = run("\n\n")

    said = " ".join(evening.said.split())
    reason = next(sign.do for sign in library.safety.signs if sign.key == yes)
    assert " ".join(reason.split()) in said
    assert [practice.exercise for practice in evening.held(Practice)] == ["calf_towel"]


def test_nothing_starts_where_everything_is_blocked(
    run: Callable[..., Evening], diary: MemoryDiary, library: Library
) -> None:
    sign = next(sign for sign in library.safety.signs if sign.question and "all" in sign.blocks)
    asked = tuple(sign.key for sign in library.safety.signs if sign.question)
    diary.add([noted(SafetyAnswers(asked, (sign.key,)))])

    evening = run("6\n3\n")

    assert evening.player is None
    assert " ".join(sign.do.split()) in " ".join(evening.said.split())
    assert evening.held(Relief) == evening.held(Practice) == []
