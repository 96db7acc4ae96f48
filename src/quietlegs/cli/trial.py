"""`quietlegs trial`: plan a trial before its first night, rehearse it, start it, see how it stands, stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from quietlegs.cli.calming import calm
from quietlegs.cli.options import BAD_INPUT, within
from quietlegs.cli.store import open_diary
from quietlegs.records.bounds import RangeError
from quietlegs.words.catalogue import _

_LEARNED = 14

trial = typer.Typer(
    name="trial",
    help="Find out fairly what works for you: start a trial, see how it stands; or plan one first.",
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
def start(
    tried: Annotated[list[str], typer.Argument(help="What to try: 1 to 3 movements, or habits, by their keys.")],
    nights: Annotated[int, typer.Option(help="How many nights, without those before the first turn, 14 to 365.")] = 56,
    block: Block = 1,
    worthwhile: Annotated[float, typer.Option(help="The smallest difference worth having, 0.1 to 10 points.")] = 1.0,
    extension: Annotated[int, typer.Option(help="Nights that may follow, 0 to 365; planned now or never.")] = 0,
    longest_run: Annotated[int | None, typer.Option(help="Most nights with one thing in a row, 1 to 14.")] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Start without asking.")] = False,
) -> None:
    """Start a fair trial: what an evening gets is drawn by lot, now, and shown evening by evening."""
    from quietlegs.cli import trying  # noqa: PLC0415  # numbers take a second to load

    with _refused():
        wanted = trying.Wanted(tuple(tried), nights, block, worthwhile, extension, longest_run)
        trying.start(open_diary(), wanted, sure=yes)


@trial.command()
def show(*, demo: Annotated[bool, typer.Option("--demo", help="Show the simulated person's.")] = False) -> None:
    """Say where your trial stands, and what tonight's turn is."""
    from quietlegs.cli import trying  # noqa: PLC0415  # numbers take a second to load

    trying.show(open_diary(demo=demo))


@trial.command()
def stop(
    thing: Annotated[str | None, typer.Argument(help="Of several trials, what is tried in the one to stop.")] = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Let it go on.")] = False,
) -> None:
    """Stop your trial before its end; its nights and what they tell stay."""
    from quietlegs.cli import trying  # noqa: PLC0415  # numbers take a second to load

    with _refused():
        if undo:
            trying.undo_stop(open_diary())
        else:
            trying.stop(open_diary(), thing)


@trial.command()
def decide(
    *,
    accept: Annotated[bool, typer.Option("--accept", help="Do what is proposed.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave it as it is.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what you decided last.")] = False,
) -> None:
    """Say what is proposed at the end of a stage, and why; then you decide."""
    from quietlegs.cli import deciding  # noqa: PLC0415  # numbers take a second to load

    with _refused():
        given = {deciding.accept: accept, deciding.keep: keep, deciding.undo: undo}
        asked = [does for does, wanted in given.items() if wanted]
        if len(asked) > 1:
            raise RangeError(
                "trial decide", _("more than one"), _("one of {options}", options="--accept, --keep, --undo")
            )
        (asked or [deciding.show])[0](open_diary())


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


trial.command()(calm)


@contextmanager
def _refused() -> Iterator[None]:
    """End with a sentence where a number is outside its range."""
    try:
        yield
    except RangeError as error:
        typer.echo(f"{error}.", err=True)
        raise typer.Exit(BAD_INPUT) from error
