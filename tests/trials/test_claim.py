"""The claim by design: its error is counted over every schedule, its numbers against dense matrices."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from quietlegs.trials.allocation import Allocation, AllocationError
from quietlegs.trials.claim import Claim, Watching, claim
from quietlegs.trials.design import Design, DesignError, Stage
from quietlegs.trials.families import fixed_numbers, permuted_rounds
from quietlegs.trials.nights import NightsError
from quietlegs.trials.rerandomise import Experiment
from quietlegs.trials.spending import Spending, spending_of
from quietlegs.trials.whitening import Floats

PAIRS = permuted_rounds(2, block_nights=1, rounds=30)


def felt(rng: np.random.Generator, lots: Allocation, effect: float, *, missing: float = 0.0) -> Experiment:
    codes = lots.draw(rng)
    answers = rng.normal(5, 1, lots.nights) + effect * (codes == 1)
    answers[rng.random(lots.nights) < missing] = np.nan
    return Experiment(answers, codes, lots)


def awkward(rng: np.random.Generator, nights: int) -> Iterator[Floats]:
    """Yield answers that no model fits: a random walk, whole answers piled at 0, flares, many ties."""
    yield np.cumsum(rng.normal(size=nights))
    yield np.clip(np.rint(rng.normal(0, 2, nights)), 0, 10)
    yield np.where(rng.random(nights) < 0.2, rng.exponential(9, nights), 1.0) + 0.3 * np.arange(nights)
    yield np.where(rng.random(nights) < 0.3, np.nan, rng.integers(0, 2, nights).astype(float))


@pytest.mark.parametrize(
    ("lots", "first"),
    [
        (permuted_rounds(2, block_nights=1, rounds=7), 6),
        (permuted_rounds(3, block_nights=1, rounds=3), 6),
        (fixed_numbers((5, 4), longest_run_nights=2), 5),
    ],
)
def test_it_never_spends_more_than_declared_over_all_schedules(lots: Allocation, first: int) -> None:
    rng = np.random.default_rng(1)
    every = lots.every(most=1_000)
    for answers in awkward(rng, lots.nights):
        spending = Spending((lots.nights,), (0.05,), first_look=first)
        found = [claim(Experiment(answers, codes, lots), spending) for codes in every]

        assert all(each.exact for each in found)
        assert sum(bool(each.claimed) for each in found) <= 0.05 * len(every)


def test_it_spends_all_that_it_may_where_nothing_ties() -> None:
    rng, lots = np.random.default_rng(2), permuted_rounds(2, block_nights=1, rounds=8)
    answers, spending = rng.normal(size=16), Spending((16,), (0.05,))
    found = [claim(Experiment(answers, codes, lots), spending) for codes in lots.every(most=300)]

    assert sum(bool(each.claimed) for each in found) == int(0.05 * 256)


def test_it_finds_what_is_there_and_its_direction() -> None:
    for effect in (-3.0, 3.0):
        rng = np.random.default_rng(4)
        found = claim(felt(rng, PAIRS, effect, missing=0.2), Spending((60,), (0.05,)), rng=rng)

        assert [(each.arm, each.higher) for each in found.claimed] == [(1, effect > 0)]
        assert found.of(1) == found.claimed[0]
        assert found.of(0) is None


def test_it_looks_from_the_fourteenth_night_on_and_spends_more_and_more() -> None:
    rng = np.random.default_rng(5)
    found = claim(felt(rng, PAIRS, 0.0, missing=0.3), Spending((60,), (0.05,)), nights=40, rng=rng)

    assert [look.night for look in found.looks] == list(range(14, 41))
    assert all(one.spent < other.spent for one, other in pairwise(found.looks))
    assert all(0 < look.alike <= 1 for look in found.looks)


def test_it_gives_the_same_night_by_night_as_in_one_go() -> None:
    made = felt(np.random.default_rng(6), PAIRS, -0.7, missing=0.2)
    watching = Watching(made.codes, PAIRS, Spending((60,), (0.05,)), rng=np.random.default_rng(7))
    for night, answer in enumerate(made.outcomes.tolist(), start=1):
        watching.add(answer)
        if night in (20, 60):
            assert watching.claim() == again(made, nights=night)


def again(made: Experiment, *, nights: int) -> Claim:
    return claim(made, Spending((60,), (0.05,)), nights=nights, rng=np.random.default_rng(7))


def test_it_does_not_learn_from_nights_to_come() -> None:
    made = felt(np.random.default_rng(8), PAIRS, -1.0)
    later = made.outcomes.copy()
    later[40:] = 10.0
    changed = Experiment(later, made.codes, PAIRS)

    assert again(made, nights=60).looks[:26] == again(changed, nights=60).looks[:26]


@pytest.mark.parametrize(("shift", "unit"), [(100.0, 1.0), (0.0, 50.0), (-3.0, 0.01)])
def test_it_does_not_depend_on_the_unit(shift: float, unit: float) -> None:
    made = felt(np.random.default_rng(9), PAIRS, -1.0, missing=0.1)
    other = Experiment(shift + unit * made.outcomes, made.codes, PAIRS)
    one, two = again(made, nights=60), again(other, nights=60)

    assert one.claimed == two.claimed
    strengths = [[look.strength[0] for look in each.looks] for each in (one, two)]
    assert strengths[0] == pytest.approx(strengths[1], rel=1e-6)


def test_it_claims_nothing_while_all_answers_are_equal_or_an_arm_has_none() -> None:
    codes = PAIRS.draw(np.random.default_rng(10))
    for answers in (np.full(60, 4.0), np.full(60, np.nan), np.where(codes == 0, np.arange(60.0), np.nan)):
        found = again(Experiment(answers, codes, PAIRS), nights=60)

        assert found.claimed == ()
        assert {look.strength for look in found.looks} == {(0.0,)}
        assert {look.limit for look in found.looks} == {None}


def test_an_extension_has_only_the_share_that_was_declared() -> None:
    design = Design(("a", "b"), "a", 1, (Stage(15, 0.04), Stage(15, 0.01)), seed=1)
    spent = spending_of(design).spent()

    assert spent[[29, 59]].tolist() == pytest.approx([0.04, 0.05])
    assert (np.diff(spent) > 0).all()
    made = felt(np.random.default_rng(11), design.allocation, -1.0)
    found = claim(made, spending_of(design), rng=np.random.default_rng(7))
    assert found.looks[-1].spent == pytest.approx(0.05)


def test_it_names_what_does_not_fit() -> None:
    made, rng = felt(np.random.default_rng(12), PAIRS, 0.0), np.random.default_rng(7)
    whole = Spending((60,), (0.05,))

    with pytest.raises(NightsError, match="end of the last stage is 50; allowed: 60"):
        claim(made, Spending((50,), (0.05,)), rng=rng)
    with pytest.raises(NightsError, match="comparator is 2; allowed: 0 to 1"):
        claim(made, whole, comparator=2, rng=rng)
    with pytest.raises(AllocationError, match="rng is None"):
        claim(made, whole)
    watching = Watching(made.codes, PAIRS, whole, rng=rng)
    for answer in made.outcomes:
        watching.add(float(answer))
    with pytest.raises(NightsError, match="nights is 61; allowed: at most 60"):
        watching.add(3.0)


@pytest.mark.parametrize(
    ("ends", "shares", "message"),
    [
        ((), (), "Spending.ends"),
        ((30, 30), (0.03, 0.01), "Spending.ends"),
        ((30,), (0.03, 0.01), "Spending.shares"),
        ((30,), (0.0,), "Spending.shares"),
        ((30, 60), (0.04, 0.02), "Spending.shares is 0.06; allowed: at most 0.05"),
    ],
)
def test_it_names_a_spending_that_cannot_be(ends: tuple[int, ...], shares: tuple[float, ...], message: str) -> None:
    with pytest.raises(DesignError, match=message):
        Spending(ends, shares)
