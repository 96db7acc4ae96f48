"""What was copied from paper, in words: one line an entry, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from quietlegs.records.fact import Fact
from quietlegs.records.measured import ClinicianScore, LabValue
from quietlegs.words.catalogue import ngettext
from quietlegs.words.dates import day
from quietlegs.words.numbers import number


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry: what it is and how much, the day it is of, and what else was written beside it."""

    id: UUID
    what: str
    on: date
    day: str
    beside: str


def entered(facts: Iterable[Fact]) -> tuple[Entered, ...]:
    """Return laboratory values and scores by the day that they are of."""
    told = [_told(fact, fact.payload) for fact in facts if isinstance(fact.payload, LabValue | ClinicianScore)]
    return tuple(sorted(told, key=lambda one: one.on, reverse=True))


def _told(fact: Fact, one: LabValue | ClinicianScore) -> Entered:
    if isinstance(one, LabValue):
        beside = ", ".join(word for word in (one.laboratory, one.method) if word)
        what = f"{one.name}: {number(one.value)} {one.unit}"
        return Entered(fact.id, what, one.taken_on, day(one.taken_on, year=True), beside)
    asks = ngettext("asks about {count} day", "asks about {count} days", one.recall_days) if one.recall_days else ""
    what = f"{one.instrument}: {number(one.total)}"
    return Entered(fact.id, what, one.scored_on, day(one.scored_on, year=True), asks)
