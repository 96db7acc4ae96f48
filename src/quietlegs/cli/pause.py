"""`quietlegs pause`: a break from the routine, for any time and any reason."""

from datetime import date, datetime
from typing import Annotated

import typer

from quietlegs import day
from quietlegs.cli.clock import noted, now
from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import open_diary
from quietlegs.plan.rest import newest_noted, resting, undone
from quietlegs.records.bounds import RangeError
from quietlegs.records.diary import Diary
from quietlegs.records.done import State
from quietlegs.records.moment import night_of
from quietlegs.records.rest import Rest
from quietlegs.words.catalogue import _


def pause(
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its last night; without it, until you are back.")
    ] = None,
    because: Annotated[State | None, typer.Option(help="sick, travel or could_not; you need not say.")] = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was noted last of a break.")] = False,
) -> None:
    """Take a break: nothing is planned and nothing reminds you. End it with: quietlegs back."""
    diary = open_diary()
    if undo:
        take_back(diary)
        return
    try:
        told = begin(diary, until.date() if until else None, because)
    except RangeError as error:
        typer.echo(_("Nothing was written down: {reason}", reason=error), err=True)
        raise typer.Exit(BAD_INPUT) from error
    for sentence in told:
        typer.echo(sentence)


def begin(diary: Diary, until: date | None, because: State | None) -> tuple[str, ...]:
    """Write a break from tonight on down, in the place of one that lasts; return what is said of it."""
    tonight, rests = night_of(now()), diary.facts(Rest)
    held = resting(rests, tonight)
    if until is not None and until < tonight:
        raise RangeError("until", until.isoformat(), _("tonight or later"))
    fact = noted(Rest(until, because), night=held.first if held else tonight, supersedes=held.id if held else None)
    day.log(diary, fact)
    begun = resting([fact], tonight)
    return begun.told if begun else ()


def take_back(diary: Diary) -> None:
    """Take back the beginning, a change or the end of a break, whichever was noted last."""
    known = tuple(diary.all_facts())
    last = newest_noted(known)
    facts = [
        noted(payload, night=fact.night, supersedes=fact.id)
        for fact, payload in undone([last] if last else [], {fact.id: fact for fact in known})
    ]
    day.log(diary, *facts)
    typer.echo(_("Taken back.") if facts else _("There is nothing to take back."))
