"""A database of Gadgetbridge: two watches in one night, and the rows of others."""

import struct
from datetime import UTC, datetime, timedelta

from tests.formats import written_databases as wd

from quietlegs.records.slept import Sleep

INSIDE = "database/Gadgetbridge"
TEN = datetime(2026, 1, 1, 22, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
XIAOMI, GARMIN, CMF, HUAMI, HUAWEI = 1, 2, 3, 5, 6


def night(table: str, device: int, began: datetime, ended: datetime | None) -> wd.Statement:
    return table, (wd.ms(began), device, 1, wd.ms(ended) if ended else None, None)


def xiaomi(began: datetime, ended: datetime) -> wd.Statement:
    return night("XIAOMI_SLEEP_TIME_SAMPLE", XIAOMI, began, ended)


def xiaomi_stage(at: datetime, stage: int) -> wd.Statement:
    return "XIAOMI_SLEEP_STAGE_SAMPLE", (wd.ms(at), XIAOMI, 1, stage)


def garmin_event(at: datetime, kind: int) -> wd.Statement:
    return "GARMIN_EVENT_SAMPLE", (wd.ms(at), GARMIN, 1, 74, kind, None)


def garmin_stage(until: datetime, stage: int) -> wd.Statement:
    return "GARMIN_SLEEP_STAGE_SAMPLE", (wd.ms(until), GARMIN, 1, stage)


def huami(
    midnight: datetime, first: int, last: int, stages: list[tuple[int, int, int]], told: datetime
) -> wd.Statement:
    """A night of a Huami watch: its ends and stages in minutes since the midnight one day before the one it names."""
    head = struct.pack("<IIBBHH", wd.ms(told) // 1000, wd.ms(midnight) // 1000, 1, 1, first, last)
    many = b"".join(struct.pack("<HHB", *one) for one in stages)
    data = (head.ljust(0x54, b"\0") + bytes([len(stages), 0]) + many).ljust(594, b"\0")
    return "HUAMI_SLEEP_SESSION_SAMPLE", (wd.ms(told), HUAMI, 1, data)


def huawei(asleep: datetime, ended: datetime, bed: datetime | None) -> wd.Statement:
    cells = (wd.ms(asleep), HUAWEI, 1, 83, wd.ms(bed) if bed else -1, wd.ms(ended), wd.ms(ended), -1)
    return "HUAWEI_SLEEP_STATS_SAMPLE", cells


def huawei_stages(began: datetime, minutes: list[tuple[int, int]]) -> list[wd.Statement]:
    """A row a minute, from how many minutes there were of each stage."""
    each = [stage for stage, count in minutes for _minute in range(count)]
    return [
        ("HUAWEI_SLEEP_STAGE_SAMPLE", (wd.ms(began + number * MINUTE), HUAWEI, 1, stage))
        for number, stage in enumerate(each)
    ]


# Two watches in one night: the band from 22:00, the other watch from 22:10.
BOTH = [
    xiaomi(TEN, TEN + 480 * MINUTE),
    xiaomi_stage(TEN + 5 * MINUTE, 5),
    xiaomi_stage(TEN + 15 * MINUTE, 3),
    xiaomi_stage(TEN + 200 * MINUTE, 5),
    xiaomi_stage(TEN + 210 * MINUTE, 4),
    garmin_event(TEN + 10 * MINUTE, 0),
    garmin_stage(TEN + 30 * MINUTE, 1),
    garmin_stage(TEN + 470 * MINUTE, 3),
    garmin_event(TEN + 470 * MINUTE, 1),
]
BAND = Sleep(TEN, TEN + 15 * MINUTE, TEN + 480 * MINUTE, 1, source="Band 8")
WATCH = Sleep(TEN + 10 * MINUTE, TEN + 30 * MINUTE, TEN + 470 * MINUTE, 0, source="My watch")
MADE = wd.database(wd.GADGETBRIDGE, BOTH)
