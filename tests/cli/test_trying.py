"""`quietlegs trial start`, `show`, `stop`: a trial in the diary, as a person runs it."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.web.hours import zone_at

from quietlegs.records.moment import moment, night_of

Command = Callable[..., subprocess.CompletedProcess[str]]
Exported = Callable[..., list[dict[str, Any]]]


def test_it_says_how_long_it_takes_asks_draws_and_keeps(command: Command, exported: Exported) -> None:
    refused = command("trial", "start", "calf_wall_straight", text="n\n")
    assert "Nothing was started." in refused.stdout
    assert exported() == []

    said = command("trial", "start", "calf_wall_straight", "quad", "--nights", "60", text="y\n").stdout

    assert "whether it helps: wall calf stretch, stretch for the front of the thigh" in said.replace("\n", " ")
    assert "takes about" in said
    (fact,) = exported()
    assert fact["kind"] == "trial_start"
    assert fact["payload"]["arms"] == ["calf_wall_straight", "quad", "breath_circles"]
    assert len(fact["payload"]["turns"]) == 60
    assert fact["payload"]["probability"] == f"1/{6**20}"


def test_it_runs_one_trial_stops_it_and_takes_the_stop_back(command: Command, exported: Exported) -> None:
    command("trial", "start", "calf_wall_straight", "--yes")

    again = command("trial", "start", "quad", "--yes")
    assert (again.returncode, "one new thing an evening" in again.stderr) == (2, True)
    assert "nights without a change until" in command("trial", "show").stdout
    assert "is stopped" in command("trial", "stop").stdout
    assert command("trial", "stop").returncode == 2
    assert "was stopped on" in command("trial", "show").stdout
    assert "goes on" in command("trial", "stop", "--undo").stdout
    assert "nights without a change until" in command("trial", "show").stdout
    assert command("trial", "stop", "--undo").returncode == 2
    assert [row["kind"] for row in exported()] == ["trial_start", "trial_end", "withdrawal"]


def test_it_begins_a_habit_tomorrow_and_draws_a_night_only_once(command: Command, exported: Exported) -> None:
    zone = zone_at(20)
    tonight = night_of(moment(datetime.now(UTC), zone))

    command("trial", "start", "caffeine", "--yes", zone=zone)
    command("trial", "stop", zone=zone)
    command("trial", "start", "caffeine", "--yes", zone=zone)

    first, _, second = exported()
    assert first["night"] == (tonight + timedelta(days=1)).isoformat()
    assert first["payload"] == second["payload"]


def test_it_names_what_cannot_be_tried(command: Command, exported: Exported) -> None:
    for words, told in (
        (("iron",), "ask your doctor"),
        (("tea",), "what is tried is 'tea'; allowed: one of calf_wall_straight"),
        (("quad", "--nights", "9"), "nights is 9; allowed: a whole number, 14 to 365"),
    ):
        said = command("trial", "start", *words, "--yes")
        assert said.returncode == 2
        assert told in said.stderr
    assert exported() == []


def test_it_shows_the_simulated_persons_trial_and_learns_from_it(command: Command) -> None:
    evening = zone_at(20)
    command("demo", "--nights", "60", zone=evening)

    said = command("trial", "show", "--demo", zone=evening).stdout
    told = json.loads(command("learn", "--demo", "--json", zone=evening).stdout)["answer"]

    assert "Night 47 of 84." in said
    assert "Tonight: " in said
    assert told["setting"]["lot"] == "kept"
    assert told["setting"]["night"] == 46
    assert told["run_in"] == 14


def test_it_goes_by_the_clock_of_the_machine_that_it_runs_on(command: Command, exported: Exported) -> None:
    afternoon = zone_at(15)
    command("demo", "--nights", "60", zone=afternoon)

    assert "You see it from 17:00." in command("trial", "show", "--demo", zone=afternoon).stdout
    command("trial", "start", "calf_wall_straight", "--yes", zone=afternoon)
    assert exported()[0]["zone"] == afternoon
