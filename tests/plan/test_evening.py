"""Tonight's routine: gentle at first, fitted to the answers, placed before the usual onset."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from quietlegs.library.exercise import Position
from quietlegs.library.load import load_library
from quietlegs.plan.allowed import allowed, fitting
from quietlegs.plan.evening import evening, evenings_practised
from quietlegs.plan.ladder_rules import GENTLE_EVENINGS
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import instant_in, moment
from quietlegs.records.person import Posture, SafetyAnswers, Wishes

LIBRARY = load_library()
QUESTIONS = tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)
START = date(2026, 11, 1)
TONIGHT = date(2026, 11, 30)


def fact(payload: Payload, night: int = 0) -> Fact:
    on = START + timedelta(days=night)
    when = moment(datetime(on.year, on.month, on.day, 20, tzinfo=UTC), "Europe/Berlin")
    return note(payload, when, (night + 1000).to_bytes(10), night=on)


def rated(night: int, onset: time | None) -> Fact:
    if onset is None:
        return fact(NightRating(0), night)
    return fact(NightRating(5, instant_in(START + timedelta(days=night), onset, "Europe/Berlin")), night)


def practised(nights: int) -> list[Fact]:
    return [fact(Practice("ankle_pumps", 1, Work(), Work(), routine="first_week"), k) for k in range(nights)]


def answered(*yes: str) -> Fact:
    return fact(SafetyAnswers(QUESTIONS, yes), 1)


def test_it_is_gentle_for_the_first_evenings_and_then_goes_on() -> None:
    before = evening(LIBRARY, practised(GENTLE_EVENINGS - 1), TONIGHT).routine
    after = evening(LIBRARY, practised(GENTLE_EVENINGS), TONIGHT).routine

    assert before is not None
    assert after is not None
    assert (before.key, after.key) == ("first_week", "evening")


def test_it_does_not_count_a_movement_made_on_its_own_as_an_evening() -> None:
    alone = [fact(Practice("calf_wall_straight", 2, Work(), Work()), k) for k in range(9)]

    assert evenings_practised(alone) == 0


def test_it_keeps_to_the_chair_when_asked() -> None:
    routine = evening(LIBRARY, [fact(Wishes(posture=Posture.SEATED))], TONIGHT).routine

    assert routine is not None
    positions = {LIBRARY.exercises[slot.exercise].position for slot in routine.slots}
    assert Position.STANDING not in positions


@pytest.mark.parametrize("sign", [s for s in LIBRARY.safety.signs if s.question], ids=lambda s: s.key)
def test_it_offers_nothing_that_a_sign_forbids(sign: object) -> None:
    key, blocks = getattr(sign, "key", ""), getattr(sign, "blocks", ())
    routine = evening(LIBRARY, [answered(key)], TONIGHT).routine

    offered = {slot.exercise for slot in routine.slots} if routine else set()
    assert offered & set(blocks) == set()
    assert not ("all" in blocks and offered)


def test_it_says_why_a_movement_is_left_out() -> None:
    sign = next(s for s in LIBRARY.safety.signs if s.blocks and "all" not in s.blocks)

    plan = evening(LIBRARY, [answered(sign.key), *practised(GENTLE_EVENINGS)], TONIGHT)

    left_out = [reason for reason in plan.because if reason.startswith("Without")]
    assert all(sign.do in reason or "seated form" in reason for reason in left_out)


def test_it_says_the_urgent_thing_once_and_nothing_beside_it() -> None:
    urgent = next(sign for sign in LIBRARY.safety.signs if sign.question and "all" in sign.blocks)

    assert evening(LIBRARY, [answered(urgent.key)], TONIGHT).because == (urgent.do,)


def test_it_keeps_to_answers_that_were_given_where_it_is_already_tomorrow() -> None:
    urgent = next(sign for sign in LIBRARY.safety.signs if sign.question and "all" in sign.blocks)
    eastwards = fact(SafetyAnswers(QUESTIONS, (urgent.key,)), (TONIGHT - START).days + 1)

    assert evening(LIBRARY, [answered(), eastwards], TONIGHT).because == (urgent.do,)


def test_it_asks_again_when_the_library_learned_a_question() -> None:
    older = fact(SafetyAnswers(QUESTIONS[:-1]))

    assert not allowed(LIBRARY, [older]).asked
    assert allowed(LIBRARY, [older, answered()]).asked
    assert not allowed(LIBRARY, []).asked


def test_it_takes_the_newest_answers() -> None:
    first, second = fact(SafetyAnswers(QUESTIONS, QUESTIONS[:1]), 0), fact(SafetyAnswers(QUESTIONS), 1)

    assert allowed(LIBRARY, [second, first]).signs == ()


def test_it_offers_the_seated_form_where_standing_is_not_wished() -> None:
    may = allowed(LIBRARY, [answered()])

    found = fitting(LIBRARY.exercises["calf_wall_straight"], may, LIBRARY, seated=True)

    assert found is not None
    assert found.key == "calf_towel"


def test_it_follows_the_seated_forms_until_one_sits() -> None:
    may = allowed(LIBRARY, [answered()])

    found = fitting(LIBRARY.exercises["mini_squat"], may, LIBRARY, seated=True)

    assert found is not None
    assert found.position is Position.SEATED


def test_it_sends_nobody_to_the_floor_who_would_rather_sit() -> None:
    may = allowed(LIBRARY, [answered()])

    found = fitting(LIBRARY.exercises["legs_up_wall"], may, LIBRARY, seated=True)

    assert found is LIBRARY.exercises["legs_up_stool"]
