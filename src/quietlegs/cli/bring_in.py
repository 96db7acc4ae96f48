"""`quietlegs import`: take the file of another program into the diary; a receipt first, undone as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from quietlegs.cli.clock import now
from quietlegs.cli.columns import columns_of
from quietlegs.cli.come import shown, undisturbed
from quietlegs.cli.options import BAD_INPUT, STOPPED
from quietlegs.cli.store import Receipt, imports
from quietlegs.formats.known import known, sniff
from quietlegs.formats.plain_csv.read import KEY, mapped
from quietlegs.formats.plain_csv.shape import shape_of
from quietlegs.formats.reading import Format, NotReadableError
from quietlegs.words.catalogue import _, ngettext

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class _Wish:
    """How a file is to be read: its format, and of a table what its columns mean and how its dates go."""

    kind: str | None
    maps: list[str]
    dates: str


def bring_in(
    file: Annotated[Path | None, typer.Argument(help="The file, as the other program wrote it.")] = None,
    *,
    kind: Annotated[str | None, typer.Option("--format", help="Its format; default: seen from the file.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would do.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the file that was taken in last.")] = False,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", help="What a table's column means: 'Legs=severity:0-100'; again for each."),
    ] = None,
    dates: Annotated[str, typer.Option(help="Which comes first in a table's dates: dmy or mdy; default: seen.")] = "",
) -> None:
    """Take a file of another program into the diary; the same file twice changes nothing."""
    if undo:
        _undo()
    elif file is None:
        raise typer.BadParameter(_("name a file, or --undo"))
    else:
        _take(file, _Wish(kind, maps or [], dates), asks=not yes, only_shows=dry_run)


def _take(file: Path, wish: _Wish, *, asks: bool, only_shows: bool) -> None:
    try:
        one = _format(file, wish)
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


def _format(file: Path, wish: _Wish) -> Format:
    kind = wish.kind
    if not file.is_file():
        raise NotReadableError(_("There is no file {file}.", file=file))
    if wish.maps or kind == KEY:
        return mapped(columns_of(file, wish.maps, wish.dates, imports()))
    if kind is None:
        return _seen(file, wish)
    if kind not in known():
        raise NotReadableError(
            _("--format is {value}; allowed: {allowed}", value=repr(kind), allowed=", ".join((*known(), KEY)))
        )
    return known()[kind]


def _seen(file: Path, wish: _Wish) -> Format:
    """Return a format seen from the file; a table of text can be taken in where it is said what its columns mean."""
    try:
        return sniff(file)
    except NotReadableError:
        if shape_of(file) is None:
            raise
        return mapped(columns_of(file, wish.maps, wish.dates, imports()))


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
