"""The statistic of the claim: each arm's t value against the comparator, for all schedules of the same answers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from quietlegs.trials.prior import Prior
from quietlegs.trials.regressors import TREND_NIGHTS
from quietlegs.trials.schedule_sums import Products, ScheduleSums
from quietlegs.trials.whitening import Floats

NUISANCE = 2
_SINGULAR = 1e-9
_STEADY = np.linspace(-1.2, 2.2, 69)
_PHI = np.tanh(_STEADY)
_WEAK = Prior().log_density(_STEADY)


def values_of(night: int, answer: float) -> Floats:
    """Return what a night brings under every schedule: level, trend and answer."""
    return np.array([1.0, night / TREND_NIGHTS, answer])


def strengths(sums: ScheduleSums) -> Floats:
    """Return arms by schedules: the t value of each arm less the comparator.

    Generalised least squares with AR(1) errors. The autocorrelation is fitted to the answers alone, with level and
    trend but without arms, so that it is the same for every schedule. 0 where an arm or the comparator has no answer
    yet, or where nothing is left to measure by.

    Examples
    --------
    >>> codes = np.array([[0, 1, 0, 1, 1, 0], [1, 0, 1, 0, 0, 1]], dtype=np.int8)
    >>> sums = ScheduleSums(codes, arms=(1,), comparator=0, width=3)
    >>> for night, answer in enumerate([3.0, 5.0, 2.0, 5.0, 6.0, 2.0]):
    ...     sums.add(night, values_of(night, answer))
    >>> bool((strengths(sums)[0] * [1, -1] > 2).all())
    True
    """
    seen = sums.answered
    df = sums.nights - NUISANCE - (len(seen) - 1)
    if df < 1:
        return np.zeros((len(seen) - 1, seen.shape[1]))
    adjusted = _adjusted(sums.products(autocorrelation(sums.autocorrelated, sums.nights)))
    if adjusted.left <= 0:
        return np.zeros((len(seen) - 1, seen.shape[1]))
    inverse = _inverse(adjusted.own)
    estimate = [sum(row[other] * adjusted.score[other] for other in range(len(row))) for row in inverse]
    explained = sum(one * score for one, score in zip(estimate, adjusted.score, strict=True))
    rest = np.maximum(adjusted.left - explained, _SINGULAR * adjusted.left) / df
    ready = (seen > 0) & (seen[-1] > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = [
            one / np.sqrt(row[place] * rest) for place, (one, row) in enumerate(zip(estimate, inverse, strict=True))
        ]
    return np.where(ready[:-1] & np.isfinite(found), found, 0.0)


def autocorrelation(autocorrelated: Callable[[Floats], tuple[Floats, Floats]], nights: int) -> float:
    """Return the most likely autocorrelation of the answers around level and trend, with the estimate's weak prior.

    `autocorrelated` gives, for each of several autocorrelations, the products of level, trend and answers through the
    inverse correlations of the errors, and their log determinant.
    """
    among, log_determinant = autocorrelated(_PHI)
    nuisance = among[:, :NUISANCE, :NUISANCE]
    beside = among[:, :NUISANCE, -1]
    size = nuisance[:, 0, 0] * nuisance[:, 1, 1] - nuisance[:, 0, 1] ** 2
    solved = np.linalg.solve(nuisance, beside[..., None])[..., 0]
    left = among[:, -1, -1] - (beside * solved).sum(axis=1)
    if left.min() <= 0:
        return 0.0
    height = _WEAK - (log_determinant + np.log(size) + (nights - NUISANCE) * np.log(left)) / 2
    return float(_PHI[np.argmax(height)])


@dataclass(frozen=True, slots=True, eq=False)
class _Adjusted:
    """The arms' equations once level and trend are solved for, and what is left of the answers."""

    own: list[list[Floats]]
    score: list[Floats]
    left: float


def _adjusted(found: Products) -> _Adjusted:
    root = np.linalg.cholesky(found.among[:NUISANCE, :NUISANCE])
    half = np.linalg.solve(root, found.among[:NUISANCE, -1])
    arms = range(found.beside.shape[1])
    sides = np.tensordot(np.linalg.inv(root), found.beside[:NUISANCE], axes=1)
    score = [found.beside[-1, arm] - half @ sides[:, arm] for arm in arms]
    own = [[found.own[min(a, b), max(a, b)] - (sides[:, a] * sides[:, b]).sum(axis=0) for b in arms] for a in arms]
    left = float(found.among[-1, -1] - half @ half)
    return _Adjusted(own, score, left if left > _SINGULAR * float(found.among[-1, -1]) else 0.0)


def _inverse(matrix: list[list[Floats]]) -> list[list[Floats]]:
    """Invert one small symmetric matrix a schedule, by sweeping; what cannot be known is left out, with a row of 0."""
    count, now = range(len(matrix)), [list(row) for row in matrix]
    for pivot in count:
        size = now[pivot][pivot]
        with np.errstate(divide="ignore"):
            turned = np.where(size > _SINGULAR * np.maximum(matrix[pivot][pivot], 1.0), 1 / size, 0.0)
        column = [now[row][pivot] * turned for row in count]
        after = [[now[row][col] - column[row] * now[pivot][col] for col in count] for row in count]
        for other in count:
            after[other][pivot], after[pivot][other] = -column[other], now[pivot][other] * turned
        after[pivot][pivot] = turned
        now = after
    return now
