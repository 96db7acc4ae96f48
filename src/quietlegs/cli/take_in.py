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
from quietlegs.records.fact import Fact
from quietlegs.records.moment import refuse_ahead
from quietlegs.records.wire import from_wire

# Each time the disk is waited for; a whole diary entry by entry would take minutes.
_AT_ONCE = 500


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
    facts, bad = _read(rows)
    new = 0
    for start in range(0, len(facts), _AT_ONCE):
        part = facts[start : start + _AT_ONCE]
        try:
            new += day.log(diary, *(fact for _, fact in part))
        except ConflictingFactError:
            new += _one_by_one(diary, part, bad)
    return new, [f"Entry {place}: {bad[place]}" for place in sorted(bad)]


def _read(rows: list[object]) -> tuple[list[tuple[int, Fact]], dict[int, str]]:
    """Return the facts by their places in the file, and what is wrong with the others."""
    facts, bad, here = [], {}, now()
    for place, row in enumerate(rows, start=1):
        try:
            fact = from_wire(row)
            refuse_ahead(fact.noted.at, here.at)
        except ValueError as error:
            bad[place] = str(error)
        else:
            facts.append((place, fact))
    return facts, bad


def _one_by_one(diary: Diary, part: list[tuple[int, Fact]], bad: dict[int, str]) -> int:
    """Write down what does not contradict the diary; all or none is taken at once, and here is one that does."""
    new = 0
    for place, fact in part:
        try:
            new += day.log(diary, fact)
        except ConflictingFactError as error:
            bad[place] = str(error)
    return new
