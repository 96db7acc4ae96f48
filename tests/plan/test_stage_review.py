"""At a stage's end the verdict proposes, harm does not wait for it, and what was decided is not asked again."""

from dataclasses import replace
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.trying import CALF, LIBRARY, QUAD, begun, chance_of, fact, kept_of, lived, on, reviewed, said

from quietlegs.plan.alike import kind_of
from quietlegs.plan.allowed import allowed
from quietlegs.plan.stage import standing
from quietlegs.plan.stage_bars import TOGETHER, Bars, bars_alone
from quietlegs.plan.stage_decide import accepted, as_it_is
from quietlegs.plan.stage_due import is_due, stage_ends
from quietlegs.plan.stage_next import candidates
from quietlegs.plan.stage_review import proposed
from quietlegs.plan.stage_wording import because, chance_told, title
from quietlegs.records.done import Practice, State, Work
from quietlegs.records.fact import Fact
from quietlegs.records.person import Posture, SafetyAnswers, Wishes
from quietlegs.records.rest import Rest
from quietlegs.records.tried import Choice, Decision, Finding
from quietlegs.trials.design import Design, Stage
from quietlegs.trials.verdict import ArmVerdict, Verdict

QUESTIONS = tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)


@pytest.mark.parametrize(
    ("verdict", "left", "choice"),
    [
        (said(Verdict.HELPS), 28, Choice.KEEP),
        (said(Verdict.WORSE), 28, Choice.DROP),
        (said(Verdict.NOT_WORTH_IT), 28, Choice.SWITCH),
        (said(Verdict.LEANING, better=0.95, chance=0.9), 28, Choice.KEEP),
        (said(Verdict.LEANING, better=0.95), 0, Choice.KEEP),
        (said(Verdict.CANNOT_TELL, better=0.8, chance=0.1), 28, Choice.KEEP),
        (said(Verdict.CANNOT_TELL, better=0.79, chance=0.9), 28, Choice.SWITCH),
        (said(Verdict.LEANING, better=0.05, chance=0.9), 28, Choice.SWITCH),
        (said(Verdict.CANNOT_TELL), 28, Choice.SWITCH),
        (said(Verdict.CANNOT_TELL), 0, Choice.SWITCH),
        (replace(said(Verdict.LEANING, better=0.95), done=0), 28, Choice.GO_ON),
        (replace(said(Verdict.LEANING, better=0.95), done=0), 0, Choice.SWITCH),
        (replace(said(Verdict.NOT_WORTH_IT), done=0), 28, Choice.GO_ON),
        (replace(said(Verdict.CANNOT_TELL), estimate=None), 28, Choice.GO_ON),
        (replace(said(Verdict.CANNOT_TELL), estimate=None), 0, Choice.SWITCH),
        (replace(said(Verdict.WORSE), done=0, claimed_on="2026-06-30"), 28, Choice.DROP),
    ],
)
def test_it_proposes_by_the_verdict(verdict: ArmVerdict, left: int, choice: Choice) -> None:
    assert proposed(verdict, chance_of(verdict), left, can_switch=True) is choice


def test_it_leaves_out_what_likely_harms_where_nothing_is_left_to_try() -> None:
    assert proposed(said(Verdict.CANNOT_TELL), 0.2, 28, can_switch=False) is Choice.DROP
    assert proposed(said(Verdict.CANNOT_TELL), 0.21, 28, can_switch=False) is Choice.GO_ON


@pytest.mark.parametrize("can_switch", [True, False])
@pytest.mark.parametrize("bars", [TOGETHER, bars_alone(28, exercise=True), bars_alone(28, exercise=False)])
def test_it_bets_nothing_where_nothing_can_be_told(bars: Bars, can_switch: bool) -> None:
    over = Choice.SWITCH if can_switch else Choice.GO_ON

    assert proposed(said(Verdict.CANNOT_TELL), None, 28, bars, can_switch=can_switch) is Choice.GO_ON
    assert proposed(said(Verdict.CANNOT_TELL), None, 0, bars, can_switch=can_switch) is over
    assert proposed(said(Verdict.WORSE), None, 28, bars, can_switch=can_switch) is Choice.DROP


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("left", [0, 28])
def test_it_proposes_no_switch_where_nothing_is_left_to_try(verdict: Verdict, left: int) -> None:
    assert proposed(said(verdict, chance=0.1), 0.05, left, can_switch=False) is not Choice.SWITCH


