"""A database of Gadgetbridge: two watches in one night."""

from datetime import UTC, datetime, timedelta

from tests.formats import written_databases as wd

from quietlegs.records.slept import Sleep

INSIDE = "database/Gadgetbridge"
TEN = datetime(2026, 1, 1, 22, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
XIAOMI, GARMIN, CMF = 1, 2, 3


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
