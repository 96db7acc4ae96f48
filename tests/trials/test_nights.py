"""Nights as arrays."""

from datetime import date, timedelta

import numpy as np
import pytest

from quietlegs.trials.nights import (
    NO_ARM,
    DuplicateNightError,
    LengthsDifferError,
    Nights,
    NightsError,
    NotFiniteError,
    OutOfOrderError,
    UnknownArmError,
    nights_from,
)

MONDAY = date(2026, 1, 5)
WEEK = [MONDAY + timedelta(days=k) for k in range(7)]


def test_it_keeps_a_night_without_an_answer_and_one_without_an_arm() -> None:
    nights = nights_from(WEEK[:3], ["calf", None, "breathing"], [4, 5, None])

    assert nights.arms.tolist() == [0, NO_ARM, 1]
    assert nights.answered.tolist() == [True, True, False]


def test_it_counts_the_dates_that_are_not_listed() -> None:
    assert nights_from([WEEK[0], WEEK[2], WEEK[6]], [None] * 3, [1, 2, 3]).unlisted == 4
    assert nights_from([], [], []).unlisted == 0


def test_it_closes_gaps_only_when_asked() -> None:
    closed = nights_from([WEEK[0], WEEK[2], WEEK[6]], ["a", "b", "a"], [1, None, 3]).closed_up()

    assert [str(on) for on in closed.on] == ["2026-01-05", "2026-01-06", "2026-01-07"]
    assert closed.answered.tolist() == [True, False, True]
    assert len(nights_from([], [], []).closed_up()) == 0


def test_it_keeps_all_nights_when_only_some_arms_are_looked_at() -> None:
    some = nights_from(WEEK[:4], ["a", "b", "c", None], [1, 2, 3, 4]).only(["c", "a"])

    assert some.arms.tolist() == [1, NO_ARM, 0, NO_ARM]
    assert some.arm_names == ("c", "a")


def test_it_cannot_be_written_to_nor_changed_from_outside() -> None:
    answers = np.array([1.0, 2.0])
    nights = Nights(np.array(WEEK[:2], dtype="datetime64[D]"), np.array([0, 0]), ("a",), answers)
    answers[0] = 9

    assert nights.outcomes[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        nights.outcomes[0] = 9


@pytest.mark.parametrize(
    ("on", "arms", "answers", "kind", "told"),
    [
        ([WEEK[0], WEEK[1], WEEK[1]], [None] * 3, [1, 2, 3], DuplicateNightError, r"on\[2\] is '2026-01-06'"),
        ([WEEK[0], WEEK[3], WEEK[2]], [None] * 3, [1, 2, 3], OutOfOrderError, "a night after 2026-01-08"),
        (WEEK[:2], [None] * 2, [1, float("inf")], NotFiniteError, r"outcomes\[1\] is inf"),
        (WEEK[:2], [None] * 2, [1, -1e300], NotFiniteError, r"outcomes\[1\] is -1e\+300; allowed: a finite number"),
        (WEEK[:2], [None] * 2, [1], LengthsDifferError, "outcomes is '1 values'; allowed: 2"),
        (WEEK[:2], ["a"], [1, 2], LengthsDifferError, "arms is '1 values'; allowed: 2"),
    ],
)
def test_it_names_the_place_of_what_is_wrong(
    on: list[date], arms: list[str | None], answers: list[float | None], kind: type[NightsError], told: str
) -> None:
    with pytest.raises(kind, match=told):
        nights_from(on, arms, answers)


def test_it_refuses_arms_that_have_no_name_and_nights_that_have_no_date() -> None:
    day = np.array(["2026-01-05"], dtype="datetime64[D]")

    with pytest.raises(UnknownArmError, match=r"arms\[0\] is 1; allowed: -1 to 0"):
        Nights(day, np.array([1]), ("a",), np.array([1.0]))
    with pytest.raises(NightsError, match="no date"):
        Nights(np.array(["NaT"], dtype="datetime64[D]"), np.array([0]), ("a",), np.array([1.0]))
    with pytest.raises(UnknownArmError, match="allowed: none, no night has an arm"):
        nights_from(WEEK[:1], [None], [1]).having("calf")
