"""What people are told about a trial: every verdict, its nights, its interval, and nothing that is not known."""

import re
from dataclasses import replace

import pytest

from quietlegs.trials.claim import Claim
from quietlegs.trials.compare import ArmNights
from quietlegs.trials.estimated import ArmEstimate, Belief, Estimate, Line
from quietlegs.trials.verdict import Answer, ArmVerdict, Lot, MoreNights, Setting, Short, Verdict
from quietlegs.trials.verdict_wording import HEADLINE_LETTERS, answer_sentences, headline, headlines, trial_sentences

ESTIMATE = ArmEstimate(
    ArmNights("wall stretch", 30, 4), Belief(-1.23, 0.4, -2.01, -0.45), 0.97, 0.03, 0.6, 0.001, carried=None
)
ARM = ArmVerdict(ESTIMATE.nights, None, Verdict.HELPS, ESTIMATE, None, "2026-03-01", None)
SETTING = Setting(
    comparator=ArmNights("slow breathing", 31, 3),
    night=60,
    first_on="2026-01-12",
    block_nights=1,
    stage_ends=(60, 90),
    shares=(0.04, 0.01),
    lot=Lot.KEPT,
    open_ended=False,
    worthwhile=1.0,
    lower_is_better=True,
)
WHOLE = Estimate(SETTING.comparator, (ESTIMATE,), Belief(0, 1, 0, 0), 1.0, {}, (), Line((), (), (), ()), 0.0, 0)
ANSWER = Answer(SETTING, (ARM,), WHOLE, None, None, run_in=7, washed=0, outside=0, unlisted=1)
LEANING = replace(ARM, verdict=Verdict.LEANING, claimed_on=None, more=MoreNights(24, 10, None, 0.62, 30))


def told(one: ArmVerdict, answer: Answer = ANSWER) -> str:
    return " ".join(answer_sentences(replace(answer, arms=(one,)), outcome="severity")["wall stretch"])


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.HELPS, "wall stretch: helps you"),
        (Verdict.WORSE, "wall stretch: makes it worse for you"),
        (Verdict.NOT_WORTH_IT, "wall stretch: not worth it, it seems"),
        (Verdict.LEANING, "wall stretch: leaning towards better, not sure yet"),
        (Verdict.CANNOT_TELL, "wall stretch: cannot tell yet, about 24 more nights"),
    ],
)
def test_it_has_a_headline_for_every_verdict(verdict: Verdict, words: str) -> None:
    assert headline(replace(LEANING, verdict=verdict)) == words


@pytest.mark.parametrize("verdict", list(Verdict))
def test_it_names_nights_missing_nights_and_interval_with_every_verdict(verdict: Verdict) -> None:
    claimed_on = "2026-03-01" if verdict in (Verdict.HELPS, Verdict.WORSE) else None
    said = told(replace(ARM, verdict=verdict, claimed_on=claimed_on))

    assert "30 nights with wall stretch and 31 nights with slow breathing; not answered: 4 and 3" in said
    assert "anywhere from -2.0 to -0.5" in said or "anywhere from -2.0 to -0.4" in said
    assert ("clear since 1 March 2026" in said) == (claimed_on is not None)


def test_it_calls_only_a_claim_clear_and_says_a_chance_as_a_chance() -> None:
    worse = told(replace(ARM, verdict=Verdict.WORSE))
    assert "severity is lower on nights with wall stretch than on nights with slow breathing: the way you" in told(ARM)
    assert "severity is higher on nights with wall stretch than on nights with slow breathing: not the way you" in worse
    assert "no proof" not in told(ARM)
    assert "about 97 in 100. That is no proof." in told(LEANING)


def test_it_says_how_long_it_may_take() -> None:
    assert "About 24 more nights to an answer (8 in 10 fall between 10 and more than 30)" in told(LEANING)
    hopeless = replace(LEANING, more=MoreNights(None, None, None, 0.2, 30))
    assert "may take longer than the nights you planned" in told(hopeless)
    early = replace(ANSWER, setting=replace(SETTING, night=40))
    assert "may take longer than the nights this stage has" in told(hopeless, early)
    assert "in the 30 nights left is about 2 in 10" in told(hopeless)
    assert "planned nights are over" in told(replace(LEANING, more=MoreNights(None, None, None, 0.0, 0)))


def test_it_says_what_was_drawn_and_what_was_done() -> None:
    assert "Drawn on 34 nights, done on 20." in told(replace(ARM, done=20))
    assert "What was drawn for a night is what counts" in " ".join(trial_sentences(ANSWER))


@pytest.mark.parametrize(
    ("short", "words"),
    [
        (Short.TOO_FEW, "the least is 3 answered nights with each, 8 in all"),
        (Short.ARM_NOT_SEEN, "No night with it was answered yet"),
        (Short.NO_SPREAD, "All answers are the same"),
    ],
)
def test_it_says_why_there_is_no_number(short: Short, words: str) -> None:
    one = replace(ARM, verdict=Verdict.CANNOT_TELL, claimed_on=None, estimate=None, short=short)

    assert words in told(one)
    assert headline(one) == "wall stretch: cannot tell yet"


def test_it_says_what_holds_for_the_whole_trial() -> None:
    worse = replace(ARM, verdict=Verdict.NOT_WORTH_IT, claimed_on=None)
    said = " ".join(trial_sentences(replace(ANSWER, arms=(worse,))))

    assert "drawn by lot before the first night, and kept" in said
    assert "placebo" in said
    assert "wall stretch could make room for something new; slow breathing stays. You decide" in said
    assert "Not compared: 7 nights before the first draw, 1 night of a break, or not in the diary." in said
    unknown = " ".join(trial_sentences(replace(ANSWER, setting=replace(SETTING, lot=Lot.UNKNOWN, night=61))))
    assert "nothing is claimed here" in unknown
    assert "stage is over" not in unknown


