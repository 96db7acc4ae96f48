"""Copies of a large diary made while phones write: whether a copy is sound, and how long it lets a write wait.

`python -m tests.reliability.copies`: a diary of 200,000 entries, so that a copy takes its time; four phones that write
five times a second each, far less than the machine can take, so that a wait is for the copy and not for a core. Before
each copy the same phones are watched for as long without one.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import Popen

from tests.reliability.figures import keep
from tests.reliability.kills import counted
from tests.reliability.load import Load, ledger_of
from tests.reliability.served import ROOT, Server, free_port, make_key

ENTRIES, COPIES = 200_000, 10
_STALL_S, _EVERY_S, _REST_S = 0.25, 0.2, 1.0
FILL = """
import os, sys
from datetime import UTC, datetime, timedelta
from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.records.slept import Intake, Substance, Unit
from quietlegs.web.start import diary
held, now = diary(), datetime.now(UTC)
for first in range(0, int(sys.argv[1]), 5000):
    taken = [Intake(Substance.MEDICINE, 1, Unit.TABLET, name=f"entry {first + k}") for k in range(5000)]
    at = [moment(now - timedelta(minutes=first + k), "UTC") for k in range(5000)]
    held.add(note(one, when, os.urandom(10)) for one, when in zip(taken, at, strict=True))
"""
COPIER = """
import sys
from pathlib import Path
from quietlegs.web.start import prepare
prepare()
from quietlegs.web.store.backup import backup
print("ready", flush=True)
for line in sys.stdin:
    backup(Path(line.strip()))
    print("sound", flush=True)
"""


@dataclass
class Told:
    """What came of it, in seconds: how long copies took, and the waits of writes without and with one."""

    took: list[float]
    quiet: list[float]
    busy: list[float]
    copies_sound: int
    lost: int
    doubled: int
    sound: bool


def main() -> int:
    """Measure, and keep the figure."""
    with tempfile.TemporaryDirectory() as folder:
        told = run(Path(folder), ENTRIES, COPIES)
    longest, usual = 1000 * max(told.busy), 1000 * max(told.quiet)
    waited = (
        f"{told.copies_sound} of {COPIES} sound, {told.lost} acknowledged lost; {len(told.busy)} writes during copies "
        f"of {ENTRIES} entries that took {median(told.took):.1f} s: median {1000 * median(told.busy):.0f} ms, longest "
        f"{longest:.0f} ms; {len(told.quiet)} writes without one: median {1000 * median(told.quiet):.0f} ms, longest "
        f"{usual:.0f} ms"
    )
    whole = told.sound and not told.lost and not told.doubled and told.copies_sound == COPIES
    good = whole and max(told.busy) < _STALL_S
    if whole and not good and max(told.quiet) >= _STALL_S:
        waited += ": not shown either way, for the machine was not quiet"
    keep("copies by VACUUM INTO under load", "sound, write stall < 250 ms", waited,
         "python -m tests.reliability.copies", good=good)  # fmt: skip
    return 0 if good else 1


def run(folder: Path, entries: int, copies: int) -> Told:
    """Make so many copies of so many entries while phones write."""
    env = os.environ | {"QUIETLEGS_HOME": str(folder), "QUIETLEGS_DATABASE": "", "TZ": "UTC"}
    key, ledger = make_key(env), folder / "ledger"
    subprocess.run([sys.executable, "-c", FILL, str(entries)], env=env, cwd=ROOT, check=True)
    server = Server(env, free_port())
    server.start()
    try:
        with copier(env) as made, Load(server.port, key, ledger, every_s=_EVERY_S) as load:
            spans = [_one(made, folder / f"copy{number}.sqlite3") for number in range(copies)]
            time.sleep(_REST_S)
    finally:
        server.kill()
    _acknowledged, _stored, lost, doubled, fine = counted(env, ledger_of(ledger))
    waits = list(load.waits_s)
    took = [end - begin for begin, end, _sound in spans]
    quiet = [wait for begin, end, _ in spans for wait in _during(waits, begin - (end - begin), begin)]
    busy = [wait for begin, end, _ in spans for wait in _during(waits, begin, end)]
    return Told(took, quiet, busy, sum(sound for _, _, sound in spans), lost, doubled, fine)


@contextmanager
def copier(env: dict[str, str]) -> Iterator["Popen[str]"]:
    """Give one process that makes all copies, as the worker does day after day: its start is no part of a copy."""
    with Popen(
        [sys.executable, "-c", COPIER], env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.communicate()


_took_s = [_REST_S]


def _one(made: "Popen[str]", file: Path) -> tuple[float, float, bool]:
    """Wait for as long as the last copy took, then make one; return its beginning and end, and whether it is sound."""
    assert made.stdin is not None
    assert made.stdout is not None
    time.sleep(_REST_S + _took_s[-1])
    begun = time.monotonic()
    print(file, file=made.stdin, flush=True)
    sound = made.stdout.readline() == "sound\n"
    _took_s.append(time.monotonic() - begun)
    file.unlink(missing_ok=True)
    return begun, time.monotonic(), sound


def _during(waits: list[tuple[float, float]], begin: float, end: float) -> list[float]:
    return [wait for at, wait in waits if at < end and at + wait > begin]


if __name__ == "__main__":
    sys.exit(main())
