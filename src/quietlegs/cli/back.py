"""`quietlegs back`: a break is over."""

import typer

from quietlegs import day
from quietlegs.cli.clock import noted, now
from quietlegs.cli.store import open_diary
from quietlegs.plan.rest import ends
from quietlegs.records.moment import night_of
from quietlegs.records.rest import Rest
from quietlegs.words.catalogue import _


def back() -> None:
    """Come back from a break; after a week or more you begin easier. Take it back with: quietlegs pause --undo."""
    diary = open_diary()
    ended = ends(diary.facts(Rest), night_of(now()))
    day.log(diary, *(noted(payload, night=one.first, supersedes=one.id) for one, payload in ended))
    typer.echo(_("Good to have you back. Tonight is set gently.") if ended else _("You are not on a break."))
