"""Trials side by side: each thing that is tried has a trial and a lot of its own, and a few run at once.

What one of them finds needs nothing of the others, and none begins anew because another one ends.
"""

from collections.abc import Iterable
from datetime import date

from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.believed import Believed
from quietlegs.plan.kept import Kept, running_all
from quietlegs.plan.placing import SHIFTS
from quietlegs.plan.stage_next import candidates
from quietlegs.records.fact import Fact
from quietlegs.words.catalogue import _

# Chosen on simulated people, see docs/methods/plan.md: more at once tells no more, and fills the evening.
MOST_MOVEMENTS, MOST_HABITS = 4, 2


def tried_in(trials: Iterable[Kept]) -> tuple[str, ...]:
    """Return what these trials try, without what it is compared with."""
    designs = (one.schedule.design for one in trials)
    return tuple(arm for design in designs for arm in design.arms if arm != design.comparator)


def fits_beside(key: str, others: Iterable[str], library: Library) -> bool:
    """Whether a thing may be on trial beside these: 4 movements and 2 habits at most, and one hour of the routine.

    Parameters
    ----------
    key : str
        A movement or habit.
    others : iterable of str
        What else is on trial.
    library : Library
        Tells habits from movements.
    """
    on_trial = tuple(others)
    alike = [one for one in on_trial if (one in library.habits) == (key in library.habits)]
    most = MOST_HABITS if key in library.habits else MOST_MOVEMENTS
    two_hours = key in SHIFTS and any(one in SHIFTS for one in on_trial)
    return key not in on_trial and len(alike) < most and not two_hours


def no_room(tried: Iterable[str], facts: Iterable[Fact], library: Library, first: date) -> str | None:
    """Return why these cannot begin on that night beside what runs, None where they can.

    At most one new thing begins on an evening, and none before the nights without a change are over.

    Parameters
    ----------
    tried : iterable of str
        Movements or habits that would be tried.
    facts : iterable of Fact
        Trials that hold now.
    library : Library
        Tells habits from movements, and their names.
    first : date
        The night of the first turn.
    """
    trials = running_all(facts, first)
    if any(one.first_on >= first for one in trials):
        return _("one new thing an evening, once the nights without a change are over")
    on_trial = list(tried_in(trials))
    for key in tried:
        if not fits_beside(key, on_trial, library):
            return _("{thing} has no place beside what is on trial now", thing=called((key,), library)[key])
        on_trial.append(key)
    return None


def has_place(facts: Iterable[Fact], library: Library, first: date) -> bool:
    """Whether anything at all can begin on that night beside what runs: also what nothing would offer by itself.

    Parameters
    ----------
    facts : iterable of Fact
        Trials that hold now.
    library : Library
        Holds what could be tried.
    first : date
        The night of the first turn.
    """
    known = tuple(facts)
    movements = (key for key, one in library.exercises.items() if one.doses and not one.comparator)
    habits = (key for key, one in library.habits.items() if one.can_be_tested)
    return any(no_room((key,), known, library, first) is None for key in (*movements, *habits))


def next_beside(library: Library, facts: Iterable[Fact], tonight: date, beliefs: Believed) -> str | None:
    """Return what could be tried beside the trials that run, from tonight on; None without any, or where all is full.

    Movements first, as long as there is a place for one; in the order of `candidates`.

    Parameters
    ----------
    library : Library
        Holds what could be tried.
    facts : iterable of Fact
        Safety answers, wishes, trials and decisions that hold now.
    tonight : date
        The night that would have the first turn.
    beliefs : Believed
        What all nights together make likely.
    """
    known = tuple(facts)
    trials = running_all(known, tonight)
    on_trial = tried_in(trials)
    if not on_trial or len(on_trial) >= MOST_MOVEMENTS + MOST_HABITS or any(one.first_on >= tonight for one in trials):
        return None
    found = (key for key in candidates(library, known, on_trial[0], beliefs) if fits_beside(key, on_trial, library))
    ordered = sorted(found, key=lambda key: key in library.habits)
    return next(iter(ordered), None)
