"""Two arms compared, or not yet."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quietlegs.trials.ar1 import ar1
from quietlegs.trials.compare import Comparison, NotYet, Reason, compare, not_yet
from quietlegs.trials.nights import Nights, UnknownArmError, nights_from

Simulate = Callable[..., Nights]


def nights_with(arms: str, answers: list[float | None], *, skip: int | None = None) -> Nights:
    days = [date(2026, 1, 5) + timedelta(days=k + (skip is not None and k >= skip)) for k in range(len(arms))]
    return nights_from(days, list(arms), answers)


@pytest.mark.parametrize(
    ("arms", "answers", "more"),
    [
        ("ab", [1, 2], 6),
        ("abb", [1, 2, None], 6),
        ("aaaaaaab", [1, 2, 3, 4, 5, 6, 7, 8], 2),
        ("aaaaaaaab", [1, 2, 3, 4, 5, 6, 7, 8, None], 3),
        ("abababa", [3, 4, 2, 5, 3, 1, 4], 1),
    ],
)
def test_it_says_how_many_more_nights_are_the_least(arms: str, answers: list[float | None], more: int) -> None:
    found = compare(nights_with(arms, answers), arm="b", comparator="a")

    assert isinstance(found, NotYet)
    assert (found.reason, found.more_nights) == (Reason.TOO_FEW, more)


def test_it_answers_from_the_night_on_that_it_asked_for() -> None:
    nights = nights_with("abababab", [3, 4, 2, 5, 3, 1, 4, 6])

    assert not_yet(nights, arm="b", comparator="a") is None
    assert isinstance(compare(nights, arm="b", comparator="a"), Comparison)


@pytest.mark.parametrize("answers", [[5] * 10, [4, 6] * 5, [0] * 10])
def test_it_gives_no_number_for_answers_that_never_vary(answers: list[float | None]) -> None:
    found = compare(nights_with("ab" * 5, answers), arm="b", comparator="a")

    assert isinstance(found, NotYet)
    assert found.reason is Reason.NO_SPREAD


def test_it_counts_each_arm_and_the_dates_that_are_not_there() -> None:
    nights = nights_with("abababababc", [3, 4, 2, 5, 3, 1, 4, 6, None, 5, 9], skip=4)
    found = compare(nights, arm="b", comparator="a")

    assert isinstance(found, Comparison)
    assert (found.arm.used, found.arm.missing) == (5, 0)
    assert (found.comparator.used, found.comparator.missing) == (4, 1)
    assert found.unlisted == 1


def test_it_tells_both_spacings_only_where_they_differ(simulate: Simulate) -> None:
    whole = simulate(np.random.default_rng(2), 60)
    keep = np.arange(60) != 30
    gapped = whole.where(keep)
    one, other = (compare(nights, arm="calf", comparator="breathing") for nights in (whole, gapped))

    assert isinstance(one, Comparison)
    assert one.closed_up is None
    assert isinstance(other, Comparison)
    assert other.closed_up == ar1(gapped.closed_up(), comparator="breathing")


def test_it_leaves_arms_with_too_few_nights_out_of_the_regression() -> None:
    answers: list[float | None] = [3, 4, 2, 5, 3, 1, 4, 6, 9]
    found = compare(nights_with("ababababc", answers), arm="b", comparator="a")

    assert isinstance(found, Comparison)
    assert set(found.ar1.differences) == {"b"}
    assert found.difference == found.ar1.differences["b"]


def test_it_can_be_written_as_json(simulate: Simulate) -> None:
    long = compare(simulate(np.random.default_rng(5), 40), arm="calf", comparator="breathing")
    short = compare(nights_with("ab", [1, 2]), arm="b", comparator="a")

    told = [json.loads(json.dumps(found.as_dict(), allow_nan=False)) for found in (long, short)]

    assert told[0]["result"] == "estimate"
    assert told[0]["ar1"]["differences"]["calf"]["df"] is None
    assert told[1] == {
        "result": "not_yet",
        "arm": {"name": "b", "used": 1, "missing": 0},
        "comparator": {"name": "a", "used": 1, "missing": 0},
        "reason": "too_few",
        "more_nights": 6,
    }


def test_it_compares_nothing_with_itself_nor_with_what_was_never_tried() -> None:
    nights = nights_with("ab" * 5, [3, 4, 2, 5, 3, 1, 4, 6, 2, 5])

    with pytest.raises(UnknownArmError, match="another arm than the comparator"):
        compare(nights, arm="a", comparator="a")
    with pytest.raises(UnknownArmError, match="allowed: a, b"):
        compare(nights, arm="c", comparator="a")


@pytest.mark.parametrize(
    "answers",
    [
        [5.0, 1, 5, 9, 5, 4, 5, 7, 5, 2, 5, 8],
        [0.0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0, 5],
        [0.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10],
    ],
)
def test_it_gives_no_range_where_one_arm_never_varies(answers: list[float | None]) -> None:
    found = compare(nights_with("ab" * 6, answers), arm="b", comparator="a")

    assert isinstance(found, NotYet)
    assert found.reason is Reason.NO_SPREAD


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3)), min_size=8, max_size=16))
def test_it_gives_a_range_of_a_sensible_width_or_none(pairs: list[tuple[str, int]]) -> None:
    answers: list[float | None] = [float(severity) for _, severity in pairs]
    arms = "".join(arm for arm, _ in pairs)
    assume(len(set(arms)) == 2)

    found = compare(nights_with(arms, answers), arm="b", comparator="a")

    assert isinstance(found, NotYet) or 0 < found.difference.se < 100
