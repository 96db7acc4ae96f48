"""What the columns of a table mean, said by `--map`; without it, what there is and how to say it."""

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from quietlegs.cli.clock import now
from quietlegs.cli.come import shown
from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import Imports
from quietlegs.formats.plain_csv.guess import Looked, looked_through
from quietlegs.formats.plain_csv.meaning import (
    ORDERS,
    SAID,
    Column,
    Columns,
    Meaning,
    from_json,
    header_of,
    wrong_with,
)
from quietlegs.formats.reading import NotReadableError
from quietlegs.formats.watching import watched
from quietlegs.words.catalogue import _

_INDENT = "    "


def columns_of(file: Path, maps: Sequence[str], order: str, store: Imports) -> Columns:
    """Return what the columns of a table mean: as it is said, else as the last time; else ask for it and end."""
    if order not in ("", *ORDERS):
        raise NotReadableError(_("--dates is {value}; allowed: {allowed}", value=repr(order), allowed="dmy, mdy"))
    with shown(file, passes=1) as hear, watched(hear):
        looked = looked_through(file)
    before = store.remembered(header_of(looked.shape.names))
    if maps:
        columns = _said(looked, maps, order)
    elif before is not None:
        columns = from_json(before)
        typer.echo(_("The columns mean what they meant the last time; --map says otherwise."))
    else:
        _ask(file, looked)
        raise typer.Exit(BAD_INPUT)
    _refuse(looked, columns)
    store.remember(header_of(looked.shape.names), columns.to_json(), now().at)
    return columns


def _said(looked: Looked, maps: Iterable[str], order: str) -> Columns:
    meant = {name: Column(name) for name in looked.shape.names}
    for told in maps:
        name, _equals, kind = told.rpartition("=")
        kind, _colon, how = kind.partition(":")
        if name not in meant:
            allowed = ", ".join(repr(one) for one in meant)
            raise NotReadableError(
                _("--map {value}: there is no such column; allowed: {allowed}", value=repr(told), allowed=allowed)
            )
        if kind not in set(Meaning):
            raise NotReadableError(
                _("--map {value}: allowed is {allowed}", value=repr(told), allowed=", ".join(Meaning))
            )
        meant[name] = Column(name, Meaning(kind), how)
    return Columns(tuple(meant.values()), order or looked.guess.order)


def _refuse(looked: Looked, columns: Columns) -> None:
    if looked.unsure and not columns.order:
        raise NotReadableError(
            _("Each date can be read with the day or with the month first: add --dates dmy, or --dates mdy.")
        )
    wrong = wrong_with(columns)
    if wrong:
        raise NotReadableError("\n".join(wrong))


def _ask(file: Path, looked: Looked) -> None:
    """Print the columns, what they could mean, and the command that says it."""
    told = {"rows": looked.count, "letters": looked.shape.letters, "separator": repr(looked.shape.separator)}
    typer.echo(_("A table with {rows} rows, in {letters}, separated by {separator}. What do its columns mean?", **told))
    for seen, column in zip(looked.seen, looked.guess.columns, strict=True):
        typer.echo(f"  {seen.name}: {' | '.join(seen.firsts) or _('always blank')}")
        if column.meaning is not Meaning.LEAVE:
            typer.echo(f"{_INDENT}{_('could be: {meaning}', meaning=_(SAID[column.meaning]))}")
    if looked.unsure:
        typer.echo(_("Each date can be read with the day or with the month first: add --dates dmy, or --dates mdy."))
    typer.echo(_("Say it like this, changed where it is not right:"))
    guessed = [one for one in looked.guess.columns if one.meaning is not Meaning.LEAVE]
    words = " ".join(
        f"--map {shlex.quote(str(one))}" for one in guessed or (Column(looked.seen[0].name, Meaning.NIGHT),)
    )
    typer.echo(f"  quietlegs import {shlex.quote(str(file))} {words}{' --dates dmy' if looked.unsure else ''}")
    typer.echo(_("What a column can mean:"))
    for meaning, said in SAID.items():
        typer.echo(f"  {meaning:<11} {_(said)}")
    typer.echo(
        _("Behind a colon: the range of severity and quality (severity:0-100), a medicine's unit (medicine:mg).")
    )
