"""A year offline sent at once, and copies made while phones write: how long both take, and that nothing is lost by it.

`python -m tests.reliability.bulk` starts a server, sends 10,000 entries in parcels as a page sends them, sends them all
again, and then copies the diary ten times while four phones write. The longest wait of a write while a copy is made is
held against the longest one while none is.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from tests.reliability.figures import keep
from tests.reliability.kills import counted
from tests.reliability.load import Load, ledger_of
from tests.reliability.served import ROOT, Server, ask, free_port, make_key

from quietlegs.records.fact import note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.slept import Intake, Substance, Unit
from quietlegs.records.wire import to_wire

ENTRIES, AT_ONCE, COPIES, SEED = 10_000, 100, 10, 20261127
_OUTBOX_S, _STALL_S = 30, 0.25
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
    """What came of it."""

    entries: int
    sent_s: float
    again_new: int
    stall_s: float
    usual_s: float
    median_s: float
    copies_sound: int
    lost: int
    doubled: int
    sound: bool


def main(*_words: str) -> int:
    """Measure, and keep both figures."""
    with tempfile.TemporaryDirectory() as folder:
        told = run(Path(folder), ENTRIES, COPIES)
    whole = told.sound and not (told.lost or told.doubled or told.again_new)
    sent = f"{told.sent_s:.1f} s; {told.again_new} new when sent again, {told.doubled} doubled"
    command = "python -m tests.reliability.bulk"
    good = whole and told.sent_s < _OUTBOX_S
    keep(f"{told.entries} entries of a year offline", f"all in, once, < {_OUTBOX_S} s", sent, command, good=good)
    waited = (
        f"{told.copies_sound} of {COPIES} sound, {told.lost} acknowledged lost; longest write "
        f"{1000 * told.stall_s:.0f} ms while copying, {1000 * told.usual_s:.0f} ms otherwise "
        f"(median {1000 * told.median_s:.0f} ms)"
    )
    still = whole and told.copies_sound == COPIES and told.stall_s < _STALL_S
    keep("copies by VACUUM INTO under load", "sound, write stall < 250 ms", waited, command, good=still)
    return 0 if good and still else 1


def run(folder: Path, entries: int, copies: int) -> Told:
    """Send so many entries, and make so many copies under load."""
    env = os.environ | {"QUIETLEGS_HOME": str(folder), "QUIETLEGS_DATABASE": "", "TZ": "UTC"}
    key, ledger = make_key(env), folder / "ledger"
    server = Server(env, free_port())
    server.start()
    try:
        year = a_year(entries)
        sent_s, new = _send(server.port, key, year)
        _, again = _send(server.port, key, year)
        assert new == entries
        with Load(server.port, key, ledger) as load:
            quiet, busy, sound = _copied(env, folder, load, copies)
    finally:
        server.kill()
    # What phones write has names of its own; the year is compared by its ids.
    ledger.write_text(ledger.read_text("ascii") + "".join(f"{one['id']}\n" for one in year), "ascii")
    _acknowledged, _stored, lost, doubled, fine = counted(env, ledger_of(ledger))
    waits = [wait for _, wait in load.waits_s]
    return Told(entries, sent_s, again, max(busy), max(quiet), median(waits), sound, lost, doubled, fine)


def a_year(entries: int) -> list[dict[str, Any]]:
    """Return what a phone kept for a year: nights and what was drunk or taken, each of which says something else."""
    dice, began = random.Random(SEED), datetime.now(UTC) - timedelta(days=365)
    made = []
    for number in range(entries):
        at = began + timedelta(days=365) * (number / entries)
        rating = NightRating(dice.randrange(11))
        taken = Intake(Substance.MEDICINE, 1, Unit.TABLET, name=f"year {number}")
        made.append(to_wire(note(rating if number % 28 == 0 else taken, moment(at, "UTC"), dice.randbytes(10))))
    return made


def _send(port: int, key: str, entries: list[dict[str, Any]]) -> tuple[float, int]:
    """Send all, a parcel after the other; return how long that took and how many were new."""
    began, new = time.monotonic(), 0
    for first in range(0, len(entries), AT_ONCE):
        status, said = ask(port, "POST", "/api/v1/facts", entries[first : first + AT_ONCE], key)
        assert status == 200, said
        new += json.loads(said)["new"]
    return time.monotonic() - began, new


def _copied(env: dict[str, str], folder: Path, load: Load, copies: int) -> tuple[list[float], list[float], int]:
    """Make copies with a rest before each; return the waits of writes without and with a copy being made."""
    spans, sound = [], 0
    # One process makes them all, as the worker does day after day: its start is no part of a copy.
    copier = subprocess.Popen(
        [sys.executable, "-c", COPIER], env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert copier.stdin is not None
    assert copier.stdout is not None
    assert copier.stdout.readline() == "ready\n"
    for number in range(copies):
        time.sleep(2)
        began = time.monotonic()
        print(folder / f"copy{number}.sqlite3", file=copier.stdin, flush=True)
        sound += copier.stdout.readline() == "sound\n"
        spans.append((began, time.monotonic()))
    copier.communicate()
    time.sleep(1)

    def during(at: float, wait: float) -> bool:
        return any(at < end and at + wait > begin for begin, end in spans)

    waits = list(load.waits_s)
    return [w for at, w in waits if not during(at, w)], [w for at, w in waits if during(at, w)], sound


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
