"""A walk that a watch recorded, as a movement of that day's night."""

from datetime import datetime, timedelta

from quietlegs.formats.garmin_fit.messages import Message
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.library.load import load_library
from quietlegs.records.done import Practice, Work
from quietlegs.records.moment import moment, night_of
from quietlegs.words.catalogue import _
from quietlegs.words.dates import day

WALK = "walk"
SPORT = "walking"
_SHORTEST = timedelta(seconds=30)
_LONGEST = timedelta(hours=2)
# A walk is for the night after it, also one in the morning; one after midnight is still the evening's.
_DAY_STARTS_AFTER = timedelta(hours=4)
_MINUTE = timedelta(minutes=1)


def session(message: Message, zone: str) -> Entry | LeftOut:
    """Return the entry of a recording's summary; whatever is no walk is left out, by its name."""
    began, seconds = message.instant("start_time"), message.number_of("total_timer_time")
    if began is None or seconds is None:
        return LeftOut(message.place, _("it has no beginning or no length"), bad=True)
    length = timedelta(seconds=seconds)
    sport = message.values.get("sport")
    if sport != SPORT:
        name = f"{sport or '?'}".replace("_", " ")[:40]
        return LeftOut(
            message.place, _("{sport}, {length}: of movement, walks alone are kept", sport=name, length=words(length))
        )
    elapsed = timedelta(seconds=message.number_of("total_elapsed_time") or seconds)
    return walk(message.place, began, began + max(length, elapsed), length, zone)


def walk(place: str, began: datetime, ended: datetime, length: timedelta, zone: str) -> Entry | LeftOut:
    """Return the entry of a walk; `length` is what was walked of the time from its beginning to its end."""
    if not _SHORTEST <= length <= _LONGEST:
        return LeftOut(place, _("a walk of {length}; kept is half a minute to two hours", length=words(length)))
    exercise = load_library().exercises[WALK]
    done = Work(both_s=length.total_seconds())
    level = max(1, sum(dose.hold_s <= done.both_s for dose in exercise.doses))
    said = _(
        "{day}: a walk of {length}, noted as “{name}”; its distance, pulse and way are not kept",
        day=day(moment(began, zone).wall.date(), year=True),
        length=words(length),
        name=exercise.name,
    )
    night = night_of(moment(began, zone), _DAY_STARTS_AFTER)
    return Entry(
        place,
        f"{WALK} {began.isoformat()}",
        # Nothing was planned, so what was done counts as what was meant.
        Practice(WALK, level, planned=done, done=done),
        moment(ended, zone),
        night,
        said,
    )


def words(length: timedelta) -> str:
    """Say how long something took, in the units that every language writes alike."""
    return f"{round(length / _MINUTE)} min" if length >= _MINUTE else f"{round(length.total_seconds())} s"
