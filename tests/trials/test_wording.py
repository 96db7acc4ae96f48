"""What people read about an estimate."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from quietlegs.trials.compare import Comparison, NotYet, compare
from quietlegs.trials.nights import Nights, nights_from
from quietlegs.trials.wording import Better, sentences

Simulate = Callable[..., Nights]
CLAIMS = re.compile(r"\b(help|helps|helped|work|works|cure|cures|proves?|significant|effective)\b", re.IGNORECASE)


def estimate(simulate: Simulate, effect: float) -> Comparison:
    nights = simulate(np.random.default_rng(8), 80, effect=effect)
    found = compare(nights, arm="calf", comparator="breathing")
    assert isinstance(found, Comparison)
    return found


def too_few(*answers: float | None) -> NotYet:
    days = [date(2026, 1, 5) + timedelta(days=k) for k in range(len(answers))]
    found = compare(nights_from(days, (["a", "b"] * len(answers))[: len(answers)], answers), arm="b", comparator="a")
    assert isinstance(found, NotYet)
    return found


@pytest.mark.parametrize(
    ("effect", "better", "told"),
    [
        (-3, Better.LOWER, "lower (the way you want) on"),
        (3, Better.LOWER, "higher (not the way you want) on"),
        (-3, Better.HIGHER, "lower (not the way you want) on"),
        (3, Better.HIGHER, "higher (the way you want) on"),
        (-3, Better.UNSAID, " lower on nights"),
        (3, Better.UNSAID, " higher on nights"),
    ],
)
def test_it_says_which_way_and_whether_it_is_wanted(
    simulate: Simulate, effect: float, better: Better, told: str
) -> None:
    assert told in sentences(estimate(simulate, effect), outcome="severity", better=better)[0]


@pytest.mark.parametrize("effect", [-6, 0, 6])
def test_it_never_claims_anything(simulate: Simulate, effect: float) -> None:
    told = " ".join(sentences(estimate(simulate, effect), outcome="severity", better=Better.LOWER))

    assert CLAIMS.search(told) is None
    assert "estimate, not a verdict" in told
    assert "every night" in told
    assert "placebo" in told


def test_it_names_nights_used_and_missing(simulate: Simulate) -> None:
    found = estimate(simulate, -1)
    told = sentences(found, outcome="severity")[-1]

    assert f"{found.arm.used} nights with calf" in told
    assert f"Not answered: {found.arm.missing} and {found.comparator.missing}." in told


def test_it_says_so_when_the_range_includes_no_difference(simulate: Simulate) -> None:
    assert "includes no difference" in sentences(estimate(simulate, 0), outcome="severity")[1]
    assert "includes no difference" not in sentences(estimate(simulate, 6), outcome="severity")[1]


def test_it_says_not_enough_yet_with_the_least_number_of_nights() -> None:
    told = sentences(too_few(3, 4, 2, 5, 3, 1, 4), outcome="severity")

    assert told[0] == "Not enough yet to compare b with a: at least 1 more answered night is needed."
    assert told[-1] == "Used: 3 nights with b and 4 nights with a. Not answered: 0 and 0."


def test_it_gives_no_range_for_answers_that_do_not_vary() -> None:
    told = sentences(too_few(*[4] * 10), outcome="severity")

    assert "do not vary" in told[0]
    assert not any("anywhere" in sentence for sentence in told)