def test_it_uses_no_word_of_statistics_and_promises_nothing() -> None:
    every = [told(replace(one, verdict=verdict)) for one in (LEANING,) for verdict in list(Verdict)[2:]] + [told(ARM)]
    for said in [*every, *trial_sentences(ANSWER)]:
        assert not re.search(r"significan|p-value|posterior|hypothes|proves|guarantee|cure|patient|\bnan\b", said)


def test_it_keeps_headlines_short_whatever_things_are_called() -> None:
    long = replace(LEANING, nights=replace(LEANING.nights, name="calf stretch against the kitchen wall"))

    assert headline(long) == "calf stretch against the kitc\u2026: leaning better, not sure yet"
    usual = replace(LEANING, nights=replace(LEANING.nights, name="wall stretch for the calf"))
    assert headline(usual) == "wall stretch for the calf: leaning better, not sure yet"
    assert headline(replace(usual, verdict=Verdict.CANNOT_TELL)) == (
        "wall stretch for the calf: cannot tell yet, about 24 more"
    )
    for verdict in Verdict:
        assert len(headline(replace(long, verdict=verdict))) <= HEADLINE_LETTERS


@pytest.mark.parametrize("verdict", [Verdict.NOT_WORTH_IT, Verdict.LEANING, Verdict.CANNOT_TELL])
def test_it_gives_no_verdict_where_nobody_knows_what_was_drawn(verdict: Verdict) -> None:
    one = replace(ARM, verdict=verdict, claimed_on=None, done=20)
    chosen = replace(ANSWER, arms=(one,), setting=replace(SETTING, lot=Lot.UNKNOWN, stage_ends=()))

    assert headlines(chosen) == {"wall stretch": "wall stretch: no verdict, only an estimate"}
    said = told(one, chosen)
    assert said.startswith("No verdict on wall stretch")
    assert "wrong in either direction" in said
    assert "chance" not in said
    assert "Noted for 34 nights, done on 20." in said


def test_it_gives_no_verdict_on_what_was_never_done() -> None:
    never = replace(ARM, verdict=Verdict.NOT_WORTH_IT, claimed_on=None, done=0)

    assert headline(never) == "wall stretch: no verdict, only an estimate"
    assert told(never).startswith("No verdict on wall stretch: it was not once noted as done")
    assert "make room" not in " ".join(trial_sentences(replace(ANSWER, arms=(never,))))


def test_it_holds_that_said_lots_may_be_wrong_altogether() -> None:
    said = " ".join(trial_sentences(replace(ANSWER, setting=replace(SETTING, lot=Lot.SAID))))

    assert "If they were not, no verdict here counts, and the numbers can be wrong in either direction." in said


def test_it_says_what_looking_costs_only_where_somebody_looked() -> None:
    looked = replace(ANSWER, claim=Claim((1,), (), (), 10_001, exact=False))

    assert "at most 1 of 20" in " ".join(trial_sentences(looked))
    assert "1 of 20" not in " ".join(trial_sentences(ANSWER))


def test_it_says_what_has_no_end_and_what_has_come_to_one() -> None:
    endless = replace(ANSWER, setting=replace(SETTING, open_ended=True))

    assert "no planned end" in " ".join(trial_sentences(endless))
    assert "is over" not in " ".join(trial_sentences(endless))
    assert "This stage is over after 60 nights." in " ".join(trial_sentences(ANSWER))
    last = replace(ANSWER, setting=replace(SETTING, night=90))
    assert "The trial is over after 90 nights." in " ".join(trial_sentences(last))
    assert headline(replace(LEANING, verdict=Verdict.CANNOT_TELL, more=MoreNights(None, None, None, 0.0, 0))) == (
        "wall stretch: cannot tell, the planned nights are over"
    )


def test_it_begins_with_the_nights_still_needed_where_nothing_can_be_told() -> None:
    said = told(replace(LEANING, verdict=Verdict.CANNOT_TELL))

    assert said.startswith("It cannot be told yet whether wall stretch helps you. About 24 more nights")


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "less than 1 in 100"),
        (0.05, "about 5 in 100"),
        (0.2, "about 2 in 10"),
        (0.949, "about 9 in 10"),
        (0.97, "about 97 in 100"),
        (1.0, "more than 99 in 100"),
    ],
)
def test_it_never_says_that_a_chance_is_none_or_all(chance: float, words: str) -> None:
    assert f"left is {words}." in told(replace(LEANING, more=MoreNights(None, None, None, chance, 30)))


def test_it_says_when_the_range_includes_no_difference() -> None:
    wide = replace(ESTIMATE, effect=Belief(-0.04, 0.4, -0.8, 0.7))

    assert "about the same severity with wall stretch and slow breathing" in told(replace(LEANING, estimate=wide))
    assert "That includes no difference at all." in told(replace(LEANING, estimate=wide))
    assert "no difference" not in told(LEANING)


def test_it_turns_round_where_more_is_better() -> None:
    slept = replace(ANSWER, setting=replace(SETTING, lower_is_better=False))

    said = answer_sentences(slept, outcome="sleep")["wall stretch"][0]
    assert said.startswith(
        "Your sleep is higher on nights with wall stretch than on nights with slow breathing: the way"
    )
