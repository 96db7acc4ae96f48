"""The t values of many schedules at once, against regressions written out with dense matrices."""

import numpy as np
import pytest

from quietlegs.trials.claim_statistic import autocorrelation, strengths, values_of
from quietlegs.trials.families import permuted_rounds
from quietlegs.trials.prior import Prior
from quietlegs.trials.schedule_sums import ScheduleSums
from quietlegs.trials.whitening import Floats


def dense(codes: Floats, answers: Floats, at: np.ndarray, phi: float, arms: tuple[int, ...]) -> Floats:
    """Return the t values of one schedule, by inverting the full matrix of correlations."""
    weigh = np.linalg.inv(phi ** np.abs(at[:, None] - at[None, :]))
    columns = np.column_stack([np.ones(at.size), at / 30, *((codes[at] == arm).astype(float) for arm in arms)])
    inverse = np.linalg.inv(columns.T @ weigh @ columns)
    beta = inverse @ columns.T @ weigh @ answers
    left = answers - columns @ beta
    variance = left @ weigh @ left / (at.size - columns.shape[1])
    return np.asarray(beta[2:] / np.sqrt(np.diag(inverse)[2:] * variance))


@pytest.mark.parametrize("arm_count", [2, 3, 4])
def test_it_agrees_with_dense_matrices(arm_count: int) -> None:
    rng = np.random.default_rng(arm_count)
    lots = permuted_rounds(arm_count, block_nights=2, rounds=10)
    codes, answers = lots.redraw(40, rng), np.cumsum(rng.normal(size=lots.nights)) + 30
    (at,) = np.nonzero(rng.random(lots.nights) > 0.3)
    comparator, arms = arm_count - 1, tuple(range(arm_count - 1))
    sums = ScheduleSums(codes, arms=arms, comparator=comparator, width=3)
    for night in at.tolist():
        sums.add(night, values_of(night, answers[night]))
    found, phi = strengths(sums), autocorrelation(sums.autocorrelated, sums.nights)

    assert sums.nights == at.size
    for place, row in enumerate(codes):
        assert found[:, place] == pytest.approx(dense(row, answers[at], at, phi, arms), rel=1e-8)


def test_its_autocorrelation_is_the_most_likely_one() -> None:
    rng = np.random.default_rng(7)
    answers = rng.normal(size=200)
    for night in range(1, 200):
        answers[night] += 0.6 * answers[night - 1]
    sums = ScheduleSums(np.zeros((1, 200), dtype=np.int8), arms=(1,), comparator=0, width=3)
    for night, answer in enumerate(answers.tolist()):
        sums.add(night, values_of(night, answer))
    nuisance = np.column_stack([np.ones(200), np.arange(200) / 30])

    def height(steady: float) -> float:
        weigh = np.linalg.inv(np.tanh(steady) ** np.abs(np.subtract.outer(np.arange(200), np.arange(200))))
        known = nuisance.T @ weigh @ nuisance
        left = answers - nuisance @ np.linalg.solve(known, nuisance.T @ weigh @ answers)
        size = np.linalg.slogdet(known)[1] - np.linalg.slogdet(weigh)[1]
        return float(Prior().log_density(np.array([steady]))[0] - (size + 198 * np.log(left @ weigh @ left)) / 2)

    best = max(np.linspace(-1, 2, 121), key=height)
    assert autocorrelation(sums.autocorrelated, sums.nights) == pytest.approx(np.tanh(best), abs=0.05)


def test_it_is_zero_where_a_schedule_has_no_answer_for_an_arm() -> None:
    codes = np.array([[0, 1, 2] * 4, [0, 1] * 6, [1, 2] * 6], dtype=np.int8)
    sums = ScheduleSums(codes, arms=(1, 2), comparator=0, width=3)
    for night, answer in enumerate(np.random.default_rng(3).normal(size=12).tolist()):
        sums.add(night, values_of(night, answer))
    found = strengths(sums)

    assert (found[:, 0] != 0).all()
    assert found[0, 1] != 0
    assert (found[1, 1], *found[:, 2]) == (0, 0, 0)
