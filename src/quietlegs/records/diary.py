"""What a store of facts must do; `web.store` is one, tests may hold another."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol
from uuid import UUID

from quietlegs.records.fact import Fact, Payload


class ConflictingFactError(ValueError):
    """A fact with this id is stored already and says something else."""

    def __init__(self, fact_id: UUID) -> None:
        super().__init__(f"fact {fact_id} is stored already with another content; a correction needs an id of its own")
        self.fact_id = fact_id


class Diary(Protocol):
    """An append-only store of facts."""

    def add(self, facts: Iterable[Fact]) -> int:
        """Store all facts or none and return how many were new; the same fact again changes nothing.

        Raises ConflictingFactError when an id is known with another content. On return they are on disk.
        """

    def alone(self) -> AbstractContextManager[None]:
        """Let nobody else write until the block has ended: what is looked up in it still holds when it is written."""

    def facts(self, *kinds: type[Payload], since: date | None = None, until: date | None = None) -> tuple[Fact, ...]:
        """Return the facts that hold now, of these kinds (all when none is named), nights inclusive."""

    def all_facts(self, *kinds: type[Payload]) -> Iterator[Fact]:
        """Yield everything ever noted of these kinds (all when none is named), withdrawn too, in order of noting."""
