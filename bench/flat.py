"""How much memory each reader takes for a file of 200 MB, above the start; none keeps what it has read.

Run by `make bench`, or `python bench/flat.py [MEGABYTES] [FORMAT ...]`; the files are made anew each time and thrown
away. Times are not held against anything here: `bench/imports.py` and `bench/devices.py` do that.
"""

import json
import random
import resource
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import count
from pathlib import Path

MEGABYTES, MOST_MB = 200, 60
_DAY_S, _FIRST_S = 86_400, 1_000_000_000
_BERLIN = "Europe/Berlin"
_LONG = "slept badly; then better. " * 40


def main(megabytes: int, wanted: list[str]) -> None:
    """Make each file, read it in a process of its own, say how much memory that took."""
    with tempfile.TemporaryDirectory() as folder:
        for name in wanted or MADE:
            file = Path(folder) / FILES.get(name, name)
            MADE[name](file, megabytes * 1_000_000)
            size = file.stat().st_size / 1_000_000
            said = subprocess.run(
                [sys.executable, __file__, "--child", name, str(file)], capture_output=True, text=True, check=True
            ).stdout.split()
            most, seconds, kept, left = float(said[0]), float(said[1]), said[2], said[3]
            missed = "" if most < MOST_MB else " - MISSED"
            print(
                f"{name}: {most:.0f} MB above the start for {size:.0f} MB ({kept} entries, {left} left out, "
                f"{seconds:.0f} s of a processor); wanted: under {MOST_MB}{missed}",
                flush=True,
            )
            file.unlink()


def _lines(file: Path, size: int, head: str, rows: Iterator[str], tail: str = "") -> None:
    with file.open("w", encoding="utf-8") as handle:
        handle.write(head)
        while handle.tell() < size:
            for _row in range(1000):
                handle.write(next(rows))
        handle.write(tail)


def _wall(at_s: int, shape: str = "%Y-%m-%dT%H:%M:%S") -> str:
    return time.strftime(shape, time.gmtime(at_s))


def _nights() -> Iterator[tuple[int, int]]:
    """Yield when a night began and ended; after 60 years it begins anew, since no night lies in the future."""
    for number in count():
        began = _FIRST_S + _DAY_S * (number % 8000)
        yield began, began + 8 * 3600


def _apple(file: Path, size: int) -> None:
    heart = ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" value="74"/>\n'

    def rows() -> Iterator[str]:
        # Thirty stages a night of a watch, for ten years, among much else.
        for began in (_FIRST_S + _DAY_S * night for night in range(3650)):
            for at in range(began, began + 8 * 3600, 960):
                yield (
                    ' <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" sourceVersion="10.2" '
                    f'startDate="{_wall(at, "%Y-%m-%d %H:%M:%S +0000")}" '
                    f'endDate="{_wall(at + 960, "%Y-%m-%d %H:%M:%S +0000")}" '
                    f'value="HKCategoryValueSleepAnalysisAsleep{("Core", "REM", "Deep")[at % 3]}"/>\n'
                )
        while True:
            yield heart

    _lines(file, size, '<?xml version="1.0"?>\n<HealthData locale="en">\n', rows(), "</HealthData>\n")


def _bearable(file: Path, size: int) -> None:
    head = "date,date formatted,weekday,time of day,category,rating/amount,detail,notes\n"
    rows = (f'"x","{_wall(n[0], "%Y-%m-%d")}","Monday","23:15","Mood","7","","{_LONG}"\n' for n in _nights())
    _lines(file, size, head, rows)


def _daylio(file: Path, size: int) -> None:
    head = "full_date,date,weekday,time,mood,activities,scales,note_title,note\n"
    rows = (f'{_wall(n[0], "%Y-%m-%d")},x,Monday,2:30 am,rad,walk | food,,,"{_LONG}"\n' for n in _nights())
    _lines(file, size, head, rows)


