"""What is decided ends one trial and begins the next in one go, each by the rules of a trial, and can be taken back."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from tests.plan.trying import BREATH, CALF, LIBRARY, QUAD, begun, fact, kept_of, lived, on, reviewed

from quietlegs.library.called import AS_USUAL
from quietlegs.plan.kept import kept_trials, nights_kept, running, schedule_of
from quietlegs.plan.stage import standing
from quietlegs.plan.stage_decide import Lot, Step, accepted, as_it_is, carried_out, undone
from quietlegs.plan.stage_wording import follows_told
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import Fact, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, moment
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.tried import Choice, Decision, Finding, TrialEnd, TrialStart


def evening(night: int) -> Moment:
    on_ = on(night)
    return moment(datetime(on_.year, on_.month, on_.day, 16, tzinfo=UTC), "Europe/Berlin")


def noted(steps: Sequence[Step], when: Moment, first: int = 500) -> list[Fact]:
    return [note(one.payload, when, (first + k).to_bytes(10), night=one.night) for k, one in enumerate(steps)]


def switched(
    night: int = 28, *, instead: str | None = None, seed: int = 11, ever: tuple[Fact, ...] = ()
) -> tuple[list[Fact], list[Fact]]:
    """A stage of four weeks without any difference, and what accepting a switch adds."""
    trial = begun()
    nights = [trial, *lived(trial, 28, [0.0], seed=3)]
    found = reviewed(nights, on(night))
    assert found is not None
    decision = Decision(trial.id, CALF, Choice.SWITCH, instead or found.proposals[0].instead, 28, Finding.NOT_WORTH_IT)
    lot = Lot(evening(night), seed, ever)
    return nights, noted(carried_out([decision], kept_of(*nights), nights, LIBRARY, lot=lot), lot.now)


def test_it_ends_the_old_trial_and_draws_the_next_before_its_first_night() -> None:
    nights, added = switched()

    decision, end, start = (one.payload for one in added)
    assert isinstance(decision, Decision)
    assert isinstance(end, TrialEnd)
    assert isinstance(start, TrialStart)
    assert start.arms == ("walk", BREATH)
    assert added[1].night == on(27)
    assert added[2].night == on(28)
    assert start.starts_on + timedelta(days=start.run_in_nights) == on(28)
    assert sum(stage.share for stage in start.stages) == pytest.approx(0.05)
    assert schedule_of(start).design.nights == 56
    now = running([*nights, *added], on(28))
    assert now is not None
    assert now.id == added[2].id
    assert now.turn_on(on(28)) == start.arms[start.turns[0]]
    assert now.turn_on(on(27)) is None


def test_it_says_what_begins_and_on_which_day() -> None:
    added = switched(instead=QUAD)[1]

    told = follows_told(added, LIBRARY)

    assert told.startswith("A new trial begins: stretch for the front of the thigh, compared with ")
    assert "for 56 nights. The first turn is on " in told
    assert follows_told(added[:2], LIBRARY) == "The trial ends. Its nights stay, and so does what they tell."
    assert follows_told(added[:1], LIBRARY) == "No new trial begins."


def test_it_leaves_the_nights_of_the_old_trial_with_it() -> None:
    nights, added = switched()
    tonight = fact(NightRating(4), 28)

    told = nights_kept([*nights, *added, tonight])

    assert told is not None
    start = next(one.payload for one in nights if isinstance(one.payload, TrialStart))
    last = [told.arm_names[code] for code in told.arms[-2:]]
    assert last[0] == start.arms[start.turns[27]]
    assert last[1] in ("walk", BREATH)


@pytest.mark.parametrize("lived_already", [NightRating(3), Practice(CALF, 2, Work(), Work(), routine="evening")])
def test_it_begins_tomorrow_where_tonight_was_lived_already(lived_already: NightRating | Practice) -> None:
    trial = begun()
    nights = [trial, *lived(trial, 28, [0.0], seed=3), fact(lived_already, 28)]
    decision = Decision(trial.id, CALF, Choice.SWITCH, QUAD, 28)

    steps = carried_out([decision], kept_of(*nights), nights, LIBRARY, lot=Lot(evening(28), 5, ()))

    assert [one.night for one in steps] == [on(28), on(28), on(29)]


def test_it_begins_a_habit_at_the_next_noon_two_nights_at_a_time() -> None:
    nights, added = switched(instead="caffeine")
    start = added[-1].payload

    assert isinstance(start, TrialStart)
    assert added[-1].night == on(29)
    assert (start.comparator, start.block_nights) == (AS_USUAL, 2)
    assert running([*nights, *added], on(28)) is not None


def test_it_lets_the_other_arm_go_on_in_the_next_trial() -> None:
    trial = begun(CALF, QUAD, nights=84)
    nights = [trial, *lived(trial, 27, [0.0, 0.0])]
    found = reviewed(nights, on(27))
    assert found is not None
    decisions = [Decision(trial.id, CALF, Choice.DROP, None, 27, Finding.WORSE), as_it_is(found)[1]]

    steps = carried_out(decisions, kept_of(*nights), nights, LIBRARY, lot=Lot(evening(27), 5, ()))

    start = steps[-1].payload
    assert isinstance(start, TrialStart)
    assert start.arms == (QUAD, BREATH)
    assert standing(noted(steps, evening(27)))[CALF].stays is False


def test_it_changes_nothing_where_it_goes_on() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 28, [0.0])]
    found = reviewed(nights, on(28))
    assert found is not None

    steps = carried_out(as_it_is(found), kept_of(*nights), nights, LIBRARY, lot=Lot(evening(28), 5, ()))

    assert [type(one.payload) for one in steps] == [Decision]
    assert follows_told(steps, LIBRARY) == "Nothing changes."


def test_it_drops_what_harms_and_begins_nothing_else() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 27, [3.0])]
    found = reviewed(nights, on(27))
    assert found is not None

    steps = carried_out(accepted(found), kept_of(*nights), nights, LIBRARY, lot=Lot(evening(27), 5, ()))
    after = [*nights, *noted(steps, evening(27))]

    assert [type(one.payload) for one in steps] == [Decision, TrialEnd]
    assert running(after, on(27)) is None
    assert "worse" in standing(after)[CALF].because
    assert reviewed(after, on(28)) is None


def test_it_keeps_what_helps_and_tries_the_next_thing() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 28, [-3.0])]
    found = reviewed(nights, on(28))
    assert found is not None

    steps = carried_out(accepted(found), kept_of(*nights), nights, LIBRARY, lot=Lot(evening(28), 5, ()))
    after = [*nights, *noted(steps, evening(28))]

    assert [type(one.payload) for one in steps] == [Decision, TrialEnd, TrialStart]
    assert standing(after)[CALF].stays
    now = running(after, on(28))
    assert now is not None
    assert now.schedule.design.arms == ("walk", BREATH)


@pytest.mark.parametrize("instead", ["iron", "magnesium", BREATH, "test_lunge", "my_own"])
def test_it_refuses_what_may_not_be_tried(instead: str) -> None:
    with pytest.raises(RangeError, match="what is tried"):
        switched(instead=instead)


def test_it_refuses_what_the_safety_answers_speak_against() -> None:
    signs = [sign for sign in LIBRARY.safety.signs if sign.question]
    sign = next(one for one in signs if QUAD in one.blocks)
    trial = begun()
    nights = [trial, fact(SafetyAnswers(tuple(one.key for one in signs), (sign.key,)), 1)]
    decision = Decision(trial.id, CALF, Choice.SWITCH, QUAD, 28)

    with pytest.raises(RangeError, match="for you now"):
        carried_out([decision], kept_of(*nights), nights, LIBRARY, lot=Lot(evening(28), 5, ()))


@pytest.mark.parametrize("arm", [BREATH, QUAD])
def test_it_decides_about_nothing_but_what_is_tried(arm: str) -> None:
    trial = begun()

    with pytest.raises(RangeError, match="what is decided about"):
        carried_out(
            [Decision(trial.id, arm, Choice.DROP)], kept_of(trial), [trial], LIBRARY, lot=Lot(evening(28), 5, ())
        )


def test_it_takes_all_of_it_back_together_until_a_night_was_lived_under_it() -> None:
    nights, added = switched()
    facts = [*nights, *added]

    back = undone(added[0].id, facts)

    assert set(back) == set(added)
    assert kept_trials([one for one in facts if one not in back])[-1].id == nights[0].id
    with pytest.raises(RangeError, match="a night was noted since"):
        undone(added[0].id, [*facts, fact(NightRating(4), 28)])
    with pytest.raises(RangeError, match="a decision that holds"):
        undone(nights[0].id, facts)


def test_it_takes_nothing_back_once_the_first_night_after_a_trial_that_was_over_is_noted() -> None:
    trial = begun(nights=28)
    nights = [trial, *lived(trial, 28, [0.0], seed=3)]
    kept = kept_of(*nights)
    late = (kept.last_on - on(0)).days + 1
    decision = Decision(trial.id, CALF, Choice.SWITCH, QUAD, 28, Finding.NOT_WORTH_IT)
    steps = carried_out([decision], kept, nights, LIBRARY, lot=Lot(evening(late), 5, ()))
    facts = [*nights, *noted(steps, evening(late))]
    assert [type(one.payload) for one in steps] == [Decision, TrialStart]
    assert len(undone(facts[-2].id, facts)) == 2

    with pytest.raises(RangeError, match="a night was noted since"):
        undone(facts[-2].id, [*facts, fact(NightRating(4), (steps[-1].night - on(0)).days)])


def test_it_begins_the_same_trial_from_the_same_seed_and_another_from_another() -> None:
    turns = [switched(seed=seed)[1][-1].payload for seed in (1, 1, 2)]

    assert turns[0] == turns[1]
    assert turns[0] != turns[2]


def test_it_asks_nothing_of_the_old_trial_once_the_next_one_has_begun() -> None:
    nights, added = switched()

    assert kept_trials([*nights, *added])[-1].first_on == on(28)
    assert reviewed([*nights, *added], on(28)) is None


def test_it_draws_the_same_turns_again_however_often_it_is_taken_back() -> None:
    nights, added = switched(seed=1)

    again = switched(seed=2, ever=tuple(one for one in [*nights, *added] if isinstance(one.payload, TrialStart)))[1]

    assert again[-1].payload == added[-1].payload
    assert switched(seed=2)[1][-1].payload != added[-1].payload


def test_it_draws_another_lot_for_another_first_night() -> None:
    added = switched(28, instead="caffeine", seed=1)[1]

    later = switched(28, instead=QUAD, seed=2, ever=(added[-1],))[1]

    assert added[-1].night != later[-1].night
    assert later[-1].payload == switched(28, instead=QUAD, seed=2)[1][-1].payload
