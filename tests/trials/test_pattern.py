"""Patterns: hints held to one false one in ten, never a verdict, and none at all for what was done as needed."""

import json
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from quietlegs.records.bounds import RangeError
from quietlegs.trials.ar1 import ar1
from quietlegs.trials.estimate import estimate
from quietlegs.trials.nights import NO_ARM, LengthsDifferError, Nights, NoSpreadError, NotFiniteError, TooFewNightsError
from quietlegs.trials.pattern import Factor, Kind, Pattern, Patterns, Refused, hand_over, patterns
from quietlegs.trials.pattern_wording import pattern_sentence, pattern_sentences, trial_sentence
from quietlegs.trials.usual import usual_of
from quietlegs.trials.welch import welch

Floats = NDArray[np.float64]
COUNT = 90
ON = np.datetime64("2026-01-05") + np.arange(COUNT)


def steady(rng: np.random.Generator, rows: int, phi: float) -> Floats:
    found: Floats = rng.normal(size=(rows, COUNT))
    for night in range(1, COUNT):
        found[:, night] = phi * found[:, night - 1] + (1 - phi**2) ** 0.5 * found[:, night]
    return found


def diary(answers: Floats) -> Nights:
    return Nights(ON, np.full(COUNT, NO_ARM), (), answers)


def looked(rng: np.random.Generator, phi: float, real: int) -> Patterns:
    """Look at ten factors, five of them yes/no; the first `real` ones matter.

    Where none matters they hang together; where some do, what hangs together with these would be no false finding.
    """
    together = np.eye(10) if real else np.eye(10) + 0.3 * rng.normal(size=(10, 10))
    factors = together @ steady(rng, 10, phi)
    factors[:5] = factors[:5] > 0
    answers = 5 + 2 * steady(rng, 1, phi)[0] + 1.5 * factors[:real].sum(axis=0)
    answers[rng.random(COUNT) < 0.2] = np.nan
    return patterns(diary(answers), {str(place): Factor(values) for place, values in enumerate(factors)})


def false_share(found: Patterns, real: int) -> float:
    names = [int(one.name) for one in found.found]
    return sum(name >= real for name in names) / max(1, len(names))


def power(found: Patterns, real: int) -> float:
    return sum(int(one.name) < real for one in found.found) / max(1, real)


def test_it_finds_what_is_there_and_rarely_what_is_not() -> None:
    rng = np.random.default_rng(1)
    found = [looked(rng, 0.5, 2) for _ in range(25)]

    assert np.mean([false_share(each, 2) for each in found]) < 0.15
    assert np.mean([len([one for one in each.found if int(one.name) < 2]) for each in found]) > 0.5
    assert {each.looked_at for each in found} == {10}


@pytest.mark.slow
@pytest.mark.parametrize("phi", [0.0, 0.5, 0.8])
@pytest.mark.parametrize("real", [0, 2])
def test_it_holds_false_discoveries_at_a_tenth(phi: float, real: int) -> None:
    rng, diaries = np.random.default_rng(20261123), 500
    each = [looked(rng, phi, real) for _ in range(diaries)]
    shares = np.array([false_share(found, real) for found in each])
    error = shares.std() / diaries**0.5
    there = np.mean([power(found, real) for found in each])
    sys.stdout.write(f"| {phi} | {real} | {shares.mean():.1%} | {error:.1%} | {there:.0%} |\n")

    assert shares.mean() <= 0.1 + 2 * error


