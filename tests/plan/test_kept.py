"""A trial is kept as it was drawn, shown an evening at a time, and judged by its own nights."""

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from quietlegs.library.called import AS_USUAL, called
from quietlegs.library.load import load_library
from quietlegs.plan.allowed import allowed
from quietlegs.plan.begin import Wanted, begin, comparator_for, foresee
from quietlegs.plan.evening import evening
from quietlegs.plan.judged import judged
from quietlegs.plan.kept import kept_trials, running, schedule_of, started
from quietlegs.plan.turns import Turn
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import NightState, Practice, State, Work
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.person import SafetyAnswers, Wishes
from quietlegs.records.rest import Rest
from quietlegs.records.tried import TrialEnd, TrialStart
from quietlegs.records.wire import from_wire, to_wire
from quietlegs.trials.verdict import Short, Verdict

LIBRARY = load_library()
FREE = allowed(LIBRARY, ())
FIRST = date(2026, 6, 1)
CALF, BREATH = "calf_wall_straight", "breath_circles"
WANTED = Wanted((CALF,), nights=60)


def fact(payload: Payload, night: int = 0, place: int = 0) -> Fact:
    on = FIRST + timedelta(days=night)
    when = moment(datetime(on.year, on.month, on.day, 19, tzinfo=UTC), "Europe/Berlin")
    return note(payload, when, (1000 * (night + 100) + place).to_bytes(10), night=on)


def rated(nights: range, *, seed: int = 1, effect: float = 0.0, trial: TrialStart | None = None) -> list[Fact]:
    rng = np.random.default_rng(seed)
    found = []
    for night in nights:
        felt = 5 + rng.normal(0, 1)
        if trial and night >= 0 and trial.arms[trial.turns[night]] == CALF:
            felt += effect
        found.append(fact(NightRating(int(np.clip(np.rint(felt), 0, 10))), night))
    return found


def on_day(night: int) -> date:
    return FIRST + timedelta(days=night)


def start(before: int = 14, wanted: Wanted = WANTED) -> TrialStart:
    schedule = begin(wanted, BREATH, rated(range(-before, 0)), tonight=FIRST, seed=7)
    return started(schedule, worthwhile=wanted.worthwhile)


def test_it_keeps_a_schedule_over_json_and_draws_the_same_again() -> None:
    drawn = begin(WANTED, BREATH, [], tonight=FIRST, seed=2**127 + 5)
    kept = from_wire(json.loads(json.dumps(to_wire(fact(started(drawn, worthwhile=1.5))))))

    assert isinstance(kept.payload, TrialStart)
    assert schedule_of(kept.payload) == drawn
    assert drawn.codes == tuple(drawn.design.allocation.draw(drawn.design.fresh_lot()).tolist())


def test_it_takes_the_last_nights_as_the_run_in() -> None:
    with_diary, without = start(before=14), start(before=3)

    assert (with_diary.starts_on, with_diary.run_in_nights) == (on_day(-14), 14)
    assert (without.starts_on, without.run_in_nights) == (FIRST, 7)


def test_it_takes_no_night_of_an_earlier_trial_as_run_in() -> None:
    ended = [fact(start()), fact(TrialEnd(fact(start()).id), 20)]
    again = begin(WANTED, BREATH, [*rated(range(-14, 22)), *ended], tonight=on_day(22), seed=3)
    later = begin(WANTED, BREATH, [*rated(range(-14, 30)), *ended], tonight=on_day(30), seed=3)

    assert (again.starts_on, again.design.run_in_nights) == (on_day(22), 7)
    assert (later.starts_on, later.design.run_in_nights) == (on_day(21), 9)


def test_it_reveals_a_night_at_a_time_and_ends_when_it_is_ended() -> None:
    began = fact(start())
    (kept,) = kept_trials([began])
    (ended,) = kept_trials([began, fact(TrialEnd(began.id), 10)])

    assert kept.turn_on(on_day(-1)) is None
    assert [kept.turn_on(on_day(night)) for night in range(60)] == [start().arms[turn] for turn in start().turns]
    assert kept.turn_on(on_day(60)) is None
    assert ended.turn_on(on_day(9)) is not None
    assert ended.turn_on(on_day(10)) is None
    assert running([began], on_day(59)) is not None
    assert running([began, fact(TrialEnd(began.id), 10)], on_day(10)) is None


