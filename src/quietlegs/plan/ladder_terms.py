"""What held on each night: the ceiling by the answers known then, and the trial that ran."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import allowed
from quietlegs.plan.kept import Kept, kept_trials
from quietlegs.plan.ladder import Ladder, Terms, climb
from quietlegs.plan.ladder_nights import Lived, lived_nights
from quietlegs.plan.ladder_rules import ceiling
from quietlegs.plan.rest import pauses
from quietlegs.records.fact import Fact, newest
from quietlegs.records.person import SafetyAnswers, Wishes


def ladder_tonight(
    library: Library, facts: Iterable[Fact], tonight: date, *, arms: Iterable[str] = (), turns: Iterable[str] = ()
) -> Ladder:
    """Return every movement's level tonight, from the facts alone.

    Parameters
    ----------
    library : Library
        Tells movements from habits, and what the safety answers mean.
    facts : iterable of Fact
        Those that hold now, in any order.
    tonight : date
        The night that is planned.
    arms, turns : iterable of str
        What is on trial and tonight's turns of it, where the facts do not hold the trials themselves.
    """
    known = tuple(sorted((f for f in facts if f.night <= tonight), key=lambda f: (f.night, f.noted.at, f.id)))
    nights = lived_nights(known, tonight)
    terms = terms_of(library, known, nights)
    given = frozenset(arms) & set(library.exercises)
    if given:
        terms[tonight] = replace(terms[tonight], on_trial=given, turns=given & set(turns))
    return climb(nights, terms)


def terms_of(library: Library, facts: tuple[Fact, ...], nights: Iterable[Lived]) -> dict[date, Terms]:
    """Return what held on each night; what was told later does not reach back, or levels would jump."""
    trials, most, rests = kept_trials(facts), _ceilings(library, facts), pauses(facts)
    found: dict[date, Terms] = {}
    highest = most.get(date.min, 0)
    for night in nights:
        highest = most.get(night.on, highest)
        running = [one for one in trials if _runs(one, night.on)]
        arms = frozenset(arm for one in running for arm in one.schedule.design.arms) & set(library.exercises)
        turns = arms & {one.turn_on(night.on) for one in running}
        at_rest = any(one.has(night.on) for one in rests)
        found[night.on] = Terms(highest, arms, turns, at_rest)
    return found


def _runs(trial: Kept, on: date) -> bool:
    return trial.schedule.starts_on <= on and not trial.is_over(on)


def _ceilings(library: Library, facts: tuple[Fact, ...]) -> Mapping[date, int]:
    """Return the ceiling from each night on which answers or wishes were told; before the first it is cautious."""
    told = [fact for fact in facts if isinstance(fact.payload, SafetyAnswers | Wishes)]
    found = {date.min: ceiling(allowed(library, ()), None)}
    for on in sorted({fact.night for fact in told}):
        until = [fact for fact in told if fact.night <= on]
        wishes = newest(until, Wishes)
        found[on] = ceiling(allowed(library, until), wishes.age if wishes else None)
    return found
