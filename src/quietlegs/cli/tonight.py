"""`quietlegs tonight`: what is due this evening, and why."""

from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from quietlegs import day
from quietlegs.cli.clock import now
from quietlegs.cli.safety import ask
from quietlegs.cli.store import open_diary
from quietlegs.library.called import called
from quietlegs.library.load import load_library
from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.shelf import Library
from quietlegs.plan.evening import Evening
from quietlegs.plan.onset import Onset
from quietlegs.plan.turns import hidden_of, told_of
from quietlegs.records.moment import Moment, find_zone, moment
from quietlegs.words.catalogue import _, later
from quietlegs.words.lists import together

TURN_WAITS = later("Tonight's turn of your trial is drawn. You see it from 17:00.")


def tonight(
    at: Annotated[
        str | None, typer.Option("--at", help="Show the evening of this day and time, such as 2026-11-20 18:00.")
    ] = None,
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Show the simulated person's evening.")] = False,
) -> None:
    """Show tonight's routine, when to start it, and the reasons."""
    when = now() if at is None else _at(at)
    diary, library, console = open_diary(demo=demo), load_library(), Console()
    if console.is_interactive and not demo:
        ask(diary, library, console)
    elif not day.safety(library, diary).asked:
        console.print(f"{_('Before the first movement, answer the safety questions: quietlegs safety')}\n")
    plan = day.tonight(library, diary, when, ahead=when.at > now().at)
    if plan.pause:
        console.print(*plan.pause.told, sep="\n", highlight=False)
        return
    # A lot of a night to come stays unseen, whatever hour was asked for.
    ahead = when.at > now().at
    hidden = frozenset(plan.drawn) if ahead else hidden_of(plan.drawn, when, library)
    seen = tuple(turn for turn in plan.drawn if turn not in hidden)
    told = _turn_told(seen, library, day.asks(library, diary, plan, when)) if seen else ""
    for line in (told, _(TURN_WAITS) if hidden else ""):
        if line:
            console.print(f"{line}\n", highlight=False)
    _show(console, plan, library, day.minutes(library, diary, plan.routine), hidden=hidden)


def _show(console: Console, plan: Evening, library: Library, minutes: int, *, hidden: frozenset[str]) -> None:
    if plan.routine is None:
        console.print(_("Nothing fits your safety answers tonight."))
    else:
        console.print(
            _(
                "[bold]{routine}[/bold], {minutes} min. Start about {time}.",
                routine=plan.routine.name,
                minutes=minutes,
                time=f"{plan.start:%H:%M}",
            )
        )
        console.print(f"{_onset_told(plan.onset)}\n", highlight=False)
        table = Table("", _("Movement"), _("Level"), _("Minutes"), box=None)
        for number, slot in enumerate(plan.routine.slots, 1):
            exercise = library.exercises[slot.exercise]
            length = exercise_seconds(exercise, slot.level) / 60
            unseen = slot.exercise in hidden
            row = (_("Tonight's turn"), "", "") if unseen else (exercise.name, str(slot.level), f"{length:.0f}")
            table.add_row(str(number), *row)
        console.print(table)
        for told in _steps_told(plan, hidden):
            console.print(f"- {told}", highlight=False)
    for told in (plan.walk.told if plan.walk else "", plan.around):
        if told:
            console.print(told, highlight=False)
    for reason in (*plan.placed.because, *plan.onset.because, *plan.because):
        console.print(f"- {reason}", highlight=False)


def _steps_told(plan: Evening, hidden: frozenset[str]) -> list[str]:
    """Say each reason once, behind the numbers of the movements that it holds for."""
    slots = plan.routine.slots if plan.routine else ()
    alike: dict[str, list[str]] = {}
    for number, (slot, step) in enumerate(zip(slots, plan.steps, strict=True), 1):
        if slot.exercise not in hidden:
            alike.setdefault(step, []).append(str(number))
    return [f"{', '.join(numbers)}: {step}" for step, numbers in alike.items()]


def _turn_told(seen: tuple[str, ...], library: Library, asks: str) -> str:
    name = together(list(called(told_of(seen, library), library).values()))
    return f"{_('Your trial tonight: [bold]{movement}[/bold].', movement=name)} {asks}".rstrip()


def _onset_told(onset: Onset) -> str:
    hours = {"onset": onset.usual, "from": onset.half[0], "to": onset.half[1]}
    words = {name: f"{hour:%H:%M}" for name, hour in hours.items()}
    if onset.nights:
        return _("Your legs usually begin {onset} ({from}-{to}).", **words)
    return _("It is timed for legs that begin about {onset}.", **words)


def _at(text: str) -> Moment:
    """Read a wall time of this machine's zone."""
    zone = now().zone
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        wall = None
    if wall is None or wall.tzinfo is not None:
        allowed = _("a day and a time on your clock, such as 2026-11-20 18:00")
        raise typer.BadParameter(_("{value}; allowed: {allowed}", value=text, allowed=allowed), param_hint="--at")
    return moment(wall.replace(tzinfo=find_zone(zone)), zone)
