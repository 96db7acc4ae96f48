"""Simulated people whose answer is known: how often the interval covers it, at one single look.

The tables in docs/methods/estimate.md come from ``pytest -m slow -s tests/trials/test_estimate_coverage.py``.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from tests.truth.people import Person, nights_of

from quietlegs.trials.estimate import estimate
from quietlegs.trials.regressors import Declared

NIGHTS = 90
DIARIES = 500
PHIS = (-0.2, 0.0, 0.3, 0.5, 0.8)
SPREADS = ((1, 0.0), (1, 0.2), (1, 0.4), (2, 0.0), (2, 0.2), (2, 0.4))


class Covered(NamedTuple):
    share: float
    own: float
    bias: float
    width: float


def cover(person: Person, diaries: int, seed: int) -> Covered:
    """Return per cent covered (the truth; the mean difference over the very nights), bias and width."""
    rng = np.random.default_rng(seed)
    declared, truth = Declared(carry_over=person.carried > 0), person.truth()
    rows = []
    for _ in range(diaries):
        rounds = [rng.permutation(3) for _ in range(NIGHTS // 3 // person.block)]
        arms = np.repeat(np.concatenate(rounds), person.block)
        felt = person.level + person.noise(NIGHTS, 1, rng)[0]
        own = float((person.answered(felt + person.effect) - person.answered(felt)).mean())
        answers = person.answered(felt + person.doing(arms))
        answers[person.left_out(felt, rng)] = np.nan
        b = estimate(nights_of(answers, arms, 3), comparator="0", declared=declared).of("1").effect
        rows.append([100 * (b.low <= truth <= b.high), 100 * (b.low <= own <= b.high), b.mean - truth, b.high - b.low])
    return Covered(*np.mean(rows, axis=0).tolist())


def show(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def table(title: str, cell: Callable[[float, float, float, int], str]) -> None:
    """Print one row an autocorrelation, one column a spread and share of missing nights."""
    show(f"\n{title}")
    show("| phi | " + " | ".join(f"SD {sd}, {missing:.0%} missing" for sd, missing in SPREADS) + " |")
    show("|---" * (len(SPREADS) + 1) + "|")
    for phi in PHIS:
        cells = [cell(phi, sd, missing, 100 * int(10 * phi + 5) + place) for place, (sd, missing) in enumerate(SPREADS)]
        show(f"| {phi} | " + " | ".join(cells) + " |")


@pytest.mark.parametrize(("effect", "whole"), [(0.0, False), (-1.0, False), (-1.0, True)])
def test_it_covers_the_truth_about_as_often_as_it_says(effect: float, whole: bool) -> None:
    found = cover(Person(phi=0.5, sd=2, missing=0.2, effect=effect, whole=whole), 120, 11)

    assert 89 <= found.share <= 100
    assert abs(found.bias) < 0.2


@pytest.mark.slow
@pytest.mark.parametrize("effect", [0.0, -1.0])
def test_it_covers_the_truth_in_every_cell_of_the_table(effect: float) -> None:
    every: list[Covered] = []

    def cell(phi: float, sd: float, missing: float, seed: int) -> str:
        every.append(cover(Person(phi=phi, sd=sd, missing=missing, effect=effect), DIARIES, seed))
        return f"{every[-1].share:.1f} % ({every[-1].bias:+.2f})"

    table(f"Effect {effect:g}, answers on a scale without steps: coverage (bias)", cell)

    noise = 100 * (0.95 * 0.05 / DIARIES) ** 0.5
    assert np.mean([one.share for one in every]) == pytest.approx(95, abs=2)
    assert all(93 - 2 * noise <= one.share <= 97 + 2 * noise for one in every)


@pytest.mark.slow
@pytest.mark.parametrize("effect", [0.0, -1.0])
def test_it_says_how_far_whole_answers_piled_at_zero_break_the_promise(effect: float) -> None:
    every: list[Covered] = []

    def cell(phi: float, sd: float, missing: float, seed: int) -> str:
        every.append(cover(Person(phi=phi, sd=sd, missing=missing, effect=effect, whole=True), DIARIES, seed))
        return f"{every[-1].share:.1f} / {every[-1].own:.1f} % ({every[-1].bias:+.2f})"

    truths = ", ".join(
        f"{Person(phi=0, sd=sd, missing=0, effect=effect, whole=True).truth():+.2f} with SD {sd}" for sd in (1, 2)
    )
    table(f"Effect {effect:g} before rounding ({truths} after), 0 to 10: coverage of it / own nights (bias)", cell)

    noise = 100 * (0.95 * 0.05 / DIARIES) ** 0.5
    assert all(one.own >= 93 - 2 * noise for one in every)
    assert all(one.share >= 85 for one in every)


@pytest.mark.slow
def test_it_is_nearly_unbiased_when_carry_over_is_declared() -> None:
    show("\nEffect -1, 20 % missing, carry-over declared: bias, coverage")
    show("| carried over | nights a block | SD | phi 0 | phi 0.5 |\n|---|---|---|---|---|")
    found = {}
    for carried, block, sd in [(c, b, s) for c in (0.3, 0.5) for b in (1, 3) for s in (1, 2)]:
        person = Person(phi=0.0, sd=sd, missing=0.2, effect=-1.0, carried=carried, block=block)
        cells = [cover(replace(person, phi=phi), DIARIES, 900 + sd) for phi in (0.0, 0.5)]
        found[carried, block, sd] = cells
        show(f"| {carried} | {block} | {sd} | " + " | ".join(f"{c.bias:+.2f}, {c.share:.1f} %" for c in cells) + " |")

    allowed = {key: 0.1 + 2 * cell.width / 4 / DIARIES**0.5 for key, cells in found.items() for cell in cells}
    assert all(abs(cell.bias) < allowed[key] for key, cells in found.items() for cell in cells)


@pytest.mark.slow
def test_it_says_how_often_one_of_several_idle_arms_seems_to_do_something() -> None:
    """The intervals keep their promise one by one; that many arms make no winner is the claim's work."""
    rng, shares = np.random.default_rng(41), {}
    for count in (2, 3, 4):
        seeming = 0
        for _ in range(DIARIES):
            arms = np.concatenate([rng.permutation(count) for _ in range(NIGHTS)])[:NIGHTS]
            person = Person(phi=0.5, sd=2)
            felt = person.level + person.noise(NIGHTS, 1, rng)[0]
            found = estimate(nights_of(felt, arms, count), comparator="0")
            seeming += any(one.effect.low > 0 or one.effect.high < 0 for one in found.arms)
        shares[count] = 100 * seeming / DIARIES
    show(f"\nNo arm does anything; per cent of diaries in which one interval leaves out zero, by arms: {shares}")

    assert shares[2] == pytest.approx(5, abs=3)
    assert shares[2] < shares[4] < 15
