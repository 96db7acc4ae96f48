"""`quietlegs trial`: plan a trial before its first night, and rehearse it on people who are made up."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import track

from quietlegs.cli.options import within
from quietlegs.records.bounds import RangeError

_BAD_INPUT = 2
Made = TypeVar("Made")

trial = typer.Typer(
    name="trial",
    help="Plan a trial before its first night, and see how often it would find what is there.",
    no_args_is_help=True,
)

Arms = Annotated[int, typer.Option(help="Things tried by turns, the comparison among them, 2 to 4.")]
Block = Annotated[int, typer.Option(help="Nights with one thing before the next, 1 to 7.")]
Nights = Annotated[int, typer.Option(help="How many nights you want to go on, 7 to 730.")]
Effect = Annotated[float, typer.Option(help="The difference worth finding, in points, 0.1 to 10.")]
Spread = Annotated[float, typer.Option("--sd", help="How much your nights scatter (standard deviation), 0.1 to 5.")]
Steady = Annotated[float, typer.Option(help="How much a night resembles the one before, -0.9 to 0.95.")]
Missing = Annotated[float, typer.Option(help="The share of nights you will not answer, 0 to 0.9.")]
Seed = Annotated[int, typer.Option(callback=within(0, 2**32), help="The same seed gives the same numbers.")]


@trial.command()
def plan(
    arms: Arms = 2,
    block: Block = 1,
    nights: Nights = 90,
    effect: Effect = 1.0,
    sd: Spread = 1.8,
    autocorrelation: Steady = 0.4,
    missing: Missing = 0.15,
    learned: Annotated[int, typer.Option(help="From how many answered nights you know that, 7 to 3650.")] = 14,
    seed: Seed = 1,
) -> None:
    """Say about how many nights a difference takes to show, and what would make it fewer."""
    # Numbers take a second to load; the other commands shall not wait for them.
    import numpy as np  # noqa: PLC0415  # as the comment above says

    from quietlegs.trials.plan_nights import Aim, Usual, plan_nights  # noqa: PLC0415  # as above
    from quietlegs.trials.plan_wording import plan_sentences  # noqa: PLC0415  # as above

    usual = _checked(lambda: Usual(sd, autocorrelation, missing, learned))
    aim = _checked(lambda: Aim(arms, block, nights, effect))
    for sentence in plan_sentences(plan_nights(usual, aim, np.random.default_rng(seed))):
        typer.echo(sentence)


@trial.command()
def simulate(
    arms: Arms = 2,
    block: Block = 1,
    nights: Nights = 90,
    effect: Effect = 1.0,
    sd: Spread = 1.8,
    autocorrelation: Steady = 0.4,
    missing: Missing = 0.15,
    people: Annotated[int, typer.Option(callback=within(10, 10_000), help="How many people to make up.")] = 100,
    seed: Seed = 1,
) -> None:
    """Rehearse a trial on made-up people: how many find a difference that is there, and how many one that is not."""
    import numpy as np  # noqa: PLC0415  # numbers take a second to load

    from quietlegs.trials.plan_nights import Aim, Usual  # noqa: PLC0415  # as above
    from quietlegs.trials.rehearse import rehearse  # noqa: PLC0415  # as above

    usual = _checked(lambda: Usual(sd, autocorrelation, missing, 14))
    aim = _checked(lambda: Aim(arms, block, nights, effect))
    rng, bar = np.random.default_rng(seed), Console(stderr=True)
    every = track(range(people), "Made-up people", console=bar, transient=True, disable=not bar.is_terminal)
    found = [rehearse(usual, aim, rng) for _ in every]
    right, wrong = sum(one.right for one in found), sum(one.wrong for one in found)
    waits = sorted(one.night for one in found if one.right and one.night)
    typer.echo(f"{people} made-up people, {nights} nights, a difference of {effect:g} points for one thing:")
    typer.echo(f"{right} of {people} were told so ({right / people:.0%}), looking every night.")
    if waits:
        typer.echo(f"Half of these knew it by night {waits[len(waits) // 2]}.")
    typer.echo(
        f"{wrong} of {people} were told something that is not so ({wrong / people:.0%}; at most about 5 % is meant)."
    )


def _checked(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except RangeError as error:
        typer.echo(f"{error}.", err=True)
        raise typer.Exit(_BAD_INPUT) from error
