"""Simulated nights whose answer is known."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from quietlegs.trials.design import Design, Stage
from quietlegs.trials.judge import judge
from quietlegs.trials.nights import Nights
from quietlegs.trials.schedule import draw
from quietlegs.trials.verdict import Answer

Simulate = Callable[..., Nights]
Rehearse = Callable[..., tuple[Nights, Answer]]


@pytest.fixture
def simulate() -> Simulate:
    """Draw nights in rounds of all arms, with AR(1) answers and some left out."""

    def nights(rng: np.random.Generator, count: int, *, phi: float = 0.5, effect: float = -1.0) -> Nights:
        new = rng.normal(size=count) * 2 * np.sqrt(1 - phi**2)
        felt = np.empty(count)
        felt[0] = rng.normal() * 2
        for night in range(1, count):
            felt[night] = phi * felt[night - 1] + new[night]
        arms = np.concatenate([rng.permutation(2) for _ in range(count // 2 + 1)])[:count]
        answers = 5 + felt + effect * arms
        answers[rng.random(count) < 0.2] = np.nan
        return Nights(np.datetime64("2026-01-05") + np.arange(count), arms, ("breathing", "calf"), answers)

    return nights


@pytest.fixture(scope="session")
def rehearse() -> Rehearse:
    """Draw a trial of two stages (or an open-ended one), live the first nights of it, and judge it."""

    def answered(
        effects: tuple[float, ...] = (0.0, -3.0, 0.0), *, gone: int = 67, open_ended: bool = False
    ) -> tuple[Nights, Answer]:
        names = ("rest & <tea>", "calf", "walk")[: len(effects)]
        design = Design(names, names[0], 1, (Stage(12, 0.02), Stage(12, 0.03)), seed=4, open_ended=open_ended)
        schedule = draw(design, design.fresh_lot(), starts_on=date(2026, 1, 5))
        rng = np.random.default_rng(1)
        felt = 5 + rng.normal(size=len(schedule.arms)) + np.array([*effects, 0.0])[schedule.arms]
        felt[::9] = np.nan
        nights = Nights(schedule.on[:gone], schedule.arms[:gone], names, np.clip(np.rint(felt[:gone]), 0, 10))
        return nights, judge(nights, schedule)

    return answered