@given(st.integers(1, 7), st.integers(2, 4), st.lists(st.integers(1, 40), min_size=1, max_size=3))
def test_it_ends_a_stage_at_whole_rounds_and_where_the_nights_end(block: int, arms: int, rounds: list[int]) -> None:
    stages = tuple(Stage(many, 0.05 / len(rounds)) for many in rounds)
    design = Design(("a", "b", "c", "d")[:arms], "a", block, stages, seed=1)
    ends = stage_ends(design)

    assert set(design.stage_ends) <= set(ends)
    assert sorted(set(ends)) == list(ends)
    assert all(end % design.round_nights == 0 for end in ends)
    between = [end for end in ends if end not in design.stage_ends]
    assert all(min(abs(end - last) for last in design.stage_ends) >= 14 for end in between)


def test_it_asks_at_the_end_of_a_stage_and_not_before() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 28, [0.0])]

    assert stage_ends(kept_of(trial).schedule.design) == (28, 56)
    before = reviewed(nights[:-1], on(27))
    assert before is None or before.at_once
    found = reviewed(nights, on(27))
    assert found is not None
    assert (found.nights, found.left, found.at_once) == (28, 28, False)
    assert [one.arm for one in found.proposals] == [CALF]


@pytest.mark.parametrize("answered", [0, 1, 4])
@pytest.mark.parametrize(
    ("nights", "says"), [(28, "It cannot be told yet"), (56, "The planned nights are over without")]
)
def test_it_goes_on_at_the_end_of_a_stage_that_hardly_a_night_was_answered_in(
    answered: int, nights: int, says: str
) -> None:
    trial = begun()
    found = reviewed([trial, *lived(trial, answered, [-3.0])], on(nights))

    assert found is not None
    (one,) = found.proposals
    assert (one.choice, one.helps) == (Choice.GO_ON if found.left else Choice.SWITCH, None)
    assert because(one, found.left).startswith(says)
    assert not chance_told(one)


def test_it_knows_that_a_stage_is_over_without_looking_at_a_verdict() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 56, [0.0])]
    decided: list[Fact] = []
    asked = []
    for night in range(58):
        known = [*nights[: night + 2], *decided]
        found = reviewed(known, on(night))
        assert is_due(kept_of(trial), known, on(night)) == (found is not None and not found.at_once)
        if found is not None and not found.at_once:
            asked.append(night)
            decided += [fact(one, night) for one in as_it_is(found)]

    assert asked == [27, 55]
    assert not is_due(replace(kept_of(trial), ended_on=on(30)), nights, on(40))


def test_it_gives_a_stage_its_nights_where_somebody_takes_a_break() -> None:
    trial = begun()
    rests = [fact(Rest(on(14)), 9), fact(Rest(on(46), State.SICK), 39)]
    away = {night for first, last in ((10, 14), (40, 46)) for night in range(first, last + 1)}
    nights = [trial, *(one for one in lived(trial, 56, [0.0]) if (one.night - on(0)).days not in away)]
    decided: list[Fact] = []
    asked = []
    for night in range(58):
        known = [*rests, *decided, *(one for one in nights if one.night <= on(night))]
        found = reviewed(known, on(night))
        assert is_due(kept_of(trial), known, on(night)) == (found is not None and not found.at_once)
        if found is not None and not found.at_once:
            asked.append((night, found.nights, found.left))
            decided += [fact(one, night) for one in as_it_is(found)]

    assert asked == [(27 + 5, 28, 23), (55, 56, 0)]


