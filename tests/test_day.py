"""The corridor, walked with a diary in memory: read, plan, cue, log, learn."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.library.safety import Sign
from quietlegs.plan.calming import choosable, chosen, usual
from quietlegs.records.done import Assignment, Practice, StopReason, Work
from quietlegs.records.fact import Fact, Payload, current, note
from quietlegs.records.felt import NightRating, OfferedBecause, Relief
from quietlegs.records.moment import Moment, moment
from quietlegs.records.person import Posture, SafetyAnswers, Wishes
from quietlegs.records.tried import Choice, Decision, Finding

LIBRARY = load_library()
QUESTIONS = tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)
OF = UUID("019ba533-e400-7000-8000-000000000000")
START = datetime(2026, 11, 1, 20, tzinfo=UTC)
NIGHT = date(2026, 11, 1)


class MemoryDiary:
    """The smallest thing that keeps what `records.diary` promises."""

    def __init__(self) -> None:
        self.held: dict[object, Fact] = {}

    def add(self, facts: Iterable[Fact]) -> int:
        before = len(self.held)
        self.held |= {fact.id: fact for fact in facts}
        return len(self.held) - before

    def alone(self) -> AbstractContextManager[None]:
        return nullcontext()

    def facts(self, *kinds: type[Payload], since: date | None = None, until: date | None = None) -> tuple[Fact, ...]:
        first, last = since or date.min, until or date.max
        found = current(self.held.values())
        return tuple(f for f in found if (not kinds or isinstance(f.payload, kinds)) and first <= f.night <= last)

    def all_facts(self, *kinds: type[Payload]) -> Iterator[Fact]:
        found = (fact for fact in self.held.values() if not kinds or isinstance(fact.payload, kinds))
        yield from sorted(found, key=lambda fact: fact.noted.at)


@pytest.fixture
def diary() -> MemoryDiary:
    return MemoryDiary()


def at(days: float) -> Moment:
    return moment(START + timedelta(days=days), "UTC")


def put(diary: MemoryDiary, payload: Payload, days: float = 0) -> None:
    day.log(diary, note(payload, at(days), len(diary.held).to_bytes(10)))


def test_it_offers_the_wall_stretch_first(diary: MemoryDiary) -> None:
    put(diary, SafetyAnswers(QUESTIONS))

    offer = day.calm(LIBRARY, diary, at(0))

    assert offer.exercise is LIBRARY.exercises["calf_wall_straight"]
    assert (offer.because, offer.probability) == (OfferedBecause.DEFAULT, 1.0)


def test_it_offers_the_chair_to_whom_it_suits(diary: MemoryDiary) -> None:
    put(diary, SafetyAnswers(QUESTIONS))
    put(diary, Wishes(posture=Posture.SEATED))

    offer = day.calm(LIBRARY, diary, at(0))

    assert offer.exercise is LIBRARY.exercises["calf_towel"]


def test_it_keeps_the_chair_when_the_safety_questions_are_answered_later(diary: MemoryDiary) -> None:
    put(diary, Wishes(posture=Posture.SEATED), 0)
    put(diary, SafetyAnswers(QUESTIONS), 1)

    assert day.calm(LIBRARY, diary, at(0)).exercise is LIBRARY.exercises["calf_towel"]


def test_it_offers_nothing_when_a_sign_forbids_all(diary: MemoryDiary) -> None:
    sign = next(s for s in LIBRARY.safety.signs if "all" in s.blocks)
    put(diary, SafetyAnswers(QUESTIONS, (sign.key,)))

    assert day.calm(LIBRARY, diary, at(0)).exercise is None


def test_it_does_not_offer_what_a_trial_showed_to_be_harmful_unless_it_is_asked_for(diary: MemoryDiary) -> None:
    put(diary, SafetyAnswers(QUESTIONS))
    put(diary, Decision(OF, day.CALM, Choice.DROP, found=Finding.WORSE))

    assert day.calm(LIBRARY, diary, at(0)).exercise is LIBRARY.exercises[day.COMPARATOR]
    assert day.calm(LIBRARY, diary, at(0), day.CALM).exercise is LIBRARY.exercises[day.CALM]
    put(diary, Decision(OF, day.COMPARATOR, Choice.DROP, found=Finding.WORSE), 1)
    assert day.calm(LIBRARY, diary, at(0)).exercise is None


def test_it_does_not_offer_the_seated_form_where_that_was_harmful(diary: MemoryDiary) -> None:
    put(diary, SafetyAnswers(QUESTIONS))
    put(diary, Wishes(posture=Posture.SEATED))
    put(diary, Decision(OF, "calf_towel", Choice.DROP, found=Finding.WORSE))

    assert day.calm(LIBRARY, diary, at(0)).exercise is LIBRARY.exercises[day.COMPARATOR]


def test_it_draws_no_harmful_movement_by_lot_and_lists_none(diary: MemoryDiary) -> None:
    put(diary, SafetyAnswers(QUESTIONS))
    put(diary, chosen(LIBRARY, diary.facts(), ["ankle_pumps", "calf_massage"]))
    put(diary, Decision(OF, "ankle_pumps", Choice.DROP, found=Finding.WORSE))

    lot = day.lot(LIBRARY, diary, at(0))

    assert lot is not None
    assert [one.key for one in lot.movements] == ["calf_massage", day.COMPARATOR]
    assert "ankle_pumps" not in {one.key for one in choosable(LIBRARY, diary.facts())}
    assert "ankle_pumps" not in usual(LIBRARY, diary.facts(), tonight=NIGHT)


@pytest.mark.parametrize("hurt", [{"pain": 5}, {"stopped": StopReason.HURT}])
def test_it_never_offers_to_restless_legs_what_hurt_lately_unless_it_is_asked_for(
    diary: MemoryDiary, hurt: dict[str, Any]
) -> None:
    put(diary, SafetyAnswers(QUESTIONS))
    put(diary, chosen(LIBRARY, diary.facts(), [day.CALM, "ankle_pumps"]))
    put(diary, Practice(day.CALM, 2, Work(), Work(), **hurt))

    for later in (0, 1, 14):
        assert day.calm(LIBRARY, diary, at(later)).exercise is LIBRARY.exercises[day.COMPARATOR]
        assert day.calm(LIBRARY, diary, at(later), day.CALM).exercise is LIBRARY.exercises[day.CALM]
        lot = day.lot(LIBRARY, diary, at(later))
        assert lot is not None
        assert [one.key for one in lot.movements] == ["ankle_pumps", day.COMPARATOR]
    assert day.calm(LIBRARY, diary, at(15)).exercise is LIBRARY.exercises[day.CALM]


def test_it_offers_for_90_days_nothing_that_made_restless_legs_worse_three_times(diary: MemoryDiary) -> None:
    put(diary, SafetyAnswers(QUESTIONS))
    for evening in (0, 40, 80):
        assert day.calm(LIBRARY, diary, at(evening)).exercise is LIBRARY.exercises[day.CALM]
        put(diary, Relief(day.CALM, OfferedBecause.DEFAULT, 1.0, 4, 7), evening)

    for later in (80, 81, 170):
        assert day.calm(LIBRARY, diary, at(later)).exercise is LIBRARY.exercises[day.COMPARATOR]
        assert day.CALM not in usual(LIBRARY, diary.facts(), tonight=NIGHT + timedelta(days=later))
    assert day.calm(LIBRARY, diary, at(171)).exercise is LIBRARY.exercises[day.CALM]


def test_it_says_when_a_movement_was_chosen(diary: MemoryDiary) -> None:
    offer = day.calm(LIBRARY, diary, at(0), "ankle_pumps")

    assert offer.because is OfferedBecause.CHOSEN


def test_it_does_not_call_chosen_what_was_offered_instead(diary: MemoryDiary) -> None:
    sign = next(s for s in LIBRARY.safety.signs if "mini_squat" in s.blocks and "breath_circles" not in s.blocks)
    put(diary, SafetyAnswers(QUESTIONS, (sign.key,)))
    blocked = next(key for key in sign.blocks if LIBRARY.exercises[key].seated in {None, key, *sign.blocks})

    offer = day.calm(LIBRARY, diary, at(0), blocked)

    assert offer.exercise is LIBRARY.exercises["breath_circles"]
    assert offer.because is OfferedBecause.DEFAULT


def test_it_teaches_a_movement_until_it_was_practised_a_few_times(diary: MemoryDiary) -> None:
    routine = day.alone(LIBRARY.exercises["calf_wall_straight"], 2)
    taught = day.cues(LIBRARY, diary, routine)
    for k in range(3):
        put(diary, Practice("calf_wall_straight", 2, Work(), Work()), k)

    known = day.cues(LIBRARY, diary, routine)

    assert "step" in {cue.kind for cue in taught}
    assert "step" not in {cue.kind for cue in known}
    assert known[-1].start_s == pytest.approx(120)


@pytest.mark.parametrize(
    ("hour", "night", "going_on"),
    [(3, 0, True), (5, 0, False), (11, 0, False), (13, 0, False), (19, 0, False), (21, 1, True)],
)
def test_it_knows_which_night_to_ask_about(hour: int, night: int, going_on: bool) -> None:
    now = moment(datetime(2026, 11, 2, hour, tzinfo=UTC), "UTC")

    assert day.night_to_rate(now) == (date(2026, 11, 1) + timedelta(days=night), going_on)


def test_it_learns_from_ratings_and_arms_with_gaps(diary: MemoryDiary) -> None:
    for k, severity in ((0, 5), (1, 0), (3, 7)):
        put(diary, Assignment("t", "calf" if k % 2 else "breath", 0.5), k)
        put(diary, NightRating(severity), k)

    nights = day.learn(diary)

    assert nights is not None
    assert len(nights) == 4
    assert nights.outcomes.tolist()[:2] == [5, 0]
    assert nights.answered.tolist() == [True, True, False, True]


def test_it_learns_nothing_from_an_empty_diary(diary: MemoryDiary) -> None:
    assert day.learn(diary) is None
    assert day.reliefs(diary) == ()


def test_it_finds_the_reliefs(diary: MemoryDiary) -> None:
    put(diary, Relief("calf_wall_straight", OfferedBecause.DEFAULT, 1.0, 7, 3))

    assert len(day.reliefs(diary)) == 1


def test_it_finds_the_rating_of_a_night(diary: MemoryDiary) -> None:
    put(diary, NightRating(4))

    found = day.rating_of(diary, date(2026, 11, 1))

    assert found is not None
    assert found.payload == NightRating(4)
    assert day.rating_of(diary, date(2026, 11, 2)) is None


def test_it_never_forgets_a_safety_answer_or_the_chair(diary: MemoryDiary) -> None:
    sign = next(s for s in LIBRARY.safety.signs if "all" in s.blocks)
    put(diary, Wishes(posture=Posture.SEATED), 0)
    put(diary, SafetyAnswers(QUESTIONS), 0)
    seated = day.tonight(LIBRARY, diary, at(1000)).routine
    put(diary, SafetyAnswers(QUESTIONS, (sign.key,)), 1)

    assert seated is not None
    assert seated.key == "seated"
    assert day.tonight(LIBRARY, diary, at(1000)).routine is None


@pytest.mark.parametrize("posture", Posture)
@pytest.mark.parametrize("sign", [s for s in LIBRARY.safety.signs if s.question], ids=lambda s: s.key)
def test_it_offers_nothing_that_a_sign_forbids_whatever_is_asked_for(
    diary: MemoryDiary, sign: Sign, posture: Posture
) -> None:
    put(diary, SafetyAnswers(QUESTIONS, (sign.key,)))
    put(diary, Wishes(posture=posture))

    for wanted in (None, *LIBRARY.exercises):
        offered = day.calm(LIBRARY, diary, at(0), wanted).exercise
        assert (offered is None) == ("all" in sign.blocks)
        assert offered is None or offered.key not in sign.blocks


def test_it_plans_the_evening(diary: MemoryDiary) -> None:
    assert day.tonight(LIBRARY, diary, at(0)).routine is not None
