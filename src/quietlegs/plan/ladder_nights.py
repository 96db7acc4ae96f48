"""The nights as the ladder looks at them: what was done, how it went, and what was noted of the night."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from quietlegs.plan.ladder_rules import clearly_worse, hurt
from quietlegs.plan.rest import states_at_rest
from quietlegs.records.done import NightState, Practice, State, StopReason
from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.felt import NightRating, Relief

_NIGHT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Done:
    """How one movement went on one night, all its times together; `level` is the highest it was done at.

    `easy` means that it ran to its end without any pain; `pained` any pain at all, `hurt` enough of it to step back.
    """

    level: int
    easy: bool
    pained: bool
    hurt: bool


@dataclass(frozen=True, slots=True)
class Lived:
    """One night; `severity` None was not noted, `evening` tells whether something of a routine was done.

    `worse` are the movements after which the legs were clearly worse.
    """

    on: date
    done: Mapping[str, Done] = field(default_factory=dict)
    evening: bool = False
    severity: int | None = None
    states: frozenset[State] = frozenset()
    worse: frozenset[str] = frozenset()


def lived_nights(facts: Iterable[Fact], until: date) -> tuple[Lived, ...]:
    """Return every night from the first that tells something to `until`, empty ones too.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now, in any order.
    until : date
        The last night, tonight; later ones are left out.
    """
    known = [fact for fact in facts if fact.night <= until]
    practised = _by_night(known)
    rated = newest_by_night(known, NightRating)
    # Two states of one night both hold: who travels may also be ill.
    states: dict[date, set[State]] = {}
    worse: dict[date, set[str]] = {}
    for fact in known:
        if isinstance(fact.payload, NightState):
            states.setdefault(fact.night, set()).add(fact.payload.state)
        if key := made_worse(fact):
            worse.setdefault(fact.night, set()).add(key)
    told = (*practised, *rated, *states, *worse)
    if not told:
        return (Lived(until),)
    first = min(told)
    nights = [first + k * _NIGHT for k in range((until - first).days + 1)]
    # Whoever rests because of an illness has said so once, for all its nights.
    for on, why in states_at_rest(known, nights).items():
        states.setdefault(on, set()).update(why)
    return tuple(
        Lived(
            on,
            {key: _together(times) for key, times in _by_movement(practised.get(on, ())).items()},
            any(one.routine for one in practised.get(on, ())),
            rated[on][1].severity if on in rated else None,
            frozenset(states.get(on, ())),
            frozenset(worse.get(on, ())),
        )
        for on in nights
    )


def _by_night(facts: Iterable[Fact]) -> dict[date, list[Practice]]:
    found: dict[date, list[Practice]] = {}
    for fact in facts:
        if isinstance(fact.payload, Practice):
            found.setdefault(fact.night, []).append(fact.payload)
    return found


def _by_movement(practices: Iterable[Practice]) -> dict[str, list[Practice]]:
    found: dict[str, list[Practice]] = {}
    for one in practices:
        found.setdefault(one.exercise, []).append(one)
    return found


def _together(times: list[Practice]) -> Done:
    pained = any(one.pain or one.stopped is StopReason.HURT for one in times)
    ended = any(one.stopped is None for one in times)
    return Done(max(one.level for one in times), ended and not pained, pained, any(hurt(one) for one in times))


def made_worse(fact: Fact) -> str | None:
    """Return the movement after which the legs were clearly worse, as the person said at that moment."""
    payload = fact.payload
    if isinstance(payload, Practice) and payload.stopped is StopReason.WORSE:
        return payload.exercise
    if isinstance(payload, Relief) and clearly_worse(payload.before, payload.after):
        return payload.movement
    return None