def _diary(file: Path, size: int) -> None:
    rows = (f"{date(1900, 1, 1) + timedelta(days=n % 109_000)},{'ab'[n % 2]},{n % 11},{_LONG}\n" for n in count())
    _lines(file, size, "date,arm,severity,note\n", rows)


def _fitbit(file: Path, size: int) -> None:
    minutes = json.dumps([{"dateTime": "2026-01-01T23:10:30.000", "level": "wake", "seconds": 30}] * 60)
    rows = (
        f'{{"logId": {n}, "startTime": "{_wall(began)}", "endTime": "{_wall(ended)}", "levels": {{"data": {minutes}, '
        '"summary": {"wake": {"count": 12}}}},\n'
        for n, (began, ended) in enumerate(_nights())
    )
    _lines(file, size, "[", rows, '{"logId": 0}]')


def _oura(file: Path, size: int) -> None:
    pulse = json.dumps([61.0] * 96)
    rows = (
        f'{{"id": "{n}", "bedtime_start": "{_wall(began)}+00:00", "bedtime_end": "{_wall(ended)}+00:00", '
        f'"type": "long_sleep", "sleep_phase_5_min": "{"4222" * 24}", "heart_rate": {{"items": {pulse}}}}},\n'
        for n, (began, ended) in enumerate(_nights())
    )
    _lines(file, size, f'{{"activity": [{pulse}], "sleep": [', rows, "{}]}")


def _oura_table(file: Path, size: int) -> None:
    pulse = ", ".join(["61.0"] * 96)
    rows = (
        f'{n};{_wall(began)}+00:00;{_wall(ended)}+00:00;long_sleep;600;{"4222" * 24};"{{""items"": [{pulse}]}}"\n'
        for n, (began, ended) in enumerate(_nights())
    )
    _lines(file, size, "id;bedtime_start;bedtime_end;type;latency;sleep_phase_5_min;heart_rate\n", rows)


def _plain(file: Path, size: int) -> None:
    rows = (f'{date(1970, 1, 2) + timedelta(days=n % 20_000)},{n % 11},"{_LONG * 5}"\n' for n in count())
    _lines(file, size, "Date,Legs,Notes\n", rows)


def _plees(file: Path, size: int) -> None:
    rows = (f"{n},{began}000,{ended}000,4,{_LONG}\n" for n, (began, ended) in enumerate(_nights()))
    _lines(file, size, "sid,start,stop,rating,note\n", rows)


def _own(number: int) -> str:
    at = _FIRST_S + _DAY_S * (number % 8000)
    return json.dumps(
        {
            "id": f"0190{number:08x}"[:8] + f"-0000-7000-8000-{number:012x}", "kind": "remark",
            "at": f"{_wall(at)}Z", "zone": "UTC", "offset_s": 0, "wall": _wall(at), "night": _wall(at, "%Y-%m-%d"),
            "supersedes": None, "payload": {"about": "mood", "value": 4, "of": 5, "note": _LONG, "tags": []},
        }
    )  # fmt: skip


def _quietlegs(file: Path, size: int) -> None:
    _lines(file, size, "", (f"{_own(n)}\n" for n in count()))


def _quietlegs_list(file: Path, size: int) -> None:
    _lines(file, size, "[", (f"{_own(n)},\n" for n in count()), f"{_own(0)}]")


def _android(file: Path, size: int) -> None:
    clock = "%d. %m. %Y %H:%M"
    head = "Id,Tz,From,To,Sched,Hours,Rating,Comment,Framerate"
    rows = (
        f'{head},"23:05"\n"{n}","Europe/Berlin","{_wall(began, clock)}","{_wall(ended, clock)}",'
        f'"","7.0","4.5","{_LONG}","0","0.1"\n'
        for n, (began, ended) in enumerate(_nights())
    )
    _lines(file, size, "", rows)