def test_it_finds_an_effect_that_is_there_and_names_arms_for_people() -> None:
    trial = start()
    nights = [*rated(range(-14, 0)), *rated(range(60), effect=-2.5, trial=trial)]
    (kept,) = kept_trials([fact(trial)])

    seen, answer = judged(kept, nights, on_day(60), names={CALF: "wall stretch", BREATH: "breathing"})

    assert len(seen) == 74
    assert answer.of("wall stretch").verdict is Verdict.HELPS
    assert answer.setting.comparator.name == "breathing"
    assert answer.run_in == 14
    assert answer.of("wall stretch").estimate is not None


def test_it_does_not_count_tonight_before_it_is_rated() -> None:
    (kept,) = kept_trials([fact(start())])
    nights = rated(range(-14, 6), seed=4)

    assert judged(kept, nights[:-1], on_day(5), names={})[1].setting.night == 5
    assert judged(kept, nights, on_day(5), names={})[1].setting.night == 6
    assert judged(kept, [], on_day(-14), names={})[1].of(CALF).short is Short.ARM_NOT_SEEN


def test_it_stops_looking_where_the_trial_was_ended() -> None:
    began = fact(start())
    (kept,) = kept_trials([began, fact(TrialEnd(began.id), 20)])

    assert judged(kept, rated(range(-14, 40)), on_day(40), names={})[1].setting.night == 21


def test_it_counts_what_was_done_and_knows_when_nothing_was_noted() -> None:
    trial = start()
    (kept,) = kept_trials([fact(trial)])
    nights = rated(range(-14, 20))
    calf = [night for night in range(20) if trial.arms[trial.turns[night]] == CALF]
    made = [fact(Practice(CALF, 2, Work(), Work()), night, 1) for night in calf[:4]]

    assert judged(kept, nights, on_day(20), names={})[1].of(CALF).done is None
    assert judged(kept, [*nights, *made], on_day(20), names={})[1].of(CALF).done == 4


def test_it_takes_no_walk_of_the_morning_for_the_evening_s_turn() -> None:
    trial = start()
    (kept,) = kept_trials([fact(trial)])
    nights = rated(range(-14, 20))
    calf = [night for night in range(20) if trial.arms[trial.turns[night]] == CALF]

    def made(night: int, hour: int, routine: str | None = None) -> Fact:
        on = on_day(night)
        when = moment(datetime(on.year, on.month, on.day, hour, tzinfo=UTC), "Etc/GMT")
        return note(Practice(CALF, 2, Work(), Work(), routine=routine), when, os.urandom(10), night=on)

    # By itself before the turn is shown; in the routine, which shows it; in the evening; and noted on the day after.
    mixed = [made(calf[0], 8), made(calf[1], 15, "tonight"), made(calf[2], 18)]
    late = replace(made(calf[4], 9), night=on_day(calf[3]))
    assert judged(kept, [*nights, *mixed, late], on_day(20), names={})[1].of(CALF).done == 3


def test_it_neither_counts_nor_misses_a_night_of_rest() -> None:
    trial = start()
    (kept,) = kept_trials([fact(trial)])
    calf = [night for night in range(20) if trial.arms[trial.turns[night]] == CALF]
    facts = [*rated(range(-14, 20)), *(fact(Practice(CALF, 2, Work(), Work()), night, 1) for night in calf)]
    plain = judged(kept, facts, on_day(20), names={})[1]

    # Nights 8 to 15 are a rest; on the first of them the turn may have been seen before.
    nights, answer = judged(kept, [*facts, fact(Rest(on_day(15)), 8, 2)], on_day(20), names={})

    resting = [night for night in calf if 9 <= night <= 15]
    assert len(nights) == 34 - 7
    assert (answer.unlisted, answer.setting.night) == (7, plain.setting.night)
    assert (plain.unlisted, answer.of(CALF).nights.missing) == (0, 0)
    assert answer.of(CALF).nights.used == plain.of(CALF).nights.used - len(resting)
    assert answer.of(CALF).done == len(calf) - len(resting)


def test_it_takes_the_reason_of_a_rest_into_account_on_the_night_that_counts() -> None:
    (kept,) = kept_trials([fact(start())])
    nights = rated(range(-14, 30), seed=2)

    by_rest = judged(kept, [*nights, fact(Rest(on_day(8), State.SICK), 8, 2)], on_day(30), names={})[1].estimate
    by_night = judged(kept, [*nights, fact(NightState(State.SICK), 8, 2)], on_day(30), names={})[1].estimate

    assert by_rest is not None
    assert by_rest == by_night


