"""`quietlegs log`: write a night down in a few seconds."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Annotated

import typer
from rich.console import Console
from rich.prompt import IntPrompt

from quietlegs import day
from quietlegs.cli.clock import noted, now
from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import open_diary
from quietlegs.records.bounds import RangeError
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, instant_in, night_of
from quietlegs.words.catalogue import _, later
from quietlegs.words.dates import day as told_day

_HOW_BAD = later("How bad was the night of {day}? 0 is nothing, 10 the worst")


def log(
    severity: Annotated[int | None, typer.Argument(help="How bad, 0 (nothing) to 10. Asked for when left out.")] = None,
    began: Annotated[str | None, typer.Option(help="When it began, such as 21:30.")] = None,
    night: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The evening's date; default: the last night.")
    ] = None,
) -> None:
    """Write down how bad a night was; a second entry corrects the first."""
    console, moment = Console(), now()
    on = night.date() if night else day.night_to_rate(moment)[0]
    if severity is None:
        severity = IntPrompt.ask(_(_HOW_BAD, day=told_day(on)), console=console)
    try:
        _check_past(on, moment)
        began_at = _instant(began, on, moment)
        _write(on, severity, began_at)
    except RangeError as error:
        typer.echo(_("Nothing was written down: {reason}", reason=error), err=True)
        raise typer.Exit(BAD_INPUT) from error
    console.print(
        _("Written down: {day}, {severity} of 10.", day=told_day(on, weekday=True, year=True), severity=severity)
    )


def _write(on: date, severity: int, began_at: datetime | None) -> None:
    """Write the rating; what the night's earlier entry says beside it stays."""
    diary = open_diary()
    earlier = day.rating_of(diary, on)
    rating = NightRating(severity, began_at)
    if earlier and isinstance(earlier.payload, NightRating):
        kept = earlier.payload.rated(severity)
        rating = replace(kept, began_at=began_at or kept.began_at)
    day.log(diary, noted(rating, night=on, supersedes=earlier.id if earlier else None))


def _check_past(on: date, moment: Moment) -> None:
    tonight = night_of(moment)
    if on > tonight:
        raise RangeError("night", on.isoformat(), _("up to tonight, {night}", night=tonight.isoformat()))


def _instant(began: str | None, on: date, moment: Moment) -> datetime | None:
    if began is None:
        return None
    try:
        began_at = instant_in(on, time.fromisoformat(began), moment.zone)
    except ValueError as error:
        raise RangeError("began", began, _("a time such as 21:30")) from error
    if began_at > moment.at:
        raise RangeError(
            "began", began, _("a time of the night of {night} that is not still to come", night=on.isoformat())
        )
    return began_at
