"""Trials that were started: a kept fact becomes its schedule again, and tells each night's turn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from quietlegs.library.shelf import Library
from quietlegs.records.done import Assignment
from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment
from quietlegs.records.tried import TrialEnd, TrialStage, TrialStart
from quietlegs.trials.design import Design, Stage
from quietlegs.trials.nights import Nights, nights_from
from quietlegs.trials.schedule import Schedule

# Chosen here; before the earliest hour at which a routine is due for most people.
SHOWN_FROM = 17
_NOON = 12
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

    def is_over(self, night: date) -> bool:
        """Whether this night is after its last one, or it was ended by then."""
        return night > self.last_on or (self.ended_on is not None and night >= self.ended_on)

    def turn_on(self, night: date) -> str | None:
        """Return the arm of one night, None in the run-in and outside; ask for tonight, never for later."""
        return None if self.is_over(night) else self.drawn_on(night)

    def drawn_on(self, night: date) -> str | None:
        """Return what was drawn for a night that counts, the one at which it was ended among them."""
        if not self.first_on <= night <= self.last_on:
            return None
        design, place = self.schedule.design, (night - self.first_on).days
        return design.arms[self.schedule.codes[place]]


def is_shown(turn: str, now: Moment, library: Library) -> bool:
    """Whether tonight's turn may be seen yet: a movement in the evening, a habit as soon as its night begins at noon.

    Known in the morning, a turn would go through the whole day as a hope or a worry. What is left out after noon has
    to be known at noon.

    Parameters
    ----------
    turn : str
        Tonight's, as `Kept.turn_on` gave it.
    now : Moment
        Within tonight, from noon to noon.
    library : Library
        Knows which turns are movements.
    """
    return turn not in library.exercises or now.wall.hour >= SHOWN_FROM or now.wall.hour < _NOON


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


# Several trials run at once, and all that were ever begun are read for each answer.
@lru_cache(maxsize=128)
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
    """Return the trial that is not over on this night, None where there is none; of several the one begun last."""
    return next(reversed(running_all(facts, night)), None)


def running_all(facts: Iterable[Fact], night: date) -> tuple[Kept, ...]:
    """Return all trials that are not over on this night, side by side, the one begun first at the beginning."""
    return tuple(one for one in kept_trials(facts) if not one.is_over(night))


def last_lived(kept: Kept, facts: Iterable[Fact], tonight: date) -> date:
    """Return the last night of a trial that has gone by: tonight once it is rated, else the one before.

    Parameters
    ----------
    kept : Kept
        One trial.
    facts : iterable of Fact
        Ratings that hold now.
    tonight : date
        The night that is going on, or the last one.
    """
    rated = newest_by_night((one for one in facts if one.night == tonight), NightRating).get(tonight)
    return min(kept.last_on, tonight if rated and rated[1].severity is not None else tonight - _NIGHT)


def _nights(first: date, last: date) -> list[date]:
    return [first + k * _NIGHT for k in range((last - first).days + 1)]


def nights_kept(facts: Iterable[Fact]) -> Nights | None:
    """Return all nights between the first rating and the last, with what was drawn for them; None without ratings.

    Parameters
    ----------
    facts : iterable of Fact
        Ratings, trials and assignments that hold now.
    """
    known = tuple(facts)
    severity = {night: rating.severity for night, (_, rating) in newest_by_night(known, NightRating).items()}
    if not severity:
        return None
    first, last = min(severity), max(severity)
    on = _nights(first, last)
    drawn: dict[date, str | None] = {}
    for kept in kept_trials(known):
        own = _nights(max(first, kept.first_on), min(last, kept.last_on))
        drawn |= {night: kept.drawn_on(night) for night in own}
    arms = {night: one.arm for night, (_, one) in newest_by_night(known, Assignment).items()} | drawn
    return nights_from(on, [arms.get(night) for night in on], [severity.get(night) for night in on])
