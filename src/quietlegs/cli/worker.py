"""`quietlegs worker`: reminders are sent when they are due."""

from typing import Annotated

import typer

from quietlegs.cli.options import within
from quietlegs.cli.store import reminding


def worker(
    every: Annotated[int, typer.Option(callback=within(1, 600), help="Seconds between two looks, 1 to 600.")] = 15,
    *,
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
) -> None:
    """Send the reminders that you asked for, until Ctrl-C; `quietlegs serve` does it too while it runs."""
    reminding()(every, once=once)
