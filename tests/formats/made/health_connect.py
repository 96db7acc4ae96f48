"""A database of Health Connect: one night with its stages."""

from datetime import UTC, datetime, timedelta

from tests.formats import written_databases as wd

from quietlegs.records.slept import Sleep

INSIDE = "health_connect_export.db"
TEN = datetime(2026, 1, 1, 22, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NIGHT = [
    wd.slept(1, TEN, TEN + 480 * MINUTE),
    wd.stage(1, TEN, TEN + 20 * MINUTE, 7),
    wd.stage(1, TEN + 20 * MINUTE, TEN + 240 * MINUTE, 4),
    wd.stage(1, TEN + 240 * MINUTE, TEN + 250 * MINUTE, 1),
    wd.stage(1, TEN + 250 * MINUTE, TEN + 480 * MINUTE, 6),
]
SLEPT = Sleep(TEN, TEN + 20 * MINUTE, TEN + 480 * MINUTE, 1, source="Ring")
MADE = wd.database(wd.HEALTH_CONNECT, NIGHT)
