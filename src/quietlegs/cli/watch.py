"""`quietlegs demo --watch`: one simulated person, looked at every night."""

from datetime import timedelta

import numpy as np
import typer

from quietlegs.cli.clock import now
from quietlegs.records.moment import night_of
from quietlegs.trials.design import ERROR, Design, Stage
from quietlegs.trials.judge import judge
from quietlegs.trials.nights import Nights
from quietlegs.trials.plan_nights import Usual
from quietlegs.trials.rehearse import usual_nights
from quietlegs.trials.scale import SEVERITY
from quietlegs.trials.schedule import draw
from quietlegs.trials.spending import FIRST_LOOK
from quietlegs.trials.verdict_wording import answer_sentences, headline, trial_sentences
from quietlegs.words.catalogue import _, later
from quietlegs.words.numbers import number

_WHO = later("A simulated person, true difference {effect} points. Somebody looks every night:")
_ARM, _COMPARATOR = later("wall stretch for the calf"), later("slow breathing")
_PERSON, _EFFECT = Usual(sd=1.6, autocorrelation=0.4, missing=0.12, learned_nights=14), -1.2


def watch(nights: int, seed: int) -> None:
    """Print the verdict of every night, and at the end all that can be said."""
    arm, comparator = _(_ARM), _(_COMPARATOR)
    design = Design((arm, comparator), comparator, 1, (Stage(max(nights, FIRST_LOOK) // 2, ERROR),), seed=seed)
    first = night_of(now()) - timedelta(days=design.run_in_nights + design.nights)
    schedule = draw(design, design.fresh_lot(), starts_on=first)
    rng = np.random.default_rng(seed)
    felt = usual_nights(_PERSON, len(schedule), rng) + _EFFECT * (schedule.arms == 0)
    answers = np.clip(np.rint(felt), 0, 10)
    answers[rng.random(len(schedule)) < _PERSON.missing] = np.nan
    typer.echo(_(_WHO, effect=number(_EFFECT, sign=True)))
    for gone in range(FIRST_LOOK, design.nights + 1):
        last = design.run_in_nights + gone
        seen = Nights(schedule.on[:last], schedule.arms[:last], design.arms, answers[:last])
        answer = judge(seen, schedule)
        typer.echo(_("night {night}  {told}", night=f"{gone:3}", told=headline(answer.arms[0])))
        if answer.arms[0].claimed_on:
            break
    for sentence in (*answer_sentences(answer, outcome=SEVERITY.within_sentence)[arm], *trial_sentences(answer)):
        typer.echo(sentence)
