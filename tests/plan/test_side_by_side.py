"""Things are tried side by side: each has a trial and a lot of its own, a few at once, one new thing an evening."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.facts import fact
from tests.plan.trying import CALF, FIRST, LIBRARY, begun, on

from quietlegs.library.called import AS_USUAL
from quietlegs.plan import ladder_rules as rules
from quietlegs.plan.allowed import allowed
from quietlegs.plan.begin import Wanted, begin, comparator_for
from quietlegs.plan.believed import believed
from quietlegs.plan.evening import evening
from quietlegs.plan.judged import judged
from quietlegs.plan.kept import kept_trials, running, running_all, started
from quietlegs.plan.placing import SHIFTS
from quietlegs.plan.same_lot import same_lot
from quietlegs.plan.side_by_side import (
    MOST_HABITS,
    MOST_MOVEMENTS,
    fits_beside,
    has_place,
    next_beside,
    no_room,
    tried_in,
)
from quietlegs.plan.stage_decide import Lot, accepted, carried_out
from quietlegs.plan.stage_due import asked_about
from quietlegs.plan.stage_review import review
from quietlegs.plan.turns import told_of, turns_on
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.tried import TrialStart

ANSWERED = fact(SafetyAnswers(()), -20)
THINGS = sorted({*LIBRARY.exercises, *(key for key, one in LIBRARY.habits.items() if one.can_be_tested)})


def begun_beside(key: str, night: int, facts: Iterable[Fact], seed: int) -> Fact:
    """A trial of one thing that begins on a night beside those that run."""
    known = list(facts)
    wanted = Wanted((key,), block_nights=2 if key in LIBRARY.habits else 1)
    comparator = comparator_for(LIBRARY, wanted.tried, allowed(LIBRARY, ()))
    drawn = begin(wanted, comparator, known, tonight=on(night), seed=seed)
    return fact(started(same_lot(drawn, known, known), worthwhile=1.0), night)


def filled(nights: int = 12) -> list[Fact]:
    """A wall stretch on trial, and beside it whatever the plan offers on each of the next evenings."""
    facts = [ANSWERED, begun()]
    for night in range(1, nights):
        facts.append(fact(NightRating(5), night - 1))
        key = next_beside(LIBRARY, facts, on(night), believed(facts, LIBRARY, on(night)))
        if key:
            facts.append(begun_beside(key, night, facts, seed=100 + night))
    return facts


def test_it_offers_one_new_thing_an_evening_until_all_places_are_taken() -> None:
    trials = kept_trials(filled())
    tried = tried_in(trials)

    assert len(set(tried)) == len(tried) == MOST_MOVEMENTS + MOST_HABITS
    assert [one.first_on for one in trials] == [on(night) for night in range(MOST_MOVEMENTS + MOST_HABITS)]
    assert Counter(key in LIBRARY.habits for key in tried) == {False: MOST_MOVEMENTS, True: MOST_HABITS}
    assert sum(key in SHIFTS for key in tried) <= 1
    assert next_beside(LIBRARY, filled(), on(11), believed(filled(), LIBRARY, on(11))) is None
    assert not has_place(filled(), LIBRARY, on(11))


def test_it_offers_nothing_beside_before_the_first_turn_or_without_a_trial() -> None:
    for facts in ([ANSWERED], [ANSWERED, begun()]):
        assert next_beside(LIBRARY, facts, on(0), believed(facts, LIBRARY, on(0))) is None
    assert has_place([ANSWERED], LIBRARY, on(0))
    assert not has_place([ANSWERED, begun()], LIBRARY, on(0))


def test_each_trial_has_a_lot_of_its_own_and_nights_of_its_own() -> None:
    facts = filled()
    trials = kept_trials(facts)

    assert len({one.schedule.design.seed for one in trials}) == len(trials)
    newest = running(facts, on(11))
    assert newest is not None
    assert newest.id == trials[-1].id
    assert [turn.arm for turn in turns_on(facts, on(11))] == [one.turn_on(on(11)) for one in trials]
    for one in trials:
        _, answer = judged(one, facts, on(11), names={}, claims=False)
        assert answer.setting.night == (on(10) - one.first_on).days + 1
        # The nights before its first turn are its run-in, whatever else was tried on them.
        assert answer.run_in <= one.schedule.design.run_in_nights


def test_two_trials_that_begin_on_one_night_have_two_lots() -> None:
    first = begun()
    before = [fact(NightRating(5), -back) for back in range(1, 15)]
    again = begin(Wanted(("quad",)), "breath_circles", before, tonight=FIRST, seed=8)
    start = first.payload
    assert isinstance(start, TrialStart)

    assert same_lot(again, [first], [first]).design.seed == 8
    # The same where the first was taken back: it would be another draw of the same night.
    assert same_lot(again, [first], []).design.seed == start.seed


@pytest.mark.parametrize(
    ("tried", "night", "why"),
    [
        ((CALF,), 3, "no place beside"),
        (("quad",), 0, "one new thing an evening"),
        (("quad", "walk", "march", "hamstring"), 3, "no place beside"),
        (("routine_hour", "routine_later"), 3, "no place beside"),
    ],
)
def test_it_says_why_something_cannot_begin(tried: tuple[str, ...], night: int, why: str) -> None:
    assert why in (no_room(tried, [begun()], LIBRARY, on(night)) or "")


def test_something_else_may_begin_beside_it() -> None:
    assert no_room(("quad", "walk"), [begun()], LIBRARY, on(3)) is None
    assert no_room((CALF,), [], LIBRARY, on(3)) is None


@given(st.lists(st.sampled_from(THINGS), unique=True, max_size=6), st.sampled_from(THINGS))
def test_what_fits_beside_others_never_makes_them_too_many(others: list[str], key: str) -> None:
    held: list[str] = []
    for one in (*others, key):
        if fits_beside(one, held, LIBRARY):
            held.append(one)

    habits = [one for one in held if one in LIBRARY.habits]
    assert len(habits) <= MOST_HABITS
    assert len(held) - len(habits) <= MOST_MOVEMENTS
    assert sum(one in SHIFTS for one in held) <= 1


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 40))
def test_an_evening_with_several_turns_stays_within_its_minutes(night: int) -> None:
    facts = filled()
    turns = turns_on(facts, on(night))
    plan = evening(LIBRARY, facts, on(night), turns)

    movements = {turn.arm for turn in turns if turn.arm in LIBRARY.exercises}
    assert plan.routine is not None
    laid = [slot.exercise for slot in plan.routine.slots]
    assert len(set(laid)) == len(laid)
    assert movements <= set(laid)
    assert not {arm for turn in turns for arm in turn.arms if turn.arm} & set(laid) - movements
    assert plan.length <= timedelta(minutes=rules.MOST_MINUTES)
    assert set(plan.drawn) == {turn.arm for turn in turns if turn.arm}


def test_a_usual_evening_is_not_named_where_another_habit_was_drawn() -> None:
    assert told_of((CALF, AS_USUAL, "caffeine"), LIBRARY) == (CALF, "caffeine")
    assert told_of((CALF, AS_USUAL), LIBRARY) == (CALF, AS_USUAL)


def test_what_is_decided_about_one_leaves_the_others_as_they_are() -> None:
    facts = filled()
    trial = kept_trials(facts)[0]
    rng = np.random.default_rng(5)
    for night in range(11, 29):
        turn = trial.turn_on(on(night))
        facts.append(fact(NightRating(int(np.clip(round(5 + 3 * (turn == CALF) + rng.normal(0, 0.7)), 0, 10))), night))
    beliefs = believed(facts, LIBRARY, on(29))
    found = review(trial, judged(trial, facts, on(29), names={})[1], facts, beliefs, tonight=on(29))
    assert found is not None
    (one,) = found.proposals
    others = {one.id for one in kept_trials(facts)[1:]}

    assert one.instead is not None
    assert one.instead not in tried_in(kept_trials(facts))
    now = fact(NightRating(5), 29).noted
    made = [
        fact(step.payload, (step.night - FIRST).days)
        for step in carried_out(accepted(found), trial, facts, LIBRARY, lot=Lot(now, 77, tuple(facts)))
    ]
    after = running_all([*facts, *made], on(31))
    assert others <= {one.id for one in after}
    assert tried_in(after)[-1] == one.instead


def test_a_trial_that_is_over_beside_others_still_waits_for_its_decision() -> None:
    facts = filled()
    every = [one.id for one in kept_trials(facts)]

    def asked(night: int, *known: Fact) -> list[UUID]:
        return [one.id for one in asked_about(known, on(night))]

    assert asked(58, *facts) == every
    assert asked(200, facts[1]) == every[:1]
    assert every[0] not in asked(87, *facts)
