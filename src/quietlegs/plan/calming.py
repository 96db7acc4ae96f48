"""The experiment on relief: what may be in it, which one runs, what was drawn so far, and the next draw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np

from quietlegs.cues.lasting import lasting
from quietlegs.library.exercise import LEVELS, DoseKind, Exercise
from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import allowed, fitting
from quietlegs.plan.evening import sits
from quietlegs.plan.set_aside import set_aside
from quietlegs.plan.stage import harmful
from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import Fact
from quietlegs.records.felt import Chance, OfferedBecause, Relief
from quietlegs.records.tried import ReliefStart, TrialEnd
from quietlegs.trials.relief_events import Reliefs, reliefs_from
from quietlegs.words.catalogue import _
from quietlegs.words.lists import within_sentence

COMPARATOR = "breath_circles"
USUAL = ("calf_wall_straight", "ankle_pumps", "calf_massage", COMPARATOR)
FEWEST, MOST = 2, 5


@dataclass(frozen=True, slots=True)
class Experiment:
    """An experiment on relief, by the `id` of the fact that started it; `history` holds its draws, oldest first."""

    id: UUID
    since: date
    start: ReliefStart
    ended: bool
    history: Reliefs


@dataclass(frozen=True, slots=True)
class Lot:
    """What may be drawn at this moment: the comparator and at least one other movement, in the experiment's order."""

    experiment: Experiment
    movements: tuple[Exercise, ...]

    def draw(self, rng: np.random.Generator, before: int | None = None) -> Relief:
        """Draw one movement; the chances follow from the history alone, never from the rating before."""
        # These numbers take long to load; who draws nothing shall not wait for them at night.
        from quietlegs.trials.relief_offer import Rule, offer  # noqa: PLC0415  # as the comment above says

        start = self.experiment.start
        rule = Rule(start.floor, start.half_life_days, start.sigma)
        keys = [one.key for one in self.movements]
        drawn = offer(self.experiment.history, keys, comparator=start.comparator, rng=rng, rule=rule)
        chances = tuple(Chance(key, chance) for key, chance in drawn.chances.items())
        return Relief(
            drawn.movement,
            OfferedBecause.TRIAL,
            drawn.probability,
            before,
            trial=self.experiment.id,
            chances=chances,
        )


def matched(library: Library, exercise: Exercise, level: int) -> tuple[Exercise, int]:
    """Return a movement and its level so that it takes about as long as the wall stretch does at this level.

    Legs settle with time alone, so what is compared has to take alike long. What is counted in minutes takes just as
    long; a hold or a repetition is done at the level that comes nearest, at most one above.

    Parameters
    ----------
    level : int
        1 to 5.

    Examples
    --------
    >>> from quietlegs.library.load import load_library
    >>> shelf = load_library()
    >>> breathing, level = matched(shelf, shelf.exercises["breath_circles"], 2)
    >>> exercise_seconds(breathing, level), exercise_seconds(shelf.exercises["calf_wall_straight"], 2)
    (120.0, 120)
    """
    wanted_s = exercise_seconds(library.exercises[USUAL[0]], level)
    if exercise.dose_kind is DoseKind.MINUTES:
        return lasting(exercise, (wanted_s - exercise.setup_s) / exercise.sides), level
    levels = range(1, min(level + 1, LEVELS) + 1)
    return exercise, min(levels, key=lambda one: abs(exercise_seconds(exercise, one) - wanted_s))


def newest(facts: Iterable[Fact]) -> Experiment | None:
    """Return the experiment that was started last, whether it runs or was ended; None when there never was one.

    Parameters
    ----------
    facts : iterable of Fact
        The facts that hold now. A newer start ends an older one; a start or an end that was taken back never was.
        A moment whose chances name a movement that the experiment has not is left out.
    """
    known = tuple(facts)
    started = [(fact, fact.payload) for fact in known if isinstance(fact.payload, ReliefStart)]
    if not started:
        return None
    fact, start = max(started, key=lambda pair: _when(pair[0]))
    ended = any(one.payload.of == fact.id for one in known if isinstance(one.payload, TrialEnd))
    return Experiment(fact.id, fact.noted.wall.date(), start, ended, _history(fact.id, start, known))


