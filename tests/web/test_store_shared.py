"""Several processes write at once, and one is killed: nothing acknowledged is lost, nothing is doubled."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from quietlegs.web.store.diary import StoredDiary

WRITERS, EACH = 4, 40
WRITE = """
import os, sys
from datetime import UTC, datetime
from quietlegs.records.fact import note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.web.start import diary
held = diary()
for _ in range(int(sys.argv[1])):
    fact = note(NightRating(5), moment(datetime.now(UTC), "UTC"), os.urandom(10))
    held.add([fact])
    print(fact.id, flush=True)
"""


def writer(home: Path, count: int) -> subprocess.Popen[str]:
    env = os.environ | {"QUIETLEGS_HOME": str(home)}
    return subprocess.Popen([sys.executable, "-c", WRITE, str(count)], env=env, stdout=subprocess.PIPE, text=True)


def stored(diary: StoredDiary) -> list[str]:
    return [str(fact.id) for fact in diary.all_facts()]


def test_it_takes_the_facts_of_several_processes_at_once(database: Path, diary: StoredDiary) -> None:
    writers = [writer(database.parent, EACH) for _ in range(WRITERS)]
    acknowledged = [line for one in writers for line in one.communicate(timeout=120)[0].split()]

    assert [one.returncode for one in writers] == [0] * WRITERS
    assert len(acknowledged) == WRITERS * EACH
    assert sorted(stored(diary)) == sorted(acknowledged)


def test_it_keeps_what_was_acknowledged_when_the_writer_is_killed(database: Path, diary: StoredDiary) -> None:
    with writer(database.parent, 100_000) as one:
        assert one.stdout is not None
        acknowledged = [one.stdout.readline().strip() for _ in range(25)]
        one.send_signal(signal.SIGKILL)
        rest = one.stdout.read().split()

    found = stored(diary)

    assert set(acknowledged) | {line for line in rest if len(line) == len(acknowledged[0])} <= set(found)
    assert len(found) == len(set(found))
