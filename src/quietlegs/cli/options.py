"""Checks of a command's options that name the value, the option and the allowed range."""

from collections.abc import Callable

import typer

BAD_INPUT = 2


def within(low: int, high: int) -> Callable[[int | None], int | None]:
    """Return a check for a whole number; an option that was left out passes."""

    def check(value: int | None) -> int | None:
        if value is not None and not low <= value <= high:
            raise typer.BadParameter(f"{value}; allowed: {low} to {high}")
        return value

    return check
