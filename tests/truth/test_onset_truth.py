"""The truth about the onset in small, every time; and the page that holds the large run."""

import json
from datetime import timedelta

import numpy as np
import pytest
from tests.truth.onset import FILE, OURS, measure, people, score, scored_nights, summed
from tests.truth.onset_page import PAGE, page
from tests.truth.onset_people import FIRST, HOME, KINDS, NIGHTS, lived
from tests.truth.onset_rivals import RIVALS, fixed, last_month, last_night, on_felt_nights, running_mean

from quietlegs.plan.onset_grid import HOURS
from quietlegs.plan.onset_nights import NightBegun, clock_h


def begun(hour: float | None, *, calm: bool | None = False) -> NightBegun:
    return NightBegun(FIRST, hour, calm, 2.0)


def test_its_page_is_what_the_measurements_make() -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))

    assert set(kept) == set(KINDS)
    assert PAGE.read_text(encoding="utf-8") == page(kept)


def test_its_ranges_hold_about_as_many_hours_as_they_say() -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    half, most = (np.mean([kept[kind][OURS][what] for kind in KINDS]) for what in ("half", "most"))

    assert 0.47 <= half <= 0.53
    assert 0.87 <= most <= 0.93


def test_it_beats_the_point_forecasts_for_steady_people_and_covers_what_it_says() -> None:
    found = summed([measure(person) for person in people("steady", 6)])

    assert all(
        found[OURS]["hour"] < found[name]["hour"] for name in ("same as last night", "running mean", "fixed 20:30")
    )
    assert 0.8 <= found[OURS]["most"] <= 1


def test_it_draws_and_measures_the_same_people_again() -> None:
    first, second = people("travel", 1)[0], people("travel", 2)[0]

    assert first.noted == pytest.approx(second.noted, nan_ok=True)
    assert summed([measure(first), measure(second)])[OURS] == summed([measure(second), measure(first)])[OURS]


@pytest.mark.parametrize("kind", KINDS)
def test_its_people_are_whole(kind: str) -> None:
    person = lived(kind, np.random.default_rng(1))
    diary = person.diary()

    assert len(diary) == NIGHTS
    assert all((night is None) != rated for night, rated in zip(diary, person.rated, strict=True))
    for place, night in enumerate(diary):
        if night is not None:
            assert night.calm == np.isinf(person.hours[place])
            assert night.hour is None or abs(night.hour - person.hours[place]) <= 0.25


def test_its_clock_goes_back_in_the_middle() -> None:
    clocks = [clock_h(FIRST + timedelta(days=place), HOME) for place in (0, NIGHTS - 1)]

    assert clocks == [2.0, 1.0]


def test_its_rivals_say_what_they_are_called() -> None:
    nights = [begun(10.0), begun(9.0), begun(None), begun(None, calm=True)]

    assert np.interp(0.5, running_mean(nights), HOURS) == pytest.approx(9.5, abs=0.25)
    assert last_night(nights).sum() == 0
    assert np.interp(0.5, on_felt_nights(last_night(nights), nights), HOURS) == pytest.approx(9, abs=0.25)
    assert last_month(nights)[-1] == pytest.approx(2 / 3)
    assert all((rival([]) == fixed([])).all() for rival in RIVALS.values())


def test_its_score_is_the_error_of_a_single_hour_and_best_for_what_is_true() -> None:
    nine = (HOURS >= 9).astype(float)
    calm = np.zeros_like(HOURS)

    assert score(nine, nine, 10.0)["hour"] == 60
    assert score(nine, nine, 9.0)["hour"] == 0
    assert score(nine, calm, np.inf)["whole"] == 0
    # Whoever says 30 % calm where 30 % are calm loses less in the long run than whoever says none or half.
    lost = [
        0.3 * score(nine, (1 - said) * nine, np.inf)["whole"] + 0.7 * score(nine, (1 - said) * nine, 9.0)["whole"]
        for said in (0.0, 0.3, 0.5)
    ]
    assert lost[1] == min(lost)


def test_it_scores_every_night_of_the_first_week() -> None:
    assert scored_nights()[:8] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert max(scored_nights()) < NIGHTS
