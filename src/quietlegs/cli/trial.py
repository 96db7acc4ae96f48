"""`quietlegs trial`: plan a trial before its first night, and rehearse it on people who are made up."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from quietlegs.cli.options import BAD_INPUT, within
from quietlegs.records.bounds import RangeError

_LEARNED = 14

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
    learned: Annotated[int, typer.Option(help="From how many answered nights you know that, 7 to 3650.")] = _LEARNED,
    seed: Seed = 1,
) -> None:
    """Say about how many nights a difference takes to show, and what would make it fewer."""
    # Numbers take a second to load; the other commands shall not wait for them.
    from quietlegs.cli import planning  # noqa: PLC0415  # as the comment above says

    with _refused():
        usual = planning.Usual(sd, autocorrelation, missing, learned)
        planning.plan(usual, planning.Aim(arms, block, nights, effect), seed=seed)


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
    from quietlegs.cli import planning  # noqa: PLC0415  # numbers take a second to load

    with _refused():
        # Nothing is learned from a diary here: the nights are as they are said to be.
        usual = planning.Usual(sd, autocorrelation, missing, _LEARNED)
        planning.simulate(usual, planning.Aim(arms, block, nights, effect), people=people, seed=seed)


@contextmanager
def _refused() -> Iterator[None]:
    """End with a sentence where a number is outside its range."""
    try:
        yield
    except RangeError as error:
        typer.echo(f"{error}.", err=True)
        raise typer.Exit(BAD_INPUT) from error
