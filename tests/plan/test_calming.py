"""The experiment on relief, read from facts: which one runs, what counts, what may be drawn, and the draw."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from math import fsum

import numpy as np
import pytest

from quietlegs.library.load import load_library
from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.safety import Sign
from quietlegs.plan.calmed import answered, sentences
from quietlegs.plan.calming import COMPARATOR, MOST, USUAL, choosable, chosen, lot_now, matched, newest, usual
from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import Fact, Payload, Withdrawal, current, note
from quietlegs.records.felt import Chance, OfferedBecause, Relief
from quietlegs.records.moment import moment
from quietlegs.records.person import Posture, SafetyAnswers, Wishes
from quietlegs.records.tried import ReliefStart, TrialEnd

LIBRARY = load_library()
SIGNS = [sign for sign in LIBRARY.safety.signs if sign.question]
CALF, PUMPS, MASSAGE = "calf_wall_straight", "ankle_pumps", "calf_massage"
FIRST = datetime(2026, 11, 1, 3, tzinfo=UTC)
NIGHT = date(2026, 10, 31)


class Diary:
    """Facts in the order of noting, a minute apart unless said otherwise."""

    def __init__(self) -> None:
        self.all: list[Fact] = []

    def put(self, payload: Payload, *, minutes: float | None = None, instead_of: Fact | None = None) -> Fact:
        after = len(self.all) if minutes is None else minutes
        when = moment(FIRST + timedelta(minutes=after), "Europe/Berlin")
        supersedes = instead_of.id if instead_of else None
        self.all.append(note(payload, when, len(self.all).to_bytes(10), supersedes=supersedes))
        return self.all[-1]

    @property
    def held(self) -> tuple[Fact, ...]:
        return current(self.all)


@pytest.fixture
def diary() -> Diary:
    return Diary()


def start(*movements: str) -> ReliefStart:
    return chosen(LIBRARY, (), movements or USUAL)


def drawn(trial: Fact, movement: str = CALF, *, before: int | None = 7, after: int | None = None) -> Relief:
    assert isinstance(trial.payload, ReliefStart)
    names = trial.payload.movements
    chances = tuple(Chance(name, 1 / len(names)) for name in names)
    return Relief(movement, OfferedBecause.TRIAL, 1 / len(names), before, after, trial=trial.id, chances=chances)


def open_now(diary: Diary) -> Sequence[str]:
    lot = lot_now(LIBRARY, diary.held, tonight=NIGHT)
    return [one.key for one in lot.movements] if lot else []


def test_it_knows_none_before_the_first_start(diary: Diary) -> None:
    assert newest(diary.held) is None
    assert lot_now(LIBRARY, diary.held, tonight=NIGHT) is None


def test_a_newer_start_ends_the_older_one(diary: Diary) -> None:
    diary.put(start())
    second = diary.put(start(PUMPS))

    found = newest(diary.held)

    assert found is not None
    assert (found.id, found.start.movements, found.ended) == (second.id, (PUMPS, COMPARATOR), False)


def test_an_end_stops_the_draws_and_keeps_what_was_learned(diary: Diary) -> None:
    begun = diary.put(start())
    diary.put(drawn(begun, after=3))
    end = diary.put(TrialEnd(begun.id))

    found = newest(diary.held)

    assert found is not None
    assert found.ended
    assert len(found.history) == 1
    assert open_now(diary) == []
    diary.put(Withdrawal(), instead_of=end)
    assert open_now(diary) == list(USUAL)


def test_a_start_taken_back_lets_the_older_one_go_on(diary: Diary) -> None:
    older = diary.put(start())
    newer = diary.put(start(PUMPS))
    diary.put(Withdrawal(), instead_of=newer)

    found = newest(diary.held)

    assert found is not None
    assert found.id == older.id


def test_the_end_of_another_trial_ends_nothing(diary: Diary) -> None:
    first = diary.put(start())
    diary.put(start(PUMPS))
    diary.put(TrialEnd(first.id))

    assert open_now(diary) == [PUMPS, COMPARATOR]


def test_its_history_is_its_own_draws_alone_and_in_order(diary: Diary) -> None:
    before = diary.put(start())
    diary.put(drawn(before, after=1))
    begun = diary.put(start())
    diary.put(Relief(CALF, OfferedBecause.CHOSEN, 1.0, 7, 2))
    diary.put(Relief(CALF, OfferedBecause.DEFAULT, 1.0, 7, 2))
    later = diary.put(drawn(begun, PUMPS, before=None), minutes=900)
    sooner = diary.put(drawn(begun, MASSAGE), minutes=600)
    diary.put(drawn(begun, MASSAGE, after=4), minutes=605, instead_of=sooner)
    diary.put(Withdrawal(), instead_of=diary.put(drawn(begun, after=0), minutes=950))

    found = newest(diary.held)

    assert found is not None
    assert [found.history.movements[made] for made in found.history.made] == [MASSAGE, PUMPS]
    assert found.history.drop.tolist()[0] == 3
    assert found.history.answered.tolist() == [True, False]
    assert later in diary.held


def test_one_draw_rated_on_two_devices_counts_once(diary: Diary) -> None:
    begun = diary.put(start())
    first = diary.put(drawn(begun))
    diary.put(drawn(begun, after=5), instead_of=first)
    diary.put(drawn(begun, after=4), instead_of=first)

    found = newest(diary.held)

    assert found is not None
    assert found.history.after.tolist() == [4]


def test_a_moment_that_fits_no_list_spoils_nothing(diary: Diary) -> None:
    begun = diary.put(start(PUMPS))
    chances = (Chance("handstand", 0.5), Chance(PUMPS, 0.5))
    diary.put(Relief("handstand", OfferedBecause.TRIAL, 0.5, 7, 0, trial=begun.id, chances=chances))
    diary.put(drawn(begun, PUMPS, after=3))

    found = newest(diary.held)

    assert found is not None
    assert len(found.history) == 1


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.key)
def test_it_draws_nothing_that_an_answer_forbids(diary: Diary, sign: Sign) -> None:
    diary.put(start())
    diary.put(SafetyAnswers(tuple(one.key for one in SIGNS), (sign.key,)))

    left = [key for key in USUAL if "all" not in sign.blocks and key not in sign.blocks]

    assert open_now(diary) == (left if COMPARATOR in left and len(left) > 1 else [])


def test_a_wish_to_sit_leaves_what_is_seated_and_puts_nothing_in_its_place(diary: Diary) -> None:
    diary.put(start())
    diary.put(Wishes(posture=Posture.SEATED))

    assert open_now(diary) == [PUMPS, MASSAGE, COMPARATOR]


def test_a_movement_that_the_library_forgot_is_not_drawn(diary: Diary) -> None:
    known = start(PUMPS, MASSAGE)
    diary.put(ReliefStart((*known.movements, "gone"), COMPARATOR, known.floor, known.half_life_days, known.sigma))

    assert open_now(diary) == [PUMPS, MASSAGE, COMPARATOR]


def test_it_draws_evenly_at_first_and_says_every_chance(diary: Diary) -> None:
    begun = diary.put(start())
    lot = lot_now(LIBRARY, diary.held, tonight=NIGHT)
    assert lot is not None
    rng = np.random.default_rng(20261125)

    many = [lot.draw(rng, 7) for _ in range(400)]

    one = many[0]
    assert (one.because, one.trial, one.before, one.after) == (OfferedBecause.TRIAL, begun.id, 7, None)
    assert [chance.movement for chance in one.chances] == list(USUAL)
    assert fsum(chance.probability for chance in one.chances) == pytest.approx(1, abs=1e-12)
    assert one.probability == {chance.movement: chance.probability for chance in one.chances}[one.movement]
    counted = Counter(relief.movement for relief in many)
    assert all(60 < counted[key] < 140 for key in USUAL)


def test_its_chances_follow_what_was_felt_and_no_chance_falls_below_the_floor(diary: Diary) -> None:
    begun = diary.put(start())
    for _ in range(12):
        for movement, after in ((CALF, 1), (PUMPS, 6), (MASSAGE, 6), (COMPARATOR, 6)):
            diary.put(drawn(begun, movement, after=after))
    lot = lot_now(LIBRARY, diary.held, tonight=NIGHT)
    assert lot is not None

    chances = {one.movement: one.probability for one in lot.draw(np.random.default_rng(1)).chances}

    assert chances[CALF] == max(chances.values())
    assert chances[CALF] > 0.6
    assert min(chances.values()) >= 0.1


def test_it_draws_among_those_that_are_left_with_chances_that_add_up(diary: Diary) -> None:
    diary.put(start())
    diary.put(Wishes(posture=Posture.SEATED))
    lot = lot_now(LIBRARY, diary.held, tonight=NIGHT)
    assert lot is not None

    one = lot.draw(np.random.default_rng(1))

    assert [chance.movement for chance in one.chances] == [PUMPS, MASSAGE, COMPARATOR]
    assert fsum(chance.probability for chance in one.chances) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_all_that_is_compared_takes_alike_long(level: int) -> None:
    wanted_s = exercise_seconds(LIBRARY.exercises[CALF], level)
    lengths = {one.key: exercise_seconds(*matched(LIBRARY, one, level)) for one in choosable(LIBRARY, ())}

    assert all(lengths[key] == pytest.approx(wanted_s, rel=0.15) for key in USUAL if key != PUMPS)
    assert all(0.5 * wanted_s <= length <= 1.25 * wanted_s for length in lengths.values()), lengths


def test_no_movement_is_drawn_at_a_much_higher_level_than_asked_for() -> None:
    assert max(matched(LIBRARY, one, 2)[1] for one in choosable(LIBRARY, ())) == 3


def test_it_adds_a_comparator_where_none_is_named() -> None:
    assert start(PUMPS).movements == (PUMPS, COMPARATOR)
    assert start(COMPARATOR, PUMPS).movements == (COMPARATOR, PUMPS)
    assert start(PUMPS, PUMPS, MASSAGE).movements == (PUMPS, MASSAGE, COMPARATOR)
    assert {start(*USUAL).comparator, start(PUMPS).comparator} == {COMPARATOR}


@pytest.mark.parametrize("keys", [[], [COMPARATOR]])
def test_it_takes_no_experiment_of_one(keys: list[str]) -> None:
    with pytest.raises(RangeError, match="number of movements is 1; allowed: 2 to 5 movements, slow breathing"):
        chosen(LIBRARY, (), keys)


def test_it_takes_no_more_than_five() -> None:
    keys = [one.key for one in choosable(LIBRARY, ()) if not one.comparator]

    assert len(chosen(LIBRARY, (), keys[: MOST - 1]).movements) == MOST
    with pytest.raises(RangeError, match="is 6"):
        chosen(LIBRARY, (), keys[:MOST])


@pytest.mark.parametrize("key", ["handstand", "test_lunge", "walk", "heel_raise_single"])
def test_it_takes_only_movements_for_any_hour_of_the_night(key: str) -> None:
    with pytest.raises(RangeError, match=f"movement is '{key}'; allowed: calf_wall_straight, "):
        chosen(LIBRARY, (), [key, PUMPS])


def test_it_takes_nothing_that_an_answer_forbids(diary: Diary) -> None:
    sign = next(one for one in SIGNS if CALF in one.blocks and PUMPS not in one.blocks and "all" not in one.blocks)
    diary.put(SafetyAnswers(tuple(one.key for one in SIGNS), (sign.key,)))

    with pytest.raises(RangeError, match=CALF):
        chosen(LIBRARY, diary.held, [CALF, PUMPS])
    assert CALF not in {one.key for one in choosable(LIBRARY, diary.held)}


def test_its_usual_movements_are_seated_for_whom_that_suits(diary: Diary) -> None:
    assert usual(LIBRARY, diary.held, tonight=NIGHT) == USUAL
    diary.put(Wishes(posture=Posture.SEATED))

    assert usual(LIBRARY, diary.held, tonight=NIGHT) == ("calf_towel", PUMPS, MASSAGE, COMPARATOR)


def test_it_says_what_is_known_by_the_names_that_people_know(diary: Diary) -> None:
    begun = diary.put(start(PUMPS))
    early = newest(diary.held)
    assert early is not None
    assert sentences(early, LIBRARY)[0].startswith("Cannot tell yet what calms best")
    for k in range(20):
        diary.put(drawn(begun, PUMPS if k % 2 else COMPARATOR, after=1 + k % 3 if k % 2 else 5 + k % 3))
    known = newest(diary.held)
    assert known is not None

    said = sentences(known, LIBRARY)

    assert "ankle pumps and circles calms best" in said[0]
    assert any(one.startswith("Ankle pumps and circles: ") for one in said)
    assert not any("_" in one for one in said)
    assert {one.name for one in answered(known).movements} == {PUMPS, COMPARATOR}
