"""Means compared; the figures themselves are held against SciPy in tests/golden."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietlegs.trials.nights import Nights, NoSpreadError, TooFewNightsError, UnknownArmError, nights_from
from quietlegs.trials.welch import welch


def nights_with(answers: list[float | None], arms: str) -> Nights:
    days = [date(2026, 1, 5) + timedelta(days=k) for k in range(len(answers))]
    return nights_from(days, list(arms), answers)


@given(st.lists(st.integers(0, 10), min_size=4, max_size=40).filter(lambda found: len(set(found)) > 3))
def test_it_turns_its_sign_when_the_arms_change_places(answers: list[int]) -> None:
    nights = nights_with([float(answer) for answer in answers], ("ab" * 20)[: len(answers)])
    try:
        one, other = (welch(nights, arm=a, comparator=b).difference for a, b in ("ab", "ba"))
    except NoSpreadError:
        return

    assert one.estimate == -other.estimate
    assert one.p == other.p
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


def test_it_leaves_out_nights_without_an_answer() -> None:
    answered = welch(nights_with([1, 4, 3, 7], "abab"), arm="a", comparator="b")
    with_blanks = welch(nights_with([1, None, 4, 3, 7, None], "aababb"), arm="a", comparator="b")

    assert with_blanks == answered


@pytest.mark.parametrize(
    ("call", "kind", "told"),
    [
        (lambda: welch(nights_with([1, 2, 3], "aab"), arm="a", comparator="b"), TooFewNightsError, "with b is 1"),
        (lambda: welch(nights_with([1, 2, None], "abb"), arm="a", comparator="b"), TooFewNightsError, "with a is 1"),
        (lambda: welch(nights_with([5, 5, 5, 5], "abab"), arm="a", comparator="b"), NoSpreadError, "all the same"),
        (lambda: welch(nights_with([5, 6, 5, 6], "abab"), arm="a", comparator="b"), NoSpreadError, "all the same"),
        (lambda: welch(nights_with([0, 0, 0, 0], "abab"), arm="a", comparator="b"), NoSpreadError, "all the same"),
        (lambda: welch(nights_with([1, 2, 3], "aab"), arm="a", comparator="c"), UnknownArmError, "allowed: a, b"),
    ],
)
def test_it_gives_no_number_when_the_nights_bear_none(call: Callable[[], object], kind: type, told: str) -> None:
    with pytest.raises(kind, match=told):
        call()
