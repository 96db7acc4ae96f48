"""`quietlegs export`: everything ever noted, as JSON lines."""

import json
import sys
from pathlib import Path
from typing import Annotated, TextIO

import typer

from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import open_diary
from quietlegs.records.diary import Diary
from quietlegs.records.wire import to_wire
from quietlegs.words.catalogue import _, ngettext


def export(
    out: Annotated[Path | None, typer.Option(help="The file to write; default: the terminal.")] = None,
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Export the simulated person.")] = False,
) -> None:
    """Write all facts as JSON lines, replaced and withdrawn ones too; a line is one fact."""
    diary = open_diary(demo=demo)
    if out is None:
        _write(diary, sys.stdout)
        return
    try:
        with out.open("x", encoding="utf-8") as handle:
            count = _write(diary, handle)
    except FileExistsError as error:
        typer.echo(_("{file} exists already; choose another name, nothing is overwritten.", file=out), err=True)
        raise typer.Exit(BAD_INPUT) from error
    except OSError as error:
        typer.echo(_("{file} cannot be written: {reason}.", file=out, reason=error.strerror), err=True)
        raise typer.Exit(BAD_INPUT) from error
    typer.echo(
        ngettext("{count} fact written to {file}.", "{count} facts written to {file}.", count, file=out), err=True
    )


def _write(diary: Diary, handle: TextIO) -> int:
    count = 0
    for fact in diary.all_facts():
        handle.write(json.dumps(to_wire(fact), ensure_ascii=False, separators=(",", ":")) + "\n")
        count += 1
    return count