def test_it_asks_nothing_during_a_break_and_what_waited_afterwards() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 28, [0.0]), fact(Rest(on(33)), 28)]

    assert [is_due(kept_of(trial), nights, on(night)) for night in (28, 33, 34)] == [False, False, True]
    assert [reviewed(nights, on(night)) is None for night in (28, 33, 34)] == [True, True, False]


def test_it_counts_what_is_left_by_the_dates_that_were_drawn() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 28, [0.0]), fact(Rest(on(33)), 28)]

    found = reviewed(nights, on(34))

    # The night on which a break begins was drawn and counts; the five after it do not.
    assert found is not None
    assert (found.nights, found.left) == (29, 56 - 34)


def test_it_says_that_all_nights_are_over_where_the_last_were_nights_of_rest() -> None:
    trial = begun(nights=28)
    nights = [trial, *lived(trial, 20, [0.0]), fact(Rest(on(29)), 20)]

    found = reviewed(nights, on(30))

    assert found is not None
    assert (found.nights, found.left) == (28, 0)
    assert is_due(kept_of(trial), nights, on(30))


def test_it_asks_of_harm_again_at_the_end_of_a_stage_that_a_break_made_later() -> None:
    trial = begun()
    rest = fact(Rest(on(14)), 9)
    away = range(10, 15)
    nights = [trial, rest, *(one for one in lived(trial, 40, [3.0]) if (one.night - on(0)).days not in away)]
    early = [one for one in nights if one.night <= on(30)]
    found = reviewed(early, on(30))
    assert found is not None
    assert (found.nights, found.at_once) == (26, True)
    kept = [fact(told, 30) for told in as_it_is(found)]

    asked = [night for night in (31, 32) if reviewed([*kept, *(o for o in nights if o.night <= on(night))], on(night))]

    assert asked == [32]


def test_it_proposes_to_keep_what_helps() -> None:
    trial = begun()
    found = reviewed([trial, *lived(trial, 28, [-3.0])], on(28))

    assert found is not None
    (one,) = found.proposals
    assert (one.choice, one.found) == (Choice.KEEP, Finding.HELPS)
    assert because(one, found.left) == "It helps you, so it stays in your routine for good."
    assert one.instead == "walk"
    assert title(one, {CALF: "wall stretch", "walk": "a walk"}) == "Keep wall stretch, and try a walk next"


def test_it_says_harm_as_soon_as_the_claim_stands_and_only_once() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 27, [3.0])]

    def says(night: int) -> Choice | None:
        told = reviewed(nights[: night + 2], on(night))
        return told.proposals[0].choice if told else None

    clear = next(night for night in range(14, 27) if says(night) is Choice.DROP)
    # It looked unlikely to help before; that is no claim.
    assert {says(night) for night in range(7, clear)} == {Choice.SWITCH}

    found = reviewed(nights[: clear + 2], on(clear))

    assert found is not None
    assert found.at_once
    assert found.nights < 28
    (one,) = found.proposals
    assert (one.choice, one.found) == (Choice.DROP, Finding.WORSE)
    assert title(one, {CALF: "wall stretch"}) == "Leave out wall stretch"
    kept = [fact(told, clear) for told in as_it_is(found)]
    assert reviewed([*nights[: clear + 4], *kept], on(clear + 2)) is None


def test_it_goes_back_to_asking_where_the_next_stage_ends() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 56, [0.0])]
    first = reviewed(nights[:29], on(27))
    assert first is not None
    decided = [fact(one, 28) for one in as_it_is(first)]

    assert reviewed([*nights[:33], *decided], on(31)) is None
    again = reviewed([*nights, *decided], on(56))
    assert again is not None
    assert (again.nights, again.left) == (56, 0)


def test_it_asks_nothing_of_a_trial_that_was_ended_or_decided() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 56, [0.0])]
    found = reviewed(nights, on(60))
    assert found is not None

    assert reviewed([*nights, *(fact(one, 60) for one in accepted(found))], on(61)) is None


