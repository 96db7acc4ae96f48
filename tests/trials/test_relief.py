"""What calms best now: fair although the lot learns, and although a high rating falls by itself."""

import json
from dataclasses import replace

import numpy as np
import pytest
from tests.truth.relief import told
from tests.truth.restless import Restless, live

from quietlegs.records.bounds import RangeError
from quietlegs.trials.relief import ReliefAnswer, Untold, relief
from quietlegs.trials.relief_events import ChanceError, Reliefs
from quietlegs.trials.relief_model import ReliefPrior, follow
from quietlegs.trials.relief_offer import RULE, best_chances, offer, tally
from quietlegs.trials.relief_replay import replay
from quietlegs.trials.relief_wager import wagered
from quietlegs.trials.relief_wording import relief_sentences

NAMES = ("breathing", "calf", "walk")
START = np.datetime64("2026-01-05T03:00:00")


def lived(rng: np.random.Generator, count: int, gains: tuple[float, ...]) -> Reliefs:
    """Return one person's moments."""
    person = Restless(gains, count)
    return live(person, 1, rng).of(0, person)


def test_it_finds_what_calms_and_does_not_find_what_is_not_there() -> None:
    rng = np.random.default_rng(1)
    acts, idle, harms = (told(Restless((0.0, gain)), 12, rng) for gain in (2.5, 0.0, -2.5))

    assert min(acts["best"], harms["best"]) >= 11
    assert min(acts["claimed"], harms["claimed"]) >= 6
    assert abs(acts["model_off"]) < 0.6 * acts["told"]
    assert acts["false"] + idle["false"] + harms["false"] <= 1


def test_its_wager_is_fair_over_every_lot_with_chances_of_an_older_history() -> None:
    rng = np.random.default_rng(3)
    at = START + np.arange(9) * np.timedelta64(1, "D")
    before, after = rng.uniform(4, 9, 9), rng.uniform(0, 6, 9)
    worth, weight = 0.0, 0.0
    for lot in range(2**9):
        made = np.array([lot >> place & 1 for place in range(9)])
        events = Reliefs(at, NAMES[:2], made, np.full((9, 2), 0.5), before, after)
        # The first half was drawn offline; the other half knows of the first three moments only.
        older = tally(events.where(np.arange(9) < 3), RULE).chances(np.arange(2))[:, 0]
        events = replace(events, chances=np.where(np.arange(9)[:, None] < 5, 0.5, older))
        likely = float(events.own.prod())
        worth, weight = worth + likely * wagered(events, follow(events), 1, 0).worth, weight + likely

    assert weight == pytest.approx(1)
    assert worth == pytest.approx(1, abs=1e-6)


def test_it_is_right_with_the_chances_that_were_kept_and_replays_no_others() -> None:
    offline = Restless((0.0, 1.0), offline=10)
    found = told(offline, 40, np.random.default_rng(10))
    events = live(offline, 1, np.random.default_rng(11)).of(0, offline)
    other = replace(events, chances=np.full(events.chances.shape, 0.5))

    assert min(found["weighed_covered"], found["model_covered"]) >= 0.85 * found["told"]
    assert abs(found["weighed_off"]) < 0.4 * found["told"]
    # The model knows no chances at all; the average and the wager know those that were kept.
    assert follow(events.counted()).mean.tolist() == follow(other.counted()).mean.tolist()
    for kept in (events, other):
        with pytest.raises(ChanceError, match="by this rule"):
            replay(kept, comparator="breathing", rng=np.random.default_rng(1))


def test_it_offers_what_helped_more_often_and_nothing_too_rarely() -> None:
    events = lived(np.random.default_rng(4), 80, (0.0, 3.0, 0.0))
    chances = tally(events, RULE).chances(np.arange(3))[:, 0]

    assert chances.sum() == pytest.approx(1)
    assert chances.min() >= RULE.floor
    assert chances.argmax() == NAMES.index("calf")
    draws = [offer(events, NAMES, comparator="breathing", rng=np.random.default_rng(seed)) for seed in range(300)]
    assert np.mean([one.movement == "calf" for one in draws]) == pytest.approx(chances[1], abs=0.1)
    only = offer(events, ["breathing"], comparator="breathing", rng=np.random.default_rng(1))
    assert (only.movement, only.probability) == ("breathing", 1.0)


def test_it_knows_the_chance_to_be_best() -> None:
    rng = np.random.default_rng(9)
    for count in (2, 3, 4):
        sd = 1.5 / np.sqrt(1 + rng.integers(0, 100, (count, 8)))
        mean = rng.normal(size=(count, 8)) * 0.5
        drawn = mean + sd * rng.normal(size=(40_000, count, 8))
        won = (drawn == drawn.max(axis=1, keepdims=True)).mean(axis=0)
        assert np.abs(best_chances(mean, sd) - won).max() < 0.02


