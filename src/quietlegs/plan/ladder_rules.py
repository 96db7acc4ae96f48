"""The rules of the ladder, each by itself with its reason; docs/methods/ladder.md lists them all.

Numbers marked [chosen] rest on no study: nobody has tested how fast people with restless legs should go on.
"""

from datetime import date, timedelta

from quietlegs.library.exercise import LEVELS, Exercise
from quietlegs.library.safety import Urgency
from quietlegs.plan.allowed import Allowed
from quietlegs.records.done import Practice, StopReason
from quietlegs.records.person import AgeBand

FIRST_LEVEL, USUAL_LEVEL = 1, 2
GENTLE_EVENINGS, SHORT_FROM, FULL_FROM = 7, 14, 21
EASY_TO_BEGIN, EASY_TO_RISE = 3, 6
EASY_WITHIN = timedelta(days=14)
EVENINGS_BETWEEN = 3
HURTS_FROM = 4
WEEK = timedelta(days=7)
CAUTIOUS_LEVEL, ASKED_LEVEL = 3, 2
WORSE_BY, WORSE_NIGHTS, RATED_BEFORE = 2, 2, 3
WORSE_EVENINGS = 3
OUT_AFTER_WORSE, OUT_AFTER_PAIN = timedelta(days=90), timedelta(days=14)
STRENGTH_A_WEEK = 3
SORE_WITHIN = timedelta(days=3)
MOST_MINUTES, LEAST_MINUTES = 20, 15
REST = frozenset({"breath_circles", "legs_up_wall", "legs_up_stool", "puzzle"})
STRENGTH = frozenset({"heel_raise", "heel_raise_single", "heel_raise_seated", "sit_to_stand", "mini_squat"})
_NIGHTLY = frozenset({"heel_raise_seated"})
_CEILINGS = {AgeBand.UNDER_65: LEVELS, AgeBand.FROM_65: 4, AgeBand.FROM_80: CAUTIOUS_LEVEL}


def hurt(practice: Practice) -> bool:
    """Return whether a movement hurt: pain of 4 or more of 10, or stopped because of pain.

    A stretch may be felt up to 4 of 10 and pain above 3 is a rule to stop; a programme that goes on over pain is how
    heel cords are hurt. [chosen]
    """
    return practice.stopped is StopReason.HURT or (practice.pain or 0) >= HURTS_FROM


def clearly_worse(before: int | None, after: int | None) -> bool:
    """Return whether the legs were clearly worse after a movement: 2 points or more.

    About a quarter of people report that exercise only makes their legs worse (doi:10.1111/jsr.13980). Two points are
    [chosen].
    """
    return before is not None and after is not None and after - before >= WORSE_BY


def ceiling(may: Allowed, age: AgeBand | None) -> int:
    """Return the highest level for this person: by age, lower where a doctor has to be asked first.

    The third level is the regular one, the fourth for the fit, the fifth for the well trained; fewer heel raises are
    usual with age (doi:10.1093/ptj/85.10.1078, doi:10.1016/j.physio.2017.03.002). Which band gets which level is
    [chosen]; an age that was not told counts as the oldest band, and unanswered safety questions as "ask first".
    """
    asks = any(sign.urgency is not Urgency.TELL and sign.blocks for sign in may.signs)
    by_answers = ASKED_LEVEL if asks or not may.asked else LEVELS
    by_age = CAUTIOUS_LEVEL if age is None else _CEILINGS[age]
    return min(by_answers, by_age)


def is_rest(key: str) -> bool:
    """Return whether a movement is rest: it is no work, so it climbs no ladder; its length fills the evening."""
    return key in REST


def easy_enough(level: int, easy: tuple[date, ...], *, since: date, tonight: date, set_back: bool) -> bool:
    """Return whether a movement may go up: 6 easy evenings within two weeks, two weeks after its last change.

    From the first level to the second 3 easy evenings are enough, as long as it never had to step back: the second
    is the usual start, the first week only makes sure of it. Tendons take weeks to follow what muscles can do in
    days, so two weeks is the pace of strength sheets for older people. [chosen]

    Parameters
    ----------
    easy : tuple of date
        Nights on which it was easy at this level, since its last change.
    """
    if level == FIRST_LEVEL and not set_back:
        return len(easy) >= EASY_TO_BEGIN
    lately = [on for on in easy if on >= tonight - EASY_WITHIN]
    return len(lately) >= EASY_TO_RISE and tonight - since >= EASY_WITHIN


def far_enough_apart(level: int, evenings_since: int) -> bool:
    """Return whether the last raise is long enough ago for another: 3 evenings done, so that each can be told apart.

    Up to the second level one movement a night goes up: in the second week all do where they were easy. [chosen]
    """
    return level == FIRST_LEVEL or evenings_since >= EVENINGS_BETWEEN


def week_off(last_done: date, tonight: date) -> bool:
    """Return whether a whole week has just gone by with nothing done: one level down for each.

    What a muscle gained is lost slowly, but soreness comes quickly after a break. [chosen]
    """
    gap = tonight - last_done
    return gap >= WEEK and gap % WEEK == timedelta(0)


def worse_than_usual(severity: int, before: tuple[int, ...]) -> bool:
    """Return whether a night was worse than the nights before the raise: 2 points above their middle one.

    Nights vary by themselves by about that much, so one such night says nothing and two running say something.
    Fewer than 3 nights rated before tell nothing. [chosen]
    """
    if len(before) < RATED_BEFORE:
        return False
    return severity - sorted(before)[(len(before) - 1) // 2] >= WORSE_BY


def strength_due(tonight: date, strength_on: frozenset[date]) -> bool:
    """Return whether tonight may be an evening of strength: three in any seven nights, never two running.

    Two or three days a week is what strength sheets for older people ask (Otago, NHS Tayside "super six"), and a
    worked muscle needs the day between.
    """
    last_week = [on for on in strength_on if timedelta(0) < tonight - on < WEEK]
    return len(last_week) < STRENGTH_A_WEEK and tonight - timedelta(days=1) not in strength_on


def is_strength(key: str) -> bool:
    """Return whether a movement is for evenings of strength; seated heel raises are light enough for every evening."""
    return key in STRENGTH - _NIGHTLY


def too_late(exercise: Exercise, ends: timedelta, bed: timedelta) -> bool:
    """Return whether a movement would end too near to bed; both are told from noon.

    Hard exercise that ends within an hour of bed may harm sleep (doi:10.1007/s40279-018-1015-0); margins of two and
    three hours are caution. [chosen]
    """
    return ends > bed - timedelta(minutes=exercise.latest_min)


def lately_ill(ill_on: date | None, on: date) -> bool:
    """Return whether the last night noted as ill is less than a week away: nothing goes up in that time.

    After an illness muscles and sleep need some days; one spell of illness brings levels down once. [chosen]
    """
    return ill_on is not None and on - ill_on < WEEK


def lately_sore(sore_on: date | None, on: date) -> bool:
    """Return whether soreness was noted within a week before: one soreness counts once [chosen]."""
    return sore_on is not None and on - sore_on < WEEK


def may_be_sore_from(done_on: date, on: date) -> bool:
    """Return whether soreness may come from work on that night: it comes one to three days later [chosen]."""
    return on - done_on <= SORE_WITHIN


def lately_hurt(hurt_on: date | None, on: date) -> bool:
    """Return whether a movement hurt within two weeks before; hurting again at the easiest level, it has a rest.

    There is no easier level to step back to, so it is left out for two weeks. [chosen]
    """
    return hurt_on is not None and on - hurt_on <= EASY_WITHIN
