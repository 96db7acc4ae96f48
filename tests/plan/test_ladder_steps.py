"""What each rule of the ladder does by itself: with any of them switched off, a promise here breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from tests.plan.facts import fact, on

from quietlegs.plan import ladder_rules as rules
from quietlegs.plan.ladder import Ladder, Terms, climb
from quietlegs.plan.ladder_nights import Done, Lived, lived_nights
from quietlegs.plan.ladder_rungs import Why
from quietlegs.records.done import Practice, State, StopReason, Work
from quietlegs.records.felt import OfferedBecause, Relief

STRETCH, STRONG, REST = "calf_wall_straight", "heel_raise", "legs_up_wall"
EASY = Done(level=1, easy=True, pained=False, hurt=False)
BAD = Done(level=1, easy=False, pained=True, hurt=True)
OPEN = Terms(5)


def evening(*keys: str, severity: int | None = None, states: frozenset[State] = frozenset()) -> Lived:
    """An easy evening with these movements, each at a level that is high enough to count."""
    return Lived(date.min, dict.fromkeys(keys, replace(EASY, level=5)), bool(keys), severity, states)


def after(*nights: Lived, terms: Mapping[int, Terms] | None = None) -> Ladder:
    """Return the ladder on the evening after these nights."""
    lived = [replace(night, on=on(place)) for place, night in enumerate((*nights, Lived(date.min)))]
    return climb(lived, {night.on: (terms or {}).get(place, OPEN) for place, night in enumerate(lived)})


def weeks(many: int, *keys: str, severity: int | None = None) -> list[Lived]:
    return [evening(*keys, severity=severity)] * (7 * many)


def level(nights: Sequence[Lived], key: str = STRETCH) -> int:
    return after(*nights).level(key)


def test_it_climbs_level_by_level_two_weeks_apart() -> None:
    levels = [level([evening(STRETCH)] * nights) for nights in range(40)]

    assert levels[:7] == [1] * 7
    assert levels[7] == 2
    first = {reached: levels.index(reached) for reached in (2, 3, 4)}
    assert first[3] - first[2] >= 14
    assert first[4] - first[3] >= 14


def test_it_lets_rest_climb_no_ladder() -> None:
    assert level(weeks(6, REST), REST) == 1


def test_it_brings_down_one_level_what_hurt() -> None:
    nights = weeks(4, STRETCH, STRONG)
    before = level(nights)

    bad = replace(evening(STRONG), done={STRETCH: BAD, STRONG: EASY})

    assert before > 1
    assert level([*nights, bad]) == before - 1
    assert level([*nights, bad], STRONG) == level(nights, STRONG)


def test_it_rests_for_two_weeks_what_hurts_again_at_the_easiest_level() -> None:
    bad = replace(evening(STRETCH), done={STRETCH: BAD})
    nights = [evening(STRETCH)] * 3

    assert not after(*nights, bad).is_out(STRETCH)
    assert after(*nights, bad, bad).is_out(STRETCH)
    idle = [evening(STRONG)]
    assert after(*nights, bad, bad, *idle * 13).is_out(STRETCH)
    assert not after(*nights, bad, bad, *idle * 14).is_out(STRETCH)


def test_it_does_not_rest_what_hurt_weeks_apart() -> None:
    bad = replace(evening(STRETCH), done={STRETCH: BAD})

    assert not after(bad, *[evening(STRONG)] * 15, bad).is_out(STRETCH)


def test_it_brings_strength_down_after_soreness_and_leaves_the_stretch() -> None:
    nights = weeks(3, STRETCH, STRONG)
    sore = evening(STRETCH, states=frozenset({State.SORE}))

    assert level(nights, STRONG) > 1
    assert level([*nights, sore], STRONG) == level(nights, STRONG) - 1
    assert level([*nights, sore], STRETCH) >= level(nights, STRETCH)


def test_it_blames_no_work_of_more_than_three_days_ago_for_soreness() -> None:
    nights = [*weeks(3, STRETCH, STRONG), *[evening(STRETCH)] * 4]
    sore = evening(STRETCH, states=frozenset({State.SORE}))

    assert level([*nights, sore], STRONG) == level(nights, STRONG)


def test_it_counts_one_soreness_once() -> None:
    nights = weeks(6, STRETCH, STRONG)
    sore = evening(STRETCH, STRONG, states=frozenset({State.SORE}))
    once = level([*nights, sore], STRONG)

    assert level([*nights, sore, sore, sore], STRONG) == once
    assert level([*nights, sore, *[evening(STRETCH, STRONG)] * 6, sore], STRONG) == once - 1


def test_it_makes_all_one_level_easier_when_ill_and_lets_nothing_rise_for_a_week() -> None:
    nights = weeks(4, STRETCH, STRONG)
    ill = Lived(date.min, states=frozenset({State.SICK}))
    new = "quad"

    for key in (STRETCH, STRONG):
        assert level([*nights, ill], key) == level(nights, key) - 1
        assert level([*nights, ill, ill, ill], key) == level(nights, key) - 1
    idle = [evening(new)]
    assert level([*nights, ill, *idle * 5], new) == 1
    assert level([*nights, ill, *idle * 6], new) == 2


def test_it_steps_down_once_for_each_week_with_nothing_done() -> None:
    nights = weeks(6, STRETCH)
    nothing = Lived(date.min)
    top = level(nights)

    assert top >= 3
    # The evening after six empty ones is the seventh without anything.
    assert [level([*nights, *[nothing] * gap]) for gap in (5, 6, 12, 13)] == [top, top - 1, top - 1, top - 2]


def test_it_does_not_step_down_twice_for_a_week_spent_ill() -> None:
    nights = weeks(6, STRETCH)
    ill = Lived(date.min, states=frozenset({State.SICK}))

    assert level([*nights, *[ill] * 6]) == level([*nights, ill])


@pytest.mark.parametrize(("worse", "back"), [((6, 6), True), ((6,), False), ((5, 5), False), ((6, 4, 6), False)])
def test_it_takes_the_last_raise_back_after_two_worse_nights_running(worse: tuple[int, ...], *, back: bool) -> None:
    nights = weeks(1, STRETCH, severity=4)
    assert level(nights) == 2

    ladder = after(*nights, *[evening(STRETCH, severity=one) for one in worse])

    assert ladder.level(STRETCH) == (1 if back else 2)
    moved = ladder.rung(STRETCH).moved
    assert moved is not None
    assert (moved.why is Why.WORSE_NIGHTS) is back


def test_it_blames_no_raise_for_nights_that_nobody_can_compare() -> None:
    nights = weeks(1, STRETCH)

    assert level([*nights, *[evening(STRETCH, severity=9)] * 2]) == 2


def test_it_leaves_out_for_ninety_days_what_made_the_legs_clearly_worse_three_times() -> None:
    worse = replace(evening(STRETCH), worse=frozenset({STRETCH}))
    idle = [evening(STRONG)]

    assert not after(worse, worse).is_out(STRETCH)
    assert after(worse, worse, worse).is_out(STRETCH)
    assert after(worse, *idle * 20, worse, *idle * 20, worse).is_out(STRETCH)
    assert after(worse, worse, worse, *idle * 89).is_out(STRETCH)
    assert not after(worse, worse, worse, *idle * 90).is_out(STRETCH)


def test_it_forgets_an_evening_that_was_worse_after_ninety_days() -> None:
    worse = replace(evening(STRETCH), worse=frozenset({STRETCH}))

    assert not after(worse, worse, *[evening(STRONG)] * 90, worse).is_out(STRETCH)


def test_it_takes_back_a_raise_that_no_evening_tried_for_a_week() -> None:
    nights = weeks(1, STRETCH)
    assert level(nights) == 2

    assert level([*nights, *[evening(STRONG)] * 6]) == 2
    assert level([*nights, *[evening(STRONG)] * 7]) == 1


def test_it_comes_under_a_new_ceiling_on_the_same_evening() -> None:
    nights = weeks(6, STRETCH)
    assert level(nights) >= 3

    lower = after(*nights, terms={len(nights): Terms(2)})

    assert lower.level(STRETCH) == 2
    assert lower.rung(STRETCH).level == 2


def test_it_keeps_waiting_three_evenings_between_raises_above_the_second_level() -> None:
    keys = [STRETCH, STRONG, "quad", "hamstring"]
    nights = [evening(*keys)] * 60
    seen = [{key: level(nights[:many], key) for key in keys} for many in range(len(nights))]
    raised = [
        place
        for place, (was, now) in enumerate(pairwise(seen))
        if any(now[key] > was[key] >= rules.USUAL_LEVEL for key in keys)
    ]

    assert len(raised) >= 4
    assert all(later - earlier >= rules.EVENINGS_BETWEEN for earlier, later in pairwise(raised))


WORK = Work(left_s=30, right_s=30)


@pytest.mark.parametrize(
    ("stopped", "pain", "hurts"),
    [(None, 3, False), (None, 4, True), (StopReason.HURT, None, True), (StopReason.ENOUGH, None, False)],
)
def test_it_takes_pain_of_four_or_a_stop_for_pain_as_hurt(
    stopped: StopReason | None, pain: int | None, *, hurts: bool
) -> None:
    (night,) = lived_nights([fact(Practice(STRETCH, 1, WORK, WORK, stopped, pain))], on(0))

    assert night.done[STRETCH].hurt is hurts
    assert (level([*weeks(2, STRETCH), night]) < level(weeks(2, STRETCH))) is hurts


@pytest.mark.parametrize(("before", "rated", "worse"), [(3, 5, True), (3, 4, False), (5, 3, False)])
def test_it_calls_two_points_more_after_a_movement_clearly_worse(
    before: int, rated: int | None, *, worse: bool
) -> None:
    (night,) = lived_nights([fact(Relief(STRETCH, OfferedBecause.DEFAULT, 1.0, before, rated))], on(0))

    assert (STRETCH in night.worse) is worse


def test_it_gives_no_raise_to_what_is_at_its_ceiling() -> None:
    two = dict.fromkeys(range(60), Terms(2))
    nights = weeks(6, STRETCH)

    ladder = after(*nights, terms=two)

    assert ladder.rung(STRETCH).level == 2
    assert ladder.raised is not None
    assert ladder.raised.on == on(7)


def test_it_needs_six_easy_evenings_within_two_weeks_above_the_second_level() -> None:
    begun = weeks(1, STRETCH)
    assert level(begun) == 2
    idle = evening(STRONG)

    # The evening that tried the raise is more than two weeks away when the sixth comes.
    five = [*begun, evening(STRETCH), *[idle] * 10, *[evening(STRETCH)] * 5]

    assert level(five) == 2
    assert level([*five, evening(STRETCH)]) == 3


def test_it_counts_no_evening_with_any_pain_as_easy() -> None:
    aching = replace(evening(STRETCH), done={STRETCH: Done(5, easy=False, pained=True, hurt=False)})

    assert level([*[evening(STRETCH)] * 6, aching]) == 1
    assert level([*[evening(STRETCH)] * 4, aching, *[evening(STRETCH)] * 3]) == 2
