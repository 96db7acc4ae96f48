"""The closed form against the same model written out in full, and against its own prior."""

import sys
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp
from scipy.stats import kstest, t

from quietlegs.trials.autocorrelation import point_quantiles
from quietlegs.trials.neighbours import neighbours
from quietlegs.trials.nights import Nights
from quietlegs.trials.posterior import Posterior, posterior
from quietlegs.trials.prior import Prior
from quietlegs.trials.regressors import Declared, Regressors, regressors

Floats = NDArray[np.float64]
PRIOR = Prior(arms=(0.5, 1.0, 2.0))
CASES = [(12, 2, 0.5), (40, 3, 0.9), (40, 4, -0.6), (90, 3, 0.3), (60, 2, 0.97), (9, 3, 0.0)]


def person(nights: int, arms: int, phi: float, seed: int) -> tuple[Nights, Regressors]:
    rng = np.random.default_rng(seed)
    felt = rng.normal(size=nights)
    for night in range(1, nights):
        felt[night] += phi * felt[night - 1]
    codes = np.concatenate([rng.permutation(arms) for _ in range(nights // arms + 1)])[:nights]
    answers = 4 + felt - 0.5 * codes
    answers[arms:][rng.random(nights - arms) < 0.25] = np.nan
    coffee = np.where(rng.random(nights) < 0.15, np.nan, rng.integers(0, 3, nights))
    who = Nights(np.datetime64("2026-03-03") + np.arange(nights), codes, tuple("abcd"[:arms]), answers)
    return who, regressors(who, Declared(carry_over=True), {"coffee": coffee}, PRIOR)


def solved(who: Nights, built: Regressors, prior: Prior = PRIOR) -> Posterior:
    kept = who.answered
    return posterior(
        neighbours(who.on[kept], np.column_stack([built.values[kept], who.outcomes[kept]])), built.prior_sd, prior
    )


class InFull:
    """The model with dense matrices, one autocorrelation and one scale after the other, on 801 steps."""

    def __init__(self, who: Nights, built: Regressors, row: Floats) -> None:
        kept = who.answered
        self.design, self.answers, self.row = built.values[kept], who.outcomes[kept], row
        self.apart = np.abs(np.subtract.outer(who.on[kept], who.on[kept]).astype(np.int64)).astype(float)
        self.flat = np.where(np.isinf(built.prior_sd), 0, built.prior_sd**-2)
        steps = np.linspace(PRIOR.phi_centre - 6.5 * PRIOR.phi_spread, PRIOR.phi_centre + 6.5 * PRIOR.phi_spread, 801)
        cells = np.array([self.cell(float(step), scale) for step, scale in product(steps, PRIOR.arms)])
        self.evidence = float(logsumexp(cells[:, 0]) + np.log(steps[1] - steps[0]))
        self.weight = np.exp(cells[:, 0] - logsumexp(cells[:, 0]))
        self.centre, self.scale = cells[:, 1], cells[:, 2]
        self.df = PRIOR.sigma_df + len(self.answers) - 1
        self.mean = float(self.weight @ self.centre)
        within = self.scale**2 * self.df / (self.df - 2)
        self.sd = float(self.weight @ (within + (self.centre - self.mean) ** 2)) ** 0.5

    def cell(self, steady: float, scale: float) -> list[float]:
        """Return the log joint density, and the centre and scale of the t distribution of the quantity."""
        x, y, n = self.design, self.answers, len(self.answers)
        correlation = np.tanh(steady) ** self.apart
        weighted = np.linalg.solve(correlation, np.column_stack([x, y]))
        precision = np.concatenate([self.flat, np.full(x.shape[1] - len(self.flat), scale**-2)])
        full = x.T @ weighted[:, :-1] + np.diag(precision)
        beta = np.linalg.solve(full, x.T @ weighted[:, -1])
        left = y - x @ beta
        rest = left @ np.linalg.solve(correlation, left) + beta @ (precision * beta)
        before, after = PRIOR.sigma_df / 2, (PRIOR.sigma_df + n - 1) / 2
        rate_before, rate = PRIOR.sigma_df * PRIOR.sigma**2 / 2, PRIOR.sigma_df * PRIOR.sigma**2 / 2 + rest / 2
        log_joint = (
            -(n - 1) / 2 * np.log(2 * np.pi)
            - np.linalg.slogdet(correlation)[1] / 2
            + np.log(precision[precision > 0]).sum() / 2
            - np.linalg.slogdet(full)[1] / 2
            + before * np.log(rate_before)
            - gammaln(before)
            + gammaln(after)
            - after * np.log(rate)
            - 0.5 * ((steady - PRIOR.phi_centre) / PRIOR.phi_spread) ** 2
            - np.log(PRIOR.phi_spread * np.sqrt(2 * np.pi))
            - np.log(len(PRIOR.arms))
        )
        spread = self.row @ np.linalg.solve(full, self.row) * rate / after
        return [float(log_joint), float(self.row @ beta), float(spread) ** 0.5]


@pytest.mark.parametrize(("nights", "arms", "phi"), CASES)
@pytest.mark.parametrize("kind", ["effect", "carried", "covariate"])
def test_it_equals_the_model_written_out_in_full(nights: int, arms: int, phi: float, kind: str) -> None:
    who, built = person(nights, arms, phi, seed=nights + arms)
    rows = {
        "effect": built.effect("b", "a"),
        "carried": built.carried("b", "a"),
        "covariate": built.covariate("coffee"),
    }
    full, found = InFull(who, built, rows[kind]), solved(who, built)
    mixture = found.contrasts(rows[kind][None])
    low, high = mixture.quantiles(np.array([0.025, 0.975]))[0]

    assert found.log_evidence() == pytest.approx(full.evidence, abs=1e-6)
    assert mixture.means()[0] == pytest.approx(full.mean, abs=1e-6)
    assert mixture.sds()[0] == pytest.approx(full.sd, abs=1e-6)
    for edge, level in ((low, 0.025), (high, 0.975)):
        assert full.weight @ t.cdf((edge - full.centre) / full.scale, full.df) == pytest.approx(level, abs=1e-6)


@pytest.mark.parametrize(("nights", "arms", "phi"), CASES[:3])
def test_its_moments_belong_to_its_mixtures(nights: int, arms: int, phi: float) -> None:
    who, built = person(nights, arms, phi, seed=1)
    found, rows = solved(who, built), np.random.default_rng(2).normal(size=(5, built.values.shape[1]))
    mean, covariance = found.moments()
    mixture = found.contrasts(rows)

    assert rows @ mean == pytest.approx(mixture.means(), abs=1e-8)
    assert np.sqrt(np.diag(rows @ covariance @ rows.T)) == pytest.approx(mixture.sds(), rel=1e-8)


def test_it_names_the_spread_of_single_nights() -> None:
    rng = np.random.default_rng(8)
    who = Nights(np.datetime64("2026-01-05") + np.arange(2000), np.arange(2000) % 2, ("a", "b"), rng.normal(5, 3, 2000))

    assert solved(who, regressors(who, Declared(), {}, PRIOR)).sigma() == pytest.approx(who.outcomes.std(), rel=0.01)


def places_from_the_prior(draws: int, seed: int) -> Floats:
    """Draw people from the prior; return where the truth lies in their posterior.

    Columns: the chance below the true effect and below the true carry-over, and whether the middle half
    and the middle 95 % of the autocorrelation hold the true one.
    """
    rng, found = np.random.default_rng(seed), []
    levels = np.array([0.25, 0.75, 0.025, 0.975])
    for _ in range(draws):
        who, built = person(int(rng.integers(10, 61)), int(rng.integers(2, 5)), 0.0, int(rng.integers(1 << 30)))
        sigma = (PRIOR.rate / rng.gamma(PRIOR.shape)) ** 0.5
        steady = PRIOR.phi_centre + PRIOR.phi_spread * rng.normal()
        sizes = np.where(np.isinf(built.prior_sd), 0.0, built.prior_sd)
        arms = np.full(built.values.shape[1] - built.nuisance, rng.choice(PRIOR.arms))
        beta = sigma * np.concatenate([sizes, arms]) * rng.normal(size=built.values.shape[1])
        apart = np.abs(np.subtract.outer(who.on, who.on).astype(np.int64)).astype(float)
        errors = sigma * np.linalg.cholesky(np.tanh(steady) ** apart) @ rng.normal(size=len(who))
        drawn = Nights(who.on, who.arms, who.arm_names, 4 + built.values @ beta + errors + 0 * who.outcomes)
        fit = solved(drawn, built)
        rows = np.array([built.effect("b", "a"), built.carried("b", "a")])
        inner_low, inner_high, low, high = point_quantiles(fit.steady, fit.weight().sum(axis=1), levels)
        below = fit.contrasts(rows).below((rows @ beta)[:, None])[:, 0]
        found.append([*below, inner_low <= steady <= inner_high, low <= steady <= high])
    return np.array(found, dtype=np.float64)


def _check_places(places: Floats) -> None:
    noise = 4 * (0.25 / len(places)) ** 0.5
    for column in (0, 1):
        assert kstest(places[:, column], "uniform").pvalue > 0.001
        assert np.mean(np.abs(places[:, column] - 0.5) <= 0.475) == pytest.approx(0.95, abs=noise * 0.45)
    assert places[:, 2].mean() == pytest.approx(0.5, abs=noise)
    assert places[:, 3].mean() == pytest.approx(0.95, abs=noise * 0.45)


def test_it_is_calibrated_over_some_people_drawn_from_the_prior() -> None:
    _check_places(places_from_the_prior(150, seed=31))


@pytest.mark.slow
def test_it_is_calibrated_over_many_people_drawn_from_the_prior() -> None:
    places = places_from_the_prior(3000, seed=32)
    inside = [100 * np.mean(np.abs(places[:, column] - 0.5) <= 0.475) for column in (0, 1)]
    sys.stdout.write(
        f"\n3000 people from the prior, 95 % intervals: effect {inside[0]:.1f} %, carry-over {inside[1]:.1f} %, "
        f"autocorrelation {100 * places[:, 3].mean():.1f} %\n"
    )

    _check_places(places)
