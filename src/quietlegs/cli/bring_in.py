"""`quietlegs import`: take the file of another program into the diary; a receipt first, undone as a whole."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from quietlegs.cli.clock import now
from quietlegs.cli.come import shown, undisturbed
from quietlegs.cli.options import BAD_INPUT, STOPPED
from quietlegs.cli.store import Receipt, imports
from quietlegs.formats.known import known, sniff
from quietlegs.formats.reading import Format, NotReadableError
from quietlegs.words.catalogue import _, ngettext

_MOST_NAMED = 20


def bring_in(
    file: Annotated[Path | None, typer.Argument(help="The file, as the other program wrote it.")] = None,
    *,
    kind: Annotated[str | None, typer.Option("--format", help="Its format; default: seen from the file.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would do.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the file that was taken in last.")] = False,
) -> None:
    """Take a file of another program into the diary; the same file twice changes nothing."""
    if undo:
        _undo()
    elif file is None:
        raise typer.BadParameter(_("name a file, or --undo"))
    else:
        _take(file, kind, asks=not yes, only_shows=dry_run)


def _take(file: Path, kind: str | None, *, asks: bool, only_shows: bool) -> None:
    try:
        one = _format(file, kind)
        with shown(file) as hear:
            receipt = imports().look(one, file, now().zone, hear)
        _show(receipt)
        wanted = bool(receipt.new) and not only_shows and (not asks or typer.confirm(_("Take this into the diary?")))
    except (NotReadableError, OSError) as error:
        typer.echo(f"{error}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    except (KeyboardInterrupt, typer.Abort) as stop:
        typer.echo(f"\n{_('Stopped. Nothing was changed.')}", err=True)
        raise typer.Exit(STOPPED) from stop
    if not wanted:
        typer.echo(_("Nothing was changed."))
        return
    with undisturbed():
        count = imports().take(receipt)
    _say_taken(count)


def _say_taken(count: int) -> None:
    typer.echo(
        ngettext(
            "{count} entry taken in. To take it back: quietlegs import --undo",
            "{count} entries taken in. To take them back: quietlegs import --undo",
            count,
        )
    )


def _format(file: Path, kind: str | None) -> Format:
    if not file.is_file():
        raise NotReadableError(_("There is no file {file}.", file=file))
    if kind is None:
        return sniff(file)
    if kind not in known():
        raise NotReadableError(
            _("--format is {value}; allowed: {allowed}", value=repr(kind), allowed=", ".join(known()))
        )
    return known()[kind]


def _show(receipt: Receipt) -> None:
    typer.echo(_("{file}: {format}", file=receipt.file.name, format=receipt.format.name))
    if not receipt.format.proven:
        typer.echo(_("No real file of this kind was tried yet: look closely at what it brings."))
    typer.echo(ngettext("{count} row read", "{count} rows read", receipt.rows))
    nights = receipt.nights
    if nights:
        reach = {"count": len(receipt.new), "first": nights[0], "last": nights[-1]}
        typer.echo(f"  {_('new: {count}, from {first} to {last}', **reach)}")
    _name(receipt.said)
    for count, words in (
        (receipt.known, _("in the diary already: {count}", count=receipt.known)),
        (receipt.taken_back, _("taken back or changed by you, and left so: {count}", count=receipt.taken_back)),
        (len(receipt.left_out), _("left out: {count}", count=len(receipt.left_out))),
    ):
        if count:
            typer.echo(f"  {words}")
    _name([f"{one.place}: {one.why}" for one in receipt.left_out.named], len(receipt.left_out))
    if receipt.shared:
        count = len(receipt.shared)
        typer.echo(_("Nights that have a sleep of another source too: {count}. Both are kept.", count=count))
        typer.echo(_("What you noted yourself counts first, then the longer sleep."))


def _name(lines: Sequence[str], count: int = 0) -> None:
    """Name each of so many, up to a number that can be read."""
    for line in lines[:_MOST_NAMED]:
        typer.echo(f"    {line}")
    if max(count, len(lines)) > _MOST_NAMED:
        typer.echo(f"    {_('and {count} more', count=max(count, len(lines)) - _MOST_NAMED)}")


def _undo() -> None:
    store = imports()
    last = store.last_taken()
    if last is None:
        typer.echo(_("No file was taken in that could be taken back."), err=True)
        raise typer.Exit(BAD_INPUT)
    count = store.undo(last.id, now())
    typer.echo(
        ngettext("{file}: {count} entry taken back.", "{file}: {count} entries taken back.", count, file=last.name)
    )
