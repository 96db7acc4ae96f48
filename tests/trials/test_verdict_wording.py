"""What people are told about a trial: every verdict, its nights, its interval, and nothing that is not known."""

import re
from dataclasses import replace

import numpy as np
import pytest

from quietlegs.trials.compare import ArmNights
from quietlegs.trials.effects_picture import effects_picture
from quietlegs.trials.estimated import ArmEstimate, Belief, Estimate, Line
from quietlegs.trials.evidence_picture import evidence_picture
from quietlegs.trials.judge import judge
from quietlegs.trials.nights import Nights, TooFewNightsError
from quietlegs.trials.scale import SEVERITY
from quietlegs.trials.trial import Order, Said
from quietlegs.trials.verdict import Answer, ArmVerdict, Lot, MoreNights, Setting, Short, Verdict
from quietlegs.trials.verdict_wording import answer_sentences, headline, trial_sentences

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
    assert ("clear since 2026-03-01" in said) == (claimed_on is not None)


def test_it_calls_only_a_claim_clear_and_says_a_chance_as_a_chance() -> None:
    assert "better on nights with wall stretch" in told(ARM)
    assert "worse on nights with wall stretch" in told(replace(ARM, verdict=Verdict.WORSE))
    assert "about 97 in 100. That is no proof." in told(LEANING)


def test_it_says_how_long_it_may_take() -> None:
    assert "About 24 more nights to an answer (8 in 10 fall between 10 and more than 30)" in told(LEANING)
    hopeless = replace(LEANING, more=MoreNights(None, None, None, 0.2, 30))
    assert "may take longer than the nights you planned" in told(hopeless)
    assert "in the 30 nights left is about 2 in 10" in told(hopeless)
    assert "planned nights are over" in told(replace(LEANING, more=MoreNights(None, None, None, 0.0, 0)))


def test_it_says_what_was_drawn_and_what_was_done() -> None:
    assert "Drawn on 34 nights, done on 20; what was drawn is what counts." in told(replace(ARM, done=20))


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
    assert "Not compared: 7 nights before the first draw, 1 night not in the diary." in said
    unknown = " ".join(trial_sentences(replace(ANSWER, setting=replace(SETTING, lot=Lot.UNKNOWN, night=61))))
    assert "nothing is claimed here" in unknown
    assert "stage is over" not in unknown


def test_it_uses_no_word_of_statistics_and_promises_nothing() -> None:
    every = [told(replace(one, verdict=verdict)) for one in (LEANING,) for verdict in list(Verdict)[2:]] + [told(ARM)]
    for said in [*every, *trial_sentences(ANSWER)]:
        assert not re.search(r"significan|p-value|posterior|hypothes|proves|guarantee|cure|patient|\bnan\b", said)


def nights(seed: int = 1, count: int = 60) -> Nights:
    rng = np.random.default_rng(seed)
    arms = np.concatenate([rng.permutation(3) for _ in range(count // 3)])
    answers = np.clip(np.rint(rng.normal(5, 1.5, count) - 1.5 * (arms == 1)), 0, 10)
    return Nights(np.datetime64("2026-01-05") + np.arange(count), arms, ("rest & <tea>", "calf", "walk"), answers)


def drawn(width_px: int) -> tuple[str, str]:
    found = judge(nights(), Said(Order.ROUNDS), comparator="rest & <tea>", rng=np.random.default_rng(1))
    return effects_picture(found, axis=SEVERITY, width_px=width_px), evidence_picture(found, width_px=width_px)


@pytest.mark.parametrize("width_px", [358, 640])
def test_its_pictures_need_no_style_and_tell_a_screen_reader(width_px: int) -> None:
    for picture in drawn(width_px):
        assert picture.startswith("<svg")
        assert f'width="{width_px}"' in picture
        assert "style=" not in picture
        assert "<desc>calf: " in picture
        assert "<tea>" not in picture


def test_its_pictures_show_one_bar_an_arm_and_the_limit() -> None:
    effects, evidence = drawn(640)

    assert effects.count("chart-square") == 2
    assert evidence.count('class="chart-path"') == 2
    assert evidence.count('class="chart-limit"') == 2
    assert "Needed: " in evidence


def test_it_draws_nothing_where_there_is_nothing_to_draw() -> None:
    unknown = judge(nights(count=6), None, comparator="calf")

    with pytest.raises(TooFewNightsError, match="looks is 0"):
        evidence_picture(unknown)
    with pytest.raises(TooFewNightsError, match="estimates is 0"):
        effects_picture(unknown, axis=SEVERITY)
