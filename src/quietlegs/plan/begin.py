"""Before a trial starts: what may be tried, against what, how long it takes; then the lot is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

import numpy as np

from quietlegs.library.called import AS_USUAL
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.plan.kept import kept_trials
from quietlegs.records.bounds import Between, RangeError, check_bounds
from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.felt import NightRating
from quietlegs.trials.design import ERROR, Design, Stage
from quietlegs.trials.nights import Nights, NightsError, nights_from
from quietlegs.trials.plan_nights import Aim, NightsPlan, Usual, plan_nights
from quietlegs.trials.schedule import Schedule, draw
from quietlegs.trials.usual import FEWEST_NIGHTS, usual_of
from quietlegs.words.catalogue import _

SEED_BITS = 128
# Chosen here, for a person without a diary: a middling spread, as people's own diaries of other complaints show.
COMMON = Usual(sd=1.8, autocorrelation=0.4, missing=0.15, learned_nights=14)
RUN_IN = (7, 14)
_EXTENSION_SHARE = 0.2
_NIGHT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to find out: `tried` are 1 to 3 movements, or 1 to 3 habits; nights are without the run-in.

    `extension_nights` may follow the planned ones; a fifth of the 5 % is kept back for them.
    """

    tried: tuple[str, ...]
    nights: Annotated[int, Between(14, 365, "nights")] = 56
    block_nights: Annotated[int, Between(1, 7, "nights")] = 1
    worthwhile: Annotated[float, Between(0.1, 10, "points")] = 1.0
    extension_nights: Annotated[int, Between(0, 365, "nights")] = 0
    longest_run_nights: Annotated[int | None, Between(1, 14, "nights")] = None

    def __post_init__(self) -> None:
        """Refuse a number outside its range."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is known before the start: `from_diary` says whether the spread is this person's own."""

    plan: NightsPlan
    from_diary: bool
    run_in_left: int


def comparator_for(library: Library, tried: tuple[str, ...], may: Allowed) -> str:
    """Return what is compared with: slow breathing for movements, a night as usual for habits.

    Raises
    ------
    RangeError
        Nothing or too much is tried, movements and habits are mixed, a name is unknown, or it is not for this person.
    """
    if not 1 <= len(set(tried)) == len(tried) <= 3:  # noqa: PLR2004  # four arms at most, the comparator among them
        raise RangeError(
            _("what is tried"), ", ".join(tried) or _("nothing"), _("1 to 3 different movements, or habits")
        )
    if set(tried) <= set(library.habits):
        refused = [library.habits[key].name for key in tried if not library.habits[key].can_be_tested]
        if refused:
            raise RangeError(
                "what is tried", refused[0], _("habits that you can choose freely; ask your doctor about it")
            )
        return AS_USUAL
    movements = {key: one for key, one in library.exercises.items() if one.doses and not one.comparator}
    for key in tried:
        if key not in movements:
            habits = ", ".join(key for key, one in library.habits.items() if one.can_be_tested)
            raise RangeError(
                "what is tried",
                key,
                _("one of {movements}; or habits alone: {habits}", movements=", ".join(movements), habits=habits),
            )
        if reason := may.reason_against(movements[key]):
            raise RangeError(
                "what is tried", movements[key].name, _("movements that are for you now. {reason}", reason=reason)
            )
    return next(one.key for one in library.exercises.values() if one.comparator)


def foresee(wanted: Wanted, facts: Iterable[Fact], tonight: date, rng: np.random.Generator) -> Foreseen:
    """Say before the start about how many nights it takes, from this person's own last nights where there are enough.

    Parameters
    ----------
    wanted : Wanted
        The question.
    facts : iterable of Fact
        Ratings that hold now.
    tonight : date
        The night that is going on or comes next.
    rng : numpy.random.Generator
        For the schedules that are thought through.
    """
    known = tuple(facts)
    usual = _usual(_last_nights(known, tonight))
    longest = max(wanted.nights, wanted.block_nights * (len(wanted.tried) + 1))
    aim = Aim(len(wanted.tried) + 1, wanted.block_nights, longest, effect=wanted.worthwhile)
    run_in, before = _run_in(known, tonight)
    return Foreseen(plan_nights(usual or COMMON, aim, rng), usual is not None, run_in - before)


