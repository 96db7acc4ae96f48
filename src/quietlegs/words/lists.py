"""Names one after the other, as they stand in a sentence of the language spoken now."""

from collections.abc import Sequence
from functools import reduce

from quietlegs.words.catalogue import _, pgettext


def together(names: Sequence[str]) -> str:
    """Return the names joined by "and".

    Examples
    --------
    >>> together(["calf", "heel", "toe"])
    'calf and heel and toe'
    """
    return reduce(lambda first, second: _("{first} and {second}", first=first, second=second), names)


def either(names: Sequence[str]) -> str:
    """Return the names joined by "or".

    Examples
    --------
    >>> either(["mg", "cups"])
    'mg or cups'
    """
    return reduce(lambda first, second: _("{first} or {second}", first=first, second=second), names)


def within_sentence(name: str) -> str:
    """Return a name as it stands in the middle of a sentence: with a small letter, unless nouns keep their capital.

    Examples
    --------
    >>> within_sentence("Calf stretch at the wall")
    'calf stretch at the wall'
    """
    # Translators: say "keep" where a noun is written with a capital letter inside a sentence, else "small"
    keeps = pgettext("first letter of a name in a sentence", "small") == "keep"
    return name if keeps else name[:1].lower() + name[1:]
