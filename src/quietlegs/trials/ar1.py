"""Regression on the arms with AR(1) errors, by exact maximum likelihood on the answered nights."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from quietlegs.trials.interval import Difference, difference
from quietlegs.trials.nights import NO_ARM, Nights, NoSpreadError, TooFewNightsError
from quietlegs.trials.whitening import Floats, Whitening, whitening

FEWEST_NIGHTS = 8
FEWEST_PER_ARM = 3
_COARSE = np.linspace(-0.98, 0.98, 25)
_END = 1 - 1e-5
_TOO_NEAR_THE_END = 1 - 1e-4
_PHI_TOLERANCE = 1e-9
_NO_SPREAD = 1e-9
_TOUCHES = 1e-4
# A standard error by scores this many times the one by least squares says that the scores have broken down.
_WIDEST = 30.0


class Covariance(StrEnum):
    """Where the standard errors come from: outer product of the scores, or least squares given phi."""

    OPG = "opg"
    GLS = "gls"


@dataclass(frozen=True, slots=True)
class Ar1:
    """The fit: each arm less the comparator, in the outcome's unit.

    `phi` is the autocorrelation from night to night, `sigma` the standard deviation of what one night adds,
    `used` the answered nights, `missing` the nights of these arms without an answer.
    """

    differences: dict[str, Difference]
    intercept: float
    phi: float
    sigma: float
    log_likelihood: float
    used: int
    missing: int


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    beta: Floats
    residuals: Floats
    variance: float
    log_likelihood: float
    frame: Whitening


def ar1(nights: Nights, *, comparator: str, covariance: Covariance = Covariance.OPG) -> Ar1:
    """Estimate every arm against the comparator when one night resembles the night before.

    Exact Gaussian likelihood, the first night stationary; unanswered nights need no imputation. Tests and
    intervals are normal and hold for one single look.

    Parameters
    ----------
    nights : Nights
        Nights without an arm are left out, as are nights not answered.
    covariance : Covariance, optional
        OPG as ``SARIMAX(1,0,0)`` with regressors reports it, or GLS given the fitted autocorrelation.

    Raises
    ------
    NightsError
        UnknownArmError; TooFewNightsError below 8 answered nights or 3 in an arm; NoSpreadError.

    References
    ----------
    Jones 1980, doi:10.1080/00401706.1980.10486171; Berndt et al. 1974 for OPG.

    Examples
    --------
    >>> from datetime import date
    >>> from quietlegs.trials.nights import nights_from
    >>> on, answers = [date(2026, 1, d) for d in range(1, 11)], [3, 5, 2, 6, 3, 4, 1, 6, 2, 5]
    >>> round(ar1(nights_from(on, ["a", "b"] * 5, answers), comparator="a").differences["b"].estimate, 1)
    3.0
    """
    nights.having(comparator)
    others = tuple(name for name in nights.arm_names if name != comparator)
    drawn = nights.arms != NO_ARM
    kept = nights.where(drawn & nights.answered)
    _check_enough(kept)
    columns = [np.ones(len(kept)), *(kept.having(name).astype(np.float64) for name in others)]
    design, centre = np.column_stack(columns), float(kept.outcomes.mean())
    fit = _most_likely(kept.on, design, kept.outcomes - centre)
    errors = np.sqrt(np.diag(_covariance(fit, design, covariance)))
    found = {name: difference(float(fit.beta[i]), float(errors[i])) for i, name in enumerate(others, start=1)}
    return Ar1(
        differences=found,
        intercept=float(fit.beta[0]) + centre,
        phi=fit.frame.phi,
        sigma=fit.variance**0.5,
        log_likelihood=fit.log_likelihood,
        used=len(kept),
        missing=int(drawn.sum()) - len(kept),
    )


def _check_enough(kept: Nights) -> None:
    for arm in kept.arm_names:
        count = int(kept.having(arm).sum())
        if count < FEWEST_PER_ARM:
            raise TooFewNightsError(f"answered nights with {arm}", count, f"{FEWEST_PER_ARM} or more")
    if len(kept) < FEWEST_NIGHTS:
        raise TooFewNightsError("answered nights", len(kept), f"{FEWEST_NIGHTS} or more")


def _most_likely(on: NDArray[np.datetime64], design: Floats, outcomes: Floats) -> _Fit:
    """Search the autocorrelation alone: given it, everything else has a closed form."""

    def worse(phi: float) -> float:
        return -_fit(whitening(on, phi), design, outcomes).log_likelihood

    from scipy.optimize import minimize_scalar  # noqa: PLC0415 - loaded where an answer is fitted, not at every start

    # The likelihood may have two hills, so the search starts from the best of a coarse row of values.
    start = int(np.argmin([worse(float(phi)) for phi in _COARSE]))
    ends = np.concatenate([[-_END], _COARSE, [_END]])
    found = minimize_scalar(
        worse, bounds=(ends[start], ends[start + 2]), method="bounded", options={"xatol": _PHI_TOLERANCE}
    )
    if abs(found.x) > _TOO_NEAR_THE_END:
        raise NoSpreadError("answers", "each predicted by the one before", "answers that vary within the arms")
    return _fit(whitening(on, float(found.x)), design, outcomes)


def _fit(frame: Whitening, design: Floats, outcomes: Floats) -> _Fit:
    regressors, target = frame.white(design), frame.white(outcomes)
    beta = np.asarray(np.linalg.solve(regressors.T @ regressors, regressors.T @ target), dtype=np.float64)
    left = target - regressors @ beta
    variance = float(left @ left) / left.size
    if variance <= (_NO_SPREAD * float(np.abs(outcomes).max())) ** 2:
        raise NoSpreadError("answers", "predicted without any error", "answers that vary within the arms")
    log_likelihood = -0.5 * (left.size * (np.log(2 * np.pi * variance) + 1) + np.log(frame.spread).sum())
    return _Fit(beta, outcomes - design @ beta, variance, float(log_likelihood), frame)


def _covariance(fit: _Fit, design: Floats, kind: Covariance) -> Floats:
    """Return the covariance of the coefficients."""
    regressors = fit.frame.white(design)
    plain = np.asarray(np.linalg.inv(regressors.T @ regressors) * fit.variance, dtype=np.float64)
    if kind is Covariance.GLS:
        return plain
    expected = np.sqrt((regressors**2).sum(axis=0) / fit.variance)
    found = _inverse(_scores(fit, regressors), expected)
    if (np.diag(found) > _WIDEST**2 * np.diag(plain)).any():
        raise NoSpreadError("answers", "too regular for a standard error", "answers that vary within the arms")
    return found


def _inverse(scores: Floats, expected: Floats) -> Floats:
    """Invert the scores' outer product, as far as the coefficients' columns go: the first, one for each `expected`.

    Nights that are far apart say nothing about phi beside the variance; that direction is left out, since the
    coefficients do not depend on it. A direction that does touch them has no standard error. Coefficients are measured
    by the size that their scores should have: where an arm's answers are all the same, only rounding is left of it.
    """
    wanted = len(expected)
    size = np.sqrt((scores**2).sum(axis=0))
    size[size == 0] = 1.0
    size[:wanted] = expected
    scaled = scores / size
    values, vectors = np.linalg.eigh(scaled.T @ scaled)
    known = values > _NO_SPREAD * values[-1]
    if np.abs(vectors[:wanted, ~known]).max(initial=0.0) > _TOUCHES:
        raise NoSpreadError("answers", "too regular for a standard error", "answers that vary within the arms")
    kept = vectors[:, known] / np.sqrt(values[known])
    found = (kept @ kept.T) / np.outer(size, size)
    return np.asarray(found[:wanted, :wanted], dtype=np.float64)


def _scores(fit: _Fit, regressors: Floats) -> Floats:
    """Return each night's derivative of the log likelihood by the coefficients, phi and the variance."""
    frame, variance = fit.frame, fit.variance
    new, left = frame.novel(fit.residuals), frame.white(fit.residuals)
    before = np.concatenate([[0.0], fit.residuals[:-1]])
    by_beta = regressors * (left / variance)[:, None]
    by_variance = (left**2 / variance - 1) / (2 * variance)
    by_spread = (left**2 / variance - 1) / (2 * frame.spread)
    by_phi = by_spread * frame.spread_slope() + new * before * frame.carry_slope() / (variance * frame.spread)
    return np.column_stack([by_beta, by_phi, by_variance])