def _sleepmeter(file: Path, size: int) -> None:
    clock = "%Y-%m-%d %H:%M+0000"
    rows = (
        f'"{_wall(ended, clock)}","{_wall(began, clock)}","{_wall(began, clock)}",59-60,NIGHT_SLEEP,NONE,NONE,'
        f'NONE,NONE,7,"a note, "quoted",\n{_LONG}"\n'
        for began, ended in _nights()
    )
    _lines(file, size, "wake,sleep,bedtime,holes,type,dreams,aid,hindrances,tags,quality,notes\n", rows)


def _withings(file: Path, size: int) -> None:
    head = 'from,to,"light (s)","deep (s)","rem (s)","awake (s)","wake up","to sleep (s)","to wake up (s)","events"\n'
    rows = (
        f'{_wall(began)}+00:00,{_wall(ended)}+00:00,14400,7200,5400,1800,2,1200,300,"{_LONG}"\n'
        for began, ended in _nights()
    )
    _lines(file, size, head, rows)


def _withings_minutes(file: Path, size: int) -> None:
    how = random.Random(20261127)

    def rows() -> Iterator[str]:
        for began, _ended in _nights():
            states = ",".join(how.choices("0123", [1, 9, 9, 9], k=480))
            yield f'{_wall(began)}+00:00,"[{",".join(["60"] * 480)}]","[{states}]"\n'

    _lines(file, size, "start,duration,value\n", rows())


def _fit(file: Path, size: int) -> None:
    """Write a definition and records of two fields, as many as are wanted."""
    definition = struct.pack("<BBBHB", 0x40, 0, 0, 20, 2) + bytes([253, 4, 0x86, 100, 250, 7])
    records = b"".join(struct.pack("<BI250s", 0, _FIRST_S + n, b"x" * 249) for n in range(4000))
    times = size // len(records) + 1
    with file.open("wb") as handle:
        handle.write(struct.pack("<BBHI4s", 12, 0x10, 2000, len(definition) + times * len(records), b".FIT"))
        handle.write(definition)
        for _time in range(times):
            handle.write(records)
        handle.write(b"\0\0")


