"""Movements made because the legs were restless, gathered by movement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from quietlegs.library.shelf import Library
from quietlegs.records.fact import Fact
from quietlegs.records.felt import Relief


@dataclass(frozen=True, slots=True)
class Calmed:
    """How often one movement was made; the medians are over the `rated` times with a rating before and after."""

    name: str
    times: int
    rated: int
    before: float | None
    after: float | None


def calmed(facts: Iterable[Fact], library: Library) -> tuple[Calmed, ...]:
    """Return each movement made, the one made most often first."""
    made: dict[str, list[Relief]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.payload, Relief):
            made[fact.payload.movement].append(fact.payload)
    found = [_calmed(library.exercises[key].name if key in library.exercises else key, made[key]) for key in made]
    return tuple(sorted(found, key=lambda one: -one.times))


def _calmed(name: str, reliefs: list[Relief]) -> Calmed:
    pairs = [(one.before, one.after) for one in reliefs if one.before is not None and one.after is not None]
    if not pairs:
        return Calmed(name, len(reliefs), 0, None, None)
    before, after = (float(median(side)) for side in zip(*pairs, strict=True))
    return Calmed(name, len(reliefs), len(pairs), before, after)
