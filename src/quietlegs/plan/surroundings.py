"""What surrounded each night, read from the diary: one factor each, with a value a night."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

import numpy as np

from quietlegs.library.shelf import Library
from quietlegs.records.done import NightState, Practice, State
from quietlegs.records.fact import Fact, Payload, newest_by_night
from quietlegs.records.felt import NightRating, Relief
from quietlegs.records.moment import since_noon
from quietlegs.records.slept import Intake, Sleep, Substance
from quietlegs.trials.nights import Nights
from quietlegs.trials.pattern import Factor, Kind
from quietlegs.words.catalogue import _, later

# Chosen here: what was drunk after four in the morning belongs to the day that follows.
_TAKEN_UNTIL = timedelta(hours=16)
# Chosen here: whoever notes a cup today is taken to note cups for a week to come, not for ever.
_NOTED_FOR = timedelta(days=7)
_NOON = time(12)
_LATER = timedelta(minutes=45)
_NAMES = {
    "caffeine": later("coffee, tea or cola after noon"),
    "alcohol": later("alcohol"),
    "nicotine": later("nicotine"),
    "tea": later("herbal tea"),
    "bedtime": later("going to bed later than usual"),
    "routine": later("an evening routine"),
    "routine_hour": later("the routine later than usual"),
    "sick": later("being sick"),
    "travel": later("travelling"),
    "calming": later("calming your legs at night"),
    "iron": later("iron"),
    "magnesium": later("magnesium"),
    "medicine": later("a medicine"),
}
_KINDS = {"sick": Kind.OUTSIDE, "travel": Kind.OUTSIDE, "calming": Kind.AS_NEEDED} | dict.fromkeys(
    ("iron", "magnesium", "medicine"), Kind.NEVER_TESTED
)
# What a trial of it would try: a habit of the library.
_HABITS = {
    "caffeine": "caffeine",
    "alcohol": "alcohol",
    "tea": "herbal_tea",
    "bedtime": "steady_hours",
    "routine_hour": "routine_hour",
}

Values = dict[date, float]


@dataclass(frozen=True, slots=True)
class Lived:
    """The facts of a diary by their kind, and the nights that were rated."""

    facts: dict[type[Payload], list[Fact]]
    rated: dict[date, NightRating]

    def of(self, kind: type[Payload]) -> list[Fact]:
        """Return the facts of one kind."""
        return self.facts.get(kind, [])


def name_of(key: str) -> str:
    """Return what a factor is called within a sentence."""
    return _(_NAMES[key])


def factors(facts: Iterable[Fact], nights: Nights, library: Library) -> dict[str, Factor]:
    """Return what the diary knows about each night; a factor that was never noted is left out.

    Yes or no, 1 or 0, a night; NaN where it is not known. What was taken counts from noon to four in the morning, and
    only before the legs began: afterwards it may have been taken because of them. A night without a cup counts as
    such when cups were noted in the week before it.

    Parameters
    ----------
    facts : iterable of Fact
        Ratings, intakes, sleep, practice, reliefs and states that hold now.
    nights : Nights
        The nights to look at.
    library : Library
        Knows the habits and movements that can be tested.
    """
    known: dict[type[Payload], list[Fact]] = {}
    for fact in facts:
        known.setdefault(type(fact.payload), []).append(fact)
    rated = {night: one for night, (_, one) in newest_by_night(known.get(NightRating, []), NightRating).items()}
    lived = Lived(known, rated)
    on = [date.fromisoformat(str(night)) for night in nights.on]
    tried = _tried(lived, library)
    found = {}
    for key, read in _READERS.items():
        values = read(lived, key)
        if values:
            column = np.array([values.get(night, np.nan) for night in on])
            found[key] = Factor(column, _KINDS.get(key, Kind.CHOSEN), tried.get(key))
    return found


def _tried(lived: Lived, library: Library) -> dict[str, str]:
    """Return the habit, or the movement made most often, that a trial of each factor would try."""
    habits = {key: habit for key, habit in _HABITS.items() if habit in library.habits}
    made = {
        "routine": [
            f.payload.exercise for f in lived.of(Practice) if isinstance(f.payload, Practice) and f.payload.routine
        ],
        "calming": [f.payload.movement for f in lived.of(Relief) if isinstance(f.payload, Relief)],
    }
    can_be = {key for key, one in library.exercises.items() if one.doses and not one.comparator}
    for key, movements in made.items():
        fit = [one for one in movements if one in can_be]
        if fit:
            habits[key] = max(sorted(set(fit)), key=fit.count)
    return habits


def _taken(lived: Lived, key: str) -> Values:
    """Whether it was taken that evening, for nights near one on which it was noted."""
    taken: dict[date, list[float]] = {}
    for fact in lived.of(Intake):
        if isinstance(fact.payload, Intake) and fact.payload.substance == key:
            taken.setdefault(fact.night, []).append(_in_the_evening(fact, fact.payload, lived.rated.get(fact.night)))
    noted = sorted(taken)
    near = [night for night in lived.rated if _noted_lately(noted, night)]
    # One cup that counts is enough; one at an unknown hour leaves the night unknown.
    return dict.fromkeys(near, 0.0) | {night: 1.0 if 1.0 in each else sum(each) for night, each in taken.items()}


def _noted_lately(noted: list[date], night: date) -> bool:
    """Whether the last of these nights up to this one is less than a week back."""
    before = bisect_right(noted, night)
    return before > 0 and night - noted[before - 1] <= _NOTED_FOR


def _in_the_evening(fact: Fact, intake: Intake, rating: NightRating | None) -> float:
    """1 where it was taken between noon and the legs' beginning, NaN where nobody knows when."""
    if not intake.amount:
        return 0.0
    if intake.taken_at is None:
        return np.nan if intake.substance is Substance.CAFFEINE else 1.0
    began = rating.began_at if rating else None
    return float(_since_noon(fact, intake.taken_at) <= _TAKEN_UNTIL and (began is None or intake.taken_at <= began))


