"""`quietlegs export`: everything ever noted, as JSON lines; or what holds now, in a form that others read."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, TextIO

import typer

from quietlegs.cli.clock import now
from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import open_diary
from quietlegs.library.load import load_library
from quietlegs.records.diary import Diary
from quietlegs.records.wire import to_wire
from quietlegs.words.catalogue import _, ngettext


def export(
    out: Annotated[Path | None, typer.Option(help="The file to write; default: the terminal.")] = None,
    kind: Annotated[
        str, typer.Option("--format", help="jsonl (everything, a fact a line) or fhir (an R4 Bundle for clinics).")
    ] = "jsonl",
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Export the simulated person.")] = False,
) -> None:
    """Write all facts as JSON lines, replaced and withdrawn ones too; or what holds now as a FHIR Bundle."""
    if kind not in _FORMATS:
        raise typer.BadParameter(_("{value}; allowed: {allowed}", value=repr(kind), allowed=", ".join(_FORMATS)))
    diary = open_diary(demo=demo)
    if out is None:
        _write(_FORMATS[kind](diary), sys.stdout)
        return
    try:
        with out.open("x", encoding="utf-8") as handle:
            count = _write(_FORMATS[kind](diary), handle)
    except FileExistsError as error:
        typer.echo(_("{file} exists already; choose another name, nothing is overwritten.", file=out), err=True)
        raise typer.Exit(BAD_INPUT) from error
    except OSError as error:
        typer.echo(_("{file} cannot be written: {reason}.", file=out, reason=error.strerror), err=True)
        raise typer.Exit(BAD_INPUT) from error
    if kind != _LINES:
        typer.echo(_("Written: {file}", file=out), err=True)
        return
    typer.echo(
        ngettext("{count} fact written to {file}.", "{count} facts written to {file}.", count, file=out), err=True
    )


def _write(parts: Iterable[str], handle: TextIO) -> int:
    count = 0
    for part in parts:
        handle.write(part)
        count += 1
    return count


def _lines(diary: Diary) -> Iterator[str]:
    for fact in diary.all_facts():
        yield json.dumps(to_wire(fact), ensure_ascii=False, separators=(",", ":")) + "\n"


def _fhir(diary: Diary) -> Iterator[str]:
    from quietlegs.formats.fhir.write import KINDS, written  # noqa: PLC0415 - loads only where it is asked for

    first = next(diary.all_facts(), None)
    return written(diary.facts(*KINDS), load_library(), now().at, first=first.id if first else None)


_LINES = "jsonl"
_FORMATS: dict[str, Callable[[Diary], Iterator[str]]] = {_LINES: _lines, "fhir": _fhir}
