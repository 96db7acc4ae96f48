"""All numbers of the doctor's page: computed here once, for paper, screen, table and command alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quietlegs.library.shelf import Library
from quietlegs.plan.kept import kept_trials
from quietlegs.plan.regularity import Regularity, regularity
from quietlegs.records.diary import Diary
from quietlegs.records.done import Assignment, NightState, Practice, State
from quietlegs.records.fact import Fact, Payload, newest_by_night
from quietlegs.records.felt import NightRating, Relief
from quietlegs.records.measured import ClinicianScore, LabValue
from quietlegs.records.rest import Rest
from quietlegs.records.slept import Intake, Sleep, Substance
from quietlegs.records.tried import Decision, TrialEnd, TrialStart
from quietlegs.report.asleep import Asleep, asleep
from quietlegs.report.beginning import Beginning, Spread, beginning, spread
from quietlegs.report.by_night import NightTold, by_night
from quietlegs.report.felt import Severity, severity
from quietlegs.report.period import Period
from quietlegs.report.taken import Taken, nights_with, taken
from quietlegs.report.tried import Calmed, Tried, calmed, tried

# The morning that ends the last night belongs to it.
_MORNING = timedelta(days=1)
_NIGHTLY: tuple[type[Payload], ...] = (NightRating, Sleep, Intake, NightState, Practice, Relief)
KINDS: tuple[type[Payload], ...] = (
    *_NIGHTLY,
    *(Rest, LabValue, ClinicianScore),
    *(TrialStart, TrialEnd, Decision, Assignment),
)


@dataclass(frozen=True, slots=True)
class Unusual:
    """Nights that were out of the ordinary: by the reason that was given, at rest from the routine, noted late."""

    states: dict[State, int]
    resting: int
    late: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the diary says of a period; `made_on` is the day on which it was asked.

    `labs` and `scores` are all that were entered up to the period's end, the newest first: a value taken before the
    period is still the last one known.
    """

    period: Period
    made_on: date
    severity: Severity
    beginning: Beginning
    spread: Spread | None
    asleep: Asleep
    regularity: Regularity | None
    tried: tuple[Tried, ...]
    practised: int
    calmed: Calmed
    taken: tuple[Taken, ...]
    also: dict[Substance, int]
    labs: tuple[LabValue, ...]
    scores: tuple[ClinicianScore, ...]
    unusual: Unusual
    nights: tuple[NightTold, ...]


def needed(diary: Diary, period: Period) -> tuple[Fact, ...]:
    """Return the facts that the report of a period rests on, so that a diary of years is not read whole.

    A trial is judged by all its nights, also by those before the period.
    """
    ever = diary.facts(*(kind for kind in KINDS if kind not in _NIGHTLY))
    begun = (one.schedule.starts_on for one in kept_trials(ever) if one.last_on >= period.first)
    return ever + diary.facts(*_NIGHTLY, since=min([period.first, *begun]), until=period.last)


def reported(facts: Iterable[Fact], library: Library, period: Period, made_on: date) -> Report:
    """Compute the report of a period.

    Parameters
    ----------
    facts : iterable of Fact
        Those of `KINDS` that hold now, from any time. What is noted of nights after the period is left out, but for
        laboratory values and scores, which count by their own date.
    library : Library
        Knows the names of what was tried.
    period : Period
        The nights that it is about.
    made_on : date
        Today, to be printed.
    """
    everything = tuple(facts)
    known = tuple(fact for fact in everything if fact.night <= period.last)
    rated, slept = newest_by_night(known, NightRating), newest_by_night(known, Sleep)
    answers = {on: rating.severity for on, (_, rating) in rated.items() if rating.severity is not None}
    nights = by_night(known, library, period)
    return Report(
        period=period,
        made_on=made_on,
        severity=severity(answers, period),
        beginning=beginning(rated, period),
        spread=spread(rated, period),
        asleep=asleep(slept, period),
        regularity=regularity((fact for fact in known if fact.night in period), period.last),
        tried=tried(known, library, period),
        practised=sum(night.practised > 0 for night in nights),
        calmed=calmed(known, period),
        taken=taken(known, period),
        also=nights_with(known, period),
        labs=_labs(everything, period.last + _MORNING),
        scores=_scores(everything, period.last + _MORNING),
        unusual=_unusual(nights),
        nights=nights,
    )


def _labs(facts: Iterable[Fact], last: date) -> tuple[LabValue, ...]:
    values = [one.payload for one in facts if isinstance(one.payload, LabValue) and one.payload.taken_on <= last]
    return tuple(sorted(values, key=lambda one: one.taken_on, reverse=True))


def _scores(facts: Iterable[Fact], last: date) -> tuple[ClinicianScore, ...]:
    scores = [one.payload for one in facts if isinstance(one.payload, ClinicianScore) and one.payload.scored_on <= last]
    return tuple(sorted(scores, key=lambda one: one.scored_on, reverse=True))


def _unusual(nights: tuple[NightTold, ...]) -> Unusual:
    states = [night.state for night in nights if night.state is not None]
    return Unusual(
        states={state: states.count(state) for state in State if state in states},
        resting=sum(night.resting for night in nights),
        late=sum(night.late for night in nights),
    )
