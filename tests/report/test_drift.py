"""The range of a drift holds the true one as often as it says, and a doctor is not alarmed for nothing."""

from statistics import median

import numpy as np
import pytest

from quietlegs.report.drift import drift
from quietlegs.report.middle import usual

_PEOPLE, _SEED = 400, 20261126


def _covered(weeks: int, slope: float, phi: float) -> float:
    """Simulate people whose hour moves by so many minutes a week: in how many does the range hold that?"""
    rng, held = np.random.default_rng(_SEED), 0
    for _ in range(_PEOPLE):
        nights = 7 * weeks
        felt = np.zeros(nights)
        felt[0] = rng.normal(0, 80)
        for night in range(1, nights):
            felt[night] = phi * felt[night - 1] + rng.normal(0, 80 * np.sqrt(1 - phi**2))
        hours = 5 * np.round((580 + slope * np.arange(nights) / 7 + felt) / 5)
        noted = rng.random(nights) < 0.7
        by_week = [hours[k : k + 7][noted[k : k + 7]] for k in range(0, nights, 7)]
        found = drift([(median(week), len(week)) if len(week) else None for week in by_week])
        held += found is not None and found.low <= slope * found.weeks <= found.high
    return held / _PEOPLE


@pytest.mark.parametrize(("weeks", "slope"), [(8, 0.0), (13, 0.0), (13, -15.0), (26, 4.0)])
def test_its_range_holds_the_true_drift_in_95_of_100_people(weeks: int, slope: float) -> None:
    assert _covered(weeks, slope, 0.3) > 0.935


def test_it_does_not_drift_where_all_weeks_are_alike() -> None:
    found = drift([(600.0, 5)] * 10)

    assert found is not None
    assert (found.change, found.low, found.high, found.either) == (0, 0, 0, True)


def test_it_passes_over_weeks_with_one_night() -> None:
    odd = drift([(600.0, 5)] * 6 + [(60.0, 1)])

    assert odd is not None
    assert (odd.change, odd.counted) == (0, 6)


def test_it_calls_four_nights_few_and_five_enough() -> None:
    few, enough = usual([1, 2, 3, 10]), usual([1, 2, 3, 4, 10])

    assert few is not None
    assert enough is not None
    assert (few.few, few.low, few.high) == (True, 1, 10)
    assert not enough.few
    assert enough.high == pytest.approx(7.6)
