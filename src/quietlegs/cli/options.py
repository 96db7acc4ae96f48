"""Checks of a command's options that name the value, the option and the allowed range."""

from collections.abc import Callable

import typer

from quietlegs.words.catalogue import _

BAD_INPUT = 2
# As shells count it: 128 and the number of the signal of Ctrl-C.
STOPPED = 130


def within(low: int, high: int) -> Callable[[int | None], int | None]:
    """Return a check for a whole number; an option that was left out passes."""

    def check(value: int | None) -> int | None:
        if value is not None and not low <= value <= high:
            raise typer.BadParameter(_("{value}; allowed: {low} to {high}", value=value, low=low, high=high))
        return value

    return check
