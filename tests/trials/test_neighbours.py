"""One pass over the nights against the full matrix of correlations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietlegs.trials.neighbours import neighbours

GAPS = st.lists(st.integers(1, 9), min_size=1, max_size=15)


@given(GAPS, st.floats(-0.97, 0.97), st.integers(0, 1000))
def test_it_gives_the_products_that_the_full_correlations_would(gaps: list[int], phi: float, seed: int) -> None:
    on = np.datetime64("2026-01-05") + np.concatenate([[0], np.cumsum(gaps)])
    values = np.random.default_rng(seed).normal(size=(len(on), 3))
    correlation = phi ** np.abs(np.subtract.outer(on, on).astype(np.int64)).astype(float)
    found, row = neighbours(on, values), np.array([0.0, phi])

    wanted = values.T @ np.linalg.solve(correlation, values)
    assert found.products(row)[1] == pytest.approx(wanted, rel=1e-7, abs=1e-7)
    assert found.products(row)[0] == pytest.approx(values.T @ values)
    assert found.log_determinant(row)[1] == pytest.approx(np.linalg.slogdet(correlation)[1], abs=1e-8)


def test_it_takes_a_single_night() -> None:
    one = neighbours(np.array(["2026-01-05"], dtype="datetime64[D]"), np.array([[2.0]]))

    assert one.products(np.array([0.5])).tolist() == [[[4.0]]]
    assert one.log_determinant(np.array([0.5])).tolist() == [0.0]
