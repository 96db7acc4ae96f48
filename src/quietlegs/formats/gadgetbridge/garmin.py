"""Garmin watches in Gadgetbridge: events at the ends of a night, and stages told by the moment at which they ended."""

from collections.abc import Iterator
from heapq import merge

from quietlegs.formats.database import Database
from quietlegs.formats.database_row import Row
from quietlegs.formats.ended_stages import Nights, Step, What
from quietlegs.formats.gadgetbridge.sessions import MOST_ID, MS, Told
from quietlegs.formats.reading import LeftOut

STAGES, EVENTS = "GARMIN_SLEEP_STAGE_SAMPLE", "GARMIN_EVENT_SAMPLE"
_SLEEP_EVENT, _ENDS = 74, {0: What.BEGAN, 1: What.ENDED}
_LEVELS = {1: What.AWAKE, 2: What.ASLEEP, 3: What.ASLEEP, 4: What.ASLEEP}
_ORDER = list(What)
_MOST_CODE = 2**31

_Heard = tuple[int, Step] | LeftOut


def told(database: Database) -> Iterator[Told | LeftOut]:
    """Yield the nights of each watch, and each row that cannot be read; rows come in order of time."""
    nights: dict[int, Nights] = {}
    for heard in merge(_events(database), _stages(database), key=_when):
        if isinstance(heard, LeftOut):
            yield heard
            continue
        device, step = heard
        for night in nights.setdefault(device, Nights()).hear(step):
            yield Told(night.place, device, night.began, night.ended, night.course)
    for device, own in nights.items():
        for night in own.rest():
            yield Told(night.place, device, night.began, night.ended, night.course)


def _when(heard: _Heard) -> tuple[float, int]:
    if isinstance(heard, LeftOut):
        return 0.0, 0
    return heard[1].at.timestamp(), _ORDER.index(heard[1].what)


def _events(database: Database) -> Iterator[_Heard]:
    if EVENTS not in database.tables():
        return
    for row in database.rows(EVENTS, ["TIMESTAMP", "DEVICE_ID", "EVENT", "EVENT_TYPE"]):
        if isinstance(row, LeftOut):
            yield row
        elif row.cells["EVENT"] == _SLEEP_EVENT and row.cells["EVENT_TYPE"] in _ENDS:
            yield _step(row, _ENDS[row.whole("EVENT_TYPE", 0, 1)])


def _stages(database: Database) -> Iterator[_Heard]:
    if STAGES not in database.tables():
        return
    for row in database.rows(STAGES, ["TIMESTAMP", "DEVICE_ID", "STAGE"]):
        if isinstance(row, LeftOut):
            yield row
            continue
        try:
            yield _step(row, _LEVELS.get(row.whole("STAGE", 0, _MOST_CODE), What.UNKNOWN))
        except ValueError as error:
            yield LeftOut(row.place, f"{error}", bad=True)


def _step(row: Row, what: What) -> _Heard:
    try:
        return row.whole("DEVICE_ID", 0, MOST_ID), Step(row.instant("TIMESTAMP", MS), what, row.place)
    except ValueError as error:
        return LeftOut(row.place, f"{error}", bad=True)
