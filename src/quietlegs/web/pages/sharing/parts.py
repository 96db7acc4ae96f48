"""The parts of a diary that can be shown to others, in words."""

from collections.abc import Iterable

from quietlegs.words.catalogue import _, later

_WORDS = {
    "report": later("the page for the doctor, with medicines and laboratory values"),
    "nights": later("every night as a row"),
    "tried": later("what was tried, and what came of it"),
}


def parts(wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the parts in words, in their order."""
    return tuple(_(_WORDS[part]) for part in wanted)
