"""What this process has read of the diaries and need not read again: a stored fact never changes, there are only more.

Nothing is used before it was held against the newest row of its diary, so an answer is never older than the diary.
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from threading import Lock
from uuid import UUID

from quietlegs.records.fact import KINDS, Fact, Payload, Withdrawal

Kind = type[Payload]
# A diary of one database.
Whose = tuple[str, int]
# The number and the id of the last row that was stored: of two diaries, or of one and its older copy, never the same.
Newest = tuple[int, UUID]
_MOST_FACTS = 100_000
_MOST_ANSWERS = 32
# What withdraws is itself nothing that holds.
_ALL = tuple(kind for kind in KINDS.values() if kind is not Withdrawal)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a diary: the facts that hold of these kinds (of all where there is none)."""

    kinds: tuple[Kind, ...]
    since: date | None
    until: date | None

    @property
    def wanted(self) -> tuple[Kind, ...]:
        """The kinds that can be in the answer."""
        return tuple(kind for kind in dict.fromkeys(self.kinds) if kind is not Withdrawal) if self.kinds else _ALL


@dataclass(frozen=True, slots=True)
class Known:
    """All facts of some kinds that held when `newest` was the last row, each kind in order of night, then of noting."""

    newest: Newest
    facts: Mapping[Kind, tuple[Fact, ...]] = field(default_factory=dict)
    _answers: dict[Asked, tuple[Fact, ...]] = field(default_factory=dict, compare=False)

    def missing(self, asked: Asked) -> tuple[Kind, ...]:
        """Return the kinds that were not read yet."""
        return tuple(kind for kind in asked.wanted if kind not in self.facts)

    def and_also(self, kinds: tuple[Kind, ...], read: Iterable[Fact]) -> "Known":
        """Return it with these kinds too: all that holds of them, in order."""
        more: dict[Kind, list[Fact]] = {kind: [] for kind in kinds}
        for fact in read:
            more[type(fact.payload)].append(fact)
        return Known(self.newest, {**self.facts, **{kind: tuple(facts) for kind, facts in more.items()}}, self._answers)

    def with_new(self, newest: Newest, new: list[Fact], replaced: AbstractSet[UUID | None]) -> "Known":
        """Return what holds once these have arrived: those that replaced others, and are not replaced themselves."""
        come = [one for one in new if one.id not in replaced]
        gone = frozenset(one.int for one in replaced if one)
        facts = {
            kind: _gone_on(held, [one for one in come if type(one.payload) is kind], gone)
            for kind, held in self.facts.items()
        }
        return Known(newest, facts)

    def answer(self, asked: Asked) -> tuple[Fact, ...]:
        """Return the facts that were asked for, once all their kinds are read, in order of night, then of noting."""
        found = self._answers.get(asked)
        if found is None:
            found = self._found(asked)
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            self._answers[asked] = found
        return found

    def _found(self, asked: Asked) -> tuple[Fact, ...]:
        parts = [part for kind in asked.wanted if (part := _within(self.facts[kind], asked.since, asked.until))]
        return parts[0] if len(parts) == 1 else tuple(sorted(chain(*parts), key=_order))

    def __len__(self) -> int:
        # What was read of an empty diary takes room too.
        return 1 + sum(map(len, self.facts.values()))


class Memory:
    """What was read last, as much as there is room for; the diary that was asked longest ago goes first."""

    def __init__(self, most_facts: int = _MOST_FACTS) -> None:
        self._most = most_facts
        self._held: OrderedDict[Whose, Known] = OrderedDict()
        self._count = 0
        self._one_at_a_time = Lock()

    def get(self, whose: Whose) -> Known | None:
        """Return what was read of this diary."""
        with self._one_at_a_time:
            found = self._held.get(whose)
            if found is not None:
                self._held.move_to_end(whose)
            return found

    def put(self, whose: Whose, known: Known) -> None:
        """Remember it in place of what was known before."""
        with self._one_at_a_time:
            before = self._held.pop(whose, None)
            self._count += len(known) - (0 if before is None else len(before))
            self._held[whose] = known
            while self._count > self._most:
                self._count -= len(self._held.popitem(last=False)[1])


def _order(fact: Fact) -> tuple[date, datetime, int]:
    # As the ids themselves are ordered, and in a tenth of the time.
    return fact.night, fact.noted.at, fact.id.int


def _night(fact: Fact) -> date:
    return fact.night


def _within(facts: tuple[Fact, ...], since: date | None, until: date | None) -> tuple[Fact, ...]:
    first = 0 if since is None else bisect_left(facts, since, key=_night)
    last = len(facts) if until is None else bisect_right(facts, until, key=_night)
    return facts[first:last]


def _gone_on(held: tuple[Fact, ...], come: list[Fact], gone: frozenset[int]) -> tuple[Fact, ...]:
    stay = [one for one in held if one.id.int not in gone] if gone else list(held)
    for one in come:
        place = bisect_left(stay, _order(one), key=_order)
        # A row may have arrived while others were read that the last row of them does not tell.
        if stay[place : place + 1] != [one]:
            stay.insert(place, one)
    return tuple(stay) if come or len(stay) < len(held) else held
