"""What this person drinks or takes again and again, to be noted by one tap."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from quietlegs.records.fact import Fact
from quietlegs.records.slept import Intake

MOST_SHOWN = 6


def favourites(facts: Iterable[Fact]) -> tuple[Intake, ...]:
    """Return what was noted before, most used first, of two used alike the later one; without the hour it was taken."""
    taken = [replace(fact.payload, taken_at=None) for fact in facts if isinstance(fact.payload, Intake)]
    # Counted from the newest on: of equals, the one that is met first comes first.
    return tuple(intake for intake, _ in Counter(reversed(taken)).most_common(MOST_SHOWN))
