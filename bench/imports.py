"""How long an export of Apple's Health takes to read, against a bare pass of the same parser; ten years into SQLite.

Run by `make bench`, or `python bench/imports.py [MEGABYTES]`; the files are made anew each time and thrown away.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.parsers import expat

MEGABYTES = 1000
MOST_RATIO = 1.3
MOST_MB = 60
MOST_S = 5.0
NIGHTS = 3650
_CHUNK = 1 << 18
_HEART = (
    ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" sourceVersion="10.2" '
    'device="&lt;&lt;HKDevice: 0x3012772a0&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, '
    'hardware:Watch6,7, software:10.2&gt;" unit="count/min" creationDate="2024-01-01 01:01:42 +0200" '
    'startDate="2024-01-01 01:01:36 +0200" endDate="2024-01-01 01:01:36 +0200" value="74"/>\n'
)
_ASLEEP = 'value="HKCategoryValueSleepAnalysisAsleepCore"'


def main(megabytes: int) -> None:
    """Make the files, time both, say how they did."""
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.xml"
        records = _make(export, megabytes)
        bare = min(_bare(export) for _ in range(2))
        found = [_ours("apple", export, folder) for _ in range(2)]
        ours, most = min(one[0] for one in found), max(one[1] for one in found)
        _tell("Apple Health, time", ours / bare, MOST_RATIO, f"x a bare pass ({ours:.1f} s, {records} records)")
        _tell("Apple Health, memory above the start", most, MOST_MB, "MB")
        handed = [_ours("worker", export, folder) for _ in range(2)]
        read, most = min(one[0] for one in handed), max(one[1] for one in handed)
        _tell("the same by the worker, time", read / bare, MOST_RATIO, f"x a bare pass ({read:.1f} s)")
        _tell("the same by the worker, memory above the start", most, MOST_MB, "MB")
        nights, table = Path(folder) / "plees.csv", Path(folder) / "table.csv"
        _make_nights(nights)
        took, _ = _ours("take", nights, folder)
        _tell(f"{NIGHTS} nights looked at and stored", took, MOST_S, "s")
        _make_table(table)
        took, _ = _ours("table", table, folder)
        _tell(f"{NIGHTS} nights of a table guessed, looked at and stored", took, MOST_S, "s")


def _make(file: Path, megabytes: int) -> int:
    """Write so many megabytes, all records of a type together as Apple's Health does. Return how many records."""
    count, nights = 0, megabytes * 1_000_000 // len(_HEART) // 400
    with file.open("w", encoding="utf-8") as handle:
        handle.write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [<!ELEMENT HealthData ANY>]>\n')
        handle.write('<HealthData locale="en">\n')
        while handle.tell() < megabytes * 500_000:
            handle.write(_HEART * 400)
            count += 400
        for number in range(nights):
            night = time.strftime("%Y-%m-%d", time.gmtime(1_400_000_000 + 86_400 * number))
            times = f'startDate="{night} 01:00:00 +0200" endDate="{night} 07:00:00 +0200"'
            handle.write(
                f' <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" {times} {_ASLEEP}/>\n'
            )
        while handle.tell() < megabytes * 1_000_000:
            handle.write(_HEART * 400)
            count += 400
        handle.write("</HealthData>\n")
    return count + nights


def _make_nights(file: Path) -> None:
    day_ms = 86_400_000
    rows = (f"{n},{day_ms * (15_000 + n)},{day_ms * (15_000 + n) + day_ms // 3},4\n" for n in range(NIGHTS))
    file.write_text("sid,start,stop,rating\n" + "".join(rows), encoding="utf-8")


def _make_table(file: Path) -> None:
    first = date(2016, 1, 1)
    rows = (f"{first + timedelta(days=n):%d.%m.%Y};{n % 101};22:30;6:45\n" for n in range(NIGHTS))
    file.write_text("Datum;Unruhe (0-100);Bett;Aufgestanden\n" + "".join(rows), encoding="utf-8")


def _bare(file: Path) -> float:
    begun = time.perf_counter()
    parser = expat.ParserCreate()
    with file.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            parser.Parse(chunk, False)
    return time.perf_counter() - begun


def _ours(what: str, file: Path, folder: str) -> tuple[float, float]:
    """Read it in a process of its own; return the seconds and the megabytes above the start."""
    command = [sys.executable, __file__, "--child", what, str(file)]
    env = os.environ | {"QUIETLEGS_HOME": folder}
    said = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    seconds, megabytes = said.split()
    return float(seconds), float(megabytes)


def _child(what: str, file: Path) -> None:
    from quietlegs.formats.known import known, read  # noqa: PLC0415 - in this process alone

    if what == "worker":
        before, begun = _by_worker(file)
    elif what == "table":
        from quietlegs.formats.plain_csv.guess import looked_through  # noqa: PLC0415 - as above
        from quietlegs.formats.plain_csv.read import mapped  # noqa: PLC0415 - as above
        from quietlegs.web.start import imports  # noqa: PLC0415 - as above

        store = imports()
        before, begun = _peak_mb(), time.perf_counter()
        assert store.take(store.look(mapped(looked_through(file).guess), file, "UTC")) == 2 * NIGHTS
    elif what == "take":
        from quietlegs.web.start import imports  # noqa: PLC0415 - as above

        store = imports()
        before, begun = _peak_mb(), time.perf_counter()
        assert store.take(store.look(known()["plees_tracker"], file, "UTC")) == NIGHTS
    else:
        one = known()["apple_health"]
        before, begun = _peak_mb(), time.perf_counter()
        assert sum(1 for _ in read(one, file, "Europe/Berlin")) > 0
    print(time.perf_counter() - begun, _peak_mb() - before)


def _by_worker(file: Path) -> tuple[float, float]:
    """Hand the file over and let it be read as the worker does; return the memory before, and when that began."""
    from quietlegs.web.start import prepare  # noqa: PLC0415 - as above

    prepare()
    from quietlegs.web.store import handed_files, handed_over  # noqa: PLC0415 - Django comes first
    from quietlegs.web.worker.files import Files  # noqa: PLC0415 - as above

    arrived = handed_files.folder() / "export.part"
    arrived.hardlink_to(file)
    token = handed_files.keep(arrived, file.name)
    about = {"digest": "0" * 64, "size": file.stat().st_size, "zone": "Europe/Berlin", "language": "en"}
    handed_over.hand_over(token, file.name, about, datetime.now(UTC))
    before, begun = _peak_mb(), time.perf_counter()
    Files(lambda: datetime.now(UTC)).go()
    found = handed_over.find(token)
    assert found is not None
    assert found.state == handed_over.LOOKED
    return before, begun


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _tell(what: str, found: float, most: float, unit: str) -> None:
    print(f"{what}: {found:.2f} {unit}; wanted: under {most:g}{'' if found < most else ' - MISSED'}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else MEGABYTES)
