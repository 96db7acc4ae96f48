"""`quietlegs learn`: what the nights say so far, from a file or from the diary."""

from pathlib import Path
from typing import Annotated

import typer

from quietlegs.cli.options import BAD_INPUT


def learn(
    file: Annotated[Path | None, typer.Argument(help="A CSV file with one line a night; default: your diary.")] = None,
    date: Annotated[str, typer.Option(help="The file's column with dates, such as 2026-01-31.")] = "date",
    arm: Annotated[str, typer.Option(help="The file's column with what was tried that night.")] = "arm",
    outcome: Annotated[str, typer.Option(help="The file's column with the answer; blank: not answered.")] = "severity",
    comparator: Annotated[
        str | None, typer.Option(help="What the rest is compared with; default: chosen, and said.")
    ] = None,
    lower_is_better: Annotated[
        bool | None, typer.Option("--lower-is-better/--higher-is-better", help="Which way you want the answer to go.")
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            help="Write the nights here (SVG); with a verdict NAME-effects and NAME-evidence too; more trials: NAME-2."
        ),
    ] = None,
    drawn: Annotated[
        str | None,
        typer.Option(help="How the file's turns were drawn by lot: rounds (each once by turns) or any (any order)."),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Use the simulated person's diary.")] = False,
) -> None:
    """Say what your trial tells, or compare what a file's nights say: plain means, and a regression with yesterdays."""
    # Numbers take a second to load; the other commands shall not wait for them.
    from quietlegs.cli import answer  # noqa: PLC0415  # as the comment above says

    try:
        if file is None:
            asked = answer.from_diary(demo=demo, comparator=comparator, drawn=drawn)
        else:
            columns = answer.Columns(date, arm, outcome)
            asked = answer.from_file(file, columns, comparator=comparator, lower_is_better=lower_is_better, drawn=drawn)
        answer.tell(asked, plot=plot, as_json=as_json)
    except answer.CannotError as error:
        for sentence in error.sentences:
            typer.echo(sentence, err=True)
        raise typer.Exit(BAD_INPUT) from error
