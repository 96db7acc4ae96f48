"""The safety questions in the terminal, asked before the first movement."""

from rich.console import Console
from rich.prompt import Confirm

from quietlegs import day
from quietlegs.cli.clock import noted
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.records.diary import Diary
from quietlegs.records.person import SafetyAnswers


def ask(diary: Diary, library: Library, console: Console) -> Allowed:
    """Ask what has not been asked yet and return what may be offered."""
    held = day.safety(library, diary)
    if held.asked:
        return held
    questions = [sign for sign in library.safety.signs if sign.question]
    console.print("Before the first movement. Is any of this true for you?\n")
    for sign in questions:
        console.print(f"  - {sign.question}")
    yes: list[str] = []
    if Confirm.ask("\nIs any of it true", console=console, default=None):
        yes = [s.key for s in questions if Confirm.ask(f"{s.question}", console=console, default=False)]
    day.log(diary, noted(SafetyAnswers(tuple(sign.key for sign in questions), tuple(yes))))
    now = day.safety(library, diary)
    for sign in now.signs:
        console.print(f"\n[bold]{sign.do}[/bold]")
    return now
