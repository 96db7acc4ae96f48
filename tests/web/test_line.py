"""Writers of SQLite stand in a line: each in its turn, none for ever, and the dead hold up nobody."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread, Timer

import pytest
from django.db import OperationalError, connection, transaction

from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.line import in_line

# Takes the lock as another process of ours would, says so, and keeps it until it is killed.
_HOLDS = """
import fcntl, os, sys, time
fcntl.flock(os.open(sys.argv[1], os.O_RDWR | os.O_CREAT), fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@contextmanager
def held_by_another(database: Path) -> Iterator[subprocess.Popen[str]]:
    line = [sys.executable, "-c", _HOLDS, str(database.with_suffix(".line"))]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def wait_in_line(said: list[int], number: int) -> Thread:
    def wait() -> None:
        with in_line():
            said.append(number)
        connection.close()

    thread = Thread(target=wait)
    thread.start()
    time.sleep(0.05)  # So that the next one comes later.
    return thread


def test_it_lets_each_write_in_the_order_in_which_they_came(database: Path) -> None:
    said = list[int]()
    with held_by_another(database) as other:
        waiting = [wait_in_line(said, number) for number in range(6)]
        assert said == []
        other.kill()
        for thread in waiting:
            thread.join()

    assert said == list(range(6))


def test_it_gives_up_where_the_one_before_does_not_let_go(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    with held_by_another(database) as other:
        Timer(0.5, other.kill).start()
        with pytest.raises(OperationalError, match="locked"), in_line():
            pass
    with in_line():
        pass


def test_it_does_not_wait_for_itself(diary: StoredDiary, database: Path) -> None:
    with diary.alone(), diary.alone():
        assert connection.in_atomic_block
    with transaction.atomic(), diary.alone():
        assert connection.in_atomic_block
