"""Trials that were started: a kept fact becomes its schedule again, its nights, and what can be said of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from quietlegs.records.done import NightState, Practice, State
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.records.tried import TrialEnd, TrialStage, TrialStart
from quietlegs.trials.design import Design, Stage
from quietlegs.trials.judge import Told, judge
from quietlegs.trials.nights import Nights
from quietlegs.trials.regressors import Declared
from quietlegs.trials.schedule import Schedule
from quietlegs.trials.verdict import Answer
from quietlegs.trials.whitening import Floats

_NIGHT = timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A trial as it was drawn; `ended_on` is the last night that counts where it was ended before its time."""

    id: UUID
    schedule: Schedule
    worthwhile: float
    ended_on: date | None = None

    @property
    def first_on(self) -> date:
        """The first night with a turn, after the run-in."""
        return self.schedule.starts_on + self.schedule.design.run_in_nights * _NIGHT

    @property
    def last_on(self) -> date:
        """The last night that was planned, or at which it was ended."""
        planned = self.schedule.starts_on + (len(self.schedule) - 1) * _NIGHT
        return planned if self.ended_on is None else min(planned, self.ended_on)

    def runs_on(self, night: date) -> bool:
        """Whether a night belongs to it, the run-in included."""
        if self.ended_on is not None and night >= self.ended_on:
            return False
        return self.schedule.starts_on <= night <= self.last_on

    def turn_on(self, night: date) -> str | None:
        """Return the arm of one night, None in the run-in and outside; ask for tonight, never for later."""
        if not self.runs_on(night) or night < self.first_on:
            return None
        design, place = self.schedule.design, (night - self.first_on).days
        return design.arms[self.schedule.codes[place]]


def started(schedule: Schedule, *, worthwhile: float) -> TrialStart:
    """Return the fact that keeps a drawn schedule, so that it can be drawn again and checked.

    Parameters
    ----------
    schedule : Schedule
        As `draw` gave it; its arms are keys of the library.
    worthwhile : float
        The smallest difference worth having, in points.
    """
    design = schedule.design
    return TrialStart(
        arms=design.arms,
        comparator=design.comparator,
        block_nights=design.block_nights,
        stages=tuple(TrialStage(stage.rounds, stage.share) for stage in design.stages),
        starts_on=schedule.starts_on,
        run_in_nights=design.run_in_nights,
        seed=design.seed,
        bit_generator=design.bit_generator,
        turns=schedule.codes,
        probability=schedule.probability,
        worthwhile=worthwhile,
        open_ended=design.open_ended,
        washout_nights=design.washout_nights,
        washout_counted=design.washout_counted,
        longest_run_nights=design.longest_run_nights,
    )


def schedule_of(start: TrialStart) -> Schedule:
    """Return the schedule that a fact keeps.

    Raises
    ------
    RangeError
        No design, or no schedule that the design could have drawn: the fact was not written by `started`.
    """
    design = Design(
        arms=start.arms,
        comparator=start.comparator,
        block_nights=start.block_nights,
        stages=tuple(Stage(stage.rounds, stage.share) for stage in start.stages),
        seed=start.seed,
        run_in_nights=start.run_in_nights,
        open_ended=start.open_ended,
        washout_nights=start.washout_nights,
        washout_counted=start.washout_counted,
        longest_run_nights=start.longest_run_nights,
        bit_generator=start.bit_generator,
    )
    return Schedule(design, start.starts_on, start.turns, start.probability)


def kept_trials(facts: Iterable[Fact]) -> tuple[Kept, ...]:
    """Return all trials, the one begun last at the end; facts of other kinds are passed over.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now; a start that was withdrawn is not among them.
    """
    known = tuple(facts)
    ends = {fact.payload.of: fact.night for fact in known if isinstance(fact.payload, TrialEnd)}
    starts = sorted((f for f in known if isinstance(f.payload, TrialStart)), key=lambda fact: (fact.noted.at, fact.id))
    return tuple(
        Kept(fact.id, schedule_of(fact.payload), fact.payload.worthwhile, ends.get(fact.id))
        for fact in starts
        if isinstance(fact.payload, TrialStart)
    )


def running(facts: Iterable[Fact], night: date) -> Kept | None:
    """Return the trial that this night belongs to, None where there is none."""
    return next((one for one in reversed(kept_trials(facts)) if one.runs_on(night)), None)


def judged(kept: Kept, facts: Iterable[Fact], tonight: date, *, names: Mapping[str, str]) -> tuple[Nights, Answer]:
    """Return the nights of a trial until now, and what can be said of each arm.

    Tonight is looked at once it is rated; until then the last night is the one before. Sick and travelling nights
    are declared covariates, what an arm still does on the night after is declared where arms change every night.

    Parameters
    ----------
    kept : Kept
        One trial.
    facts : iterable of Fact
        Ratings, states and practice that hold now.
    tonight : date
        The night that is going on, or the last one.
    names : mapping of str to str
        What the arms are called in sentences; a key that is not there stands for itself.
    """
    known = tuple(facts)
    rated = {fact.night: fact.payload.severity for fact in known if isinstance(fact.payload, NightRating)}
    last = min(kept.last_on, tonight if rated.get(tonight) is not None else tonight - _NIGHT)
    on = [kept.schedule.starts_on + k * _NIGHT for k in range(max(0, (last - kept.schedule.starts_on).days + 1))]
    schedule = _called(kept.schedule, names)
    felt = np.array([np.nan if rated.get(night) is None else rated[night] for night in on], dtype=np.float64)
    nights = Nights(np.array(on, "datetime64[D]"), schedule.arms[: len(on)], schedule.design.arms, felt)
    told = Told(
        declared=Declared(carry_over=kept.schedule.design.block_nights == 1, worthwhile=kept.worthwhile),
        covariates={state.value: _state(known, on, state) for state in (State.SICK, State.TRAVEL)},
        done=_done(known, on, kept),
    )
    return nights, judge(nights, schedule, told=told)


def _called(schedule: Schedule, names: Mapping[str, str]) -> Schedule:
    design = schedule.design
    arms = tuple(names.get(arm, arm) for arm in design.arms)
    called = replace(design, arms=arms, comparator=names.get(design.comparator, design.comparator))
    return replace(schedule, design=called)


def _state(facts: tuple[Fact, ...], on: list[date], state: State) -> Floats:
    held = {fact.night for fact in facts if isinstance(fact.payload, NightState) and fact.payload.state is state}
    return np.array([float(night in held) for night in on])


def _done(facts: tuple[Fact, ...], on: list[date], kept: Kept) -> Floats | None:
    """Whether each night's movement was made; None where none of the trial's movements was ever noted."""
    made = {(fact.night, fact.payload.exercise) for fact in facts if isinstance(fact.payload, Practice)}
    if not any(exercise in kept.schedule.design.arms for _, exercise in made):
        return None
    turns = [kept.turn_on(night) for night in on]
    return np.array([np.nan if turn is None else (night, turn) in made for night, turn in zip(on, turns, strict=True)])
