"""`quietlegs export`: everything ever noted, as JSON lines; or what holds now, in a form that others read."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from quietlegs.cli.clock import now
from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import open_diary, save_tables, tell_taken_out
from quietlegs.library.load import load_library
from quietlegs.records.diary import Diary
from quietlegs.records.wire import to_wire
from quietlegs.words.catalogue import _, ngettext


def export(
    out: Annotated[Path | None, typer.Option(help="The file to write; default: the terminal.")] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--format",
            help="jsonl (everything, a fact a line), sqlite (the same as tables), fhir (an R4 Bundle for clinics) or "
            "open-mhealth (sleep).",
        ),
    ] = "jsonl",
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Export the simulated person.")] = False,
) -> None:
    """Write everything ever noted, as JSON lines or tables; or what holds now, for programs of a clinic."""
    kinds = (*FORMATS, _TABLES)
    if kind not in kinds:
        raise typer.BadParameter(_("{value}; allowed: {allowed}", value=repr(kind), allowed=", ".join(kinds)))
    if kind == _TABLES:
        _save_tables(out, demo=demo)
        return
    diary = open_diary(demo=demo)
    if out is None:
        _write(FORMATS[kind](diary), sys.stdout)
        tell_taken_out(kind)
        return
    with _new(out), out.open("x", encoding="utf-8") as handle:
        count = _write(FORMATS[kind](diary), handle)
    tell_taken_out(kind)
    if kind != _LINES:
        typer.echo(_("Written: {file}", file=out), err=True)
        return
    typer.echo(
        ngettext("{count} fact written to {file}.", "{count} facts written to {file}.", count, file=out), err=True
    )


def _save_tables(out: Path | None, *, demo: bool) -> None:
    """Write a database of its own; no terminal shows one."""
    if out is None:
        raise typer.BadParameter(_("sqlite needs a file: --out NAME"))
    with _new(out):
        save_tables()(out, demo=demo)
    typer.echo(_("Written: {file}", file=out), err=True)


@contextmanager
def _new(out: Path) -> Iterator[None]:
    """Say it in a sentence where a file is there already or cannot be written."""
    try:
        yield
    except FileExistsError as error:
        typer.echo(_("{file} exists already; choose another name, nothing is overwritten.", file=out), err=True)
        raise typer.Exit(BAD_INPUT) from error
    except OSError as error:
        typer.echo(_("{file} cannot be written: {reason}.", file=out, reason=error.strerror), err=True)
        raise typer.Exit(BAD_INPUT) from error


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


def _open_mhealth(diary: Diary) -> Iterator[str]:
    from quietlegs.formats.open_mhealth.write import KINDS, written  # noqa: PLC0415 - as above

    return written(diary.facts(*KINDS))


_LINES, _TABLES = "jsonl", "sqlite"
FORMATS: dict[str, Callable[[Diary], Iterator[str]]] = {
    _LINES: _lines,
    "fhir": _fhir,
    "open-mhealth": _open_mhealth,
}