def begin(wanted: Wanted, comparator: str, facts: Iterable[Fact], *, tonight: date, seed: int) -> Schedule:
    """Draw the whole trial, from tonight on: the run-in is the nights before where the diary has them.

    Parameters
    ----------
    wanted, comparator : Wanted, str
        The question, and what `comparator_for` gave.
    facts : iterable of Fact
        Ratings and trials that hold now.
    tonight : date
        The first night that may have a turn, or the first of the run-in.
    seed : int
        Fresh and unknown to everybody, `SEED_BITS` bits.

    Raises
    ------
    RangeError
        The nights are fewer than one round. Whether there is room is asked before, see `side_by_side.no_room`.
    """
    known = tuple(facts)
    run_in, before = _run_in(known, tonight)
    return draw_for(wanted, comparator, run_in_nights=run_in, starts_on=tonight - before * _NIGHT, seed=seed)


def draw_for(wanted: Wanted, comparator: str, *, run_in_nights: int, starts_on: date, seed: int) -> Schedule:
    """Draw the whole trial from the first night of its run-in on.

    Raises
    ------
    RangeError
        The nights are fewer than one round.
    """
    round_nights = (len(wanted.tried) + 1) * wanted.block_nights
    rounds, more = wanted.nights // round_nights, wanted.extension_nights // round_nights
    if not rounds:
        raise RangeError("nights", wanted.nights, _("{nights} or more, one round", nights=round_nights))
    kept_back = ERROR * _EXTENSION_SHARE if more else 0.0
    stages = (Stage(rounds, ERROR - kept_back), *([Stage(more, kept_back)] if more else []))
    design = Design(
        arms=(*wanted.tried, comparator),
        comparator=comparator,
        block_nights=wanted.block_nights,
        stages=stages,
        seed=seed,
        run_in_nights=run_in_nights,
        longest_run_nights=wanted.longest_run_nights,
    )
    return draw(design, design.fresh_lot(), starts_on=starts_on)


def _last_nights(facts: tuple[Fact, ...], tonight: date, most: int = RUN_IN[1]) -> Nights | None:
    """Return so many nights before tonight; None where nothing was rated."""
    rated = {night: rating.severity for night, (_, rating) in newest_by_night(facts, NightRating).items()}
    on = [tonight - k * _NIGHT for k in range(most, 0, -1)]
    if all(rated.get(night) is None for night in on):
        return None
    return nights_from(on, [None] * len(on), [rated.get(night) for night in on])


def _usual(nights: Nights | None) -> Usual | None:
    try:
        return usual_of(nights) if nights else None
    except NightsError:
        return None


def _run_in(facts: tuple[Fact, ...], tonight: date) -> tuple[int, int]:
    """Return the nights of the run-in, and how many of them have gone by: all or none.

    Nights of an earlier trial were not without a change, so they are none of it. Beside a trial that runs they are:
    its nights go on as they are, and those before the first turn belong to no arm.
    """
    trials = kept_trials(facts)
    beside = [one for one in trials if not one.is_over(tonight)]
    if beside:
        since = (tonight - min(one.schedule.starts_on for one in beside)).days
        return (max(RUN_IN[0], min(RUN_IN[1], since)),) * 2
    free = min([RUN_IN[1], *((tonight - one.last_on).days - 1 for one in trials)])
    nights = _last_nights(facts, tonight, free) if free >= RUN_IN[0] else None
    if nights is None:
        return RUN_IN[0], 0
    answered = nights.on[nights.answered]
    long = int((np.datetime64(tonight, "D") - answered[0]).astype(int))
    return (long, long) if answered.size >= FEWEST_NIGHTS and long >= RUN_IN[0] else (RUN_IN[0], 0)
