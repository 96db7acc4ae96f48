"""The whole library in one object."""

from collections.abc import Iterable
from dataclasses import dataclass

from quietlegs.library.evidence import Claim, Evidence, Habit, Key, Source, Tag, Topic
from quietlegs.library.exercise import Exercise, Routine
from quietlegs.library.safety import Safety


@dataclass(frozen=True, slots=True)
class Library:
    """Everything, by key, in the order in which it is shown."""

    exercises: dict[str, Exercise]
    routines: dict[str, Routine]
    habits: dict[str, Habit]
    claims: dict[str, Claim]
    sources: dict[str, Source]
    topics: dict[str, Topic]
    safety: Safety

    def shown_sources(self, keys: Iterable[Key]) -> tuple[Source, ...]:
        """Return the sources of these keys that a person may be shown: those whose own text was read."""
        return tuple(self.sources[key] for key in keys if self.sources[key].tag is Tag.VERIFIED)

    def shown_evidence(self, evidence: Iterable[Evidence]) -> tuple[tuple[Source, str], ...]:
        """Return source and note of the evidence that a person may be shown, in the order given."""
        return tuple((source, one.note) for one in evidence for source in self.shown_sources((one.source,)))
