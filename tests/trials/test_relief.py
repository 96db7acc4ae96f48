"""What calms best now: fair although the lot learns, and although a high rating falls by itself."""

import json
import sys
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest

from quietlegs.records.bounds import RangeError
from quietlegs.trials.relief import Untold, relief
from quietlegs.trials.relief_events import Reliefs
from quietlegs.trials.relief_offer import RULE, Rule, best_chances, offer, tally
from quietlegs.trials.relief_replay import replay
from quietlegs.trials.relief_wording import relief_sentences

NAMES = ("breathing", "calf", "walk")
START = np.datetime64("2026-01-05T03:00:00")


def lived(rng: np.random.Generator, count: int, gains: tuple[float, ...], *, rule: Rule = RULE) -> Reliefs:
    """Live through restless moments: a high rating falls by itself, the lot learns from what it offered."""
    names = NAMES[: len(gains)]
    so_far = Reliefs.none(names)
    for moment in range(count):
        before = float(np.clip(np.rint(rng.normal(6.5, 1.5)), 1, 10))
        drawn = offer(so_far, names, comparator="breathing", rng=rng, rule=rule)
        made = names.index(drawn.movement)
        after = before - (0.6 * (before - 4) + gains[made] + rng.normal(0, 1.5))
        so_far = Reliefs(
            np.append(so_far.at, START + np.timedelta64(moment, "D")),
            names,
            np.append(so_far.made, made),
            np.vstack([so_far.chances, [drawn.chances[name] for name in names]]),
            np.append(so_far.before, before),
            np.append(so_far.after, np.nan if rng.random() < 0.1 else after),
        )
    return so_far


class Met(NamedTuple):
    naive: float
    naive_wrong: float
    weighed: float
    weighed_covered: float
    model: float
    model_covered: float
    claimed: float
    best: float


def met(people: int, count: int, gains: tuple[float, ...], seed: int) -> Met:
    """Hold what is said of the second movement against the truth, over many people."""
    rng, rows = np.random.default_rng(seed), []
    truth = gains[1] - gains[0]
    for _ in range(people):
        events = lived(rng, count, gains)
        answer = relief(events, comparator="breathing")
        one = answer.of("calf").calming
        if one is None or one.weighed is None:
            continue
        counted = events.counted()
        drops = [counted.drop[counted.made == arm] for arm in (0, 1)]
        naive = drops[1].mean() - drops[0].mean()
        error = (drops[0].var(ddof=1) / len(drops[0]) + drops[1].var(ddof=1) / len(drops[1])) ** 0.5
        claims = [each.calming for each in answer.movements if each.calming]
        rows.append(
            Met(
                naive - truth,
                abs(naive - truth) > 1.96 * error,
                one.weighed.estimate - truth,
                one.weighed.low <= truth <= one.weighed.high,
                one.now.mean - truth,
                one.now.low <= truth <= one.now.high,
                any(each.claimed_at is not None for each in claims),
                answer.best == NAMES[int(np.argmax(gains))],
            )
        )
    return Met(*np.mean(rows, axis=0).tolist())


def test_it_finds_what_calms_and_does_not_find_what_is_not_there() -> None:
    found, idle = met(12, 60, (0.0, 2.5), 1), met(12, 60, (0.0, 0.0), 2)

    assert found.best > 0.9
    assert found.claimed > 0.5
    assert abs(found.model) < 0.6
    assert idle.claimed <= 0.1


@pytest.mark.slow
@pytest.mark.parametrize("count", [30, 60])
@pytest.mark.parametrize("gains", [(0.0, 0.0), (0.0, 1.0), (0.0, 0.0, 0.0), (0.0, 1.0, 0.5)])
def test_it_is_right_about_people_whose_truth_is_known(count: int, gains: tuple[float, ...]) -> None:
    people = 150
    found = met(people, count, gains, 20261123)
    share = (0.05 * 0.95 / people) ** 0.5
    sys.stdout.write(f"| {gains} | {count} | " + " | ".join(f"{value:+.3f}" for value in found) + " |\n")

    assert abs(found.weighed) < 0.3
    assert found.model_covered >= 0.9 - 2 * share
    if not any(gains):
        assert found.claimed <= 0.05 + 2 * share


def test_its_wager_is_fair_over_every_lot() -> None:
    rng = np.random.default_rng(3)
    at = START + np.arange(9) * np.timedelta64(1, "D")
    before, after = rng.uniform(4, 9, 9), rng.uniform(0, 6, 9)
    chances = np.tile([0.3, 0.7], (9, 1))
    worth, weight = 0.0, 0.0
    for lot in range(2**9):
        made = np.array([lot >> place & 1 for place in range(9)])
        answer = relief(Reliefs(at, NAMES[:2], made, chances, before, after), comparator="breathing")
        one = answer.of("calf").calming
        likely = float(chances[np.arange(9), made].prod())
        # Where nothing can be told a stake stays a stake.
        worth, weight = worth + likely * (one.worth if one else 1.0), weight + likely

    assert weight == pytest.approx(1)
    assert worth == pytest.approx(1, abs=0.2)


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
