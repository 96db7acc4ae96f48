"""Which movement is offered to legs that are restless now, where nothing is drawn by lot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quietlegs.library.exercise import Exercise
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed, allowed, fitting
from quietlegs.plan.calming import COMPARATOR
from quietlegs.plan.evening import sits
from quietlegs.plan.set_aside import set_aside
from quietlegs.records.fact import Fact
from quietlegs.records.felt import OfferedBecause

CALM = "calf_wall_straight"


@dataclass(frozen=True, slots=True)
class Offer:
    """A movement to calm the legs now, with the chance it was offered with; None when nothing may be offered."""

    exercise: Exercise | None
    because: OfferedBecause
    probability: float
    may: Allowed


def offer(library: Library, facts: Iterable[Fact], wanted: str | None = None, *, tonight: date) -> Offer:
    """Choose the movement for restless legs now: the one asked for, else the wall stretch, else what may be done.

    Parameters
    ----------
    library : Library
    facts : iterable of Fact
        Those that hold now: safety answers, wishes, trials and what was decided after them; practice and relief of
        `set_aside.SINCE`. What hurt or made the legs worse is not offered; a person may still ask for it.
    wanted : str, optional
        A movement that the person chose.
    tonight : date
        The night that is going on.
    """
    known = tuple(facts)
    may, seated, aside = allowed(library, known), sits(known), set_aside(known, tonight)
    for key in (wanted or CALM, COMPARATOR):
        found = fitting(library.exercises[key], may, library, seated=seated)
        if found is not None and (key == wanted or not {key, found.key} & aside):
            because = OfferedBecause.CHOSEN if key == wanted else OfferedBecause.DEFAULT
            return Offer(found, because, 1.0, may)
    return Offer(None, OfferedBecause.DEFAULT, 1.0, may)