def test_it_takes_a_sick_night_into_account() -> None:
    (kept,) = kept_trials([fact(start())])
    nights = [*rated(range(-14, 30)), *[fact(NightState(State.SICK), night, 2) for night in (4, 9)]]
    estimate = judged(kept, nights, on_day(30), names={})[1].estimate

    assert estimate is not None
    assert "sick" in estimate.covariates
    assert estimate.left_out == ("travel",)


@pytest.mark.parametrize(
    ("tried", "said"),
    [
        ((), "what is tried is 'nothing'; allowed: 1 to 3 different"),
        ((CALF, CALF), "1 to 3 different"),
        (("tea",), "what is tried is 'tea'; allowed: one of "),
        ((BREATH,), "what is tried is 'breath_circles'"),
        ((CALF, "caffeine"), "what is tried is 'caffeine'"),
        (("iron",), "ask your doctor"),
        (("test_lunge",), "what is tried is 'test_lunge'"),
    ],
)
def test_it_refuses_what_cannot_be_tried_and_says_what_can(tried: tuple[str, ...], said: str) -> None:
    with pytest.raises(RangeError, match="what is tried") as caught:
        comparator_for(LIBRARY, tried, FREE)

    assert said in str(caught.value)


def test_it_compares_movements_with_breathing_and_habits_with_a_usual_night() -> None:
    assert comparator_for(LIBRARY, (CALF, "quad"), FREE) == BREATH
    assert comparator_for(LIBRARY, ("caffeine",), FREE) == AS_USUAL


def test_it_refuses_what_the_safety_answers_speak_against() -> None:
    signs = [sign for sign in LIBRARY.safety.signs if sign.question]
    sign = next(one for one in signs if CALF in one.blocks)
    may = allowed(LIBRARY, [fact(SafetyAnswers(tuple(one.key for one in signs), (sign.key,)))])

    with pytest.raises(RangeError, match="for you now"):
        comparator_for(LIBRARY, (CALF,), may)


def test_it_asks_for_a_whole_round() -> None:
    with pytest.raises(RangeError, match="28 or more, one round"):
        begin(Wanted((CALF, "quad", "march"), 14, block_nights=7), BREATH, [], tonight=FIRST, seed=1)
    with pytest.raises(RangeError, match="nights is 13; allowed: a whole number, 14 to 365"):
        Wanted((CALF,), nights=13)


def test_it_keeps_a_fifth_of_the_error_back_for_an_extension() -> None:
    drawn = begin(Wanted((CALF,), 56, extension_nights=28), BREATH, [], tonight=FIRST, seed=1)

    assert [stage.rounds for stage in drawn.design.stages] == [28, 14]
    assert [stage.share for stage in drawn.design.stages] == pytest.approx([0.04, 0.01])


def test_it_foresees_from_the_persons_own_nights() -> None:
    rng = np.random.default_rng(1)
    own, common = foresee(WANTED, rated(range(-14, 0)), FIRST, rng), foresee(WANTED, [], FIRST, rng)

    assert (own.from_diary, own.run_in_left) == (True, 0)
    assert (common.from_diary, common.run_in_left) == (False, 7)
    assert own.plan.usual.sd < common.plan.usual.sd


@pytest.mark.parametrize("seated", [False, True])
def test_it_puts_the_nights_turn_into_the_routine_and_keeps_the_other_arm_out(seated: bool) -> None:
    facts = [fact(Wishes(posture="seated"))] if seated else []  # type: ignore[arg-type]  # an enum's text
    for arm in (CALF, BREATH):
        plan = evening(LIBRARY, facts, FIRST, [Turn((CALF, BREATH), BREATH, arm)])
        assert plan.routine is not None
        inside = [slot.exercise for slot in plan.routine.slots]
        assert inside.count(arm) == 1
        assert not {CALF, BREATH} - {arm} & set(inside)
        assert plan.drawn == (arm,)
        assert "drawn by lot" in plan.because[0]

    assert evening(LIBRARY, facts, FIRST, [Turn((CALF, BREATH), BREATH, None)]) == evening(LIBRARY, facts, FIRST)


def test_it_calls_what_is_tried_by_names_that_tell_it_apart() -> None:
    assert called((CALF, BREATH), LIBRARY)[CALF] == "wall calf stretch"
    assert called((CALF, "calf_wall_bent"), LIBRARY)[CALF] == "wall calf stretch, back knee straight"
    assert called(("caffeine", AS_USUAL, "my_own"), LIBRARY) == {
        "caffeine": "no coffee, tea or cola after noon", AS_USUAL: "a usual evening", "my_own": "my own",
    }  # fmt: skip
