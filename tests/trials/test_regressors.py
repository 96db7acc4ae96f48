"""What stands in the columns, and what the prior refuses."""

import numpy as np
import pytest

from quietlegs.records.bounds import RangeError
from quietlegs.trials.nights import Nights
from quietlegs.trials.prior import Prior
from quietlegs.trials.regressors import Declared, Regressors, regressors

ON = np.datetime64("2026-01-05") + np.array([0, 1, 2, 4, 5, 6, 7])
ARMS = np.array([-1, 0, 1, 1, 0, -1, 1])
NIGHTS = Nights(ON, ARMS, ("a", "b"), np.array([9.0, 1, 2, 3, np.nan, 4, 5]))


def built(**covariates: list[float]) -> Regressors:
    arrays = {name: np.array(values) for name, values in covariates.items()}
    return regressors(NIGHTS, Declared(carry_over=True), arrays, Prior())


def columns(found: Regressors, name: str, count: int = 1) -> list[list[float]]:
    start = found.starts[name]
    rows: list[list[float]] = found.values[:, start : start + count].tolist()
    return rows


def test_it_marks_weekdays_from_monday_to_sunday() -> None:
    assert np.argmax(columns(built(), "weekday", 7), axis=1).tolist() == [1, 2, 4, 5, 0]


def test_it_carries_an_arm_over_from_a_listed_night_of_the_trial_alone() -> None:
    assert columns(built(), "carried", 2) == [[0, 0], [1, 0], [0, 0], [0, 1], [0, 0]]


def test_it_counts_the_trend_from_the_middle_of_the_answered_nights() -> None:
    assert np.ravel(columns(built(), "trend")) * 30 == pytest.approx(np.array([1, 2, 4, 5, 7]) - 3.5)


def test_it_weighs_its_contrasts_so_that_they_pick_arms_out() -> None:
    found = built()
    per_arm = found.values[:, found.nuisance :]
    effect = found.effect("b", "a")[found.nuisance :]

    assert (effect @ per_arm[1] - effect @ per_arm[0]) == pytest.approx(2)
    assert np.flatnonzero(found.carried("b", "a")).tolist() == [found.starts["carried"], found.starts["carried"] + 1]


def test_it_centres_covariates_on_answered_nights_and_marks_the_unknown() -> None:
    found = built(cups=[9, 0, 2, np.nan, 7, 9, 4], seen=[9, 1, 3, 1, np.nan, 9, 3])

    assert np.ravel(columns(found, "cups")) == pytest.approx([-0.5, 0, 0, 1.25, 0.5])
    assert np.ravel(columns(found, "cups unknown")).tolist() == [0, 0, 1, 0, 0]
    assert "seen unknown" not in found.starts
    assert found.covariate("cups").sum() == pytest.approx(1 / 4)


@pytest.mark.parametrize(
    ("prior", "told"),
    [
        ({"sigma": 0.0}, "Prior.sigma is 0.0"),
        ({"trend": np.nan}, "Prior.trend is nan"),
        ({"arms": ()}, "Prior.arms is ()"),
        ({"arms": (1.0, -1.0)}, "Prior.arms[1] is -1.0"),
        ({"phi_centre": np.inf}, "Prior.phi_centre is inf"),
    ],
)
def test_it_refuses_a_prior_that_is_none(prior: dict[str, float], told: str) -> None:
    with pytest.raises(RangeError) as refused:
        Prior(**prior)  # type: ignore[arg-type]  # an empty tuple among them is the point

    assert told in str(refused.value)
