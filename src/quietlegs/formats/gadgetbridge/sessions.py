"""Watches whose nights Gadgetbridge keeps in a table of their own, with stages beside them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from quietlegs.formats.course import Course
from quietlegs.formats.database import Database
from quietlegs.formats.database_row import Row
from quietlegs.formats.reading import LeftOut

MS = timedelta(milliseconds=1)
MOST_ID = 2**62
_MOST_STAGE = 255
_LONGEST_AWAKE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Kept:
    """How one maker's nights are kept: their tables, and what the numbers of stages mean.

    `awake` is empty where being awake has no number of its own. Where there is a column `bed`, the night is
    told by when one fell asleep, and that column tells when one went to bed.
    """

    nights: str
    stages: str
    asleep: frozenset[int]
    awake: frozenset[int]
    bed: str = ""


KEPT = (
    Kept("XIAOMI_SLEEP_TIME_SAMPLE", "XIAOMI_SLEEP_STAGE_SAMPLE", frozenset({2, 3, 4}), frozenset({5})),
    Kept("COLMI_SLEEP_SESSION_SAMPLE", "COLMI_SLEEP_STAGE_SAMPLE", frozenset({2, 3, 4}), frozenset({5})),
    Kept("CMF_SLEEP_SESSION_SAMPLE", "CMF_SLEEP_STAGE_SAMPLE", frozenset({1, 2, 3}), frozenset()),
    Kept(
        "HUAWEI_SLEEP_STATS_SAMPLE",
        "HUAWEI_SLEEP_STAGE_SAMPLE",
        frozenset({1, 2, 3, 5}),
        frozenset({4}),
        bed="BED_TIME",
    ),
)


@dataclass(slots=True)
class Told:
    """A night as it is told of: where it stands, by which device, and how it went.

    `asleep` is when one fell asleep, where that was told beside the stages.
    """

    place: str
    device: int
    began: datetime
    ended: datetime
    course: Course = field(default_factory=Course)
    asleep: datetime | None = None


def told(database: Database, kept: Kept) -> Iterator[Told | LeftOut]:
    """Yield the nights of one maker's watches, and each row that cannot be one."""
    nights: dict[int, list[Told]] = {}
    perhaps = [kept.bed] if kept.bed else []
    for row in database.rows(kept.nights, ["TIMESTAMP", "DEVICE_ID", "WAKEUP_TIME"], perhaps):
        night = row if isinstance(row, LeftOut) else _night(row, kept)
        if isinstance(night, LeftOut):
            yield night
        else:
            nights.setdefault(night.device, []).append(night)
    for own in nights.values():
        own.sort(key=lambda one: one.began)
    if nights and kept.stages in database.tables():
        yield from _hear_stages(database, kept, nights)
    for own in nights.values():
        yield from own


def _night(row: Row, kept: Kept) -> Told | LeftOut:
    try:
        began, ended = row.instant("TIMESTAMP", MS), row.instant("WAKEUP_TIME", MS)
        night = Told(row.place, row.whole("DEVICE_ID", 0, MOST_ID), began, ended)
        if kept.bed:
            # Its stages stand at whole minutes.
            night.asleep = began.replace(second=0, microsecond=0)
            night.began = _to_bed(row, kept.bed, night.asleep)
    except ValueError as error:
        return LeftOut(row.place, f"{error}", bad=True)
    return night


def _to_bed(row: Row, column: str, asleep: datetime) -> datetime:
    """Return when one went to bed; when one fell asleep, where that was not measured or cannot be."""
    cell = row.cells[column]
    if not isinstance(cell, int) or cell <= 0:
        return asleep
    bed = row.instant(column, MS)
    return bed if timedelta(0) <= asleep - bed <= _LONGEST_AWAKE else asleep


def _hear_stages(database: Database, kept: Kept, nights: dict[int, list[Told]]) -> Iterator[LeftOut]:
    begins = {device: [one.began for one in own] for device, own in nights.items()}
    for row in database.rows(kept.stages, ["TIMESTAMP", "DEVICE_ID", "STAGE"]):
        if isinstance(row, LeftOut):
            yield row
            continue
        try:
            at, stage = row.instant("TIMESTAMP", MS), row.whole("STAGE", 0, _MOST_STAGE)
            device = row.whole("DEVICE_ID", 0, MOST_ID)
        except ValueError as error:
            yield LeftOut(row.place, f"{error}", bad=True)
            continue
        number = bisect_right(begins.get(device, []), at) - 1
        night = nights[device][number] if number >= 0 else None
        if night and at < night.ended and stage in kept.asleep | kept.awake:
            night.course.add(at, asleep=stage in kept.asleep)
            night.course.counts |= bool(kept.awake)
