"""A year offline sent at once: how long it takes, and that all of it is there once.

`python -m tests.reliability.bulk` starts a server, sends 10,000 entries in parcels as a page sends them, and sends them
all again.
"""

import json
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.reliability.figures import keep
from tests.reliability.kills import counted
from tests.reliability.served import Server, ask, free_port, make_key

from quietlegs.records.fact import note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.slept import Intake, Substance, Unit
from quietlegs.records.wire import to_wire

ENTRIES, AT_ONCE, SEED = 10_000, 100, 20261127
_OUTBOX_S = 30


@dataclass
class Told:
    """What came of it."""

    entries: int
    sent_s: float
    again_new: int
    lost: int
    doubled: int
    sound: bool


def main(*_words: str) -> int:
    """Measure, and keep the figure."""
    with tempfile.TemporaryDirectory() as folder:
        told = run(Path(folder), ENTRIES)
    whole = told.sound and not (told.lost or told.doubled or told.again_new)
    sent = f"{told.sent_s:.1f} s; {told.again_new} new when sent again, {told.doubled} doubled"
    command = "python -m tests.reliability.bulk"
    good = whole and told.sent_s < _OUTBOX_S
    keep(f"{told.entries} entries of a year offline", f"all in, once, < {_OUTBOX_S} s", sent, command, good=good)
    return 0 if good else 1


def run(folder: Path, entries: int) -> Told:
    """Send so many entries, twice."""
    env = os.environ | {"QUIETLEGS_HOME": str(folder), "QUIETLEGS_DATABASE": "", "TZ": "UTC"}
    key = make_key(env)
    server = Server(env, free_port())
    server.start()
    try:
        year = a_year(entries)
        sent_s, new = _send(server.port, key, year)
        _, again = _send(server.port, key, year)
        assert new == entries
    finally:
        server.kill()
    _acknowledged, _stored, lost, doubled, fine = counted(env, [one["id"] for one in year])
    return Told(entries, sent_s, again, lost, doubled, fine)


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


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
