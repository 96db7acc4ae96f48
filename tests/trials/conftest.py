"""Simulated nights whose answer is known."""

from collections.abc import Callable

import numpy as np
import pytest

from quietlegs.trials.nights import Nights

Simulate = Callable[..., Nights]


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
