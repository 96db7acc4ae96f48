"""`quietlegs take-in`: put entries from a file into the diary, as a phone saved them or `export` wrote them."""

import json
from pathlib import Path
from typing import Annotated

import typer

from quietlegs import day
from quietlegs.cli.clock import now
from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import open_diary
from quietlegs.records.diary import ConflictingFactError, Diary
from quietlegs.records.moment import refuse_ahead
from quietlegs.records.wire import from_wire


def take_in(
    file: Annotated[Path, typer.Argument(help="A file that a phone saved, or that `quietlegs export` wrote.")],
) -> None:
    """Put a file's entries into the diary; what is there already stays as it is, so doing it twice does no harm."""
    try:
        rows = _rows(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        typer.echo(f"{file} cannot be read: {error.strerror}.", err=True)
        raise typer.Exit(BAD_INPUT) from error
    except ValueError as error:
        typer.echo(f"{file} holds no entries of quietlegs: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    new, bad = _taken(open_diary(), rows)
    typer.echo(f"{len(rows)} entries: {new} new, {len(rows) - new - len(bad)} there already, {len(bad)} not taken.")
    for line in bad:
        typer.echo(line, err=True)
    if bad:
        raise typer.Exit(BAD_INPUT)


def _rows(text: str) -> list[object]:
    """Return the entries of a JSON list, or of JSON lines."""
    if text.lstrip().startswith("["):
        found: list[object] = json.loads(text)
        return found
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _taken(diary: Diary, rows: list[object]) -> tuple[int, list[str]]:
    """Write down every entry that can be; one that cannot is named, and stops none of the others."""
    new, bad, here = 0, [], now()
    for place, row in enumerate(rows, start=1):
        try:
            fact = from_wire(row)
            refuse_ahead(fact.noted.at, here.at)
            new += day.log(diary, fact)
        except (ValueError, ConflictingFactError) as error:
            bad.append(f"Entry {place}: {error}")
    return new, bad
