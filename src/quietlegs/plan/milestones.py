"""Milestones of practice: evenings, weeks kept, a longer hold. Quiet nights earn nothing, and nothing is ever lost.

All of them only ever grow: no row of days is counted, so that sick nights, travel and breaks have nothing to break.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quietlegs.library.exercise import DoseKind
from quietlegs.library.shelf import Library
from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact

EVENINGS = (10, 25, 50, 100)
# Chosen here: as many as strength needs. A week may hold them on any days.
KEPT_FROM = 3


@dataclass(frozen=True, slots=True)
class LongerHold:
    """A stretch that is held longer than at first, in seconds a time."""

    exercise: str
    first_s: float
    now_s: float


@dataclass(frozen=True, slots=True)
class Milestones:
    """What was practised so far; `reached` are the milestones of evenings, each with its night."""

    evenings: int
    reached: tuple[tuple[int, date], ...]
    weeks_kept: int
    hold: LongerHold | None


def milestones(library: Library, facts: Iterable[Fact]) -> Milestones:
    """Return the milestones of practice.

    Parameters
    ----------
    library : Library
        Knows how long a level is held.
    facts : iterable of Fact
        Practice that holds now; facts of other kinds are passed over.
    """
    known = tuple(facts)
    nights = _evenings(known)
    reached = tuple((count, nights[count - 1]) for count in EVENINGS if count <= len(nights))
    weeks = Counter(on - timedelta(days=on.weekday()) for on in nights)
    kept = sum(count >= KEPT_FROM for count in weeks.values())
    return Milestones(len(nights), reached, kept, _longer_hold(library, known))


def milestone_tonight(facts: Iterable[Fact], tonight: date) -> int | None:
    """Return the milestone of evenings that tonight's routine would reach, None where it reaches none or is done.

    Parameters
    ----------
    facts : iterable of Fact
        Practice that holds now.
    tonight : date
        The night that is going on.
    """
    nights = _evenings(facts)
    count = sum(on < tonight for on in nights) + 1
    return count if tonight not in nights and count in EVENINGS else None


def _evenings(facts: Iterable[Fact]) -> list[date]:
    """Return the nights on which something of a routine was done, each once."""
    return sorted({fact.night for fact in facts if isinstance(fact.payload, Practice) and fact.payload.routine})


def _longer_hold(library: Library, facts: tuple[Fact, ...]) -> LongerHold | None:
    """Return the stretch whose hold grew most since it was first done, to its end and without pain."""
    held: dict[str, list[float]] = {}
    for fact in sorted(facts, key=lambda one: (one.noted.at, one.id)):
        done = fact.payload
        if isinstance(done, Practice) and done.stopped is None and not done.pain:
            one = library.exercises.get(done.exercise)
            if one and one.dose_kind is DoseKind.HOLD and done.level <= len(one.doses):
                held.setdefault(done.exercise, []).append(one.doses[done.level - 1].hold_s)
    longer = [LongerHold(key, times[0], max(times)) for key, times in held.items() if max(times) > times[0]]
    return max(longer, key=lambda one: (one.now_s - one.first_s, one.exercise), default=None)
