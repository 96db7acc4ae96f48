"""A claim that goes on from the nights taken in before is the claim that begins at the first night."""

import pytest
from tests.trials.test_judge import DESIGN, drawn, felt, nights_of

from quietlegs.trials import watched as kept
from quietlegs.trials.claim import Claim, claim
from quietlegs.trials.trial import Drawn, kept_trial
from quietlegs.trials.watched import watched
from quietlegs.trials.whitening import Floats


def told(answers: Floats, count: int) -> Drawn:
    found = kept_trial(nights_of(drawn(), answers, count), DESIGN).drawn
    assert found is not None
    return found


def anew(one: Drawn) -> Claim:
    return claim(one.experiment, one.spending, nights=one.gone, comparator=one.comparator, rng=one.rng)


@pytest.mark.parametrize("counts", [(20, 21, 22, 40, 60), (60, 40, 20), (12, 50, 13, 14)])
def test_it_is_the_same_whatever_was_looked_at_before(counts: tuple[int, ...]) -> None:
    answers = felt(drawn(), (-1.5, 0.0, 0.0))

    for count in counts:
        one, other = told(answers, count), told(answers, count)
        assert watched(one) == anew(other)
        assert one.rng is not None
        assert other.rng is not None
        assert one.rng.bit_generator.state == other.rng.bit_generator.state


@pytest.mark.parametrize("back", [1, 5, 9, 30])
def test_it_follows_an_answer_that_is_corrected(back: int) -> None:
    answers = felt(drawn(), (-1.5, 0.0, 0.0))
    watched(told(answers, 50))
    corrected = answers.copy()
    corrected[50 - back] = 9.0 if answers[50 - back] < 9 else 1.0

    assert watched(told(corrected, 50)) == anew(told(corrected, 50))
    assert watched(told(answers, 50)) == anew(told(answers, 50))


def test_it_takes_in_only_the_nights_of_the_last_week_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = felt(drawn(), (-1.5, 0.0, 0.0))
    watched(told(answers, 60))
    monkeypatch.setattr(kept, "_fresh", lambda _drawn: pytest.fail("it began anew"))

    watched(told(answers, 60))
    watched(told(answers, 61))
    answers[58] = 9.0
    watched(told(answers, 61))
