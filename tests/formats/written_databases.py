"""Databases for tests, in the shapes that Health Connect and Gadgetbridge give them."""

import io
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HEALTH_CONNECT = """
CREATE TABLE application_info_table (
    row_id INTEGER PRIMARY KEY, package_name TEXT NOT NULL, app_name TEXT, app_icon BLOB);
CREATE TABLE sleep_session_record_table (
    row_id INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB NOT NULL UNIQUE, last_modified_time INTEGER,
    app_info_id INTEGER, start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER,
    end_zone_offset INTEGER, local_date INTEGER,
    notes TEXT, title TEXT, local_date_time_start_time INTEGER AS (start_time + 1000 * start_zone_offset));
CREATE TABLE sleep_stages_table (
    parent_key INTEGER NOT NULL, stage_start_time INTEGER NOT NULL, stage_end_time INTEGER NOT NULL,
    stage_type INTEGER NOT NULL,
    FOREIGN KEY (parent_key) REFERENCES sleep_session_record_table(row_id) ON DELETE CASCADE);
CREATE TABLE steps_record_table (row_id INTEGER PRIMARY KEY, count INTEGER);
INSERT INTO application_info_table VALUES (1, 'com.ring', 'Ring', x'00'), (2, 'org.watch', NULL, NULL);
"""
_KEY = "TIMESTAMP INTEGER NOT NULL, DEVICE_ID INTEGER NOT NULL, USER_ID INTEGER NOT NULL"
_ROWS = "PRIMARY KEY (TIMESTAMP, DEVICE_ID) ON CONFLICT REPLACE) WITHOUT ROWID;"
GADGETBRIDGE = f"""
CREATE TABLE DEVICE (_id INTEGER PRIMARY KEY, NAME TEXT NOT NULL, MANUFACTURER TEXT NOT NULL, ALIAS TEXT);
CREATE TABLE DEVICE_ATTRIBUTES (_id INTEGER PRIMARY KEY, DEVICE_ID INTEGER NOT NULL);
CREATE TABLE USER_ATTRIBUTES (_id INTEGER PRIMARY KEY, HEIGHT_CM INTEGER NOT NULL);
CREATE TABLE XIAOMI_SLEEP_TIME_SAMPLE ({_KEY}, WAKEUP_TIME INTEGER, IS_AWAKE INTEGER, {_ROWS}
CREATE TABLE XIAOMI_SLEEP_STAGE_SAMPLE ({_KEY}, STAGE INTEGER, {_ROWS}
CREATE TABLE CMF_SLEEP_SESSION_SAMPLE ({_KEY}, WAKEUP_TIME INTEGER, METADATA BLOB, {_ROWS}
CREATE TABLE CMF_SLEEP_STAGE_SAMPLE ({_KEY}, DURATION INTEGER NOT NULL, STAGE INTEGER NOT NULL, {_ROWS}
CREATE TABLE GARMIN_SLEEP_STAGE_SAMPLE ({_KEY}, STAGE INTEGER NOT NULL, {_ROWS}
CREATE TABLE GARMIN_EVENT_SAMPLE ({_KEY}, EVENT INTEGER NOT NULL, EVENT_TYPE INTEGER, DATA INTEGER,
    PRIMARY KEY (TIMESTAMP, DEVICE_ID, EVENT) ON CONFLICT REPLACE) WITHOUT ROWID;
CREATE TABLE HUAMI_SLEEP_SESSION_SAMPLE ({_KEY}, DATA BLOB, {_ROWS}
CREATE TABLE HUAWEI_SLEEP_STATS_SAMPLE ({_KEY}, SLEEP_SCORE INTEGER NOT NULL, BED_TIME INTEGER NOT NULL,
    RISING_TIME INTEGER NOT NULL, WAKEUP_TIME INTEGER NOT NULL, WAKE_COUNT INTEGER NOT NULL, {_ROWS}
CREATE TABLE HUAWEI_SLEEP_STAGE_SAMPLE ({_KEY}, STAGE INTEGER NOT NULL, {_ROWS}
CREATE TABLE HUAWEI_SLEEP_APNEA_SAMPLE ({_KEY}, LEVEL INTEGER NOT NULL, {_ROWS}
CREATE TABLE LEFUN_SLEEP_SAMPLE ({_KEY}, TYPE INTEGER NOT NULL, {_ROWS}
INSERT INTO DEVICE VALUES (1, 'Band 8', 'Xiaomi', NULL), (2, 'Venu', 'Garmin', 'My watch'), (3, 'Pro', 'CMF', ''),
    (5, 'Helio', 'Huami', NULL), (6, 'GT 5', 'Huawei', NULL);
"""
Statement = tuple[str, tuple[object, ...]]


def ms(at: datetime) -> int:
    return round((at - _EPOCH).total_seconds() * 1000)


def database(script: str, rows: list[Statement]) -> bytes:
    """Return the bytes of a database; each row comes as a table's name and its cells, `None` for those not given."""
    with TemporaryDirectory() as folder, closing(sqlite3.connect(f"{folder}/made.db")) as connection:
        connection.executescript(script)
        for table, cells in rows:
            marks = ", ".join("?" * len(cells))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", cells)
        connection.commit()
        return Path(folder, "made.db").read_bytes()


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def slept(number: int, began: datetime, ended: datetime, *, app: int = 1, offset_s: int | None = 3600) -> Statement:
    """A sleep of Health Connect."""
    cells = (number, number.to_bytes(16, "big"), 0, app, ms(began), offset_s, ms(ended), offset_s, 0, None, None)
    return "sleep_session_record_table", cells


def stage(number: int, began: datetime, ended: datetime, kind: int) -> Statement:
    """One stage of a sleep of Health Connect."""
    return "sleep_stages_table", (number, ms(began), ms(ended), kind)
