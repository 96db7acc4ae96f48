"""`quietlegs trial`: how long it takes, and how often it would work, before the first night."""

import re
from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from quietlegs.cli.main import app


@pytest.fixture
def trial() -> Callable[..., Result]:
    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["trial", *words], env={"NO_COLOR": "1"})

    return run


def test_it_plans_and_says_what_would_make_it_shorter(trial: Callable[..., Result]) -> None:
    said = trial("plan", "--arms", "3", "--block", "3").stdout

    assert re.search(r"takes about \d+ nights to show \(range \d+ to \d+\)", said)
    assert "With a new draw every night" in said


def test_it_rehearses_on_made_up_people(trial: Callable[..., Result]) -> None:
    said = trial("simulate", "--people", "20", "--effect", "4", "--nights", "40").stdout

    assert "20 of 20 were told so (100%), looking every night." in said
    assert re.search(r"Half of these knew it by night \d+", said)
    assert "told something that is not so" in said


@pytest.mark.parametrize("word", ["plan", "simulate"])
def test_it_names_what_cannot_be_planned(trial: Callable[..., Result], word: str) -> None:
    for option, value, words in (
        ("--arms", "9", "arm_count is 9; allowed: a whole number, 2 to 4 arms"),
        ("--sd", "0", "sd is 0.0; allowed: 0.1 to 5 points"),
        ("--nights", "3", "horizon_nights is 3"),
    ):
        said = trial(word, option, value)

        assert said.exit_code == 2
        assert said.stdout == ""
        assert words in said.stderr
