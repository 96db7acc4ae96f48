"""`quietlegs tonight`: the routine and its reasons."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_it_shows_the_first_week_and_why(command: Command) -> None:
    said = command("tonight")

    assert said.returncode == 0, said.stderr
    assert "Start about" in said.stdout
    assert "A gentle first week: 0 of 7 evenings done." in said.stdout
    assert "Until your diary knows your hour, we go by what is common" in said.stdout


def test_it_points_to_the_safety_questions_where_it_cannot_ask_them(command: Command) -> None:
    before = command("tonight").stdout
    command("safety", text="n\n")

    assert "answer the safety questions: quietlegs safety" in before
    assert "quietlegs safety" not in command("tonight").stdout


def test_it_shows_the_simulated_persons_evening(command: Command) -> None:
    command("demo", "--nights", "30")

    said = command("tonight", "--demo")

    assert "The first weeks are behind you" in said.stdout
    assert "nights of your diary; recent nights count more." in said.stdout
    assert "Your legs usually begin" in said.stdout
    assert "on three nights in four, your legs begin after" in said.stdout


def test_it_shows_the_evening_of_another_day(command: Command) -> None:
    command("demo", "--nights", "30")

    said = command("tonight", "--demo", "--at", "2026-11-20 18:00")

    assert said.returncode == 0, said.stderr
    assert "Start about" in said.stdout
    assert command("tonight", "--demo", "--at", "2026-11-20 18:00").stdout == said.stdout


def test_it_names_a_day_that_it_does_not_understand(command: Command) -> None:
    for wrong in ("tonight", "18:00", "2026-11-20T18:00+01:00"):
        said = command("tonight", "--at", wrong)
        assert said.returncode == 2
        assert "2026-11-20 18:00" in said.stderr


def test_it_keeps_the_lot_of_a_night_to_come_unseen(command: Command) -> None:
    command("demo", "--nights", "30")
    day_after = (datetime.now(UTC) + timedelta(days=2)).date()
    day_before = day_after - timedelta(days=4)

    coming = command("tonight", "--demo", "--at", f"{day_after} 20:00").stdout
    past = command("tonight", "--demo", "--at", f"{day_before} 20:00").stdout

    assert "Tonight's turn of your trial is drawn." in coming
    assert "Your trial tonight:" not in coming
    assert "Your trial tonight:" in past
