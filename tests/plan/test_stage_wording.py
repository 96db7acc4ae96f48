"""What is said of a proposal at a stage's end: the rule that it comes from, and the chance that it rests on."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.plan.trying import CALF, QUAD, chance_of, said

from quietlegs.plan.stage_bars import bars_alone
from quietlegs.plan.stage_review import Proposal, finding, proposed
from quietlegs.plan.stage_wording import because, chance_told
from quietlegs.records.tried import Choice
from quietlegs.trials.verdict import ArmVerdict, Verdict


@pytest.mark.parametrize(
    ("verdict", "left", "told"),
    [
        (said(Verdict.CANNOT_TELL, better=0.8), 28, "it stays in your routine, though that is no proof"),
        (said(Verdict.CANNOT_TELL, better=0.79), 28, "helps you is below 80 in 100, so it makes room"),
        (said(Verdict.CANNOT_TELL, better=0.79), 0, "The planned nights are over without an answer"),
        (said(Verdict.CANNOT_TELL, better=0.2), 28, "makes it worse is 8 in 10 or more, so it makes room"),
        (replace(said(Verdict.CANNOT_TELL), done=0), 28, "It cannot be told yet; 28 nights are left"),
    ],
)
def test_it_says_which_rule_a_proposal_comes_from(verdict: ArmVerdict, left: int, told: str) -> None:
    helps = chance_of(verdict)
    choice = proposed(verdict, helps, left, can_switch=True)

    assert told in because(Proposal(CALF, choice, finding(verdict), QUAD, verdict, helps=helps), left)


def test_it_says_the_chance_that_a_bet_rests_on_and_none_where_its_trial_decides() -> None:
    def chance(verdict: Verdict, helps: float | None) -> str:
        one = said(verdict)
        return chance_told(Proposal(CALF, Choice.KEEP, finding(one), None, one, helps=helps))

    told = chance(Verdict.LEANING, 0.931)
    assert told.startswith(
        "Counting all your nights and all that you tried, the chance that it helps you is 93 in 100."
    )
    assert "no proof" in told
    assert "99 in 100" in chance(Verdict.CANNOT_TELL, 0.9999)
    assert "1 in 100" in chance(Verdict.CANNOT_TELL, 0.0001)
    settled = (Verdict.HELPS, Verdict.WORSE, Verdict.NOT_WORTH_IT)
    assert [chance(verdict, 0.9) for verdict in settled] == [""] * 3
    assert not chance(Verdict.CANNOT_TELL, None)


@given(st.floats(0, 1), st.sampled_from([14, 21, 28]), st.booleans(), st.integers(0, 28))
@example(0.928, 28, True, 28)
@example(0.4499, 14, True, 28)
def test_the_chance_that_it_says_is_on_the_side_of_the_bar_that_it_names(
    helps: float, nights: int, can_switch: bool, left: int
) -> None:
    verdict, bars = said(Verdict.CANNOT_TELL), bars_alone(nights, exercise=True)
    choice = proposed(verdict, helps, left, bars, can_switch=can_switch)
    least = bars.keep if choice is Choice.KEEP else bars.leave
    one = Proposal(CALF, choice, finding(verdict), QUAD if can_switch else None, verdict, least, helps)

    bar = re.search(r"is (below )?(\d+) in 100( or more)?", because(one, left))
    told = re.search(r"is (\d+) in 100", chance_told(one))

    assert told
    assert bar is None or (int(told[1]) < int(bar[2])) == bool(bar[1])
