"""The Sleep Regularity Index, against what the definition says by hand, minute by minute."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.facts import fact, on

from quietlegs.plan.regularity import Slept, alike, regularity
from quietlegs.records.fact import Fact
from quietlegs.records.slept import Sleep

MINUTES = 24 * 60
stretches = st.tuples(st.integers(0, MINUTES), st.integers(0, MINUTES)).map(sorted)


def slept(night: int, bed: float = 21, up: float = 29, *, whole: bool = True) -> Fact:
    """A night with hours of UTC after midnight of its day; the diary is kept in Berlin, two hours ahead."""
    start = datetime.combine(on(night), time(0), UTC)
    hours = start + timedelta(hours=bed), start + timedelta(hours=up)
    return fact(Sleep(asleep_at=hours[0], up_at=hours[1] if whole else None), night, hour=23)


def as_defined(one: list[int], other: list[int]) -> float:
    """Phillips et al. 2017: -100 + 200 times the share of moments alike 24 hours apart, counted one by one."""
    alike_ = sum((one[0] <= k < one[1]) == (other[0] <= k < other[1]) for k in range(MINUTES))
    return -100 + 200 * alike_ / MINUTES


def minutes(stretch: list[int]) -> Slept:
    return timedelta(minutes=stretch[0]), timedelta(minutes=stretch[1])


@given(stretches, stretches)
def test_it_is_the_share_of_moments_that_are_alike(one: list[int], other: list[int]) -> None:
    assert alike(minutes(one), minutes(other)) == pytest.approx(as_defined(one, other))


def test_it_is_100_for_the_same_hours_every_day() -> None:
    found = regularity([slept(night) for night in range(8)], on(8))

    assert found is not None
    assert (found.index, found.pairs) == (100, 7)


def test_it_is_as_worked_by_hand_for_an_hour_later_every_second_night() -> None:
    facts = [slept(night, 21 + night % 2, 29 + night % 2) for night in range(8)]

    # Two hours of 24 differ on each pair: one in the evening, one in the morning. 100 - 200 * 2 / 24.
    found = regularity(facts, on(8))
    assert found is not None
    assert found.index == pytest.approx(83.333, abs=0.001)


def test_it_is_minus_100_for_half_a_day_asleep_turned_round_every_day() -> None:
    facts = [slept(night, *((10, 22) if night % 2 else (22, 34))) for night in range(8)]

    found = regularity(facts, on(8))
    assert found is not None
    assert found.index == -100


def test_it_compares_only_nights_that_follow_each_other_and_are_both_known() -> None:
    known = [slept(night) for night in (0, 1, 2, 4, 5, 7, 8, 9)]
    unknown = slept(3, whole=False)

    found = regularity([*known, unknown], on(9))
    assert found is not None
    assert found.pairs == 5


def test_it_says_nothing_of_few_nights_or_of_nights_long_gone() -> None:
    assert regularity([slept(night) for night in range(5)], on(5)) is None
    assert regularity([slept(night) for night in range(8)], on(30)) is None
