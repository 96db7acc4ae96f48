"""What all nights together make likely of each thing: the chances that the plan's bets rest on.

Each answered night since the first trial counts, with all that was assigned for it: the turns of every trial, and what
was kept. So a night tells of six things at once, and what one movement did tells of its likes. A claim never rests on
it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from quietlegs.library.shelf import Library
from quietlegs.plan.alike import covariance
from quietlegs.plan.kept import kept_trials
from quietlegs.plan.rest import uncounted
from quietlegs.records.done import NightState, State
from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.felt import NightRating
from quietlegs.records.tried import Choice, Decision, TrialStart
from quietlegs.trials.pooled import pooled
from quietlegs.trials.whitening import Floats

# What is older than a year says little of how the legs are now, and would make a page wait.
LONGEST = timedelta(days=365)
# Fewer answered nights with a thing, or without it, tell nothing that is worth a bet.
FEWEST = 3
_AWAY = (State.SICK, State.TRAVEL)
_NIGHT = timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class Believed:
    """The chance of each thing to help at all, tried or not, and the chance that exercise as such makes it worse.

    `tried` holds what has answered nights of its own, with it and without it; of other things only their likes tell.
    `nights` are the answered nights that all of it rests on, `on` is the last night that was looked at.
    """

    library: Library
    on: date
    helps: Mapping[str, float]
    exercise_harms: float
    tried: frozenset[str]
    nights: int

    def of(self, key: str) -> float:
        """Return the chance that a thing helps; one half where nothing is known at all."""
        return self.helps.get(key, 0.5)


def believed(facts: Iterable[Fact], library: Library, tonight: date) -> Believed:
    """Return what the nights up to tonight make likely of everything that can be tried.

    Counted is what was assigned, done or not. Left out are nights of rest, and those noted as sick or travelling. What
    the usual routine lays without a trial is not seen: such a night counts as one without it.

    Parameters
    ----------
    facts : iterable of Fact
        Ratings, states, rests, trials and decisions that hold now; facts of other kinds are passed over.
    library : Library
        Everything that can be tried, and what is alike.
    tonight : date
        Later nights are not looked at.
    """
    known = tuple(facts)
    things = _things(library)
    nights, answers = _answered(known, tonight)
    assigned = _assigned(known, nights, things)
    table = np.column_stack([assigned, np.zeros(len(nights))])
    places = np.array([(night - nights[0]).days for night in nights], dtype=np.float64)
    found = pooled(places, answers, table, covariance(things, library))
    with_it, without = assigned.sum(axis=0), (1 - assigned).sum(axis=0)
    seen = np.minimum(with_it, without) >= FEWEST
    return Believed(
        library,
        tonight,
        {key: found.below(place) for place, key in enumerate(things)},
        1 - found.below(len(things)),
        frozenset(key for key, is_seen in zip(things, seen, strict=True) if is_seen),
        len(nights),
    )


def _things(library: Library) -> tuple[str, ...]:
    movements = (key for key, one in library.exercises.items() if one.doses and not one.comparator)
    return (*movements, *(key for key, one in library.habits.items() if one.can_be_tested))


def _answered(facts: tuple[Fact, ...], tonight: date) -> tuple[list[date], Floats]:
    """Return the nights that count, and their answers: those since the first trial's run-in, of a year at most."""
    began = min((one.payload.starts_on for one in facts if isinstance(one.payload, TrialStart)), default=tonight)
    since = max(began, tonight - LONGEST)
    rated = {night: rating.severity for night, (_, rating) in newest_by_night(facts, NightRating).items()}
    listed = sorted(night for night, felt in rated.items() if felt is not None and since <= night <= tonight)
    away = uncounted(facts, listed) | {
        night for night, (_, one) in newest_by_night(facts, NightState).items() if one.state in _AWAY
    }
    nights = [night for night in listed if night not in away]
    return nights, np.array([rated[night] for night in nights], dtype=np.float64)


def _assigned(facts: tuple[Fact, ...], nights: list[date], things: tuple[str, ...]) -> Floats:
    """Return 1 for each night and thing that was drawn for it, or kept by then."""
    column = {key: place for place, key in enumerate(things)}
    row = {night: place for place, night in enumerate(nights)}
    table = np.zeros((len(nights), len(things)))
    for trial in kept_trials(facts):
        design, first = trial.schedule.design, trial.first_on
        # One that was stopped in its run-in ended before its first turn.
        for place, code in enumerate(trial.schedule.codes[: max(0, (trial.last_on - first).days + 1)]):
            night, turn = first + place * _NIGHT, design.arms[code]
            if night in row and turn in column and turn != design.comparator:
                table[row[night], column[turn]] = 1
    for spell in _kept(facts):
        if spell.key in column:
            table[[row[night] for night in nights if spell.first <= night < spell.until], column[spell.key]] = 1
    return table


class _Spell(NamedTuple):
    """Nights on which a thing stood in the routine because it was kept, from `first` to before `until`."""

    key: str
    first: date
    until: date


def _kept(facts: tuple[Fact, ...]) -> list[_Spell]:
    """Return when each thing was kept, until it was decided anew or tried again."""
    rated = {fact.night: fact.noted.at for fact in facts if isinstance(fact.payload, NightRating)}
    since, found = dict[str, date](), list[_Spell]()
    for fact in sorted(facts, key=lambda one: (one.noted.at, isinstance(one.payload, Decision), one.id)):
        told = fact.payload
        # A night that was rated before the decision was lived without it.
        over = fact.night in rated and rated[fact.night] < fact.noted.at
        first = fact.night + over * _NIGHT
        if isinstance(told, TrialStart):
            found += [_Spell(arm, since.pop(arm), fact.night) for arm in told.arms if arm in since]
        elif isinstance(told, Decision) and told.choice is not Choice.GO_ON:
            if told.arm in since:
                found.append(_Spell(told.arm, since.pop(told.arm), first))
            if told.choice is Choice.KEEP:
                since[told.arm] = first
    return found + [_Spell(arm, first, date.max) for arm, first in since.items()]
