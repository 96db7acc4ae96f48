"""Laws of the regression; its figures are held against SARIMAX in tests/golden."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quietlegs.trials.ar1 import Ar1, Covariance, ar1
from quietlegs.trials.nights import Nights, NightsError, NoSpreadError, TooFewNightsError, UnknownArmError, nights_from
from quietlegs.trials.welch import welch
from quietlegs.trials.whitening import whitening

Simulate = Callable[..., Nights]
SEEDS = st.integers(0, 10_000)


def changed(nights: Nights, *, by: float = 0, times: float = 1, days: int = 0) -> Nights:
    return Nights(nights.on + days, nights.arms, nights.arm_names, nights.outcomes * times + by)


def drawn(seed: int) -> Nights:
    rng = np.random.default_rng(seed)
    answers = np.cumsum(rng.normal(size=40)) * 0.3 + rng.normal(size=40)
    answers[rng.random(40) < 0.2] = np.nan
    return Nights(np.datetime64("2026-01-05") + np.arange(40), np.arange(40) % 2, ("a", "b"), answers)


def figures(fit: Ar1) -> list[float]:
    found = fit.differences["b"]
    return [found.estimate, found.se, found.p, found.low, found.high, fit.phi, fit.sigma, fit.log_likelihood]


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.floats(-1000, 1000))
def test_it_moves_nothing_but_the_intercept_when_a_constant_is_added(seed: int, by: float) -> None:
    before, after = (ar1(nights, comparator="a") for nights in (drawn(seed), changed(drawn(seed), by=by)))

    assert figures(after) == pytest.approx(figures(before), rel=1e-4, abs=1e-6)
    assert after.intercept - before.intercept == pytest.approx(by, rel=1e-6, abs=1e-5)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.integers(-20_000, 20_000))
def test_it_does_not_care_which_year_it_is(seed: int, days: int) -> None:
    assert ar1(changed(drawn(seed), days=days), comparator="a") == ar1(drawn(seed), comparator="a")


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.floats(1e-3, 1e3))
def test_it_scales_with_the_unit_of_the_answers(seed: int, times: float) -> None:
    before, after = (ar1(nights, comparator="a") for nights in (drawn(seed), changed(drawn(seed), times=times)))
    one, other = before.differences["b"], after.differences["b"]

    assert [other.estimate, other.se, after.sigma] == pytest.approx(
        [one.estimate * times, one.se * times, before.sigma * times], rel=1e-4
    )
    assert [other.p, after.phi] == pytest.approx([one.p, before.phi], rel=1e-4, abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_it_turns_its_sign_when_the_arms_change_places(seed: int) -> None:
    one = ar1(drawn(seed), comparator="a").differences["b"]
    other = ar1(drawn(seed), comparator="b").differences["a"]

    assert [other.estimate, other.se] == pytest.approx([-one.estimate, one.se], rel=1e-5, abs=1e-7)


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_it_finds_the_top_of_the_likelihood_written_out_in_full(seed: int) -> None:
    nights = drawn(seed)
    fit = ar1(nights, comparator="a")
    kept = nights.where(nights.answered)
    left = kept.outcomes - fit.intercept - fit.differences["b"].estimate * (kept.arms == 1)
    apart = np.abs(np.subtract.outer(kept.on, kept.on).astype(np.int64)).astype(float)

    def likelihood(phi: float, sigma: float, shift: float = 0.0) -> float:
        covariance = sigma**2 * np.power(phi, apart) / (1 - phi**2)
        rest = left - shift * (kept.arms == 1)
        quadratic = rest @ np.linalg.solve(covariance, rest)
        return float(-0.5 * (len(kept) * np.log(2 * np.pi) + np.linalg.slogdet(covariance)[1] + quadratic))

    top = likelihood(fit.phi, fit.sigma)
    near = [
        (fit.phi + dp, fit.sigma * ds, da)
        for dp in (-0.02, 0, 0.02)
        for ds in (0.98, 1, 1.02)
        for da in (-0.02, 0, 0.02)
    ]
    assert top == pytest.approx(fit.log_likelihood, abs=1e-7)
    assert max(likelihood(*place) for place in near if abs(place[0]) < 1) <= top + 1e-9


def test_it_equals_least_squares_where_nights_are_too_far_apart_to_know_each_other() -> None:
    rng = np.random.default_rng(4)
    on = np.datetime64("1990-01-01") + 400 * np.arange(30)
    nights = Nights(on, np.arange(30) % 2, ("a", "b"), rng.normal(size=30))

    means = welch(nights, arm="b", comparator="a")

    assert ar1(nights, comparator="a").differences["b"].estimate == pytest.approx(means.difference.estimate, abs=1e-6)


def test_it_counts_used_and_missing_nights_of_the_trial_alone(simulate: Simulate) -> None:
    nights = simulate(np.random.default_rng(1), 60)
    arms = nights.arms.copy()
    arms[:7] = -1
    kept = Nights(nights.on, arms, nights.arm_names, nights.outcomes)

    fit = ar1(kept, comparator="breathing")

    assert fit.used == int(nights.answered[7:].sum())
    assert fit.used + fit.missing == 53


@pytest.mark.parametrize(
    ("arms", "answers", "kind", "told"),
    [
        ("abababa", [3, 4, 2, 5, 3, 1, 4], TooFewNightsError, "answered nights is 7; allowed: 8 or more"),
        ("aaaaaaaabb", [3, 4, 2, 5, 3, 1, 4, 2, 6, 1], TooFewNightsError, "with b is 2; allowed: 3 or more"),
        ("ababababab", [5] * 10, NoSpreadError, "predicted without any error"),
        ("ababababab", [4, 6] * 5, NoSpreadError, "predicted without any error"),
        ("aabbaabbaabb", [1, -1] * 6, NoSpreadError, "answers that vary"),
        ("bbbbbbbbbb", [1, 2, 3, 1, 2, 4, 1, 2, 3, 5], UnknownArmError, "arm is 'a'; allowed: b"),
    ],
)
def test_it_gives_no_number_when_the_nights_bear_none(
    arms: str, answers: list[float], kind: type[NightsError], told: str
) -> None:
    days = [date(2026, 1, 5) + timedelta(days=k) for k in range(len(arms))]

    with pytest.raises(kind, match=told):
        ar1(nights_from(days, list(arms), answers), comparator="a")


def test_it_is_unbiased_and_its_interval_near_its_promise_on_one_look(simulate: Simulate) -> None:
    """One look at 120 nights, 250 people: it says nothing about looking every night."""
    rng = np.random.default_rng(20)
    fits = [ar1(simulate(rng, 120), comparator="breathing") for _ in range(250)]
    found = [fit.differences["calf"] for fit in fits]
    estimates = np.array([one.estimate for one in found])

    assert abs(estimates.mean() + 1) < 3 * estimates.std() / 250**0.5
    assert 0.91 <= np.mean([one.low <= -1 <= one.high for one in found]) <= 0.985
    assert np.mean([fit.phi for fit in fits]) == pytest.approx(0.5, abs=0.06)


def test_it_offers_least_squares_errors_given_the_autocorrelation(simulate: Simulate) -> None:
    nights = simulate(np.random.default_rng(3), 100)
    fit = ar1(nights, comparator="breathing", covariance=Covariance.GLS)
    kept = nights.where(nights.answered)
    design = np.column_stack([np.ones(len(kept)), kept.arms])
    white = whitening(kept.on, fit.phi).white(design)
    wanted = fit.sigma * np.linalg.inv(white.T @ white)[1, 1] ** 0.5

    assert fit.differences["calf"].se == pytest.approx(wanted)
