"""Reads sleep out of an export of Android's Health Connect: a database in a zip."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from quietlegs.formats.archive import member
from quietlegs.formats.course import Course
from quietlegs.formats.database import Database, opened_database, tables
from quietlegs.formats.database_row import Row
from quietlegs.formats.nights import from_device, slept, zone_of
from quietlegs.formats.reading import Entry, Format, LeftOut, Read

_NAME = "Health Connect"
_INSIDE = "health_connect_export.db"
_SLEEP, _STAGES, _APPS = "sleep_session_record_table", "sleep_stages_table", "application_info_table"
_MS, _MOST_OFFSET_S = timedelta(milliseconds=1), 18 * 3600
# 0 is unknown; 1 awake, 3 out of bed, 7 awake in bed; 2 asleep without more, 4 light, 5 deep, 6 REM.
_ASLEEP, _PHASES, _AWAKE, _MOST_STAGE = {2, 4, 5, 6}, {4, 5, 6}, {1, 3, 7}, 7
_LONGEST_ID, _MOST_ID = 32, 2**62


def _sniff(file: Path) -> bool:
    return member(file, _INSIDE) is not None or _SLEEP in tables(file)


@dataclass(slots=True)
class _Slept:
    """One sleep, and how it went as far as its stages told."""

    row: Row
    source: str
    began: datetime
    ended: datetime
    course: Course = field(default_factory=Course)


def _read(file: Path, zone: str) -> Read:
    with opened_database(file, member(file, _INSIDE)) as database:
        apps = _apps(database)
        found: dict[int, _Slept] = {}
        for row in database.rows(_SLEEP, ["row_id", "start_time", "end_time"], _PERHAPS):
            sleep = row if isinstance(row, LeftOut) else _sleep(row, apps)
            if isinstance(sleep, LeftOut):
                yield sleep
            else:
                found[sleep.row.whole("row_id", -_MOST_ID, _MOST_ID)] = sleep
        yield from _hear_stages(database, found)
        for sleep in found.values():
            yield _entry(sleep, zone)


_PERHAPS = ["uuid", "start_zone_offset", "app_info_id"]


def _apps(database: Database) -> dict[object, str]:
    """Return the name of each program that wrote; one without a name is called by its package."""
    found: dict[object, str] = {}
    for row in database.rows(_APPS, ["row_id"], ["app_name", "package_name"]):
        if isinstance(row, Row):
            found[row.cells["row_id"]] = row.name("app_name", "package_name") or _NAME
    return found


def _sleep(row: Row, apps: dict[object, str]) -> _Slept | LeftOut:
    try:
        row.whole("row_id", -_MOST_ID, _MOST_ID)
        began, ended = (row.instant(name, _MS) for name in ("start_time", "end_time"))
        return _Slept(row, apps.get(row.cells["app_info_id"], _NAME), began, ended)
    except ValueError as error:
        return LeftOut(row.place, f"{error}", bad=True)


def _hear_stages(database: Database, found: dict[int, _Slept]) -> Iterator[LeftOut]:
    if not found:
        return
    for row in database.rows(_STAGES, ["parent_key", "stage_start_time", "stage_type"]):
        if isinstance(row, LeftOut):
            yield row
            continue
        try:
            sleep = found.get(row.whole("parent_key", -_MOST_ID, _MOST_ID))
            began, stage = row.instant("stage_start_time", _MS), row.whole("stage_type", 0, _MOST_STAGE)
        except ValueError as error:
            yield LeftOut(row.place, f"{error}", bad=True)
            continue
        if sleep and stage in _ASLEEP | _AWAKE:
            sleep.course.add(began, asleep=stage in _ASLEEP)
            sleep.course.counts |= stage in _PHASES


def _entry(found: _Slept, zone: str) -> Entry | LeftOut:
    row = found.row
    try:
        sleep = found.course.of(from_device(found.source, found.began, found.ended))
        if row.cells["start_zone_offset"] is not None:
            offset = timedelta(seconds=row.whole("start_zone_offset", -_MOST_OFFSET_S, _MOST_OFFSET_S))
            zone = zone_of(found.began, offset, zone)
        return slept(row.place, _id(row), sleep, zone)
    except ValueError as error:
        return LeftOut(row.place, f"{error}", bad=True)


def _id(row: Row) -> str:
    """Return what the phone calls it, which stays the same in the next export."""
    uuid = row.cells["uuid"]
    return uuid[:_LONGEST_ID].hex() if isinstance(uuid, bytes) and uuid else f"{row.cells['row_id']!r}"


FORMAT = Format("health_connect", _NAME, proven=False, sniff=_sniff, read=_read)
