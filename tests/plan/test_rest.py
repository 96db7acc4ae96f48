"""A rest has a first night and perhaps a last one; who comes back earlier ends it, and nothing is lost."""

import pytest
from tests.plan.facts import fact, on

from quietlegs.library.load import load_library
from quietlegs.plan.evening import Evening, evening
from quietlegs.plan.ladder_rules import GENTLE_EVENINGS
from quietlegs.plan.ladder_terms import ladder_tonight
from quietlegs.plan.reminding import reminds
from quietlegs.plan.rest import ends, pauses, resting, states_at_rest, uncounted, undone
from quietlegs.plan.turns import Turn
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import NightState, Practice, State, Work
from quietlegs.records.fact import Fact, Withdrawal, current
from quietlegs.records.felt import NightRating
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.rest import Rest

LIBRARY = load_library()
CALF, BREATH = "calf_wall_straight", "breath_circles"
_WORK = Work(left_s=30, right_s=30)
ANSWERED = fact(SafetyAnswers(tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)), 0, hour=12)


def ended(rest: Fact, night: int) -> Fact:
    ((_, payload),) = ends([rest], on(night))
    return fact(payload, night, of=(rest.night - on(0)).days, instead=rest)


def test_it_goes_on_until_its_last_night_or_for_as_long_as_nobody_is_back() -> None:
    week, open_ = fact(Rest(on(16)), 10), fact(Rest(), 30)
    facts = [open_, week]

    assert [one.first for one in pauses(facts)] == [on(10), on(30)]
    resting_on = [night for night in (9, 10, 16, 17, 29, 30, 400) if resting(facts, on(night))]
    assert resting_on == [10, 16, 30, 400]


def test_it_ends_on_the_night_before_somebody_is_back() -> None:
    rest = fact(Rest(), 10)

    held = current([rest, ended(rest, 15)])

    assert [(one.first, one.until) for one in pauses(held)] == [(on(10), on(14))]
    assert resting(held, on(15)) is None


def test_it_leaves_nothing_behind_where_somebody_is_back_the_same_night() -> None:
    rest = fact(Rest(on(20)), 10)

    assert isinstance(ended(rest, 10).payload, Withdrawal)
    assert pauses(current([rest, ended(rest, 10)])) == ()


def done(nights: range, level: int = 1) -> list[Fact]:
    """Evenings on which the wall stretch was done without pain."""
    return [fact(Practice(CALF, level, _WORK, _WORK, routine="evening"), night) for night in nights]


def planned(facts: list[Fact], night: int, *turns: Turn) -> Evening:
    return evening(LIBRARY, [ANSWERED, *facts], on(night), turns)


def test_it_tells_why_and_refuses_what_is_no_reason() -> None:
    (pause,) = pauses([fact(Rest(on(12), State.SICK), 10)])

    assert pause.told[0].startswith("Get well first.")
    assert "Saturday 13 June" in pause.told[1]
    assert "until you say that you are back" in pauses([fact(Rest(), 10)])[0].told[1]
    with pytest.raises(RangeError, match="sick, travel, could_not"):
        Rest(because=State.SORE)


def test_it_plans_nothing_and_reminds_of_nothing_while_it_lasts() -> None:
    rest = fact(Rest(on(12), State.TRAVEL), 10)
    turn = Turn((CALF, BREATH), BREATH, CALF)

    for night, is_resting in ((9, False), (10, True), (12, True), (13, False)):
        plan = planned([rest], night, turn)
        assert (plan.routine is None) == (plan.pause is not None) == is_resting
        assert reminds(plan, [rest], on(night)) != is_resting
    paused = planned([rest], 11, turn)
    assert paused.drawn == ()
    assert paused.because[0].startswith("Have a good journey.")


def test_it_keeps_the_levels_through_a_short_rest() -> None:
    facts = [*done(range(GENTLE_EVENINGS + 4)), fact(Rest(on(14)), 11)]

    assert ladder_tonight(LIBRARY, facts, on(10)).level(CALF) == 2
    assert ladder_tonight(LIBRARY, facts, on(15)).level(CALF) == 2


def test_it_steps_back_kindly_after_a_week_of_rest() -> None:
    facts = [*done(range(GENTLE_EVENINGS + 4)), fact(Rest(on(19)), 11)]

    plan = planned(facts, 20)

    assert ladder_tonight(LIBRARY, facts, on(20)).level(CALF) == 1
    assert "After your break you begin easier. Nothing is lost." in plan.because
    assert any("It went down during your break." in step for step in plan.steps)


def test_it_lets_nothing_go_up_while_it_lasts() -> None:
    facts = [ANSWERED, *done(range(GENTLE_EVENINGS)), fact(Rest(on(9)), 7)]

    assert [ladder_tonight(LIBRARY, facts, on(night)).level(CALF) for night in (7, 8, 9, 10)] == [1, 1, 1, 2]


def test_it_counts_a_sick_rest_as_illness_once() -> None:
    rests = fact(Rest(on(13), State.SICK), 11)
    noted = [fact(NightState(State.SICK), night) for night in (11, 12, 13)]
    worked = done(range(GENTLE_EVENINGS + 4))

    by_rest = ladder_tonight(LIBRARY, [*worked, rests], on(14))
    by_nights = ladder_tonight(LIBRARY, [*worked, *noted], on(14))

    assert by_rest.level(CALF) == by_nights.level(CALF) == 1
    assert by_rest.ill_on == by_nights.ill_on == on(13)
    assert states_at_rest([rests], [on(10), on(13), on(14)]) == {on(13): frozenset({State.SICK})}


def test_it_leaves_no_night_out_of_a_trial_on_which_the_turn_may_have_been_seen() -> None:
    rest = fact(Rest(on(12)), 10)

    assert uncounted([rest], map(on, range(8, 15))) == {on(11), on(12)}


def test_it_starts_no_movement_of_a_trial_on_a_night_of_rest() -> None:
    facts = [ANSWERED, fact(NightRating(5), 7)]
    rest = fact(Rest(on(30)), 8)

    assert ladder_tonight(LIBRARY, facts, on(10), arms=(CALF, BREATH), turns=(CALF,)).rung(CALF).fixed
    assert not ladder_tonight(LIBRARY, [*facts, rest], on(10), arms=(CALF, BREATH), turns=(CALF,)).rung(CALF).fixed


def test_it_ends_every_rest_that_two_phones_have_begun_and_none_that_is_ahead() -> None:
    facts = [fact(Rest(), 10), fact(Rest(on(20)), 12), fact(Rest(), 30)]

    assert [payload for _, payload in ends(facts, on(15))] == [Rest(on(14)), Rest(on(14))]


def taken_back(noted: Fact, *earlier: Fact) -> Fact:
    ((known, payload),) = undone([noted], {one.id: one for one in earlier})
    return fact(payload, 20, of=(known.night - on(0)).days, instead=known)


def test_it_can_be_taken_back_and_so_can_its_end() -> None:
    rest = fact(Rest(), 10)
    end, at_once = ended(rest, 15), ended(rest, 10)

    assert pauses(current([rest, taken_back(rest)])) == ()
    assert resting(current([rest, end, taken_back(end, rest)]), on(15)) is not None
    assert resting(current([rest, at_once, taken_back(at_once, rest)]), on(10)) is not None
    assert undone([fact(NightRating(5), 3)], {}) == ()
