"""Laws of the estimate, its counts, and what it refuses."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quietlegs.records.bounds import RangeError
from quietlegs.trials.ar1 import Covariance, ar1
from quietlegs.trials.estimate import estimate
from quietlegs.trials.estimated import Estimate
from quietlegs.trials.nights import (
    LengthsDifferError,
    Nights,
    NightsError,
    NoSpreadError,
    NotFiniteError,
    TooFewNightsError,
    UnknownArmError,
    nights_from,
)
from quietlegs.trials.prior import Prior
from quietlegs.trials.regressors import Declared

SEEDS = st.integers(0, 10_000)
MONDAY = np.datetime64("2026-01-05")


def drawn(seed: int, count: int = 45, arms: int = 3) -> Nights:
    rng = np.random.default_rng(seed)
    codes = np.concatenate([rng.permutation(arms) for _ in range(count)])[:count]
    answers = 5 + np.cumsum(rng.normal(size=count)) * 0.3 + rng.normal(size=count) - codes
    answers[arms:][rng.random(count - arms) < 0.2] = np.nan
    return Nights(MONDAY + np.arange(count), codes, tuple("abcd"[:arms]), answers)


def figures(found: Estimate, arm: str = "b", *, sign: float = 1.0, times: float = 1.0) -> list[float]:
    """Return all that is said about an arm and the errors; the effect turned and divided as told."""
    one = found.of(arm)
    ends = sorted([sign * one.effect.low, sign * one.effect.high])
    chances = [one.better, one.worse, one.worthwhile, one.harmful]
    if sign < 0:
        chances = [one.worse, one.better, one.harmful, one.worthwhile]
    sizes = [sign * one.effect.mean, one.effect.sd, *ends, found.sigma]
    return [size / times for size in sizes] + chances + [found.phi.mean, found.phi.sd, found.phi.low, found.phi.high]


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.floats(-1000, 1000))
def test_it_moves_only_the_line_when_a_constant_is_added(seed: int, by: float) -> None:
    nights = drawn(seed)
    before = estimate(nights, comparator="a")
    after = estimate(Nights(nights.on, nights.arms, nights.arm_names, nights.outcomes + by), comparator="a")

    assert figures(after) == pytest.approx(figures(before), abs=1e-8)
    assert np.subtract(after.line.low, before.line.low) == pytest.approx(np.full(45, by), abs=1e-8)
    assert after.log_evidence == pytest.approx(before.log_evidence, abs=1e-8)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.floats(0.01, 100))
def test_it_scales_with_the_unit_of_the_answers(seed: int, times: float) -> None:
    nights = drawn(seed)
    other = Nights(nights.on, nights.arms, nights.arm_names, nights.outcomes * times)
    scaled = estimate(
        other, comparator="a", declared=Declared(worthwhile=times), prior=Prior(sigma=Prior().sigma * times)
    )

    assert figures(scaled, times=times) == pytest.approx(figures(estimate(nights, comparator="a")), abs=1e-7)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.permutations(range(3)), st.booleans())
def test_it_does_not_care_in_which_order_the_arms_are_named(seed: int, order: list[int], carry_over: bool) -> None:
    nights, declared = drawn(seed), Declared(carry_over=carry_over)
    names = tuple(nights.arm_names[place] for place in order)
    renamed = Nights(nights.on, np.argsort(order)[nights.arms], names, nights.outcomes)
    one, other = (estimate(each, comparator="a", declared=declared) for each in (nights, renamed))

    assert figures(other) == pytest.approx(figures(one), abs=1e-8)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.integers(2, 4))
def test_it_turns_its_sign_when_arm_and_comparator_change_places(seed: int, arms: int) -> None:
    nights = drawn(seed, arms=arms)
    one, other = estimate(nights, comparator="a"), estimate(nights, comparator="b")

    assert figures(other, "a", sign=-1) == pytest.approx(figures(one, "b"), abs=1e-8)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.integers(1, 9), st.integers(1, 9))
def test_it_learns_nothing_from_nights_without_an_answer(seed: int, before: int, after: int) -> None:
    nights = drawn(seed)
    on = nights.on[0] + np.arange(-before, len(nights) + after)
    arms = np.concatenate([np.zeros(before, int), nights.arms, np.ones(after, int)])
    empty = (np.full(count, np.nan) for count in (before, after))
    answers = np.concatenate([next(empty), nights.outcomes, next(empty)])
    longer = estimate(Nights(on, arms, nights.arm_names, answers), comparator="a")
    answered = estimate(nights.where(nights.answered), comparator="a")

    assert figures(longer) == pytest.approx(figures(estimate(nights, comparator="a")), abs=1e-8)
    assert figures(answered) == pytest.approx(figures(longer), abs=1e-8)
    assert longer.comparator.missing == int(np.isnan(nights.outcomes[nights.arms == 0]).sum()) + before


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_it_reads_the_same_backwards(seed: int) -> None:
    nights, declared = drawn(seed), Declared(weekday=False)
    mirrored = Nights(nights.on, nights.arms[::-1], nights.arm_names, nights.outcomes[::-1])
    one, other = (estimate(each, comparator="a", declared=declared) for each in (nights, mirrored))

    assert figures(other) == pytest.approx(figures(one), abs=1e-8)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.integers(-500, 500))
def test_it_knows_weekdays_but_not_years(seed: int, weeks: int) -> None:
    nights = drawn(seed)
    later = Nights(nights.on + 7 * weeks, nights.arms, nights.arm_names, nights.outcomes)

    assert figures(estimate(later, comparator="a")) == pytest.approx(figures(estimate(nights, comparator="a")))


def test_it_ignores_nights_outside_the_trial() -> None:
    nights = drawn(3)
    on = nights.on[0] + np.arange(-14, 45)
    run_in = Nights(
        on,
        np.concatenate([np.full(14, -1), nights.arms]),
        nights.arm_names,
        np.concatenate([np.full(14, 9.0), nights.outcomes]),
    )
    found = estimate(run_in, comparator="a", declared=Declared(carry_over=True))

    assert figures(found) == pytest.approx(
        figures(estimate(nights, comparator="a", declared=Declared(carry_over=True)))
    )
    assert len(found.line.on) == 45


def test_it_comes_to_the_regression_without_priors_when_there_are_many_nights() -> None:
    nights = drawn(6, count=3000)
    plain = ar1(nights, comparator="a", covariance=Covariance.GLS)
    found = estimate(nights, comparator="a", declared=Declared(trend=False, weekday=False))

    for arm in "bc":
        assert found.of(arm).effect.mean == pytest.approx(plain.differences[arm].estimate, abs=0.01)
        assert found.of(arm).effect.sd == pytest.approx(plain.differences[arm].se, rel=0.02)
    assert found.phi.mean == pytest.approx(plain.phi, abs=0.01)


def test_it_sees_through_trend_weekday_carry_over_and_coffee() -> None:
    rng, count = np.random.default_rng(5), 1500
    arms = np.concatenate([rng.permutation(3) for _ in range(count // 3)])
    with_b, coffee = (arms == 1).astype(float), rng.integers(0, 3, count).astype(float)
    felt = -1.0 * with_b - 0.5 * np.concatenate([[0.0], with_b[:-1]]) + 0.4 * coffee
    answers = 5 + felt + np.linspace(0, 3, count) + (np.arange(count) % 7 > 4) + rng.normal(size=count)
    coffee[::9] = np.nan
    found = estimate(
        Nights(MONDAY + np.arange(count), arms, ("a", "b", "c"), answers),
        comparator="a",
        declared=Declared(carry_over=True),
        covariates={"coffee": coffee, "never": np.zeros(count), "unknown": np.full(count, np.nan)},
    )
    carried = found.of("b").carried

    assert carried is not None
    assert found.of("b").effect.mean == pytest.approx(-1, abs=0.2)
    assert carried.mean == pytest.approx(-0.5, abs=0.2)
    assert found.covariates["coffee"].mean == pytest.approx(0.4, abs=0.1)
    assert set(found.covariates) == {"coffee"}
    assert found.left_out == ("never", "unknown")
    assert found.sigma == pytest.approx(1, abs=0.1)
    assert found.line.mean[-1] - found.line.mean[0] == pytest.approx(3, abs=1.7)


def test_it_tells_chances_that_fit_together_and_turn_with_the_wanted_direction() -> None:
    nights = drawn(2)
    lower = estimate(nights, comparator="a").of("b")
    higher = estimate(nights, comparator="a", declared=Declared(lower_is_better=False)).of("b")
    small = estimate(nights, comparator="a", declared=Declared(worthwhile=0.1)).of("b")

    assert lower.better + lower.worse == pytest.approx(1)
    assert [higher.better, higher.worthwhile] == pytest.approx([lower.worse, lower.harmful])
    assert lower.worthwhile < small.worthwhile < lower.better


def test_its_interval_holds_95_per_cent_by_its_own_chances() -> None:
    nights = drawn(9)
    low = estimate(nights, comparator="a").of("c").effect.low
    at_low = estimate(nights, comparator="a", declared=Declared(worthwhile=abs(low))).of("c")

    assert low < 0
    assert at_low.worthwhile == pytest.approx(0.025, abs=1e-9)


def test_it_hands_on_what_json_knows() -> None:
    found = estimate(drawn(1), comparator="a", covariates={"late": np.arange(45.0) % 2})
    told = json.loads(json.dumps(found.as_dict(), allow_nan=False))

    assert told["result"] == "estimate"
    assert told["arms"][0]["nights"]["name"] == "b"
    assert len(told["line"]["on"]) == len(told["line"]["low"]) == 45
    assert told["line"]["on"][0] == "2026-01-05"
    with pytest.raises(KeyError):
        found.of("a")


def test_it_gives_wider_bands_where_nothing_was_answered() -> None:
    nights = drawn(4, count=60)
    answers = np.where(np.arange(60) < 45, nights.outcomes, np.nan)
    line = estimate(Nights(nights.on, nights.arms, nights.arm_names, answers), comparator="a").line
    width = np.subtract(line.high, line.low)

    assert width[50:].mean() > width[15:30].mean()


@pytest.mark.parametrize(
    ("arms", "answers", "kind", "told"),
    [
        ("abababa", [3, 4, 2, 5, 3, 1, 4], TooFewNightsError, "answered nights is 7; allowed: 8 or more"),
        ("ababababac", [3, 4, 2, 5, 3, 1, 4, 2, 6, None], TooFewNightsError, "answered nights with c is 0"),
        ("ababababab", [5] * 10, NoSpreadError, "answers is 'all 5'"),
        ("ababababab", [None] * 10, TooFewNightsError, "answered nights with a is 0"),
        ("ababababab", [1e9, -1e9] * 5, NoSpreadError, "predicted without any error"),
        ("bbbbbbbbbb", [1, 2, 3, 1, 2, 4, 1, 2, 3, 5], UnknownArmError, "arm is 'a'; allowed: b"),
        ("aaaaaaaaaa", [1, 2, 3, 1, 2, 4, 1, 2, 3, 5], NightsError, "arms is 1; allowed: 2 to 4"),
        ("abcdeabcde", [1, 2, 3, 1, 2, 4, 1, 2, 3, 5], NightsError, "arms is 5; allowed: 2 to 4"),
    ],
)
def test_it_gives_no_number_when_the_nights_bear_none(
    arms: str, answers: list[float | None], kind: type[NightsError], told: str
) -> None:
    days = [date(2026, 1, 5) + timedelta(days=k) for k in range(len(arms))]

    with pytest.raises(kind, match=told):
        estimate(nights_from(days, list(arms), answers), comparator="a")


def test_it_refuses_covariates_that_do_not_fit() -> None:
    with pytest.raises(LengthsDifferError, match=r"covariate late is '3 values'; allowed: 45, one a night"):
        estimate(drawn(1), comparator="a", covariates={"late": np.zeros(3)})
    with pytest.raises(NotFiniteError, match=r"late\[2\] is inf"):
        estimate(drawn(1), comparator="a", covariates={"late": np.where(np.arange(45) == 2, np.inf, 0)})


def test_it_refuses_a_smallest_difference_of_nothing() -> None:
    with pytest.raises(RangeError, match=r"Declared.worthwhile is 0"):
        Declared(worthwhile=0)


def test_it_bears_ten_years_of_nights_and_steady_or_alternating_answers() -> None:
    years = estimate(drawn(1, count=3650), comparator="a")
    creeping = Nights(MONDAY + np.arange(60), np.arange(60) % 2, ("a", "b"), np.arange(60) / 6.0)
    jumping = Nights(MONDAY + np.arange(60), np.arange(60) // 2 % 2, ("a", "b"), 5.0 + np.tile([0, 1], 30))

    assert years.of("b").effect.high - years.of("b").effect.low < 0.5
    assert abs(estimate(creeping, comparator="a").of("b").effect.mean) < 0.2
    assert estimate(jumping, comparator="a").phi.mean < -0.5
