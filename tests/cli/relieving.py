"""A diary in memory and hands that take no time, for tests of the guide in the terminal."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from quietlegs.cues.player import Player
from quietlegs.records.diary import ConflictingFactError
from quietlegs.records.fact import Fact, Payload, current

CTRL_C = "ctrl-c"


class MemoryDiary:
    """A diary that keeps its promises without a disk."""

    def __init__(self) -> None:
        self.held: list[Fact] = []

    def add(self, facts: Iterable[Fact]) -> int:
        known = {fact.id: fact for fact in self.held}
        new = []
        for fact in facts:
            if known.setdefault(fact.id, fact) != fact:
                raise ConflictingFactError(fact.id)
            if fact not in self.held:
                new.append(fact)
        self.held += new
        return len(new)

    def alone(self) -> AbstractContextManager[None]:
        return nullcontext()

    def facts(self, *kinds: type[Payload], since: date | None = None, until: date | None = None) -> tuple[Fact, ...]:
        return tuple(
            fact
            for fact in current(self.held)
            if (not kinds or isinstance(fact.payload, kinds))
            and (since is None or fact.night >= since)
            and (until is None or fact.night <= until)
        )

    def all_facts(self, *kinds: type[Payload]) -> Iterator[Fact]:
        found = (fact for fact in self.held if not kinds or isinstance(fact.payload, kinds))
        yield from sorted(found, key=lambda fact: (fact.noted.at, fact.id))


@dataclass
class FastHands:
    """A clock and the hands on the keys: waiting takes no time, and each key comes at its second."""

    presses: dict[float, str] = field(default_factory=dict)
    now_ms: int = 1_700_000_000_000
    started_ms: int = 1_700_000_000_000

    def ms(self) -> int:
        return self.now_ms

    def next_key(self, wait_s: float) -> str:
        self.now_ms += round(wait_s * 1000)
        due = [at_s for at_s in self.presses if at_s * 1000 <= self.now_ms - self.started_ms]
        key = self.presses.pop(min(due)) if due else ""
        if key == CTRL_C:
            raise KeyboardInterrupt
        return key


@dataclass
class Evening:
    """What came of one run."""

    player: Player | None
    said: str
    diary: MemoryDiary

    def held(self, kind: type[Payload]) -> list[Any]:
        return [fact.payload for fact in self.diary.facts(kind)]
