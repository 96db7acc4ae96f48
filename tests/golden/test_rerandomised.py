"""Exact re-randomisation against published and independently counted figures; each case's HOW.md says which."""

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from quietlegs.trials.allocation import Allocation, Codes
from quietlegs.trials.families import fixed_numbers, permuted_rounds
from quietlegs.trials.rerandomise import Experiment, Floats, Rerandomised, Side, difference_in_means, rerandomise
from quietlegs.trials.sum_counting import count_by_sums

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data"
OUTCOMES = ("productivity", "creativity", "absorption", "mindfulness", "happy")
MEANS = difference_in_means(1, 0)

pytestmark = pytest.mark.real


def shared(name: str) -> str:
    if not (DATA / name).exists():
        pytest.skip(f"{DATA / name} is absent: the published data are kept beside the checkout, not in it")
    return (DATA / name).read_text(encoding="utf-8")


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(shared(name).splitlines()))


def expected(case: str) -> Any:
    return json.loads((HERE / case / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def nights() -> tuple[Floats, Codes]:
    rows = rows_of("sleeping-pills/days.csv")
    codes = np.array([row["treatment"] == "pill" for row in rows], dtype=np.int8)
    return np.array([float(row["sleep_quality"]) for row in rows]), codes


@pytest.mark.parametrize(
    ("design", "allocation"),
    [
        ("all_orders", fixed_numbers((7, 7))),
        ("within_pairs", permuted_rounds(2, block_nights=1, rounds=7)),
        ("runs_of_at_most_2", fixed_numbers((7, 7), longest_run_nights=2)),
    ],
)
def test_it_meets_the_sleeping_pills_to_the_fraction(
    nights: tuple[Floats, Codes], design: str, allocation: Allocation
) -> None:
    wanted = expected("sleeping_pills")
    found = rerandomise(Experiment(*nights, allocation), statistic=MEANS, side=Side.HIGHER)

    assert isinstance(found, Rerandomised)
    assert [found.as_extreme, found.schedules] == wanted[design]
    assert Fraction(found.observed).limit_denominator(1000) == Fraction(*wanted["difference"])
    assert found.exact


def test_it_counts_the_sleeping_pills_as_it_lists_them(nights: tuple[Floats, Codes]) -> None:
    found = count_by_sums(*nights, side=Side.HIGHER)

    assert isinstance(found, Rerandomised)
    assert [found.as_extreme, found.schedules] == expected("sleeping_pills")["all_orders"]


def day_answers(outcome: str) -> tuple[Floats, Codes]:
    rows = rows_of("caffeine/daily.csv")
    answers = np.array([float(row[outcome]) if row[outcome] else np.nan for row in rows])
    return answers, np.array([int(row["treat"]) for row in rows], dtype=np.int8)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_it_counts_the_caffeine_days_to_the_fraction(outcome: str) -> None:
    answers, codes = day_answers(outcome)
    wanted, kept = expected("caffeine")[outcome], ~np.isnan(answers)
    found, whole = count_by_sums(answers[kept], codes[kept]), count_by_sums(answers, codes)

    assert isinstance(found, Rerandomised)
    assert isinstance(whole, Rerandomised)
    assert [found.as_extreme, found.schedules] == wanted["p"]
    # The unanswered day changes nothing, whether it is part of the lot or not.
    assert whole.p == found.p == Fraction(*wanted["p"])
    assert f"{found.observed / answers[kept].std(ddof=1):.3f}" == wanted["d"]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_it_is_near_the_figures_that_came_with_the_caffeine_days(outcome: str) -> None:
    answers, codes = day_answers(outcome)
    told = float(expected("caffeine")[outcome]["told_p"])
    counted = count_by_sums(answers, codes)
    experiment = Experiment(answers, codes, fixed_numbers((25, 25)))
    drawn = rerandomise(experiment, statistic=MEANS, rng=np.random.default_rng(20260105), draws=20_000)

    assert isinstance(counted, Rerandomised)
    assert isinstance(drawn, Rerandomised)
    assert float(counted.p) == pytest.approx(told, abs=0.001)
    assert float(drawn.p) == pytest.approx(float(counted.p), abs=4 * (told * (1 - told) / 20_000) ** 0.5)


def test_it_finds_the_melatonin_schedule_among_those_with_runs_of_at_most_two() -> None:
    schedule = json.loads(shared("melatonin/melatonin_schedule.json"))
    codes = np.array([schedule[str(day)] for day in range(1, 71)])

    assert fixed_numbers((35, 35), longest_run_nights=2).contains(codes)
    assert not fixed_numbers((35, 35), longest_run_nights=1).contains(codes)
    # It was not drawn in pairs of days.
    assert not permuted_rounds(2, block_nights=1, rounds=35).contains(codes)
