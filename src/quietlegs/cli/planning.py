"""What `quietlegs trial` says: the nights that a question takes, and how a planned trial does on made-up people."""

import numpy as np
import typer
from rich.console import Console
from rich.progress import track

from quietlegs.trials.plan_nights import Aim, Usual, plan_nights
from quietlegs.trials.plan_wording import plan_sentences
from quietlegs.trials.rehearse import rehearse
from quietlegs.words.catalogue import _
from quietlegs.words.numbers import number

__all__ = ["Aim", "Usual", "plan", "simulate"]


def plan(usual: Usual, aim: Aim, *, seed: int) -> None:
    """Print about how many nights it takes, and what would make it fewer."""
    for sentence in plan_sentences(plan_nights(usual, aim, np.random.default_rng(seed))):
        typer.echo(sentence)


def simulate(usual: Usual, aim: Aim, *, people: int, seed: int) -> None:
    """Rehearse the trial on made-up people, with a bar, and print how many were told what is so, and what is not."""
    rng, bar = np.random.default_rng(seed), Console(stderr=True)
    every = track(range(people), _("Made-up people"), console=bar, transient=True, disable=not bar.is_terminal)
    found = [rehearse(usual, aim, rng) for _ in every]
    right, wrong = sum(one.right for one in found), sum(one.wrong for one in found)
    waits = sorted(one.night for one in found if one.right and one.night)
    nights, effect = aim.horizon_nights, aim.effect
    typer.echo(
        _(
            "{people} made-up people, {nights} nights, a difference of {effect} points for one thing:",
            people=people,
            nights=nights,
            effect=number(effect),
        )
    )
    typer.echo(
        _(
            "{right} of {people} were told so ({share}), looking every night.",
            right=right,
            people=people,
            share=f"{right / people:.0%}",
        )
    )
    if waits:
        typer.echo(_("Half of these knew it by night {night}.", night=waits[len(waits) // 2]))
    typer.echo(
        _(
            "{wrong} of {people} were told something that is not so ({share}; at most about 5 % is meant).",
            wrong=wrong,
            people=people,
            share=f"{wrong / people:.0%}",
        )
    )