def _bedtime(lived: Lived, _key: str) -> Values:
    hours = {
        night: _since_noon(fact, slept.lights_out_at)
        for night, (fact, slept) in newest_by_night(lived.of(Sleep), Sleep).items()
        if slept.lights_out_at is not None
    }
    return _later_than_usual(hours)


def _routine_hour(lived: Lived, _key: str) -> Values:
    # As the clock on the wall showed it then, which was kept.
    first: dict[date, datetime] = {}
    for fact in lived.of(Practice):
        if isinstance(fact.payload, Practice) and fact.payload.routine:
            wall = fact.noted.wall
            first[fact.night] = min(wall, first.get(fact.night, wall))
    return _later_than_usual({night: wall - datetime.combine(night, _NOON) for night, wall in first.items()})


def _routine(lived: Lived, _key: str) -> Values:
    made = {f.night for f in lived.of(Practice) if isinstance(f.payload, Practice) and f.payload.routine}
    return {night: float(night in made) for night in lived.rated} if made else {}


def _calming(lived: Lived, _key: str) -> Values:
    made = {fact.night for fact in lived.of(Relief)}
    return {night: float(night in made) for night in lived.rated} if made else {}


def _state(lived: Lived, key: str) -> Values:
    held = {
        night
        for night, (_, one) in newest_by_night(lived.of(NightState), NightState).items()
        if one.state is State(key)
    }
    return {night: float(night in held) for night in lived.rated} if held else {}


def _later_than_usual(hours: dict[date, timedelta]) -> Values:
    if not hours:
        return {}
    usual_s = median(hour.total_seconds() for hour in hours.values())
    return {night: float((hour - _LATER).total_seconds() >= usual_s) for night, hour in hours.items()}


def _since_noon(fact: Fact, at: datetime) -> timedelta:
    return since_noon(at, fact.night, fact.noted.zone)


_READERS: dict[str, Callable[[Lived, str], Values]] = {
    **dict.fromkeys(("caffeine", "alcohol"), _taken),
    "bedtime": _bedtime,
    "routine": _routine,
    "routine_hour": _routine_hour,
    **dict.fromkeys(("tea", "nicotine"), _taken),
    **dict.fromkeys(("sick", "travel"), _state),
    "calming": _calming,
    **dict.fromkeys(("iron", "magnesium", "medicine"), _taken),
}
