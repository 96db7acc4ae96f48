"""All nights and all things together: right where nights are simple, honest about drift, and of one mind each time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietlegs.records.bounds import RangeError
from quietlegs.trials.pooled import Noise, pooled
from quietlegs.trials.whitening import Floats

ALONE = np.diag([0.8, 0.8])
ALIKE = np.array([[0.8, 0.6], [0.6, 0.8]])


def nights(effects: tuple[float, float], many: int, seed: int, *, drift: float = 0.0) -> tuple[Floats, Floats, Floats]:
    """Return places, answers and what was assigned: two things, each by a coin of its own."""
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 2, (many, 2)).astype(np.float64)
    places = np.arange(many, dtype=np.float64)
    felt = 5 + table @ np.array(effects) + drift * places + rng.normal(0, 1.2, many)
    return places, felt, table


def test_it_finds_two_effects_in_the_same_nights() -> None:
    found = pooled(*nights((-1.5, 1.0), 150, 1), ALONE)

    assert found.expected(0) == pytest.approx(-1.5, abs=0.5)
    assert found.expected(1) == pytest.approx(1.0, abs=0.5)
    assert (found.below(0) > 0.99, found.below(1) < 0.05) == (True, True)


def test_it_is_the_usual_answer_where_the_noise_is_known() -> None:
    places, felt, table = nights((-1.0, 0.5), 40, 2)
    known = Noise(drift=1e-6, sds=(1.2,), phi=1e-9, rounding=1e-6)
    design = np.column_stack([table, np.ones(40)])
    prior = np.diag([1 / 0.8, 1 / 0.8, 1 / known.level_sd**2])
    by_hand = np.linalg.solve(design.T @ design / 1.44 + prior, design.T @ (felt - known.level) / 1.44)

    found = pooled(places, felt, table, ALONE, known)

    assert [found.expected(place) for place in (0, 1)] == pytest.approx(by_hand[:2].tolist(), abs=1e-4)


def test_what_one_does_tells_of_its_like_and_of_nothing_else() -> None:
    places, felt, table = nights((-2.0, 0.0), 60, 3)
    table[:, 1] = 0

    assert pooled(places, felt, table, ALIKE).below(1) > 0.8
    assert pooled(places, felt, table, ALONE).below(1) == pytest.approx(0.5)


def test_it_takes_a_drift_for_no_effect() -> None:
    places, felt, table = nights((0.0, 0.0), 120, 4, drift=-0.02)
    # Kept from the middle on, as what was never left out again.
    table[:, 1] = places >= 60

    assert 0.3 < pooled(places, felt, table, ALONE).below(0) < 0.7
    assert pooled(places, felt, table, ALONE).below(1) < 0.9


def test_its_chances_are_kept_where_the_prior_is_true() -> None:
    rng, sure, right = np.random.default_rng(5), 0, 0
    for seed in range(200):
        effects = rng.multivariate_normal((0, 0), ALIKE)
        found = pooled(*nights((float(effects[0]), float(effects[1])), 30, seed), ALIKE)
        if found.below(0) > 0.8:
            sure += 1
            right += effects[0] < 0
    assert sure > 40
    assert right / sure > 0.85


@given(st.integers(0, 30), st.integers(0, 1000))
def test_it_gives_chances_whatever_the_nights(many: int, seed: int) -> None:
    places, _, table = nights((0.0, 0.0), many, seed)
    felt = np.random.default_rng(seed).integers(0, 11, many).astype(np.float64)
    found, again = (pooled(places, felt, table, ALIKE) for _ in range(2))

    for effect in (0, 1):
        assert 0 <= found.below(effect) <= 1
        assert found.below(effect) == again.below(effect)
    # Upside down, what helped harms.
    turned = pooled(places, 10 - felt, table, ALIKE)
    assert turned.below(0) == pytest.approx(1 - found.below(0))


def test_it_refuses_tables_that_do_not_fit() -> None:
    places, felt, table = nights((0.0, 0.0), 10, 6)
    with pytest.raises(RangeError):
        pooled(places, felt[:-1], table, ALONE)
    with pytest.raises(RangeError):
        pooled(places, felt, table[:, :1], ALONE)
