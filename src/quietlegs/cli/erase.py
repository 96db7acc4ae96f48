"""`quietlegs erase`: everything that was ever noted, deleted for good."""

from typing import Annotated

import typer

from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import Erasing, erasing
from quietlegs.words.catalogue import _, ngettext
from quietlegs.words.dates import day


def erase(
    *,
    copies: Annotated[bool, typer.Option("--copies", help="Delete the copies in the folder of copies too.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything that was ever noted, reminders and keys too; tells what remains in copies, and until when."""
    try:
        store = erasing()
        count = store.entries()
        typer.echo(ngettext("{count} entry will be deleted.", "{count} entries will be deleted.", count))
        typer.echo(_("To keep them: quietlegs export --out mine.jsonl"))
        if not yes and not typer.confirm(_("Delete everything?")):
            typer.echo(_("Nothing was changed."))
            raise typer.Exit
        store.erase(with_copies=copies)
    except ValueError as error:
        typer.echo(f"{error}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    typer.echo(_("Everything is deleted. A new diary begins."))
    _tell_remaining(store)


def _tell_remaining(store: Erasing) -> None:
    remaining = store.copies()
    if remaining:
        typer.echo(_("Copies that still hold it:"))
        for one in remaining:
            typer.echo(f"  {one.on.isoformat()}  {one.file}")
        until = store.last_goes(remaining)
        if until is not None:
            typer.echo(_("The last one goes by itself by {date}, while quietlegs runs.", date=day(until, year=True)))
        else:
            typer.echo(_("Some of them stay until you delete them."))
        typer.echo(_("To delete them too: quietlegs erase --copies"))
    typer.echo(_("Copies that you put elsewhere, and pages that a phone keeps, are not known here."))
