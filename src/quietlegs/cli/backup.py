"""`quietlegs backup`: a copy of the whole diary, checked by opening it."""

from pathlib import Path
from typing import Annotated

import typer

from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import copies
from quietlegs.words.catalogue import _, ngettext


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="The file to write; default: a new one in the folder of copies.")
    ] = None,
) -> None:
    """Copy the whole diary, while quietlegs may be running; the copy is opened and read through before it counts."""
    try:
        made = copies().backup(file)
    except ValueError as error:
        typer.echo(f"{error}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    typer.echo(told(made.facts, made.file))


def told(facts: int, file: Path) -> str:
    """Say what a copy holds and where it lies."""
    return ngettext("{count} entry, in {file}", "{count} entries, in {file}", facts, file=file)


def last_told(night: object) -> str:
    """Say how far the entries reach."""
    return _("the last night is {night}", night=night) if night else _("no night yet")
