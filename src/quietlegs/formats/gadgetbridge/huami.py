"""Amazfit and Mi Band watches (Huami) in Gadgetbridge: each night is a row of bytes, as the watch itself sends it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from struct import unpack_from

from quietlegs.formats.course import Course
from quietlegs.formats.database import Database
from quietlegs.formats.database_row import Row, shown
from quietlegs.formats.gadgetbridge.sessions import MOST_ID, MS, Told
from quietlegs.formats.reading import LeftOut
from quietlegs.records.bounds import RangeError
from quietlegs.words.catalogue import _

TABLE = "HUAMI_SLEEP_SESSION_SAMPLE"
LENGTH = 594
# Numbers have their lowest byte first. A midnight, in seconds since 1970; the ends of the night, in minutes since the
# midnight one day before that one; how many stages follow, and each as its first and last minute and a kind.
_MIDNIGHT_AT, _ENDS_AT, _COUNT_AT, _STAGES_AT = 0x04, 0x0A, 0x54, 0x56
_STAGE_BYTES = 5
_MOST_STAGES = 100
_ASLEEP, _AWAKE = {4, 5, 8}, {7}
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def told(database: Database) -> Iterator[Told | LeftOut]:
    """Yield the nights of each watch, and each row that cannot be one.

    A watch tells a night that goes on as it is so far, and tells it anew later: of rows that overlap, the one that was
    told last counts, and the others are named.
    """
    if TABLE not in database.tables():
        return
    last: dict[int, Told] = {}
    for row in database.rows(TABLE, ["TIMESTAMP", "DEVICE_ID", "DATA"]):
        night = row if isinstance(row, LeftOut) else _night(row)
        if isinstance(night, LeftOut):
            yield night
            continue
        before = last.get(night.device)
        if before and night.began < before.ended and before.began < night.ended:
            yield LeftOut(before.place, _("the watch told this night anew: {place}", place=night.place))
        elif before:
            yield before
        last[night.device] = night
    yield from last.values()


def _night(row: Row) -> Told | LeftOut:
    try:
        row.instant("TIMESTAMP", MS)
        device, data = row.whole("DEVICE_ID", 0, MOST_ID), row.cells["DATA"]
        if not isinstance(data, bytes) or len(data) != LENGTH:
            raise RangeError("DATA", shown(data), _("{count} bytes", count=LENGTH))
        return _decoded(row.place, device, data)
    except ValueError as error:
        return LeftOut(row.place, f"{error}", bad=True)


def _decoded(place: str, device: int, data: bytes) -> Told | LeftOut:
    [midnight] = unpack_from("<I", data, _MIDNIGHT_AT)
    first, last = unpack_from("<HH", data, _ENDS_AT)
    if not midnight or last <= first:
        # A row that was sent before the watch had worked the night out.
        return LeftOut(place, _("it has no sleep"))
    day = datetime.fromtimestamp(midnight, UTC) - _DAY
    return Told(place, device, day + first * _MINUTE, day + last * _MINUTE, _course(data, day, first, last))


def _course(data: bytes, day: datetime, first: int, last: int) -> Course:
    """Return how the night went; nothing where its stages are not what they should be."""
    course, before = Course(), first
    if data[_COUNT_AT] > _MOST_STAGES:
        return course
    for number in range(data[_COUNT_AT]):
        begins, ends, kind = unpack_from("<HHB", data, _STAGES_AT + _STAGE_BYTES * number)
        if not before <= begins <= ends <= last or kind not in _ASLEEP | _AWAKE:
            return Course()
        before = ends
        course.add(day + begins * _MINUTE, asleep=kind in _ASLEEP)
        course.counts = True
    return course