def test_it_gives_two_arms_two_different_things_to_try() -> None:
    trial = begun(CALF, QUAD, nights=84)
    found = reviewed([trial, *lived(trial, 84, [0.0, 0.0])], on(84))

    assert found is not None
    instead = [one.instead for one in found.proposals]
    assert len({*instead, CALF, QUAD}) == 4
    assert all(key in LIBRARY.exercises for key in instead)


answers = st.builds(
    lambda yes: fact(SafetyAnswers(QUESTIONS, tuple(yes)), 1), st.lists(st.sampled_from(QUESTIONS), unique=True)
)
wishes = st.builds(lambda posture: fact(Wishes(posture=posture), 1), st.sampled_from(Posture))
everything = [*LIBRARY.exercises, *LIBRARY.habits]
decisions = st.lists(
    st.builds(
        lambda arm, choice, found, night: fact(Decision(fact(Wishes()).id, arm, choice, None, 28, found), night),
        st.sampled_from(everything),
        st.sampled_from([Choice.KEEP, Choice.DROP]),
        st.sampled_from(Finding),
        st.integers(2, 300),
    ),
    max_size=12,
)


@given(answers, wishes, decisions, st.sampled_from(everything))
def test_it_never_offers_what_is_blocked_decided_or_no_arm_at_all(
    answer: Fact, wish: Fact, decided: list[Fact], like: str
) -> None:
    facts = [answer, wish, *decided]
    found = candidates(LIBRARY, facts, like)
    may, held = allowed(LIBRARY, facts), standing(facts)

    assert found == candidates(LIBRARY, facts[::-1], like)
    assert len(set(found)) == len(found)
    assert not {"iron", "magnesium", "breath_circles", like, *held} & set(found)
    for key in found:
        if key in LIBRARY.exercises:
            assert may.reason_against(LIBRARY.exercises[key]) is None
            assert LIBRARY.exercises[key].doses
            if isinstance(wish.payload, Wishes) and wish.payload.posture is Posture.SEATED:
                assert LIBRARY.exercises[key].position == "seated"
        else:
            assert LIBRARY.habits[key].can_be_tested


def test_it_ranks_by_what_is_not_tried_yet_then_evidence_then_gentleness() -> None:
    fresh = candidates(LIBRARY, [], CALF)
    later = candidates(LIBRARY, [begun("walk")], CALF)
    first = list(takewhile(LIBRARY.exercises.__contains__, fresh))
    movements = [LIBRARY.exercises[key] for key in first]

    assert fresh[0] == "walk"
    assert [key for key in later if key in LIBRARY.exercises][-1] == "walk"
    efforts = [one.effort for one in movements if one.grade == "E"]
    assert efforts == sorted(efforts)
    assert candidates(LIBRARY, [], "caffeine")[0] in LIBRARY.habits


def test_it_offers_one_movement_of_each_kind_then_other_forms_then_habits() -> None:
    fresh = candidates(LIBRARY, [], CALF)
    moves = list(takewhile(LIBRARY.exercises.__contains__, fresh))
    kinds = [kind_of(key, LIBRARY) for key in moves]
    first = kinds[: len(set(kinds))]

    assert len(set(first)) == len(first)
    assert set(fresh[len(moves) :]) == {key for key, one in LIBRARY.habits.items() if one.can_be_tested}


def test_it_offers_no_other_form_of_a_movement_that_made_it_worse() -> None:
    harmed = fact(Decision(begun().id, "march", Choice.DROP, None, 28, Finding.WORSE), 40)
    idle = fact(Decision(begun().id, "march", Choice.DROP, None, 28, Finding.NOT_WORTH_IT), 40)

    assert "march_seated" not in candidates(LIBRARY, [harmed], CALF)
    assert "march_seated" in candidates(LIBRARY, [idle], CALF)


def test_it_says_nothing_of_what_was_never_done() -> None:
    trial = begun()
    nights = [trial, *lived(trial, 56, [0.0])]
    other = fact(Practice("breath_circles", 1, Work(), Work()), 3)

    found = reviewed([*nights, other], on(56))

    assert found is not None
    assert found.proposals[0].found is Finding.CANNOT_TELL
