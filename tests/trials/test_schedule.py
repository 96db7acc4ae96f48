"""One schedule is drawn, kept, and shown one evening at a time."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quietlegs.trials.allocation import TooManySchedulesError
from quietlegs.trials.design import Design, DesignError, Stage
from quietlegs.trials.nights import NO_ARM
from quietlegs.trials.schedule import Schedule, arm_on, count_schedules, draw, enumerate_schedules, redraw

START = date(2026, 3, 20)
DESIGN = Design(("calf", "breathing", "walk"), "breathing", 2, (Stage(4, 0.05),), seed=11, washout_nights=1)

DESIGNS = st.builds(
    lambda names, nights, rounds, **rest: Design(
        names, names[0], nights, (Stage(rounds, 0.03), Stage(1, 0.02)), washout_nights=nights - 1, **rest
    ),
    st.sampled_from([("a", "b"), ("a", "b", "c"), ("a", "b", "c", "d")]),
    st.integers(1, 7),
    st.integers(1, 12),
    seed=st.integers(0, 2**128 - 1),
    bit_generator=st.sampled_from(["PCG64", "PCG64DXSM", "Philox", "SFC64"]),
    run_in_nights=st.integers(7, 14),
    longest_run_nights=st.sampled_from([None, 7, 14]),
)


@settings(max_examples=40, deadline=None)
@given(DESIGNS)
def test_it_draws_the_same_schedule_again_from_the_recorded_seed(design: Design) -> None:
    schedule = draw(design, design.fresh_lot(), starts_on=START)

    assert schedule == draw(design, design.fresh_lot(), starts_on=START)
    assert schedule.probability == Fraction(1, count_schedules(design))
    assert design.allocation.contains(np.array(schedule.codes))


@settings(max_examples=40, deadline=None)
@given(DESIGNS)
def test_it_gives_every_arm_the_same_nights_after_the_run_in(design: Design) -> None:
    schedule = draw(design, design.fresh_lot(), starts_on=START)

    assert len(schedule) == len(schedule.on) == len(schedule.arms) == design.run_in_nights + design.nights
    assert (schedule.arms[schedule.run_in] == NO_ARM).all()
    assert set(np.bincount(schedule.arms[~schedule.run_in])) == {design.rounds * design.block_nights}
    assert schedule.washout.sum() == design.washout_nights * len(design.arms) * design.rounds


@pytest.mark.parametrize("rng", [np.random.default_rng(12), np.random.Generator(np.random.Philox(11))])
def test_it_refuses_a_lot_that_cannot_be_drawn_again(rng: np.random.Generator) -> None:
    with pytest.raises(DesignError, match="the start of the design's recorded seed"):
        draw(DESIGN, rng, starts_on=START)


def test_it_refuses_a_lot_that_was_used_before() -> None:
    used = DESIGN.fresh_lot()
    used.bit_generator.random_raw()

    with pytest.raises(DesignError, match="recorded seed"):
        draw(DESIGN, used, starts_on=START)


def test_it_reveals_one_evening_and_says_nothing_of_the_next() -> None:
    schedule = draw(DESIGN, DESIGN.fresh_lot(), starts_on=START)
    evenings = [START + timedelta(days=place) for place in range(len(schedule))]
    told = [arm_on(schedule, on) for on in evenings]

    assert told[:7] == [None] * 7
    assert [DESIGN.arms.index(arm) for arm in told[7:] if arm] == list(schedule.codes)
    assert schedule.on.astype(object).tolist() == evenings
    assert "codes" not in repr(schedule)


@pytest.mark.parametrize("days", [-1, 31])
def test_it_knows_no_arm_outside_the_schedule(days: int) -> None:
    with pytest.raises(DesignError, match="allowed: 2026-03-20 to 2026-04-19"):
        arm_on(draw(DESIGN, DESIGN.fresh_lot(), starts_on=START), START + timedelta(days=days))


@pytest.mark.parametrize(("counted", "nights"), [(False, 12), (True, 24)])
def test_it_counts_washout_nights_as_fixed_before(counted: bool, nights: int) -> None:
    design = replace(DESIGN, washout_counted=counted)
    schedule = draw(design, design.fresh_lot(), starts_on=START)

    assert schedule.counted.sum() == nights
    assert not schedule.counted[:7].any()
    assert schedule.washout[7:].tolist() == [True, False] * 12


def test_it_refuses_codes_and_chances_that_are_not_the_designs() -> None:
    drawn = draw(DESIGN, DESIGN.fresh_lot(), starts_on=START)

    with pytest.raises(DesignError, match=r"Schedule\.codes"):
        replace(drawn, codes=(0,) * 24)
    with pytest.raises(DesignError, match=r"Schedule\.codes"):
        replace(drawn, codes=drawn.codes[:-1])
    with pytest.raises(DesignError, match="allowed: 1/1296"):
        Schedule(DESIGN, START, drawn.codes, Fraction(1, 2))


def test_it_lists_counts_and_draws_again_one_and_the_same_set() -> None:
    small = replace(DESIGN, stages=(Stage(2, 0.05),), longest_run_nights=3)
    every = {row.tobytes() for row in enumerate_schedules(small)}
    drawn = {row.tobytes() for row in redraw(small, 2_000, np.random.default_rng(5))}

    assert len(every) == count_schedules(small) == 24
    assert drawn == every
    with pytest.raises(TooManySchedulesError):
        enumerate_schedules(replace(DESIGN, stages=(Stage(9, 0.05),)))
