"""`quietlegs report`: one page for the doctor, and the same numbers as a table."""

from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from quietlegs import day
from quietlegs.cli.clock import now
from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import open_diary
from quietlegs.library.load import load_library
from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import Moment
from quietlegs.report.period import Period, up_to
from quietlegs.report.report import needed, reported
from quietlegs.sheet.numbers import numbers
from quietlegs.words.catalogue import _

_NIGHT = timedelta(days=1)
_PAPERS = ("a4", "letter")


def report(
    since: Annotated[str | None, typer.Option("--from", help="The first night, such as 2026-01-31.")] = None,
    until: Annotated[
        str | None, typer.Option("--to", help="The last night; default: the last one that is over.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write; default: named after the nights.")
    ] = None,
    paper: Annotated[str, typer.Option(help="What it is printed on: a4 or letter.")] = "a4",
    *,
    nights: Annotated[bool, typer.Option("--nights", help="Every night as a row, on further pages.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="The same numbers as a table instead of a page.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Report on the simulated person.")] = False,
) -> None:
    """Write one page for your doctor (PDF): the last 13 weeks, or the nights that you name, two years at most."""
    if paper not in _PAPERS:
        raise typer.BadParameter(_("{value}; allowed: {allowed}", value=repr(paper), allowed=", ".join(_PAPERS)))
    when = now()
    try:
        period = _period(since, until, when)
    except RangeError as error:
        typer.echo(f"{error}.", err=True)
        raise typer.Exit(BAD_INPUT) from error
    diary = open_diary(demo=demo)
    if demo and not diary.facts():
        typer.echo(_("The simulated person has no night yet. Make some with: quietlegs demo"), err=True)
        raise typer.Exit(BAD_INPUT)
    made = reported(needed(diary, period), load_library(), period, when.wall.date())
    if as_csv:
        written = numbers(made, with_nights=nights).encode()
    else:
        # Typst takes a moment to load; the other commands shall not wait for it.
        from quietlegs.sheet.page import page  # noqa: PLC0415  # as the comment above says
        from quietlegs.sheet.printed import Paper, pdf  # noqa: PLC0415  # as the comment above says

        sheet = page(made, version=version("quietlegs"), with_nights=nights)
        written = pdf(sheet, Paper(paper), made_on=made.made_on)
    _write(written, out or Path(f"quietlegs-{period.first}-{period.last}.{'csv' if as_csv else 'pdf'}"))


def _period(since: str | None, until: str | None, when: Moment) -> Period:
    """Return the nights asked for; tonight belongs to a report once it is over, as its turn is not seen before."""
    asked, going_on = day.night_to_rate(when)
    over = asked - _NIGHT if going_on else asked
    last = over if until is None else _day("--to", until)
    if last > over:
        raise RangeError("--to", last.isoformat(), _("{day} or earlier: nights that are over", day=over.isoformat()))
    return up_to(last) if since is None else Period(_day("--from", since), last)


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RangeError(option, text, _("a date such as 2026-01-31")) from error


def _write(written: bytes, file: Path) -> None:
    try:
        with file.open("xb") as handle:
            handle.write(written)
    except FileExistsError as error:
        typer.echo(_("{file} exists already; choose another name, nothing is overwritten.", file=file), err=True)
        raise typer.Exit(BAD_INPUT) from error
    except OSError as error:
        typer.echo(_("{file} cannot be written: {reason}.", file=file, reason=error.strerror), err=True)
        raise typer.Exit(BAD_INPUT) from error
    typer.echo(_("Written: {file}", file=file), err=True)
