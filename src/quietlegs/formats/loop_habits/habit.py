"""A day of a habit as a remark: what Loop's numbers mean, in its database and in its tables alike."""

from dataclasses import dataclass
from datetime import date, time

from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.bounds import RangeError
from quietlegs.records.moment import instant_in, moment
from quietlegs.records.remark import Remark
from quietlegs.words.catalogue import _

SOURCE = "Loop Habit Tracker"
UNKNOWN, NO, YES_AUTO, YES, SKIP = -1, 0, 1, 2, 3
_THOUSANDTHS = 1000
_MOST = 10**12
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Habit:
    """A habit: answered with yes or no, or with an amount in a unit; `counts` is None where that is not known."""

    name: str
    counts: bool | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What was noted of a habit on one day; a value above `SKIP` is an amount in thousandths."""

    place: str
    on: date
    value: int
    note: str | None = None


def entry(habit: Habit, mark: Mark, zone: str) -> Entry | LeftOut:
    """Return the remark of a day, at the noon with which its night begins; RangeError says why there can be none."""
    remark = _remark(habit, mark)
    if isinstance(remark, str):
        return LeftOut(mark.place, remark)
    noted = moment(instant_in(mark.on, _NOON, zone), zone)
    return Entry(mark.place, f"{habit.name} {mark.on.isoformat()}", remark, noted, mark.on)


def _remark(habit: Habit, mark: Mark) -> Remark | str:
    """Return the remark, or why the day is left out though nothing is wrong with it."""
    if not UNKNOWN <= mark.value <= _MOST:
        raise RangeError("value", mark.value, f"{UNKNOWN} ... {_MOST}")
    if mark.value == SKIP:
        return Remark(habit.name, word="skip", note=mark.note, source=SOURCE)
    if mark.value == UNKNOWN:
        return Remark(habit.name, note=mark.note, source=SOURCE) if mark.note else _("nothing was noted")
    if habit.counts or (habit.counts is None and mark.value > SKIP):
        return Remark(habit.name, mark.value / _THOUSANDTHS, unit=habit.unit, note=mark.note, source=SOURCE)
    if mark.value == YES_AUTO:
        return _("the app filled it in by itself")
    if mark.value > SKIP:
        raise RangeError("value", mark.value, f"{UNKNOWN}, {NO}, {YES_AUTO}, {YES}, {SKIP}")
    return Remark(habit.name, float(mark.value == YES), 1, note=mark.note, source=SOURCE)
