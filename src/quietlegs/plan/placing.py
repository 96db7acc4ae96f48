"""Where tonight's routine goes: it ends before the early quarter of the onset, within the evening that a person has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from math import ceil

from quietlegs.library.exercise import Exercise, Slot
from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.shelf import Library
from quietlegs.plan.onset import Onset, hours_after_noon
from quietlegs.records.person import Wishes
from quietlegs.words.catalogue import _
from quietlegs.words.lists import within_sentence

# Chosen here, no source says how long before is best: symptoms of three nights in four begin later than this still.
REST_BEFORE_ONSET = timedelta(minutes=15)
_MINUTE = timedelta(minutes=1)
# Habits of the library that are the hour itself; an hour is chosen here: less would drown in the spread of the onset.
SHIFTS = {"routine_hour": timedelta(hours=-1), "routine_later": timedelta(hours=1)}
_TO_MIN = 5
_MORNING_MIN = 16 * 60


@dataclass(frozen=True, slots=True)
class Placed:
    """When the routine begins and is over, and why; `fits` is False where something had to be given up."""

    start: time
    end: time
    fits: bool
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Limit:
    """The latest start, in minutes after noon, that one wish allows; `given_up` says that it is not kept."""

    start_min: float
    because: str
    given_up: str


def placed(
    onset: Onset, wishes: Wishes, slots: Sequence[Slot], library: Library, *, drawn: str | None = None
) -> Placed:
    """Place a routine as late as every limit allows, and never before the earliest hour that the person set.

    Where the hour itself is on trial and was drawn, it begins an hour earlier; or an hour later, for which the onset is
    no limit that night, while bedtime and the person's own hours stay limits.

    Parameters
    ----------
    onset : Onset
        When symptoms will begin.
    wishes : Wishes
        The earliest and latest hour for the routine, and bedtime.
    slots : sequence of Slot
        The movements, in order.
    library : Library
        Knows how long each takes, and how long before bed it must be over.
    drawn : str, optional
        What tonight's lot drew: it may still be unseen, so no reason calls it by its name.
    """
    lasts_min = sum(_minutes(slot, library) for slot in slots)
    limits = list(_limits(onset, wishes, slots, library, drawn))
    binding = min(limits, key=lambda limit: limit.start_min)
    shift_min = SHIFTS.get(drawn or "", timedelta(0)) / _MINUTE
    # An hour later lies behind the onset on purpose; no other limit gives way.
    latest_min = min([binding.start_min + shift_min, *(limit.start_min for limit in limits[1:])])
    start_min, usual_min = _not_before(wishes, latest_min), _not_before(wishes, binding.start_min)
    given_up = [limit.given_up for limit in limits[1 if shift_min > 0 else 0 :] if limit.start_min < start_min]
    if start_min > latest_min:
        because = [_("It starts at {time}, the earliest that you set.", time=_clocked(start_min))]
    elif shift_min:
        because = []
    else:
        # Where they are restless is what a person wants to know first, whatever decided.
        because = list(dict.fromkeys([limits[0].because, binding.because]))
    if shift_min:
        because.insert(0, _turned(shift_min, start_min - usual_min))
    return Placed(_clock(start_min), _clock(start_min + lasts_min), not given_up, (*because, *given_up))


def _not_before(wishes: Wishes, start_min: float) -> float:
    """Return the start to five minutes, never before the earliest hour that the person set."""
    whole = _TO_MIN * (start_min // _TO_MIN)
    return whole if wishes.earliest is None else max(whole, _earliest(wishes.earliest))


def _turned(shift_min: float, moved_min: float) -> str:
    """Say what tonight's turn does to the hour, and where the evening leaves it less room than that."""
    if abs(moved_min) < abs(shift_min):
        return _("Tonight's turn of your trial is another hour; your evening has no more room for it than this.")
    if shift_min < 0:
        return _("It starts an hour earlier than usual: tonight's turn of your trial.")
    return _("It starts an hour later than usual: tonight's turn of your trial.")


def _limits(
    onset: Onset, wishes: Wishes, slots: Sequence[Slot], library: Library, drawn: str | None
) -> Iterator[_Limit]:
    """Yield what the routine must not be later than, the onset first."""
    lasts_min = sum(_minutes(slot, library) for slot in slots)
    early, ends = f"{onset.early:%H:%M}", _after_noon(onset.early) - REST_BEFORE_ONSET / _MINUTE
    words = {"end": _clocked(ends), "early": early}
    yield _Limit(
        ends - lasts_min,
        _("It ends by {end}: on three nights in four, your legs begin after {early}.", **words)
        if onset.nights
        else _("It ends by {end}: until we know better, we expect your legs after {early}.", **words),
        _("So it ends later than {end}: on some nights your legs may begin before it is over.", end=_clocked(ends)),
    )
    if wishes.latest is not None:
        latest = f"{wishes.latest:%H:%M}"
        yield _Limit(
            _after_noon(wishes.latest) - lasts_min,
            _("It is over by {time}, the latest that you set.", time=latest),
            _("So it ends after {time}, the latest that you set: there is not room for all of it.", time=latest),
        )
    if wishes.bedtime is not None and slots:
        yield _before_bed(wishes.bedtime, slots, library, drawn)


def _before_bed(bedtime: time, slots: Sequence[Slot], library: Library, drawn: str | None) -> _Limit:
    """Return the limit of the movement that must be over longest before bed, where it comes in the routine."""
    passed_min, limits = 0.0, list[tuple[float, Exercise]]()
    for slot in slots:
        one = library.exercises[slot.exercise]
        passed_min += _minutes(slot, library)
        limits.append((_after_noon(bedtime) - one.latest_min - passed_min, one))
    start_min, hardest = min(limits, key=lambda limit: limit[0])
    bed = f"{bedtime:%H:%M}"
    name = _("tonight's turn") if hardest.key == drawn else within_sentence(hardest.name)
    if not hardest.latest_min:
        return _Limit(
            start_min,
            _("It is over by your bedtime, {time}.", time=bed),
            _("So it ends after your bedtime, {time}.", time=bed),
        )
    words = {"minutes": hardest.latest_min, "time": bed, "movement": name}
    return _Limit(
        start_min,
        _("Bedtime is {time}, and {movement} is best over {minutes} minutes before.", **words),
        _("So {movement} ends less than {minutes} minutes before your bedtime, {time}. You may skip it.", **words),
    )


def _minutes(slot: Slot, library: Library) -> float:
    return exercise_seconds(library.exercises[slot.exercise], slot.level) / 60


def _earliest(wall: time) -> float:
    """Return minutes after noon; an hour of the morning allows the whole evening, and not the morning after alone."""
    minutes = _after_noon(wall)
    return minutes if minutes < _MORNING_MIN else minutes - 24 * 60


def _after_noon(wall: time) -> float:
    return round(60 * hours_after_noon(wall))


def _clock(minutes: float) -> time:
    """Return the wall time, to the minute; what is over during a minute is over at its end."""
    whole = ceil(round(minutes, 6)) % (24 * 60)
    return time((12 + whole // 60) % 24, whole % 60)


def _clocked(minutes: float) -> str:
    return f"{_clock(minutes):%H:%M}"
