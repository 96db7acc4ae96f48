"""The rules that need no history, and what an evening makes of them: strength, ceilings, bedtime, trials, set backs."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from tests.plan.facts import fact, on
from tests.plan.living import LIBRARY, QUESTIONS, levels
from tests.plan.test_ladder_steps import BAD, STRETCH, after, evening, weeks

from quietlegs.library.safety import Urgency
from quietlegs.plan import ladder_rules as rules
from quietlegs.plan.allowed import allowed
from quietlegs.plan.evening import evening as planned
from quietlegs.plan.ladder import Terms
from quietlegs.records.done import Practice, State, Work
from quietlegs.records.fact import Fact
from quietlegs.records.person import AgeBand, SafetyAnswers, Wishes

ASKS = next(s for s in LIBRARY.safety.signs if s.question and s.urgency is not Urgency.TELL and s.blocks)
TELLS = [s for s in LIBRARY.safety.signs if s.question and s.urgency is Urgency.TELL]
_WORK = Work(both_s=60)
# Past the first two weeks, when strength has begun.
EVENINGS = rules.SHORT_FROM + 1


def answers(*yes: str) -> Fact:
    return fact(SafetyAnswers(QUESTIONS, yes), 0, hour=12)


def nights(*these: int) -> frozenset[date]:
    return frozenset(map(on, these))


@pytest.mark.parametrize(
    ("strong", "due"),
    [((), True), ((9,), False), ((8,), True), ((8, 6), True), ((8, 6, 4), False), ((8, 5, 3), True), ((11,), True)],
)
def test_it_asks_for_strength_three_times_in_seven_nights_and_never_two_running(
    strong: tuple[int, ...], *, due: bool
) -> None:
    assert rules.strength_due(on(10), nights(*strong)) is due


@pytest.mark.parametrize(("last", "strong"), [(1, False), (2, True), (3, True)])
def test_it_plans_no_strength_on_the_evening_after_strength(last: int, *, strong: bool) -> None:
    facts = [answers(), *(fact(Practice("march", 1, _WORK, _WORK, routine="evening"), k) for k in range(EVENINGS))]
    facts.append(fact(Practice("heel_raise", 1, _WORK, _WORK, routine="evening"), EVENINGS - last))

    tonight = levels(planned(LIBRARY, facts, on(EVENINGS)))

    assert ("heel_raise" in tonight) is strong
    assert ("heel_raise_seated" in tonight) is not strong


def test_it_plans_no_fourth_evening_of_strength_in_a_week() -> None:
    march = [fact(Practice("march", 1, _WORK, _WORK, routine="evening"), k) for k in range(EVENINGS)]
    strong = [fact(Practice("heel_raise", 1, _WORK, _WORK, routine="evening"), EVENINGS - k) for k in (2, 4, 6)]

    assert "heel_raise" not in levels(planned(LIBRARY, [answers(), *march, *strong], on(EVENINGS)))
    assert "heel_raise" in levels(planned(LIBRARY, [answers(), *march, *strong[:2]], on(EVENINGS)))


@pytest.mark.parametrize(
    ("age", "most"), [(AgeBand.UNDER_65, 5), (AgeBand.FROM_65, 4), (AgeBand.FROM_80, 3), (None, 3)]
)
def test_it_puts_the_ceiling_by_age_and_lower_while_a_doctor_has_to_be_asked(age: AgeBand | None, most: int) -> None:
    assert rules.ceiling(allowed(LIBRARY, [answers()]), age) == most
    assert rules.ceiling(allowed(LIBRARY, [answers(ASKS.key)]), age) == rules.ASKED_LEVEL
    assert rules.ceiling(allowed(LIBRARY, []), age) == rules.ASKED_LEVEL
    for sign in TELLS:
        assert rules.ceiling(allowed(LIBRARY, [answers(sign.key)]), age) == most


def test_it_is_too_late_from_the_minute_at_which_it_would_have_to_be_over() -> None:
    strong = LIBRARY.exercises["heel_raise"]
    bed = timedelta(hours=10)
    last = bed - timedelta(minutes=strong.latest_min)

    assert strong.latest_min > 0
    assert not rules.too_late(strong, last, bed)
    assert rules.too_late(strong, last + timedelta(minutes=1), bed)


@pytest.mark.parametrize(("bedtime", "strong"), [(time(23, 59), True), (time(21, 30), False)])
def test_it_gives_way_to_the_seated_form_where_it_would_end_too_near_to_bed(bedtime: time, *, strong: bool) -> None:
    march = [fact(Practice("march", 1, _WORK, _WORK, routine="evening"), k) for k in range(EVENINGS)]
    wishes = fact(Wishes(bedtime=bedtime, earliest=time(20, 30)), 0, hour=12)

    plan = planned(LIBRARY, [answers(), wishes, *march], on(EVENINGS))

    assert ("heel_raise" in levels(plan)) is strong
    assert any("it would end too near to bed" in reason for reason in plan.because) is not strong


def test_it_lets_nothing_go_up_that_is_on_trial() -> None:
    trial = {place: Terms(5, frozenset({STRETCH})) for place in range(60)}

    assert after(*weeks(6, STRETCH)).level(STRETCH) > 1
    assert after(*weeks(6, STRETCH), terms=trial).level(STRETCH) == 1


def test_it_brings_down_what_is_on_trial_for_pain_alone() -> None:
    fixed = {place: Terms(5, frozenset({STRETCH})) for place in range(28, 60)}
    before = after(*weeks(4, STRETCH)).level(STRETCH)
    ill = [evening(STRETCH, states=frozenset({State.SICK}))]

    assert before > 1
    assert after(*weeks(4, STRETCH), *ill, terms=fixed).level(STRETCH) == before
    assert after(*weeks(4, STRETCH), *[evening()] * 8, terms=fixed).level(STRETCH) == before
    bad = replace(evening(STRETCH), done={STRETCH: BAD})
    assert after(*weeks(4, STRETCH), bad, terms=fixed).level(STRETCH) == before - 1


def test_it_takes_no_raise_back_for_worse_nights_while_it_is_on_trial() -> None:
    nights = [*[evening(STRETCH, severity=3)] * rules.GENTLE_EVENINGS, *[evening(STRETCH, severity=8)] * 2]
    trial = {place: Terms(5, frozenset({STRETCH})) for place in range(rules.GENTLE_EVENINGS, 20)}

    assert after(*nights[: rules.GENTLE_EVENINGS]).level(STRETCH) == 2
    assert after(*nights).level(STRETCH) == 1
    # The raise came on the last evening before the trial.
    began = {place + 1: terms for place, terms in trial.items()}
    assert after(*nights, terms=began).level(STRETCH) == 2


def test_it_asks_for_more_easy_evenings_once_a_movement_had_to_step_back() -> None:
    bad = replace(evening(STRETCH), done={STRETCH: BAD})
    easy = [evening(STRETCH)] * rules.GENTLE_EVENINGS
    within = rules.EASY_WITHIN.days

    assert after(*easy).level(STRETCH) == 2
    set_back = [*easy, bad]
    assert after(*set_back).level(STRETCH) == 1
    risen = [after(*set_back, *[evening(STRETCH)] * count).level(STRETCH) for count in range(within + 2)]
    # The evening it hurt counts as the last change.
    assert risen[: within - 1] == [1] * (within - 1)
    assert risen[-1] == 2
