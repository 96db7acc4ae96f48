"""Mixtures of t distributions against scipy's, and roots where Newton's method alone would fail."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import t

from quietlegs.trials.mixture import Mixture, roots

LEVELS = np.array([0.001, 0.025, 0.5, 0.975, 0.999])


def mixed(seed: int, *, apart: float = 1.0) -> Mixture:
    rng = np.random.default_rng(seed)
    return Mixture(rng.dirichlet(np.ones(7)), apart * rng.normal(size=(3, 7)), rng.uniform(0.01, 2, (3, 7)), 9.0)


@given(st.integers(0, 10_000), st.floats(0, 50))
@example(7156, 50.0)  # a part of a hundredth in a whole of fifty
def test_it_finds_quantiles_that_its_own_chances_give_back(seed: int, apart: float) -> None:
    mixture = mixed(seed, apart=apart)

    assert mixture.below(mixture.quantiles(LEVELS)) == pytest.approx(np.tile(LEVELS, (3, 1)), abs=1e-9)


def test_it_is_students_t_when_there_is_one_part() -> None:
    one = Mixture(np.ones(1), np.array([[2.0]]), np.array([[0.5]]), 5.0)
    same = t(5, loc=2, scale=0.5)

    assert one.quantiles(LEVELS)[0] == pytest.approx(same.ppf(LEVELS), abs=1e-9)
    assert [one.means()[0], one.sds()[0]] == pytest.approx([same.mean(), same.std()])


def test_it_has_the_moments_of_its_draws() -> None:
    mixture, rng = mixed(3), np.random.default_rng(4)
    part = rng.choice(7, size=400_000, p=mixture.weight)
    draws = mixture.mean[0, part] + mixture.scale[0, part] * rng.standard_t(9, size=part.size)

    assert [draws.mean(), draws.std()] == pytest.approx([mixture.means()[0], mixture.sds()[0]], rel=0.02, abs=0.01)


def test_it_hands_out_its_first_quantities() -> None:
    assert mixed(1).top(2).means().tolist() == mixed(1).means()[:2].tolist()


@pytest.mark.parametrize("start", [-40.0, 0.0, 55.0])
def test_it_finds_a_root_across_a_valley_without_density(start: float) -> None:
    def curve(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        density = np.where((points >= 0) & (points <= 10) & (points % 9 < 1), 0.5, 0.0)
        return np.clip(points, 0, 1) / 2 + np.clip(points - 9, 0, 1) / 2, density

    assert roots(curve, np.array([0.75]), start=np.array([start]), step=np.array([1.0])) == pytest.approx(9.5)
