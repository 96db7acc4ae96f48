"""What holds of the ladder and of every evening, whatever a person lived through."""

from datetime import timedelta
from fractions import Fraction
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.plan.facts import fact, on
from tests.plan.living import LIBRARY, Day, Lived, days, levels, live, people

from quietlegs.plan import ladder_rules as rules
from quietlegs.plan.allowed import allowed
from quietlegs.plan.evening import evening
from quietlegs.plan.rest import resting
from quietlegs.plan.turns import Turn
from quietlegs.records.fact import newest
from quietlegs.records.person import Wishes
from quietlegs.records.tried import TrialStage, TrialStart

BREATH, CALF = "breath_circles", "calf_wall_straight"
MOST = 40
MANY = settings(max_examples=15, deadline=None, phases=[Phase.generate])


def lived(history: list[Day], wishes: Wishes) -> list[Lived]:
    return list(live(history, wishes))


@MANY
@given(days(MOST), people)
def test_it_never_lets_two_movements_go_up_at_once(history: list[Day], wishes: Wishes) -> None:
    shown: dict[str, int] = {}
    for one in live(history, wishes):
        now = {key: level for key, level in levels(one.plan).items() if not rules.is_rest(key)}
        higher = [key for key, level in now.items() if level > shown.get(key, 1)]
        assert len(higher) <= 1, (one.on, higher)
        assert all(now[key] - shown.get(key, 1) == 1 for key in higher)
        shown |= now


@MANY
@given(days(MOST), people)
def test_it_never_goes_above_the_ceiling(history: list[Day], wishes: Wishes) -> None:
    for one in live(history, wishes):
        held = newest(one.facts, Wishes)
        most = rules.ceiling(allowed(LIBRARY, one.facts), held.age if held else None)
        assert max(levels(one.plan).values(), default=0) <= most


@MANY
@given(days(MOST), people)
def test_it_always_steps_back_or_stays_at_the_easiest_after_pain(history: list[Day], wishes: Wishes) -> None:
    nights = lived(history, wishes)
    for place, one in enumerate(nights):
        slots = one.plan.routine.slots[: one.day.does] if one.plan.routine else ()
        if one.day.hurts is None or one.day.pain < rules.HURTS_FROM or one.day.hurts >= len(slots):
            continue
        slot = slots[one.day.hurts]
        if rules.is_rest(slot.exercise):
            continue
        # For two weeks it is lower than it was, or at the easiest level, or left out.
        for later in nights[place + 1 : place + 8]:
            level = levels(later.plan).get(slot.exercise)
            assert level is None or level < slot.level or level == rules.FIRST_LEVEL


@MANY
@given(days(MOST), people, st.integers(0, 2**32))
def test_it_is_the_same_whatever_the_order_in_which_the_facts_come(
    history: list[Day], wishes: Wishes, seed: int
) -> None:
    last = lived(history, wishes)[-1]
    mixed = list(last.facts)
    Random(seed).shuffle(mixed)

    assert evening(LIBRARY, mixed, last.on) == evening(LIBRARY, last.facts, last.on)


@MANY
@given(days(MOST), people)
def test_it_stays_within_its_minutes_and_offers_nothing_that_is_not_allowed(history: list[Day], wishes: Wishes) -> None:
    for one in live(history, wishes):
        may = allowed(LIBRARY, one.facts)
        keys = list(levels(one.plan))
        assert one.plan.length <= timedelta(minutes=rules.MOST_MINUTES)
        assert all(may.reason_against(LIBRARY.exercises[key]) is None for key in keys)
        assert one.plan.routine is None or len(keys) == len(one.plan.routine.slots)
        assert len(one.plan.steps) == len(keys)


@MANY
@given(days(MOST), people, st.sampled_from([CALF, "ankle_pumps", "hamstring", "quad"]), st.integers(7, 20))
def test_it_keeps_arms_apart_and_one_level_all_through_a_trial(
    history: list[Day], wishes: Wishes, tried: str, begins: int
) -> None:
    def turns(night: int) -> list[Turn]:
        return [Turn((tried, BREATH), BREATH, (tried, BREATH)[night % 2])] if night >= begins else []

    nights, stages = 60, (TrialStage(30, 0.05),)
    drawn = tuple((begins + place) % 2 for place in range(nights))
    start = TrialStart((tried, BREATH), BREATH, 1, stages, on(begins - 7), 7, 1, "PCG64", drawn, Fraction(1, 2**30))
    fixed: set[int] = set()
    for place, one in enumerate(live([*history, *[Day()] * 10], wishes, turns, (fact(start),))):
        now, tonight = levels(one.plan), [turn.arm for turn in turns(place)]
        if tonight == [tried]:
            assert BREATH not in now
            fixed |= {now[tried]} if tried in now and one.day.hurts is None else set()
        elif tonight:
            assert tried not in now
    hurt = any(day.hurts is not None for day in history) or any(day.yes is not None for day in history)
    assert hurt or len(fixed) <= 1


@MANY
@given(days(MOST), people)
def test_it_plans_nothing_on_a_night_of_rest_and_nothing_goes_up_before_the_next_evening(
    history: list[Day], wishes: Wishes
) -> None:
    before: dict[str, int] = {}
    rested = False
    for one in live(history, wishes):
        pause = resting(one.facts, one.on)
        assert (one.plan.pause is None) == (pause is None)
        if pause is not None:
            assert one.plan.routine is None
            rested = True
            continue
        now = {key: level for key, level in levels(one.plan).items() if not rules.is_rest(key)}
        if rested:
            assert sum(level > before.get(key, 1) for key, level in now.items()) <= 1
        before |= now
        rested = False


@MANY
@given(days(MOST), people)
def test_it_asks_for_strength_three_evenings_a_week_and_never_two_running(history: list[Day], wishes: Wishes) -> None:
    strong = [
        one.on for one in live(history, wishes) if any(map(rules.is_strength, levels(one.plan))) and one.day.does == 20
    ]

    for place, first in enumerate(strong):
        assert first - timedelta(days=1) not in strong
        assert sum(timedelta(0) <= other - first < rules.WEEK for other in strong[place:]) <= rules.STRENGTH_A_WEEK
