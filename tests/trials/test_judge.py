"""The whole answer: what is claimed, what is estimated, what is refused."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from quietlegs.trials.allocation import AllocationError
from quietlegs.trials.design import Design, Stage
from quietlegs.trials.judge import Told, judge
from quietlegs.trials.nights import (
    NO_ARM,
    DuplicateNightError,
    Nights,
    NightsError,
    OutOfOrderError,
    TooFewNightsError,
    UnknownArmError,
)
from quietlegs.trials.regressors import Declared
from quietlegs.trials.schedule import Schedule, draw
from quietlegs.trials.trial import Order, Said
from quietlegs.trials.verdict import Answer, Lot, Short, Verdict
from quietlegs.trials.whitening import Floats

DESIGN = Design(("calf", "walk", "breathing"), "breathing", 1, (Stage(20, 0.04), Stage(10, 0.01)), seed=9)
STARTS = date(2026, 1, 5)


def drawn(design: Design = DESIGN) -> Schedule:
    return draw(design, design.fresh_lot(), starts_on=STARTS)


def felt(schedule: Schedule, effects: tuple[float, ...], *, sd: float = 1.0, seed: int = 1) -> Floats:
    rng = np.random.default_rng(seed)
    answers = rng.normal(5, sd, len(schedule)) + np.array([*effects, 0.0])[schedule.arms]
    return np.asarray(np.clip(np.rint(answers), 0, 10))


def nights_of(schedule: Schedule, answers: Floats, last: int | None = None) -> Nights:
    rows = slice(0, last)
    return Nights(schedule.on[rows], schedule.arms[rows], schedule.design.arms, answers[rows])


def judged(effects: tuple[float, ...], last: int | None = None, *, sd: float = 1.0, seed: int = 1) -> Answer:
    schedule = drawn()
    return judge(nights_of(schedule, felt(schedule, effects, sd=sd, seed=seed), last), schedule)


def test_it_claims_help_and_harm_and_leaves_the_rest_open() -> None:
    found = judged((-1.5, 1.5, 0.0))

    assert (found.of("calf").verdict, found.of("walk").verdict) == (Verdict.HELPS, Verdict.WORSE)
    assert found.setting.lot is Lot.KEPT
    assert found.claim
    assert {found.of("calf").claimed_on, found.of("walk").claimed_on} == {
        (date(2026, 1, 11).fromordinal(date(2026, 1, 11).toordinal() + each.night)).isoformat()
        for each in found.claim.claimed
    }


def test_it_turns_with_the_way_that_is_wanted() -> None:
    schedule = drawn()
    nights = nights_of(schedule, felt(schedule, (-1.5, 0.0, 0.0)))
    found = judge(nights, schedule, told=Told(declared=Declared(lower_is_better=False)))

    assert found.of("calf").verdict is Verdict.WORSE


def test_it_says_what_is_not_worth_it() -> None:
    found = judged((0.0, 0.0, 0.0), sd=0.8, seed=3)

    assert found.of("calf").verdict is Verdict.NOT_WORTH_IT
    assert found.of("calf").estimate
    assert found.claim
    assert found.claim.claimed == ()


def test_it_says_about_how_many_more_nights_while_it_cannot_tell() -> None:
    found = judged((-1.0, 0.0, 0.0), 7 + 20, sd=2.0)
    one = found.of("calf")

    assert one.verdict in (Verdict.CANNOT_TELL, Verdict.LEANING)
    assert one.more
    assert one.more.left == 40
    assert 0 < one.more.chance < 1
    assert found.setting.night == 20


def test_it_is_the_same_answer_each_time_and_knows_nothing_of_nights_to_come() -> None:
    schedule = drawn()
    answers = felt(schedule, (-1.0, 0.0, 0.0))
    bare = judge(nights_of(schedule, answers, 50), DESIGN)

    assert bare == judge(nights_of(schedule, answers, 50), schedule)
    answers[50:] = 10
    assert bare == judge(nights_of(schedule, answers, 50), schedule)


def test_it_becomes_json_and_back() -> None:
    told = judged((-1.5, 0.0, 0.0)).as_dict()

    assert json.loads(json.dumps(told, allow_nan=False))["arms"][0]["verdict"] == "helps"


def test_it_takes_the_drawn_arm_where_a_night_names_none_and_counts_what_was_done() -> None:
    schedule = drawn()
    answers = felt(schedule, (-1.5, 0.0, 0.0))
    unnamed = Nights(schedule.on, np.full(len(schedule), NO_ARM), (), answers)
    done = np.where(schedule.arms == 0, 1.0, np.nan)
    done[60:] = 0.0
    found = judge(unnamed, schedule, told=Told(done=done))

    assert found.of("calf").verdict is Verdict.HELPS
    assert found.of("calf").done == (schedule.arms[:60] == 0).sum()
    assert judge(unnamed, schedule).of("calf").done is None


def test_it_counts_the_nights_that_it_did_not_compare() -> None:
    design = replace(DESIGN, block_nights=2, washout_nights=1)
    schedule = drawn(design)
    answers = felt(schedule, (-1.5, 0.0, 0.0))
    keep = np.arange(len(schedule)) % 10 != 9
    on = np.concatenate([[np.datetime64("2025-12-01")], schedule.on[keep]])
    nights = Nights(on, np.append(NO_ARM, schedule.arms[keep]), design.arms, np.append(3.0, answers[keep]))
    found = judge(nights, schedule)

    assert (found.run_in, found.outside) == (7, 1)
    assert found.washed == (schedule.washout & keep).sum()
    assert found.unlisted == (~keep).sum()
    assert found.of("calf").nights.used == (schedule.counted & keep & (schedule.arms == 0)).sum()


def test_an_open_ended_trial_is_claimed_by_its_wager() -> None:
    design = replace(DESIGN, arms=("calf", "breathing"), open_ended=True, stages=(Stage(100, 0.05),))
    schedule = drawn(design)
    answers = felt(schedule, (-1.5, 0.0))
    found = judge(nights_of(schedule, answers, 100), schedule)

    assert found.claim is None
    assert found.wager
    assert found.setting.open_ended
    assert found.of("calf").verdict is Verdict.HELPS


def test_it_claims_nothing_where_it_is_not_known_what_was_drawn() -> None:
    schedule = drawn()
    nights = nights_of(schedule, felt(schedule, (-2.0, 0.0, 0.0)))
    unknown = judge(nights, None, comparator="breathing")
    said = judge(nights, Said(Order.ROUNDS), comparator="breathing", rng=np.random.default_rng(1))

    assert unknown.of("calf").verdict is Verdict.CANNOT_TELL
    assert unknown.of("calf").estimate
    assert (unknown.setting.lot, unknown.claim, unknown.wager) == (Lot.UNKNOWN, None, None)
    assert said.of("calf").verdict is Verdict.HELPS
    assert (said.setting.lot, said.setting.block_nights) == (Lot.SAID, 1)


def test_it_recognises_blocks_and_any_order() -> None:
    schedule = drawn(replace(DESIGN, block_nights=3))
    nights = nights_of(schedule, felt(schedule, (0.0, 0.0, 0.0)))
    rounds = judge(nights, Said(Order.ROUNDS), comparator="breathing", rng=np.random.default_rng(1))
    any_order = judge(
        nights.where(np.arange(len(nights)) < 60), Said(Order.ANY), comparator="breathing", rng=np.random.default_rng(1)
    )

    assert rounds.setting.block_nights == 3
    assert any_order.setting.block_nights is None
    with pytest.raises(NightsError, match="tea"):
        judge(nights, Said(Order.ROUNDS), comparator="tea")
    short = nights.where(np.arange(len(nights)) < 60)
    with pytest.raises(AllocationError, match="allowed: whole rounds with each of 3 arms once"):
        judge(short, Said(Order.ROUNDS), comparator="breathing", rng=np.random.default_rng(1))
    with pytest.raises(AllocationError, match="runs of at most 3"):
        judge(short, Said(Order.ANY, 3), comparator="breathing", rng=np.random.default_rng(1))


class TestBadInput:
    """Each is a named error or an honest "cannot tell", never a number that looks like an answer."""

    def refused(self, answers: Floats, last: int | None = None) -> Answer:
        schedule = drawn()
        found = judge(nights_of(schedule, answers, last), schedule)
        assert all(arm.estimate is None for arm in found.arms)
        assert all(arm.verdict is Verdict.CANNOT_TELL for arm in found.arms)
        assert found.claim
        assert found.claim.claimed == ()
        return found

    def test_it_cannot_tell_from_fewer_than_eight_answered_nights(self) -> None:
        answers = felt(drawn(), (-2.0, 0.0, 0.0))
        answers[14:] = np.nan
        assert self.refused(answers).of("calf").short is Short.TOO_FEW

    def test_it_cannot_tell_of_an_arm_that_was_never_answered(self) -> None:
        schedule = drawn()
        answers = felt(schedule, (-2.0, 0.0, 0.0))
        answers[schedule.arms == 0] = np.nan
        found = judge(nights_of(schedule, answers), schedule)

        assert (found.of("calf").short, found.of("calf").verdict) == (Short.ARM_NOT_SEEN, Verdict.CANNOT_TELL)
        assert found.of("walk").estimate

    def test_it_cannot_tell_when_the_comparator_was_never_answered(self) -> None:
        schedule = drawn()
        answers = felt(schedule, (-2.0, 0.0, 0.0))
        answers[schedule.arms == 2] = np.nan
        self.refused(answers)

    def test_it_cannot_tell_from_equal_answers_or_none(self) -> None:
        assert self.refused(np.full(97, 4.0)).of("calf").short is Short.NO_SPREAD
        assert self.refused(np.full(97, np.nan)).of("calf").short is Short.ARM_NOT_SEEN

    def test_it_cannot_tell_before_the_trial_begins(self) -> None:
        found = self.refused(felt(drawn(), (-2.0, 0.0, 0.0)), 5)
        assert (found.setting.night, found.run_in) == (0, 5)

    def test_it_names_a_severity_of_eleven(self) -> None:
        answers = felt(drawn(), (0.0, 0.0, 0.0))
        answers[20] = 11
        with pytest.raises(NightsError, match=r"severity on 2026-01-25 is 11\.0; allowed: 0 to 10"):
            self.refused(answers)

    def test_it_names_an_arm_that_was_not_drawn(self) -> None:
        schedule = drawn()
        arms = schedule.arms.copy()
        arms[10] = (arms[10] + 1) % 3
        nights = Nights(schedule.on, arms, DESIGN.arms, felt(schedule, (0.0, 0.0, 0.0)))
        with pytest.raises(NightsError, match=r"arm of 2026-01-15 is '.*'; allowed: .*, as drawn"):
            judge(nights, schedule)
        arms = schedule.arms.copy()
        arms[0] = 1
        with pytest.raises(NightsError, match="it belongs to the run-in"):
            judge(Nights(schedule.on, arms, DESIGN.arms, felt(schedule, (0.0, 0.0, 0.0))), schedule)

    def test_it_names_nights_out_of_order_twice_or_none(self) -> None:
        schedule = drawn()
        answers = felt(schedule, (0.0, 0.0, 0.0))
        for change, error in ((5, DuplicateNightError), (4, OutOfOrderError)):
            on = schedule.on.copy()
            on[6] = on[change]
            with pytest.raises(error):
                judge(Nights(on, schedule.arms, DESIGN.arms, answers), schedule)
        with pytest.raises(TooFewNightsError, match="nights is 0"):
            judge(nights_of(schedule, answers, 0), DESIGN)
        with pytest.raises(UnknownArmError, match="comparator is None"):
            judge(nights_of(schedule, answers), None)

    def test_it_says_that_it_is_too_early_before_the_first_night(self) -> None:
        schedule = drawn()
        found = judge(nights_of(schedule, felt(schedule, (0.0, 0.0, 0.0)), 0), schedule)

        assert (found.setting.night, found.estimate) == (0, None)
        assert {one.short for one in found.arms} == {Short.ARM_NOT_SEEN}

    def test_it_takes_ten_years_of_nights(self) -> None:
        design = Design(("calf", "breathing"), "breathing", 1, (Stage(1825, 0.05),), seed=3)
        schedule = drawn(design)
        found = judge(nights_of(schedule, felt(schedule, (-0.5, 0.0), sd=2.0)), schedule)

        assert found.of("calf").verdict is Verdict.HELPS
        assert found.setting.night == 3650

    def test_an_arm_that_was_never_done_is_still_judged_by_what_was_assigned(self) -> None:
        schedule = drawn()
        nights = nights_of(schedule, felt(schedule, (0.0, 0.0, 0.0), sd=2.0))
        found = judge(nights, schedule, told=Told(done=np.zeros(len(schedule))))

        assert found.of("calf").done == 0
        assert found.of("calf").nights.used == 30
