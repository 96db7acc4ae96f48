"""How long ten years of nights of watches, rings and phones take to read, and how much memory above the start.

Run by `make bench`, or `python bench/devices.py`; the files are made anew each time and thrown away. The databases hold
much that is no sleep, as real ones do.
"""

import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

MOST_S, MOST_MB = 5.0, 60
NIGHTS, STAGES, MUCH = 3650, 40, 2_000_000
_DAY_MS, _FIRST_MS, _STAGE_MS = 86_400_000, 1_451_685_600_000, 720_000


def main() -> None:
    """Make each file, read it in a process of its own, say how it did."""
    with tempfile.TemporaryDirectory() as folder:
        for key, make in MADE.items():
            file = make(Path(folder))
            said = subprocess.run(
                [sys.executable, __file__, "--child", key, str(file)], capture_output=True, text=True, check=True
            ).stdout.split()
            seconds, megabytes, nights = float(said[0]), float(said[1]), int(said[2])
            size = file.stat().st_size / 1_000_000
            missed = " - MISSED" if seconds > MOST_S or megabytes > MOST_MB or nights != NIGHTS else ""
            print(
                f"{key}: {nights} nights of {size:.0f} MB in {seconds:.1f} s of a processor, {megabytes:.0f} MB above "
                f"the start; wanted: {NIGHTS}, under {MOST_S:g} s and {MOST_MB} MB{missed}",
                flush=True,
            )
            file.unlink()


def _nights() -> Iterator[tuple[int, int, int]]:
    for number in range(NIGHTS):
        began = _FIRST_MS + number * _DAY_MS
        yield number, began, began + STAGES * _STAGE_MS


def _stages(began: int) -> Iterator[tuple[int, int]]:
    for number in range(STAGES):
        yield began + number * _STAGE_MS, number


def _health_connect(folder: Path) -> Path:
    plain, file = folder / "health_connect_export.db", folder / "health_connect.zip"
    with closing(sqlite3.connect(plain)) as database:
        database.executescript(
            "CREATE TABLE application_info_table (row_id INTEGER PRIMARY KEY, app_name TEXT);"
            "CREATE TABLE heart_rate_record_series_table (parent_key INTEGER, beats INTEGER, epoch_millis INTEGER);"
            "CREATE TABLE sleep_session_record_table (row_id INTEGER PRIMARY KEY, uuid BLOB, app_info_id INTEGER,"
            " start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER);"
            "CREATE TABLE sleep_stages_table (parent_key INTEGER, stage_start_time INTEGER, stage_end_time INTEGER,"
            " stage_type INTEGER);"
        )
        much = ((n, 60, _FIRST_MS + 60_000 * n) for n in range(MUCH))
        database.executemany("INSERT INTO heart_rate_record_series_table VALUES (?, ?, ?)", much)
        for n, began, ended in _nights():
            cells = (n, n.to_bytes(16, "big"), 1, began, 3600, ended)
            database.execute("INSERT INTO sleep_session_record_table VALUES (?, ?, ?, ?, ?, ?)", cells)
            told = ((n, at, at + _STAGE_MS, (1, 4, 5, 6)[k % 4]) for at, k in _stages(began))
            database.executemany("INSERT INTO sleep_stages_table VALUES (?, ?, ?, ?)", told)
        database.commit()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, plain.name)
    plain.unlink()
    return file


def _gadgetbridge(folder: Path) -> Path:
    file = folder / "Gadgetbridge"
    key = "TIMESTAMP INTEGER NOT NULL, DEVICE_ID INTEGER NOT NULL"
    end = "PRIMARY KEY (TIMESTAMP, DEVICE_ID)) WITHOUT ROWID;"
    with closing(sqlite3.connect(file)) as database:
        database.executescript(
            "CREATE TABLE DEVICE (_id INTEGER PRIMARY KEY, NAME TEXT);"
            "CREATE TABLE DEVICE_ATTRIBUTES (_id INTEGER); CREATE TABLE USER_ATTRIBUTES (_id INTEGER);"
            f"CREATE TABLE GARMIN_ACTIVITY_SAMPLE ({key}, STEPS INTEGER, {end}"
            f"CREATE TABLE GARMIN_SLEEP_STAGE_SAMPLE ({key}, STAGE INTEGER, {end}"
            f"CREATE TABLE GARMIN_EVENT_SAMPLE ({key}, EVENT INTEGER, EVENT_TYPE INTEGER, {end}"
            "INSERT INTO DEVICE VALUES (1, 'Watch');"
        )
        much = ((_FIRST_MS // 1000 + 60 * n, 1, 3) for n in range(MUCH))
        database.executemany("INSERT INTO GARMIN_ACTIVITY_SAMPLE VALUES (?, ?, ?)", much)
        for _n, began, ended in _nights():
            ends = ((began, 1, 74, 0), (ended, 1, 74, 1))
            database.executemany("INSERT INTO GARMIN_EVENT_SAMPLE VALUES (?, ?, ?, ?)", ends)
            told = ((at + _STAGE_MS, 1, k % 4 + 1) for at, k in _stages(began))
            database.executemany("INSERT INTO GARMIN_SLEEP_STAGE_SAMPLE VALUES (?, ?, ?)", told)
        database.commit()
    return file


def _iso(at_ms: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(at_ms / 1000))


def _oura(folder: Path) -> Path:
    file = folder / "sleepmodel.csv"
    phases, pulse = "4222" * 24, ", ".join(["61.0"] * 96)
    with file.open("w", encoding="utf-8") as table:
        table.write("id;bedtime_start;bedtime_end;type;latency;sleep_phase_5_min;heart_rate\n")
        for n, began, ended in _nights():
            table.write(f'{n};{_iso(began)};{_iso(ended)};long_sleep;600;{phases};"{{""items"": [{pulse}]}}"\n')
    return file


def _withings(folder: Path) -> Path:
    file = folder / "withings.zip"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("raw_tracker_sleep-state.csv", "w", force_zip64=True) as table,
    ):
        how = random.Random(20261127)
        table.write(b"start,duration,value\n")
        for _n, began, _ended in _nights():
            # What is all alike would be taken for a bomb.
            lengths, states = "60," * (12 * STAGES), ",".join(how.choices("0123", [1, 9, 9, 9], k=12 * STAGES))
            table.write(f'{_iso(began)},"[{lengths[:-1]}]","[{states}]"\n'.encode())
    return file


MADE: dict[str, Callable[[Path], Path]] = {
    "health_connect": _health_connect,
    "gadgetbridge": _gadgetbridge,
    "oura": _oura,
    "withings": _withings,
}


def _child(key: str, file: Path) -> None:
    from quietlegs.formats.known import known, read, sniff  # noqa: PLC0415 - in this process alone
    from quietlegs.formats.reading import Entry  # noqa: PLC0415 - as above

    known()
    before, begun = _peak_mb(), time.process_time()
    assert sniff(file).key == key
    nights = sum(isinstance(one, Entry) for one in read(known()[key], file, "UTC"))
    print(time.process_time() - begun, _peak_mb() - before, nights)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