def test_it_replays_the_rule_itself() -> None:
    rng = np.random.default_rng(5)
    acts, idle = (lived(rng, 50, (0.0, gain)) for gain in (3.0, 0.0))
    three = replay(lived(rng, 25, (0.0, 0.0, 0.0)), comparator="breathing", rng=rng)

    assert three.any_difference == min(three.p.values()) > 0.01
    assert replay(acts, comparator="breathing", rng=rng).p["calf"] < 0.05
    assert replay(idle, comparator="breathing", rng=rng).p["calf"] > 0.01
    with pytest.raises(RangeError, match="by this rule"):
        replay(acts, comparator="breathing", rng=rng, rule=replace(RULE, floor=0.3))


def test_it_says_honestly_what_it_cannot_tell() -> None:
    few = relief(lived(np.random.default_rng(6), 5, (0.0, 1.0)), comparator="breathing")
    at, made = START + np.arange(30) * np.timedelta64(1, "D"), np.arange(30) % 2
    always = Reliefs(at, NAMES[:2], made, np.eye(2)[made], np.full(30, 7.0), np.tile([1.0, 2.0, 3.0], 10))
    same = Reliefs(at, NAMES[:2], made, np.full((30, 2), 0.5), np.full(30, 7.0), np.full(30, 5.0))
    told = [relief(events, comparator="breathing") for events in (always, same)]

    assert [few.untold, *(one.untold for one in told)] == [Untold.TOO_FEW, Untold.NOTHING_DRAWN, Untold.NO_SPREAD]
    for answer in (few, *told):
        assert answer.best is None
        assert relief_sentences(answer)[0].startswith("Cannot tell yet what calms best")


def test_it_becomes_json_and_sentences() -> None:
    answer = relief(lived(np.random.default_rng(7), 90, (0.0, 2.5, 0.0)), comparator="breathing")
    said = relief_sentences(answer)

    assert json.loads(json.dumps(answer.as_dict(), allow_nan=False))["result"] == "relief"
    assert said[0].startswith("For you, calf calms best now")
    assert "points more than with breathing" in said[1]
    assert "pass by themselves" in said[-1]


def said(answer: ReliefAnswer, *, better: float, best: dict[str, float], claims: tuple[str, ...]) -> tuple[str, ...]:
    """Say what there is to say when all others are better by that chance, and some are claimed."""
    movements = tuple(
        replace(
            one,
            best=best[one.name],
            calming=one.calming
            and replace(
                one.calming,
                better=better,
                now=replace(one.calming.now, mean=better - 0.5),
                claimed_at="2026-02-01T03:00:00" if one.name in claims else None,
            ),
        )
        for one in answer.movements
    )
    return relief_sentences(replace(answer, movements=movements, best=max(best, key=lambda name: best[name])))


def test_it_calls_best_only_what_is_claimed_and_sure() -> None:
    answer = relief(lived(np.random.default_rng(7), 90, (0.0, 2.5, 0.0)), comparator="breathing")
    calf, rest = {"breathing": 0.02, "calf": 0.95, "walk": 0.03}, {"breathing": 0.95, "calf": 0.03, "walk": 0.02}
    unsure = {"breathing": 0.08, "calf": 0.85, "walk": 0.07}

    assert said(answer, better=0.97, best=calf, claims=("calf",))[0].startswith("For you, calf calms best now")
    assert said(answer, better=0.03, best=rest, claims=("calf", "walk"))[0].startswith("For you, breathing calms best")
    for better, best, claims in (
        (0.97, calf, ()),
        (0.97, calf, ("walk",)),
        (0.97, unsure, ("calf",)),
        (0.03, calf, ("calf",)),
        (0.03, rest, ("calf",)),
        (0.97, rest, ("calf", "walk")),
    ):
        first = said(answer, better=better, best=best, claims=claims)[0]
        assert first.startswith("Cannot tell yet what calms best. Ahead now: ")
    assert "This is clear by now." in said(answer, better=0.97, best=calf, claims=("calf",))[1]
    assert "That is no proof yet." in said(answer, better=0.97, best=calf, claims=())[1]
    assert "which is better now is open" in said(answer, better=0.6, best=calf, claims=("calf",))[1]


def test_it_names_what_does_not_fit() -> None:
    good = lived(np.random.default_rng(8), 10, (0.0, 1.0))
    for change, message in (
        ({"before": good.before[:3]}, "before is"),
        ({"after": np.where(np.arange(10) == 2, np.inf, good.after)}, r"after\[2\] is inf"),
        ({"made": good.made + 2}, r"made\[0\]"),
        ({"chances": np.zeros((10, 2))}, r"chances\[0\]"),
        ({"chances": np.full((10, 2), 0.9)}, r"chances\[0\]"),
        ({"at": good.at[::-1]}, r"at\[1\]"),
    ):
        with pytest.raises(RangeError, match=message):
            replace(good, **change)
    with pytest.raises(RangeError, match="movement is 'tea'"):
        relief(good, comparator="tea")
    for weights in ((1.0,), (0.5, 0.0)):
        with pytest.raises(RangeError, match="half_life_weights"):
            ReliefPrior(half_life_weights=weights)
