"""`quietlegs relief`: calm the legs now, guided in the terminal."""

from dataclasses import dataclass, field, replace
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from quietlegs import day
from quietlegs.cli.clock import lots, noted, now
from quietlegs.cli.options import BAD_INPUT, within
from quietlegs.cli.player import Clock, Keys, WallClock, play, terminal_keys
from quietlegs.cli.safety import ask
from quietlegs.cli.screen import BellScreen, screen_for
from quietlegs.cli.store import open_diary
from quietlegs.cues.cue import Cue
from quietlegs.cues.lasting import lasting
from quietlegs.cues.player import Player
from quietlegs.cues.work import practices
from quietlegs.library.exercise import LEVELS, Exercise, Position
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.plan.calming import matched
from quietlegs.records.diary import Diary
from quietlegs.records.done import StopReason
from quietlegs.records.felt import Relief
from quietlegs.words.catalogue import _, later

_NOTHING_OFFERED = 1
_WORST = 10
_BEFORE = later("How bad, right now? 0 (nothing) to 10, Enter to skip:")
_AFTER = later("And now? 0 (nothing) to 10, Enter to skip:")
_PAIN = later("How much did it hurt? 0 (nothing) to 10, Enter to skip:")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked for; `seconds` a side is None for the level's own dose."""

    movement: str | None = None
    level: int = day.CALM_LEVEL
    seconds: int | None = None
    seated: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the person leaves it to the program which movement it is."""
        return self.movement is None and not self.seated


@dataclass(frozen=True, slots=True)
class Terminal:
    """The place where it happens; `keys` is None for those of this terminal, `rng` is what lots are drawn from."""

    console: Console
    clock: Clock
    keys: Keys | None = None
    sound: bool = False
    rng: np.random.Generator = field(default_factory=lots)

    def ask(self, question: str) -> int | None:
        """Ask for a number from 0 to 10; None when it was skipped or nobody can answer."""
        while True:
            try:
                answer = self.console.input(f"{_(question)} ", markup=False).strip()
            except EOFError:
                answer = ""
            if not self.console.is_terminal:
                self.console.print()
            if not answer:
                return None
            if answer.isascii() and answer.isdigit() and int(answer) <= _WORST:
                return int(answer)
            self.console.print(_("A number from 0 to 10, or Enter to skip."))

    def ask_at_last(self, question: str) -> int | None:
        """Ask what may stay open: Ctrl-C skips it, so that the rest is still written down."""
        try:
            return self.ask(question)
        except KeyboardInterrupt:
            self.console.print()
            return None

    def play(self, cues: tuple[Cue, ...]) -> Player:
        """Play a timeline on this terminal."""
        with terminal_keys() as keys, screen_for(self.console) as screen:
            shown = BellScreen(self.console, screen) if self.sound else screen
            return play(cues, clock=self.clock, keys=self.keys or keys, screen=shown)


def relieve(diary: Diary, library: Library, wish: Wish, terminal: Terminal) -> Player | None:
    """Ask, guide, ask again and write it down; None when nothing may be offered.

    The first answer is on disk before the movement begins, the work as soon as it ends.
    """
    lot = day.lot(library, diary, now()) if wish.is_open else None
    relief = lot.draw(terminal.rng, terminal.ask(_BEFORE)) if lot else _offered(diary, library, wish, terminal)
    if relief is None:
        return None
    # A draw is a fact whatever comes of it; an offer becomes one with the first answer.
    first = noted(relief) if lot or relief.before is not None else None
    day.log(diary, *([first] if first else []))
    exercise = library.exercises[relief.movement]
    if lot:
        terminal.console.print(_("Drawn by lot: [bold]{movement}[/bold]", movement=exercise.name), highlight=False)
    player = terminal.play(_cues(diary, library, exercise, wish, by_lot=lot is not None))
    hurt = player.reason is StopReason.HURT
    if hurt:
        _advise(exercise, library, terminal.console)
    pain = terminal.ask_at_last(_PAIN) if hurt else None
    day.log(diary, *(noted(practice) for practice in practices(player, pain=pain)))
    after = terminal.ask_at_last(_AFTER)
    if first is None or after is not None:
        day.log(diary, noted(replace(relief, after=after), supersedes=first.id if first else None))
    terminal.console.print(_("Thank you. It is written down."))
    return player


def _offered(diary: Diary, library: Library, wish: Wish, terminal: Terminal) -> Relief | None:
    """Name what may be offered, and say plainly why it is not what was asked for; then ask how bad it is."""
    wanted, console = library.exercises[wish.movement or day.CALM], terminal.console
    while wish.seated and wanted.position is not Position.SEATED and wanted.seated:
        wanted = library.exercises[wanted.seated]
    offer = day.calm(library, diary, now(), None if wish.is_open else wanted.key)
    reason = offer.may.reason_against(wanted)
    if reason:
        console.print(_("{movement}: not for you now. {reason}", movement=wanted.name, reason=reason), highlight=False)
    if offer.exercise is None:
        return None
    if reason:
        console.print(_("Here is what you can do instead."))
    console.print(f"[bold]{offer.exercise.name}[/bold]", highlight=False)
    return Relief(offer.exercise.key, offer.because, offer.probability, terminal.ask(_BEFORE))


def _cues(diary: Diary, library: Library, exercise: Exercise, wish: Wish, *, by_lot: bool) -> tuple[Cue, ...]:
    level = wish.level
    if wish.seconds is not None:
        exercise = lasting(exercise, wish.seconds)
    elif by_lot:
        exercise, level = matched(library, exercise, level)
    library = replace(library, exercises={**library.exercises, exercise.key: exercise})
    return day.cues(library, diary, day.alone(exercise, level))


def _advise(exercise: Exercise, library: Library, console: Console) -> None:
    """Say what to do now, sign by sign."""
    console.print(f"\n{_('Stop here and rest. If one of these is so, do what it says:')}\n")
    for rule in library.safety.stop_rules:
        if rule.key in exercise.stop:
            console.print(f"- {rule.sign}: {rule.do}", highlight=False)
    console.print()


def relief(
    *,
    movement: Annotated[
        str | None, typer.Option(help="Which movement, by its key; default: by lot, or the wall stretch.")
    ] = None,
    level: Annotated[int, typer.Option(callback=within(1, LEVELS), help="How much, 1 (least) to 5.")] = day.CALM_LEVEL,
    seconds: Annotated[
        int | None, typer.Option(callback=within(5, 600), help="Seconds a side in one go, such as 30; 5 to 600.")
    ] = None,
    seated: Annotated[bool, typer.Option("--seated", help="The seated form.")] = False,
    sound: Annotated[bool, typer.Option("--sound", help="Ring when the legs change.")] = False,
) -> None:
    """Calm the legs now: a movement, guided breath by breath, with a tap before and after."""
    library, console = load_library(), Console()
    movements = [key for key, exercise in library.exercises.items() if not exercise.is_test]
    if movement is not None and movement not in movements:
        typer.echo(
            _(
                "There is no movement named {name}; there are: {movements}.",
                name=repr(movement),
                movements=", ".join(movements),
            ),
            err=True,
        )
        raise typer.Exit(BAD_INPUT)
    diary = open_diary()
    try:
        ask(diary, library, console)
    except EOFError as error:
        typer.echo(f"\n{_('The safety questions come first: please run this once in a terminal.')}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    terminal = Terminal(console, WallClock(), sound=sound)
    if relieve(diary, library, Wish(movement, level, seconds, seated), terminal) is None:
        raise typer.Exit(_NOTHING_OFFERED)