def trap(rng: np.random.Generator) -> tuple[Nights, Floats]:
    """A routine by lot with an effect of -1, and stretching at night because the legs are bad, with one of -1 too.

    The slope 0.92 was chosen so that means say about +1.3 and the regression +0.85, the figures known of this trap.
    """
    arms = np.concatenate([rng.permutation(2) for _ in range(COUNT // 2)])
    felt = 5 + 2 * steady(rng, 1, 0.5)[0]
    stretched = (rng.random(COUNT) < 1 / (1 + np.exp(-0.92 * (felt - 5)))).astype(float)
    return Nights(ON, arms, ("breathing", "stretching"), felt - stretched - arms), stretched


def misled(diaries: int, seed: int) -> Iterator[tuple[float, float, bool]]:
    """Yield what means and regression say of stretching, and whether the answer by assignment covers the truth."""
    rng = np.random.default_rng(seed)
    for _ in range(diaries):
        nights, stretched = trap(rng)
        as_arms = Nights(ON, stretched.astype(np.int64), ("without", "with"), nights.outcomes)
        means = welch(as_arms, arm="with", comparator="without").difference.estimate
        regression = ar1(as_arms, comparator="without").differences["with"].estimate
        effect = estimate(nights, comparator="breathing").of("stretching").effect
        refused = patterns(nights, {"stretching at night": Factor(stretched, Kind.AS_NEEDED)}).each[0]
        assert (refused.refused, refused.difference) == (Refused.AS_NEEDED, None)
        yield means, regression, effect.low <= -1.0 <= effect.high


def test_it_does_not_fall_into_the_trap_of_stretching_because_it_is_bad() -> None:
    means, regression, covered = np.mean(list(misled(30, 2)), axis=0)

    assert means > 0.5
    assert regression > 0.3
    assert covered > 0.8


@pytest.mark.slow
def test_it_covers_the_truth_by_assignment_in_500_such_diaries() -> None:
    means, regression, covered = np.mean(list(misled(500, 3)), axis=0)
    sys.stdout.write(f"means {means:+.2f}, regression {regression:+.2f}, covered {covered:.1%}\n")

    assert 0.91 <= covered <= 0.99


def test_it_refuses_with_a_reason() -> None:
    rng = np.random.default_rng(4)
    answers = rng.normal(5, 1, COUNT)
    few = np.full(COUNT, np.nan)
    few[:27] = rng.normal(size=27)
    rare = np.zeros(COUNT)
    rare[:5] = 1
    odd = np.zeros(COUNT)
    odd[[3, 50]] = 1, 2
    found = patterns(
        diary(answers),
        {
            "few": Factor(few),
            "same": Factor(np.ones(COUNT)),
            "rare": Factor(rare),
            "odd": Factor(odd),
            "needed": Factor(rng.normal(size=COUNT), Kind.AS_NEEDED),
            "iron": Factor(rng.normal(size=COUNT), Kind.NEVER_TESTED),
        },
    )

    assert {one.name: one.refused for one in found.each} == {
        "few": Refused.TOO_FEW,
        "same": Refused.NO_SPREAD,
        "rare": Refused.TOO_RARE,
        "odd": Refused.TOO_RARE,
        "needed": Refused.AS_NEEDED,
        "iron": Refused.NEVER_TESTED,
    }
    assert all(one.difference is None and not one.goes_along for one in found.each)
    assert found.looked_at == 0
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["result"] == "patterns"
    for one in found.each:
        assert pattern_sentence(one, outcome="severity").startswith(one.name)


def test_it_tells_a_drawn_arm_from_a_habit() -> None:
    nights, _ = trap(np.random.default_rng(5))
    with_arm = nights.outcomes - 4.0 * nights.arms
    habit = (np.arange(COUNT) % 2 == 0).astype(float)
    found = patterns(Nights(ON, nights.arms, nights.arm_names, with_arm), {"habit": Factor(habit)}).each[0]

    assert found.difference
    assert abs(found.difference.mean) < 1.5


def test_it_says_goes_along_with_and_hands_over_to_a_test() -> None:
    rng = np.random.default_rng(6)
    coffee = (rng.random(COUNT) < 0.5).astype(float)
    found = patterns(
        diary(rng.normal(5, 1, COUNT) + 2 * coffee), {"coffee late": Factor(coffee, habit="without late coffee")}
    )
    one = found.each[0]
    said = " ".join([*pattern_sentences(found, outcome="severity"), pattern_sentence(one, outcome="severity")])

    assert "coffee late goes along with severity about 2." in said
    assert "does not say that the one brings about the other" in said
    assert not any(word in said for word in ("helps", "causes", "makes"))
    design = hand_over(one, seed=5)
    assert design
    assert (design.arms, design.block_nights, design.nights) == (("without late coffee", "as usual"), 2, 60)
    assert "by lot, some nights without late coffee" in trial_sentence(one)
    with pytest.raises(RangeError, match="rounds is 0"):
        hand_over(one, seed=5, nights=0)


def test_it_never_makes_an_arm_of_the_factor_itself() -> None:
    one = Pattern("alcohol", Kind.CHOSEN, 60, 0.0, 1.0, None, None, goes_along=False, refused=None)

    assert hand_over(one, seed=1) is None
    assert "alcohol" not in trial_sentence(one)


def test_it_makes_an_evening_routine_of_what_was_done_as_needed() -> None:
    nights, stretched = trap(np.random.default_rng(8))
    factor = Factor(stretched, Kind.AS_NEEDED, habit="stretching in the evening")
    design = hand_over(patterns(nights, {"stretching at night": factor}).each[0], seed=2)

    assert design
    assert (design.arms, design.block_nights) == (("stretching in the evening", "as usual"), 1)


@pytest.mark.parametrize("kind", [Kind.OUTSIDE, Kind.NEVER_TESTED])
def test_it_makes_no_trial_of_what_nobody_can_or_should_choose(kind: Kind) -> None:
    one = Pattern("iron", kind, 60, 0.0, 1.0, None, None, goes_along=False, refused=None)

    assert hand_over(one, seed=1) is None
    assert trial_sentence(one)


def test_it_names_what_does_not_fit() -> None:
    nights = diary(np.arange(float(COUNT)))

    with pytest.raises(LengthsDifferError, match="factor tea is '3 values'; allowed: 90"):
        patterns(nights, {"tea": Factor(np.zeros(3))})
    with pytest.raises(NotFiniteError, match=r"tea\[0\] is inf"):
        patterns(nights, {"tea": Factor(np.full(COUNT, np.inf))})


def test_it_learns_the_usual_nights() -> None:
    rng = np.random.default_rng(7)
    found = [usual_of(diary(5 + 1.5 * row)) for row in steady(rng, 60, 0.5)]

    assert np.mean([each.sd for each in found]) == pytest.approx(1.5, abs=0.1)
    assert np.mean([each.autocorrelation for each in found]) == pytest.approx(0.5, abs=0.06)
    with pytest.raises(TooFewNightsError, match="answered nights is 0"):
        usual_of(diary(np.full(COUNT, np.nan)))
    with pytest.raises(NoSpreadError):
        usual_of(diary(np.full(COUNT, 4.0)))
