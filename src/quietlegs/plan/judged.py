"""What can be said of a trial in the diary: its nights, and the verdict on each arm."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np

from quietlegs.plan.kept import SHOWN_FROM, Kept, last_lived
from quietlegs.plan.rest import states_at_rest, uncounted
from quietlegs.records.done import NightState, Practice, State
from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.felt import NightRating
from quietlegs.trials.judge import Told, judge
from quietlegs.trials.nights import Nights
from quietlegs.trials.regressors import Declared
from quietlegs.trials.schedule import Schedule
from quietlegs.trials.verdict import Answer
from quietlegs.trials.whitening import Floats

_NIGHT = timedelta(days=1)


def judged(
    kept: Kept, facts: Iterable[Fact], tonight: date, *, names: Mapping[str, str], claims: bool = True
) -> tuple[Nights, Answer]:
    """Return the nights of a trial until now, and what can be said of each arm.

    Tonight is looked at once it is rated; until then the last night is the one before. Sick and travelling nights
    are declared covariates, what an arm still does on the night after is declared where arms change every night.
    Nights of rest are neither counted nor missed, see `quietlegs.plan.rest.uncounted`.

    Parameters
    ----------
    kept : Kept
        One trial.
    facts : iterable of Fact
        Ratings, states, practice and rests that hold now.
    tonight : date
        The night that is going on, or the last one.
    names : mapping of str to str
        What the arms are called in sentences; a key that is not there stands for itself.
    claims : bool, optional
        Without them only chances are told, and sooner.
    """
    known = tuple(facts)
    rated = {night: rating.severity for night, (_, rating) in newest_by_night(known, NightRating).items()}
    last = last_lived(kept, known, tonight)
    gone = [kept.schedule.starts_on + k * _NIGHT for k in range(max(0, (last - kept.schedule.starts_on).days + 1))]
    left_out = uncounted(known, gone)
    on = [night for night in gone if night not in left_out]
    schedule = _called(kept.schedule, names)
    felt = np.array([np.nan if rated.get(night) is None else rated[night] for night in on], dtype=np.float64)
    drawn = schedule.arms[: len(gone)][[night not in left_out for night in gone]]
    nights = Nights(np.array(on, "datetime64[D]"), drawn, schedule.design.arms, felt)
    told = Told(
        declared=Declared(carry_over=kept.schedule.design.block_nights == 1, worthwhile=kept.worthwhile),
        covariates={state.value: _state(known, on, state) for state in (State.SICK, State.TRAVEL)},
        done=_done(known, on, kept),
        claims=claims,
    )
    return nights, judge(nights, schedule, told=told)


def _called(schedule: Schedule, names: Mapping[str, str]) -> Schedule:
    design = schedule.design
    arms = tuple(names.get(arm, arm) for arm in design.arms)
    called = replace(design, arms=arms, comparator=names.get(design.comparator, design.comparator))
    return replace(schedule, design=called)


def _state(facts: tuple[Fact, ...], on: list[date], state: State) -> Floats:
    held = {night for night, (_, one) in newest_by_night(facts, NightState).items() if one.state is state}
    held |= {night for night, why in states_at_rest(facts, on).items() if state in why}
    return np.array([float(night in held) for night in on])


def _seen_by(fact: Fact) -> bool:
    """Whether the night's turn could be seen when this was noted; what is noted later was the evening's, or after."""
    return fact.noted.wall >= datetime.combine(fact.night, time(SHOWN_FROM))


def _done(facts: tuple[Fact, ...], on: list[date], kept: Kept) -> Floats | None:
    """Whether each night's movement was made; None where none of the trial's movements was ever noted.

    What was made by itself before the turn could be seen, such as a walk in the morning, was not the turn's.
    """
    made = {
        (fact.night, fact.payload.exercise)
        for fact in facts
        if isinstance(fact.payload, Practice) and (fact.payload.routine or _seen_by(fact))
    }
    if not any(exercise in kept.schedule.design.arms for _, exercise in made):
        return None
    turns = [kept.drawn_on(night) for night in on]
    return np.array([np.nan if turn is None else (night, turn) in made for night, turn in zip(on, turns, strict=True)])
