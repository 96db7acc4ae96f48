"""What people are told before they start."""

from dataclasses import replace

import numpy as np
import pytest

from quietlegs.trials.plan_nights import Aim, Change, NightsPlan, Suggestion, Usual, plan_nights
from quietlegs.trials.plan_wording import plan_sentences

USUAL = Usual(2, 0.5, 0.2, 28)
AIM = Aim(arm_count=3, block_nights=3, horizon_nights=90)
PLAN = NightsPlan(
    USUAL, AIM, 351, 252, 576, 0.24, tuple(Suggestion(change, AIM, 10 * place) for place, change in enumerate(Change))
)


def test_it_says_how_long_it_takes_and_what_would_be_shorter() -> None:
    assert plan_sentences(PLAN) == (
        "With your usual spread, a difference of 1 point takes about 351 nights to show (range 252 to 576).",
        "In the 90 nights you planned, about 2 of 10 such trials would find it.",
        "With one movement at a time against the comparison: about 0 nights.",
        "With a new draw every night: about 10 nights.",
        "With one movement at a time and a new draw every night: about 20 nights.",
        "As it is, with a longer trial: about 30 nights.",
    )


def test_it_says_so_when_the_answer_fits_the_nights() -> None:
    years = "more than two years"
    short = replace(PLAN, nights=40, low=30, high=None, suggestions=(), aim=replace(AIM, effect=2.0))

    assert plan_sentences(short) == (
        f"With your usual spread, a difference of 2 points takes about 40 nights to show (range 30 to {years}).",
        "If the difference is there, 8 of 10 such trials find it in that time.",
    )


def test_it_says_so_when_it_takes_years() -> None:
    first, *_ = plan_sentences(replace(PLAN, nights=None, low=None, high=None))

    assert first == (
        "With your usual spread, a difference of 1 point takes more than two years to show. That is too long to plan."
    )


@pytest.mark.parametrize("word", ["patient", "user", "cure", "fail", "comply"])
def test_it_keeps_to_the_words(word: str) -> None:
    assert word not in " ".join(plan_sentences(plan_nights(USUAL, AIM, np.random.default_rng(1))))
