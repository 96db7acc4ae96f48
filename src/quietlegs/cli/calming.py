"""`quietlegs trial calm`: start the experiment on what calms the legs, see what is known, or end it."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Console

from quietlegs import day
from quietlegs.cli.clock import noted, now
from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import open_diary
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.plan.calming import Experiment, chosen, usual
from quietlegs.plan.evening import SAID
from quietlegs.plan.set_aside import SINCE
from quietlegs.records.bounds import RangeError
from quietlegs.records.diary import Diary
from quietlegs.records.done import Practice
from quietlegs.records.felt import Relief
from quietlegs.records.moment import night_of
from quietlegs.records.tried import TrialEnd
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.dates import day as told_day

_WHAT_IT_DOES = later(
    "From now on the movement is drawn by lot, after you said how bad it is: by quietlegs relief, and by Calm my legs "
    "now on the first page. At first each of these comes about as often as the others:"
)
_LATER = later("Later, what eased your legs more comes more often. None is left out, unless it hurts.")
_WHY = later(
    "{comparator} is there to compare with. Legs also settle by themselves, and hope helps. Only what a movement does "
    "beyond that can be told."
)
_HOW = (
    later("You can always choose yourself, as with: quietlegs relief --movement ankle_pumps. That is not counted."),
    later("What is known so far: quietlegs trial calm. To end it: quietlegs trial calm --stop"),
)
_ANEW = later("This begins anew. What was drawn before stays in your diary, and is not mixed in.")
_NONE_RUNS = later("Nothing is drawn by lot now, so there is nothing to end.")


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the movements that calm: in sentences, and as values that JSON knows."""

    sentences: tuple[str, ...]
    numbers: dict[str, Any]


def told(diary: Diary, library: Library) -> Told | None:
    """Tell what the newest experiment on relief has shown, running or ended; None when none was ever started."""
    from quietlegs.plan import calmed  # noqa: PLC0415  # numbers take a second to load

    found = day.experiment(diary)
    return Told(calmed.sentences(found, library), calmed.answered(found).as_dict()) if found else None


def say(console: Console, known: Told | None) -> None:
    """Print what is known of the movements that calm, below the nights."""
    if known is not None:
        console.print(f"\n{_('Calming your legs, drawn by lot:')}")
        for sentence in known.sentences:
            console.print(sentence)


def calm(
    movements: Annotated[
        list[str] | None, typer.Argument(help="Movements by their keys, 2 to 5 with the comparator; default: four.")
    ] = None,
    *,
    stop: Annotated[bool, typer.Option("--stop", help="End it; what was noted stays.")] = False,
) -> None:
    """Find out what calms your legs best, with movements drawn by lot; while it runs, see what is known so far."""
    diary, library = open_diary(), load_library()
    console = Console(markup=False, highlight=False)
    found = day.experiment(diary)
    running = found if found and not found.ended else None
    if stop:
        _stop(diary, running, movements or [])
    elif running and not movements:
        _show(console, library, running)
    else:
        _start(diary, library, movements or [], console)


def _start(diary: Diary, library: Library, wanted: list[str], console: Console) -> None:
    facts, tonight = diary.facts(*SAID), night_of(now())
    lately = diary.facts(Practice, Relief, since=tonight - SINCE)
    try:
        start = chosen(library, facts, wanted or usual(library, facts + lately, tonight=tonight))
    except RangeError as error:
        raise _refused(*_reasons(diary, library, wanted), f"{error}.") from error
    earlier = day.experiment(diary)
    day.log(diary, noted(start))
    if earlier and not earlier.ended:
        console.print(_(_ANEW))
    console.print(_(_WHAT_IT_DOES))
    _list(console, library, start.movements)
    comparator = library.exercises[start.comparator].name
    if wanted and start.comparator not in wanted:
        console.print(_("{movement} was added.", movement=comparator))
    for sentence in (_(_LATER), _(_WHY, comparator=comparator), "", *map(_, _HOW)):
        console.print(sentence)


def _show(console: Console, library: Library, running: Experiment) -> None:
    from quietlegs.plan import calmed  # noqa: PLC0415  # numbers take a second to load

    times = len(running.history)
    since = told_day(running.since, year=True)
    console.print(
        ngettext(
            "Drawn by lot since {day}, {count} time so far:",
            "Drawn by lot since {day}, {count} times so far:",
            times,
            day=since,
        )
    )
    _list(console, library, running.start.movements)
    for sentence in calmed.sentences(running, library):
        console.print(sentence)
    console.print(f"\n{_('To end it: quietlegs trial calm --stop')}")


def _list(console: Console, library: Library, keys: tuple[str, ...]) -> None:
    for key in keys:
        console.print(f"  - {library.exercises[key].name if key in library.exercises else key}")
    console.print()


def _stop(diary: Diary, running: Experiment | None, movements: list[str]) -> None:
    if movements:
        raise _refused(_("--stop takes no movements: it ends the whole."))
    if running is None:
        raise _refused(_(_NONE_RUNS))
    day.log(diary, noted(TrialEnd(running.id)))
    typer.echo(_("Ended. What was noted stays in your diary; quietlegs learn still tells it."))


def _reasons(diary: Diary, library: Library, wanted: list[str]) -> list[str]:
    """Say for each movement that a safety answer forbids, why."""
    may = day.safety(library, diary)
    known = [library.exercises[key] for key in wanted if key in library.exercises]
    against = [(one.name, may.reason_against(one)) for one in known]
    return [
        _("{movement}: not for you now. {reason}", movement=name, reason=reason) for name, reason in against if reason
    ]


def _refused(*told: str) -> typer.Exit:
    for sentence in told:
        typer.echo(sentence, err=True)
    return typer.Exit(BAD_INPUT)
