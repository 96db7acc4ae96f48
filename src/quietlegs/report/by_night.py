"""Every night of a period as one row, with nothing made up where nothing was noted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from quietlegs.library.called import called
from quietlegs.library.shelf import Library
from quietlegs.plan.kept import kept_trials
from quietlegs.plan.rest import pauses
from quietlegs.records.done import NightState, Practice, State
from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.felt import BodyPart, NightRating, Relief
from quietlegs.records.slept import Intake, Sleep, Substance
from quietlegs.report.beginning import began
from quietlegs.report.period import Period

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class NightTold:
    """One night; None and empty: not noted. Times are minutes after noon, by the clock on the wall.

    `severity` 0-10; `practised` counts the movements of the routine, `calmed` those made because the legs were
    restless; `drawn` is what a trial's lot gave the night; `late` tells that the rating was noted later than on the
    day after.
    """

    on: date
    severity: int | None
    began: float | None
    where: tuple[BodyPart, ...]
    quality: int | None
    in_bed: float | None
    awakenings: int | None
    practised: int
    calmed: int
    drawn: str
    medicines: tuple[str, ...]
    substances: tuple[Substance, ...]
    state: State | None
    resting: bool
    late: bool


@dataclass(frozen=True, slots=True)
class _Known:
    rated: Mapping[date, tuple[Fact, NightRating]]
    slept: Mapping[date, tuple[Fact, Sleep]]
    states: Mapping[date, tuple[Fact, NightState]]
    drawn: Mapping[date, str]
    of_night: Mapping[date, list[Fact]]


def by_night(facts: Iterable[Fact], library: Library, period: Period) -> tuple[NightTold, ...]:
    """Return the period's nights, oldest first."""
    everything = tuple(facts)
    rests = pauses(everything)
    # In the order of noting, in whatever order they come.
    inside = sorted((fact for fact in everything if fact.night in period), key=lambda fact: (fact.noted.at, fact.id))
    of_night: dict[date, list[Fact]] = {}
    for fact in inside:
        of_night.setdefault(fact.night, []).append(fact)
    known = _Known(
        rated=newest_by_night(inside, NightRating),
        slept=newest_by_night(inside, Sleep),
        states=newest_by_night(inside, NightState),
        drawn=_drawn(everything, library, period),
        of_night=of_night,
    )
    return tuple(_night(on, known, resting=any(rest.has(on) for rest in rests)) for on in period.nights)


def _night(on: date, known: _Known, *, resting: bool) -> NightTold:
    rated, slept, state = known.rated.get(on), known.slept.get(on), known.states.get(on)
    rating, sleep = (rated[1] if rated else NightRating()), (slept[1] if slept else Sleep())
    noted = [fact.payload for fact in known.of_night.get(on, ())]
    intakes = [one for one in noted if isinstance(one, Intake)]
    return NightTold(
        on=on,
        severity=rating.severity,
        began=began(*rated) if rated else None,
        where=rating.where,
        quality=sleep.quality,
        in_bed=sleep.in_bed / _MINUTE if sleep.in_bed is not None else None,
        awakenings=sleep.awakenings,
        practised=sum(isinstance(one, Practice) and one.routine is not None for one in noted),
        calmed=sum(isinstance(one, Relief) for one in noted),
        drawn=known.drawn.get(on, ""),
        medicines=tuple(dict.fromkeys(one.name for one in intakes if one.name)),
        substances=tuple(s for s in Substance if any(one.substance is s and not one.name for one in intakes)),
        state=state[1].state if state else None,
        resting=resting,
        late=rated is not None and rating.severity is not None and rated[0].added_later,
    )


def _drawn(facts: tuple[Fact, ...], library: Library, period: Period) -> dict[date, str]:
    found: dict[date, list[str]] = {}
    for kept in kept_trials(facts):
        names = called(kept.schedule.design.arms, library)
        for on in period.nights:
            arm = kept.drawn_on(on)
            if arm is not None and names[arm] not in found.get(on, ()):
                found.setdefault(on, []).append(names[arm])
    return {on: ", ".join(each) for on, each in found.items()}
