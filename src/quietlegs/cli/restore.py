"""`quietlegs restore`: put a copy in the place of the diary; what was there is copied first."""

from pathlib import Path
from typing import Annotated

import typer

from quietlegs.cli.backup import last_told, told
from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import copies
from quietlegs.words.catalogue import _


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `quietlegs backup` made.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a copy in the place of the diary, while quietlegs may be running; what is there now is copied first."""
    try:
        store = copies()
        now, copy = store.now_kept(), store.look_at(file)
        typer.echo(f"{_('The diary now:')} {told(now.facts, now.file)}; {last_told(now.last_night)}.")
        typer.echo(f"{_('The copy:')} {told(copy.facts, copy.file)}; {last_told(copy.last_night)}.")
        if not yes and not typer.confirm(_("Put the copy in the place of the diary?")):
            typer.echo(_("Nothing was changed."))
            raise typer.Exit
        before = store.restore(file)
    except ValueError as error:
        typer.echo(f"{error}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    typer.echo(_("The copy is in its place. What was there before: {file}", file=before.file))
