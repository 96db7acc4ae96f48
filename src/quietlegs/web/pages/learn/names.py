"""What is tried and what it is compared with, by the names that people know."""

from dataclasses import replace

from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.kept import Kept
from quietlegs.plan.side_by_side import tried_in
from quietlegs.trials.nights import Nights
from quietlegs.words.lists import together


def named(nights: Nights, library: Library) -> Nights:
    """Return the nights with the movements' names in place of their keys."""
    return replace(nights, arm_names=tuple(called(nights.arm_names, library).values()))


def comparator_of(nights: Nights, library: Library) -> str | None:
    """Return the key of the arm that the others are compared with, None when nothing is compared."""
    if len(nights.arm_names) < 2:  # noqa: PLR2004 - it takes two to compare
        return None
    known = (key for key in nights.arm_names if key in library.exercises and library.exercises[key].comparator)
    return next(known, nights.arm_names[0])


def things(kept: Kept, library: Library) -> str:
    """Return what a trial tries, as a title."""
    told = together(list(called(tried_in((kept,)), library).values()))
    return told[:1].upper() + told[1:]
