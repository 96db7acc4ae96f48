"""`quietlegs safety`: the safety questions, asked before the first movement and again whenever wanted."""

from typing import Annotated

import typer
from rich.console import Console
from rich.prompt import Confirm

from quietlegs import day
from quietlegs.cli.clock import noted
from quietlegs.cli.options import BAD_INPUT
from quietlegs.cli.store import open_diary
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.records.diary import Diary
from quietlegs.records.person import SafetyAnswers
from quietlegs.words.catalogue import _


def safety(*, demo: Annotated[bool, typer.Option("--demo", help="Ask for the simulated person.")] = False) -> None:
    """Answer the safety questions again, when something has changed or a doctor has said yes."""
    library, console = load_library(), Console()
    try:
        ask_anew(open_diary(demo=demo), library, console)
    except EOFError as error:
        typer.echo(f"\n{_('Nothing was changed: please run this in a terminal.')}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    console.print(f"\n{_('If life feels too hard, somebody is there for you at any hour:')}")
    for line in library.safety.crisis:
        console.print(f"  - {line.where}: {line.reach}", highlight=False)


def ask(diary: Diary, library: Library, console: Console) -> Allowed:
    """Ask what has not been asked yet and return what may be offered."""
    held = day.safety(library, diary)
    if held.asked:
        return held
    console.print(f"{_('Before the first movement. Is any of this true for you?')}\n")
    return ask_anew(diary, library, console)


def ask_anew(diary: Diary, library: Library, console: Console) -> Allowed:
    """Ask everything, write the answers down, say what a yes means, and return what may be offered now."""
    questions = [sign for sign in library.safety.signs if sign.question]
    for sign in questions:
        console.print(f"  - {sign.question}")
    yes: list[str] = []
    if Confirm.ask(f"\n{_('Is any of it true')}", console=console, default=None):
        yes = [s.key for s in questions if Confirm.ask(f"{s.question}", console=console, default=False)]
    day.log(diary, noted(SafetyAnswers(tuple(sign.key for sign in questions), tuple(yes))))
    now = day.safety(library, diary)
    for sign in now.signs:
        console.print(f"\n[bold]{sign.do}[/bold]")
    if now.signs:
        console.print(f"\n{_('When that has changed, answer again: quietlegs safety')}", highlight=False)
    return now