def _database(file: Path, size: int, script: str, rows: Callable[[sqlite3.Connection], None], much: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.executescript(script)
        rows(database)
        database.commit()
        each = (size - file.stat().st_size) // 20_000
        database.executemany(f"INSERT INTO {much} VALUES (?, ?)", ((n, bytes(max(each, 1))) for n in range(20_000)))
        database.commit()


def _gadgetbridge(file: Path, size: int) -> None:
    key = "TIMESTAMP INTEGER NOT NULL, DEVICE_ID INTEGER NOT NULL"
    end = "PRIMARY KEY (TIMESTAMP, DEVICE_ID)) WITHOUT ROWID;"
    script = (
        "CREATE TABLE DEVICE (_id INTEGER PRIMARY KEY, NAME TEXT); CREATE TABLE MUCH (a, b);"
        "CREATE TABLE DEVICE_ATTRIBUTES (_id INTEGER); CREATE TABLE USER_ATTRIBUTES (_id INTEGER);"
        f"CREATE TABLE HUAWEI_SLEEP_STATS_SAMPLE ({key}, WAKEUP_TIME INTEGER, BED_TIME INTEGER, {end}"
        f"CREATE TABLE HUAWEI_SLEEP_STAGE_SAMPLE ({key}, STAGE INTEGER, {end}"
    )

    def rows(database: sqlite3.Connection) -> None:
        for (began, ended), _number in zip(_nights(), range(3650), strict=False):
            night = (began * 1000, 1, ended * 1000, began * 1000)
            database.execute("INSERT INTO HUAWEI_SLEEP_STATS_SAMPLE VALUES (?, ?, ?, ?)", night)
            stages = ((at * 1000, 1, at // 60 % 4 + 1) for at in range(began - began % 60, ended, 60))
            database.executemany("INSERT OR IGNORE INTO HUAWEI_SLEEP_STAGE_SAMPLE VALUES (?, ?, ?)", stages)

    _database(file, size, script, rows, "MUCH")


def _health_connect(file: Path, size: int) -> None:
    script = (
        "CREATE TABLE application_info_table (row_id INTEGER PRIMARY KEY, app_name TEXT); CREATE TABLE much (a, b);"
        "CREATE TABLE sleep_session_record_table (row_id INTEGER PRIMARY KEY, start_time INTEGER, end_time INTEGER);"
        "CREATE TABLE sleep_stages_table (parent_key INTEGER, stage_start_time INTEGER, stage_type INTEGER);"
    )

    def rows(database: sqlite3.Connection) -> None:
        for number, (began, ended) in zip(range(3650), _nights(), strict=False):
            night = (number, began * 1000, ended * 1000)
            database.execute("INSERT INTO sleep_session_record_table VALUES (?, ?, ?)", night)
            stages = ((number, at * 1000, (1, 4, 5, 6)[at // 600 % 4]) for at in range(began, ended, 600))
            database.executemany("INSERT INTO sleep_stages_table VALUES (?, ?, ?)", stages)

    _database(file, size, script, rows, "much")


def _loop(file: Path, size: int) -> None:
    def rows(database: sqlite3.Connection) -> None:
        database.execute("INSERT INTO Habits VALUES (1, 'Stretching', 0, '')")
        marks = ((1, (_FIRST_S - _FIRST_S % _DAY_S + _DAY_S * n) * 1000, 2, "felt good " * 9) for n in range(8000))
        database.executemany("INSERT INTO Repetitions VALUES (?, ?, ?, ?)", marks)

    script = (
        "CREATE TABLE Habits (id, name, type, unit); CREATE TABLE Repetitions (habit, timestamp, value, notes);"
        "CREATE TABLE much (a, b); PRAGMA user_version = 25;"
    )
    _database(file, size, script, rows, "much")


MADE: dict[str, Callable[[Path, int], None]] = {
    "apple_health": _apple, "bearable": _bearable, "daylio": _daylio, "diary_csv": _diary, "fitbit": _fitbit,
    "gadgetbridge": _gadgetbridge, "garmin_fit": _fit, "health_connect": _health_connect, "loop_habits": _loop,
    "oura": _oura, "oura_table": _oura_table, "plain_csv": _plain, "plees_tracker": _plees, "quietlegs": _quietlegs,
    "quietlegs_list": _quietlegs_list, "sleep_as_android": _android, "sleepmeter": _sleepmeter, "withings": _withings,
    "withings_minutes": _withings_minutes,
}  # fmt: skip
FILES = {"withings_minutes": "raw_tracker_sleep-state.csv"}


def _child(name: str, file: Path) -> None:
    from quietlegs.formats.diary_csv.read import DiaryError  # noqa: PLC0415 - in this process alone
    from quietlegs.formats.diary_csv.read import read as nights  # noqa: PLC0415 - as above
    from quietlegs.formats.known import known, read, sniff  # noqa: PLC0415 - as above
    from quietlegs.formats.plain_csv.guess import looked_through  # noqa: PLC0415 - as above
    from quietlegs.formats.plain_csv.read import mapped  # noqa: PLC0415 - as above
    from quietlegs.formats.reading import LeftOut  # noqa: PLC0415 - as above

    known()
    before, begun = _peak_mb(), time.process_time()
    kept = left = 0
    if name == "diary_csv":
        found: Iterator[object] = nights(file, date="date", arm="arm", outcome="severity")
    elif name == "plain_csv":
        found = read(mapped(looked_through(file).guess), file, _BERLIN)
    else:
        one = sniff(file)
        assert name.startswith(one.key)
        found = read(one, file, _BERLIN)
    for each in found:
        if isinstance(each, LeftOut | DiaryError):
            left += 1
        else:
            kept += 1
    print(_peak_mb() - before, time.process_time() - begun, kept, left)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else MEGABYTES, sys.argv[2:])
