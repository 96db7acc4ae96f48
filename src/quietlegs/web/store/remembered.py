"""What this process has read of the diaries and need not read again: a stored fact never changes, there are only more.

Nothing is used before it was held against the newest row of its diary, so an answer is never older than the diary.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock
from uuid import UUID

from quietlegs.records.fact import Fact, Payload, Withdrawal

# The number and the id of the last row that was stored: of two diaries, or of one and its older copy, never the same.
Newest = tuple[int, UUID]
_MOST_FACTS = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to one diary of one database: the facts that hold of these kinds (of all where there is none)."""

    database: str
    diary: int
    kinds: tuple[type[Payload], ...]
    since: date | None
    until: date | None

    def wants(self, fact: Fact) -> bool:
        """Return whether a fact that holds belongs to the answer."""
        return (
            (isinstance(fact.payload, self.kinds) if self.kinds else not isinstance(fact.payload, Withdrawal))
            and (self.since is None or fact.night >= self.since)
            and (self.until is None or fact.night <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """The facts in order of night, then of noting, as they were when `newest` was the last row."""

    newest: Newest
    facts: tuple[Fact, ...]

    def with_new(self, new: list[Fact], replaced: set[UUID | None], asked: Asked) -> tuple[Fact, ...]:
        """Return what holds once these have arrived: those that replaced others, and are not replaced themselves."""
        come = [one for one in new if one.id not in replaced and asked.wants(one)]
        # A row may have arrived while the answer was read that the last row of it does not tell.
        gone = replaced | {one.id for one in come}
        stay = [one for one in self.facts if one.id not in gone]
        if not come:
            return tuple(stay) if len(stay) < len(self.facts) else self.facts
        return tuple(sorted([*stay, *come], key=lambda one: (one.night, one.noted.at, one.id)))


class Memory:
    """The last answers, as many as there is room for; what was asked longest ago goes first."""

    def __init__(self, most_facts: int = _MOST_FACTS) -> None:
        self._most = most_facts
        self._held: OrderedDict[Asked, Answered] = OrderedDict()
        self._count = 0
        self._one_at_a_time = Lock()

    def get(self, asked: Asked) -> Answered | None:
        """Return the last answer to this question."""
        with self._one_at_a_time:
            found = self._held.get(asked)
            if found is not None:
                self._held.move_to_end(asked)
            return found

    def put(self, asked: Asked, answered: Answered) -> None:
        """Remember an answer in place of the one before."""
        with self._one_at_a_time:
            before = self._held.pop(asked, None)
            self._count += _size(answered) - (_size(before) if before else 0)
            self._held[asked] = answered
            while self._count > self._most:
                self._count -= _size(self._held.popitem(last=False)[1])


def _size(answered: Answered) -> int:
    # An empty answer takes room too.
    return 1 + len(answered.facts)
