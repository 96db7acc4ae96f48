"""`quietlegs tonight`: the routine and its reasons."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

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


_PAGE = """
import sys
from datetime import datetime
from quietlegs.web.start import prepare
prepare(demo=True)
from django.test import Client
from quietlegs.records.moment import find_zone, moment
from quietlegs.web.pages.frame.clock import MADE_FOR
when = datetime.fromisoformat(sys.argv[1]).replace(tzinfo=find_zone("Europe/Berlin"))
print(Client(SERVER_NAME="localhost").get("/", **{MADE_FOR: moment(when, "Europe/Berlin")}).content.decode())
"""


def test_the_page_shows_the_same_evening_with_the_same_reasons(command: Command, home: Path) -> None:
    evening = "2026-11-20 18:00"
    command("demo", "--nights", "60")

    said = command("tonight", "--demo", "--at", evening).stdout
    env = os.environ | {"QUIETLEGS_HOME": str(home), "TZ": "Europe/Berlin"}
    shown = subprocess.run(
        [sys.executable, "-c", _PAGE, evening], env=env, capture_output=True, text=True, check=True
    ).stdout

    text = unescape(re.sub(r"<[^>]+>", "", shown))
    (head,) = re.findall(r"^(.+), (\d+) min\. Start about (\d\d:\d\d)\.$", said, re.MULTILINE)
    name, minutes, start = head
    assert f"<h2>{name}</h2><span>{minutes} min</span>" in shown
    assert f"Start about {start}." in text
    movements = re.findall(r"^ \d+ +(.+?)  +(\d) +\d+ *$", said, re.MULTILINE)
    assert [movement for movement, _ in movements] == re.findall(r">([^<>]+)</a>, \d+ min", unescape(shown))
    assert movements
    for movement, level in movements:
        assert f"{movement}, level {level}" in text
    reasons = re.findall(r"^- (.+(?:\n(?![-\n]).+)*)", said, re.MULTILINE)
    numbered = [re.fullmatch(r"(\d+(?:, \d+)*): (.+)", " ".join(reason.split())) for reason in reasons]
    told_of = [number for one in numbered if one for number in one[1].split(", ")]
    assert sorted(told_of, key=int) == [str(number) for number in range(1, len(movements) + 1)]
    assert len(reasons) > sum(one is not None for one in numbered)
    for reason, one in zip(reasons, numbered, strict=True):
        assert (one[2] if one else " ".join(reason.split())) in " ".join(text.split())


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
