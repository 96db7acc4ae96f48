"""The fast path against the definition written out in full."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietlegs.trials.whitening import whitening

GAPS = st.lists(st.integers(1, 9), min_size=1, max_size=15)
PHI = st.floats(-0.95, 0.95)


def days(gaps: list[int]) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.datetime64("2026-01-05") + np.concatenate([[0], np.cumsum(gaps)])


@given(GAPS, PHI)
def test_it_whitens_as_the_full_covariance_would(gaps: list[int], phi: float) -> None:
    on = days(gaps)
    apart = np.abs(np.subtract.outer(on, on).astype(np.int64))
    covariance = np.power(phi, apart.astype(float)) / (1 - phi**2)
    frame = whitening(on, phi)
    whitener = frame.white(np.eye(len(on)))

    assert whitener @ covariance @ whitener.T == pytest.approx(np.eye(len(on)), abs=1e-8)
    assert np.log(frame.spread).sum() == pytest.approx(np.linalg.slogdet(covariance)[1], abs=1e-8)


@given(GAPS, PHI)
def test_it_knows_how_it_changes_with_the_autocorrelation(gaps: list[int], phi: float) -> None:
    on, step = days(gaps), 1e-6
    below, frame, above = (whitening(on, phi + turn * step) for turn in (-1, 0, 1))

    assert frame.carry_slope() == pytest.approx((above.carry - below.carry) / (2 * step), rel=1e-4, abs=1e-4)
    assert frame.spread_slope() == pytest.approx((above.spread - below.spread) / (2 * step), rel=1e-4, abs=1e-4)


def test_it_takes_a_single_night() -> None:
    frame = whitening(np.array(["2026-01-05"], dtype="datetime64[D]"), 0.5)

    assert frame.spread.tolist() == pytest.approx([4 / 3])
    assert frame.white(np.array([2.0])).tolist() == pytest.approx([3**0.5])
