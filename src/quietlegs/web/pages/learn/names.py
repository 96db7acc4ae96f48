"""What is tried and what it is compared with, by the names that people know."""

from collections import Counter
from dataclasses import replace

from quietlegs.library.shelf import Library
from quietlegs.trials.nights import Nights


def named(nights: Nights, library: Library) -> Nights:
    """Return the nights with the movements' names in place of their keys."""
    return replace(nights, arm_names=arm_words(nights.arm_names, library))


def arm_words(keys: tuple[str, ...], library: Library) -> tuple[str, ...]:
    """Return the arms' names as they stand in a sentence, short where that still tells them apart."""
    full = [library.exercises[key].name if key in library.exercises else key.replace("_", " ") for key in keys]
    full = [name[:1].lower() + name[1:] for name in full]
    short = [name.split(",")[0] for name in full]
    alike = Counter(short)
    return tuple(brief if alike[brief] == 1 else name for brief, name in zip(short, full, strict=True))


def comparator_of(nights: Nights, library: Library) -> str | None:
    """Return the key of the arm that the others are compared with, None when nothing is compared."""
    if len(nights.arm_names) < 2:  # noqa: PLR2004 - it takes two to compare
        return None
    known = (key for key in nights.arm_names if key in library.exercises and library.exercises[key].comparator)
    return next(known, nights.arm_names[0])
