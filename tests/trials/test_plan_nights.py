"""How many nights a question takes: laws, and a simulation that holds it to its word."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from quietlegs.records.bounds import RangeError
from quietlegs.trials.allocation import Codes
from quietlegs.trials.families import permuted_rounds
from quietlegs.trials.plan_nights import Aim, Change, NightsPlan, Usual, chance_of_claim, plan_nights
from quietlegs.trials.whitening import Floats, whitening

USUAL = Usual(sd=2, autocorrelation=0.5, missing=0.2, learned_nights=28)
AIM = Aim(arm_count=2, block_nights=1, horizon_nights=120)


def planned(usual: Usual = USUAL, aim: Aim = AIM) -> NightsPlan:
    return plan_nights(usual, aim, np.random.default_rng(1))


def nights(usual: Usual = USUAL, aim: Aim = AIM) -> int:
    found = planned(usual, aim).nights
    assert found is not None
    return found


def test_it_plans_whole_rounds_and_gives_the_range_that_the_spread_leaves_open() -> None:
    plan = planned()

    assert plan.low
    assert plan.high
    assert plan.nights
    assert plan.nights % 2 == 0
    assert plan.low < plan.nights < plan.high
    assert plan == planned()
    longer_known = planned(replace(USUAL, learned_nights=365))
    assert longer_known.nights == plan.nights
    assert longer_known.high
    assert longer_known.high < plan.high


@pytest.mark.parametrize(
    ("usual", "aim"),
    [
        (replace(USUAL, sd=2.5), AIM),
        (replace(USUAL, missing=0.5), AIM),
        (USUAL, replace(AIM, arm_count=3)),
        (USUAL, replace(AIM, block_nights=3)),
        (USUAL, replace(AIM, effect=0.8)),
        (USUAL, replace(AIM, power=0.9)),
        (USUAL, replace(AIM, share=0.02)),
    ],
)
def test_it_takes_more_nights_where_the_question_is_harder(usual: Usual, aim: Aim) -> None:
    assert nights(usual, aim) > nights()


def test_it_suggests_what_takes_fewer_nights_when_the_horizon_is_too_short() -> None:
    aim = Aim(arm_count=3, block_nights=3, horizon_nights=90)
    plan = planned(USUAL, aim)

    assert plan.nights
    assert plan.hopeless
    assert plan.chance_by_horizon < 0.4
    assert [each.change for each in plan.suggestions] == list(Change)
    for each in plan.suggestions[:-1]:
        assert each.nights < plan.nights
        assert each.nights == pytest.approx(nights(USUAL, each.aim), rel=0.1)
    assert plan.suggestions[-1].aim.horizon_nights == plan.nights


def test_it_suggests_nothing_when_the_horizon_is_long_enough() -> None:
    plan = planned(Usual(1.0, 0.2, 0.1, 28))

    assert (plan.hopeless, plan.suggestions) == (False, ())
    assert plan.chance_by_horizon >= 0.8


def test_it_gives_no_number_beyond_two_years() -> None:
    plan = planned(Usual(5, 0.3, 0.8, 28), replace(AIM, effect=0.2))

    assert (plan.nights, plan.high, plan.suggestions, plan.hopeless) == (None, None, (), True)


def test_it_spends_half_of_the_error_in_each_direction() -> None:
    for contrasts in (1, 2, 3):
        assert chance_of_claim(np.zeros(1), contrasts=contrasts)[0] * 2 * contrasts == pytest.approx(0.05)


def test_it_agrees_with_walks_that_are_looked_at_all_the_time() -> None:
    rng, steps = np.random.default_rng(2), 2_000
    walks = np.cumsum(rng.normal(2.9 / steps, steps**-0.5, (4_000, steps)), axis=1)
    # Between two looks a path may cross and come back; this corrects for it (Chernoff, Siegmund).
    edge = norm.ppf(1 - 0.05 / 4) - 0.5826 * steps**-0.5

    assert chance_of_claim(np.array([2.9]))[0] == pytest.approx((walks.max(axis=1) >= edge).mean(), abs=0.025)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Usual(0, 0.5, 0.2, 28), "Usual.sd is 0; allowed: 0.1 to 5 points"),
        (lambda: Usual(2, 1.0, 0.2, 28), "Usual.autocorrelation is 1.0"),
        (lambda: Usual(2, 0.5, 1.0, 28), "Usual.missing is 1.0"),
        (lambda: Usual(2, 0.5, 0.2, 6), "Usual.learned_nights is 6"),
        (lambda: replace(AIM, arm_count=5), "Aim.arm_count is 5"),
        (lambda: replace(AIM, block_nights=0), "Aim.block_nights is 0"),
        (lambda: replace(AIM, effect=0.0), "Aim.effect is 0.0"),
        (lambda: replace(AIM, horizon_nights=731), "Aim.horizon_nights is 731"),
    ],
)
def test_it_names_what_cannot_be_planned(make: Callable[[], object], message: str) -> None:
    with pytest.raises(RangeError, match=message):
        make()


CELLS = [
    (Usual(2, 0.5, 0.2, 28), replace(AIM, effect=1.0)),
    (Usual(1.5, 0.3, 0.1, 28), replace(AIM, block_nights=2)),
    (Usual(1, 0.0, 0.4, 28), replace(AIM, block_nights=3)),
    (Usual(1.5, 0.8, 0.2, 28), replace(AIM, arm_count=3)),
]


@pytest.mark.slow
@pytest.mark.parametrize(("usual", "aim"), CELLS)
def test_it_keeps_its_promise_to_people_who_look_every_night(usual: Usual, aim: Aim) -> None:
    rng, people = np.random.default_rng(20260105), 300
    count = nights(usual, aim)
    found = [claimed(usual, aim, count, rng) for _ in range(people)]

    # 80 % was promised; the Monte Carlo error is 2.3 points.
    assert 0.74 <= np.mean(found) <= 0.90


def claimed(usual: Usual, aim: Aim, count: int, rng: np.random.Generator) -> bool:
    """Simulate one person whose first arm helps; test by re-randomisation, looked at each night from the 14th on."""
    arms = aim.arm_count
    lots = permuted_rounds(arms, block_nights=aim.block_nights, rounds=count // (arms * aim.block_nights))
    codes = np.vstack([lots.draw(rng), lots.redraw(1_000, rng)])
    (at,) = np.nonzero(rng.random(count) >= usual.missing)
    answers = (ar1_nights(usual, count, rng) - aim.effect * (codes[0] == 1))[at]
    centred = answers - answers.mean()
    beside = np.diff(at) == 1
    phi = float(np.clip((centred[1:] * centred[:-1])[beside].mean() / centred.var() + 1 / at.size, -0.9, 0.95))
    path = evidence(codes[:, at], centred, at, phi)[at[1:].searchsorted(13) :]
    # The least favourable night decides for every schedule, so that looking each night is paid for.
    worst = np.abs(path).max(axis=(0, 2))
    limit = np.sort(worst[1:])[int(np.ceil(0.95 * 1_001)) - 1]
    return bool(path[:, 0, 0].min() <= -limit)


def ar1_nights(usual: Usual, count: int, rng: np.random.Generator) -> Floats:
    """Return nights as they usually go."""
    new = rng.normal(0, usual.sd * (1 - usual.autocorrelation**2) ** 0.5, count)
    new[0] = rng.normal(0, usual.sd)
    for night in range(1, count):
        new[night] += usual.autocorrelation * new[night - 1]
    return new


def evidence(codes: Codes, answers: Floats, at: np.ndarray, phi: float) -> Floats:
    """Return, night by night, each schedule's difference times its information: O'Brien-Fleming's scale."""
    frame = whitening(at.astype("datetime64[D]"), phi)
    arms = frame.white((codes.T[:, :, None] == np.arange(codes.max() + 1)).astype(float).reshape(at.size, -1))
    arms = arms.reshape(at.size, len(codes), -1)
    known = np.cumsum(arms[..., :, None] * arms[..., None, :], axis=0) + 1e-9 * np.eye(arms.shape[2])
    told = np.cumsum(arms * frame.white(answers)[:, None, None], axis=0)
    inverse = np.linalg.inv(known)
    means = np.matmul(inverse, told[..., None])[..., 0]
    own = np.diagonal(inverse, axis1=2, axis2=3)
    return np.asarray((means[..., 1:] - means[..., :1]) / (own[..., 1:] + own[..., :1] - 2 * inverse[..., 0, 1:]))