def lot_now(library: Library, facts: Iterable[Fact], *, tonight: date) -> Lot | None:
    """Return what may be drawn now; None when no experiment runs, or too little of it may be done.

    Parameters
    ----------
    library : Library
        Holds the movements; one that it no longer knows is not drawn.
    facts : iterable of Fact
        The facts that hold now: experiments, moments, practice, safety answers and wishes. A movement is drawn only
        as it is: a seated form never stands in for it, or the draw would not say what was done.
    tonight : date
        The night that is going on; what hurt or made the legs worse before it is not drawn for a while.
    """
    known = tuple(facts)
    running = newest(known)
    if running is None or running.ended:
        return None
    keys = running.start.movements
    aside = set_aside(known, tonight)
    held = [library.exercises[key] for key in keys if key in library.exercises and key not in aside]
    open_ = _fitting(library, known, held)
    if len(open_) < FEWEST or running.start.comparator not in {one.key for one in open_}:
        return None
    return Lot(running, open_)


def choosable(library: Library, facts: Iterable[Fact]) -> tuple[Exercise, ...]:
    """Return the movements that may calm this person at any hour of the night, in the library's order.

    Parameters
    ----------
    library : Library
        Measures, and movements that have to end some time before bed, are left out.
    facts : iterable of Fact
        Safety answers, wishes and what was decided after trials leave out what they forbid.
    """
    at_any_hour = [one for one in library.exercises.values() if not one.is_test and not one.latest_min]
    return _fitting(library, tuple(facts), at_any_hour)


def usual(library: Library, facts: Iterable[Fact], *, tonight: date) -> tuple[str, ...]:
    """Return the usual movements of an experiment; a seated form stands in where the person needs or wishes one."""
    known = tuple(facts)
    may, seated = allowed(library, known), sits(known)
    aside = set_aside(known, tonight)
    found = [fitting(library.exercises[key], may, library, seated=seated) for key in USUAL if key not in aside]
    return tuple(dict.fromkeys(one.key for one in found if one is not None and one.key not in aside))


def chosen(library: Library, facts: Iterable[Fact], keys: Sequence[str]) -> ReliefStart:
    """Make the experiment that a person chose; slow breathing joins as the comparator where none is among them.

    Parameters
    ----------
    facts : iterable of Fact
        Safety answers and wishes.
    keys : sequence of str
        Movements; one named twice counts once.

    Raises
    ------
    RangeError
        A movement that is unknown or not for this person; fewer than 2 or more than 5, the comparator among them.
    """
    from quietlegs.trials.relief_offer import RULE  # noqa: PLC0415  # as in Lot.draw

    may_be = [one.key for one in choosable(library, facts)]
    comparator = next((key for key in keys if key in may_be and library.exercises[key].comparator), COMPARATOR)
    movements = tuple(dict.fromkeys([*keys, comparator]))
    for key in movements:
        if key not in may_be:
            raise RangeError("movement", key, ", ".join(may_be) or _("none, by your safety answers and wishes"))
    if not FEWEST <= len(movements) <= MOST:
        allowed_ = _(
            "{fewest} to {most} movements, {comparator} among them",
            fewest=FEWEST,
            most=MOST,
            comparator=within_sentence(library.exercises[comparator].name),
        )
        raise RangeError(_("number of movements"), len(movements), allowed_)
    return ReliefStart(movements, comparator, RULE.floor, RULE.half_life_days, RULE.sigma)


def _fitting(library: Library, facts: tuple[Fact, ...], movements: Iterable[Exercise]) -> tuple[Exercise, ...]:
    """Return those that this person would be given just as they are, without what a trial showed to be harmful."""
    may, seated, worse = allowed(library, facts), sits(facts), harmful(facts)
    return tuple(one for one in movements if one.key not in worse and fitting(one, may, library, seated=seated) is one)


def _history(of: UUID, start: ReliefStart, facts: tuple[Fact, ...]) -> Reliefs:
    made: dict[UUID, tuple[datetime, Relief]] = {}
    for fact in sorted(facts, key=_when):
        relief = fact.payload
        if not isinstance(relief, Relief) or relief.trial != of:
            continue
        if {chance.movement for chance in relief.chances} <= set(start.movements):
            # Two devices may both have rated one draw: it stays one draw, and the later answer holds.
            made[fact.supersedes or fact.id] = (fact.noted.at, relief)
    moments = sorted(made.values(), key=lambda pair: pair[0])
    reliefs = [relief for _, relief in moments]
    return reliefs_from(
        [at for at, _ in moments],
        [one.movement for one in reliefs],
        [{chance.movement: chance.probability for chance in one.chances} for one in reliefs],
        [(one.before, one.after) for one in reliefs],
        movements=start.movements,
    )


def _when(fact: Fact) -> tuple[datetime, UUID]:
    return fact.noted.at, fact.id
