"""Files read and taken in by real workers that are killed, cancelled and two at a time: all of it once, or nothing."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.formats.test_known import WATCH
from tests.web.clockwork import Hand, kill, start_worker

from quietlegs.records.slept import Sleep
from quietlegs.web.store import handed_files, handed_over
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.handed_over import Handed
from quietlegs.web.store.models import HandedOverRow, ImportedRow, ImportRow

NIGHTS = 1000
SLEEP = "HKCategoryTypeIdentifierSleepAnalysis"
_HEART = '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" value="74"/>\n'
_PATIENCE_S = 120
_MEGABYTE = 10**6


@pytest.fixture(autouse=True)
def home(tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETLEGS_HOME", str(tmp_path))


@pytest.fixture
def hand(tmp_path: Path) -> Hand:
    found = Hand(tmp_path / "clock")
    found.set(datetime(2026, 11, 20, 12, tzinfo=UTC))
    return found


def handed(hand: Hand, *, megabytes: int) -> str:
    """Hand an export over that is as large, with a thousand nights at its end."""
    first = datetime(2010, 1, 1, 1, tzinfo=UTC)
    arrived = handed_files.folder() / "x.part"
    with arrived.open("w", encoding="utf-8") as lines:
        lines.write('<?xml version="1.0"?>\n<HealthData locale="en">\n')
        for _number in range(megabytes * _MEGABYTE // len(_HEART) // 1000):
            lines.write(_HEART * 1000)
        for number in range(NIGHTS):
            began = first + timedelta(days=number)
            times = f'startDate="{began:%Y-%m-%d} 01:00:00 +0000" endDate="{began:%Y-%m-%d} 07:00:00 +0000"'
            lines.write(f'<Record type="{SLEEP}" sourceName="Watch" {times} value="{WATCH}InBed"/>\n')
        lines.write("</HealthData>\n")
    size = arrived.stat().st_size
    token = handed_files.keep(arrived, "export.xml")
    handed_over.hand_over(
        token, "export.xml", {"digest": "0" * 64, "size": size, "zone": "UTC", "language": "en"}, hand.now()
    )
    return token


def until(seen: Callable[[], object]) -> None:
    ends = time.monotonic() + _PATIENCE_S
    while not seen():
        assert time.monotonic() < ends
        time.sleep(0.02)


def now_there(token: str) -> Handed:
    found = handed_over.find(token)
    assert found is not None
    return found


def killed_anew(worker: "subprocess.Popen[bytes]", hand: Hand, folder: Path) -> "subprocess.Popen[bytes]":
    kill(worker)
    hand.set(hand.now() + handed_over.LEASE + timedelta(seconds=1))
    return start_worker(folder)


def test_it_begins_anew_when_it_was_killed_while_it_read(hand: Hand, tmp_path: Path) -> None:
    token = handed(hand, megabytes=60)
    worker = start_worker(tmp_path)
    until(lambda: now_there(token).come > 0)

    worker = killed_anew(worker, hand, tmp_path)
    assert now_there(token).state == "reading"
    assert StoredDiary().facts() == ()
    until(lambda: now_there(token).state == "looked")
    kill(worker)

    assert (now_there(token).told["new"], now_there(token).lease) == (NIGHTS, 2)


def test_it_stops_when_it_is_cancelled_and_reads_what_comes_next(hand: Hand, tmp_path: Path) -> None:
    token = handed(hand, megabytes=60)
    worker = start_worker(tmp_path)
    until(lambda: now_there(token).come > 0)
    handed_over.let_go(token)
    handed_files.let_go(token)

    after = handed(hand, megabytes=1)
    until(lambda: now_there(after).state == "looked")
    kill(worker)

    assert [one.name for one in handed_files.folder().iterdir()] == [after]
    assert StoredDiary().facts() == ()


def test_it_is_done_once_by_two_workers(hand: Hand, tmp_path: Path) -> None:
    tokens = [handed(hand, megabytes=5) for _number in range(2)]
    workers = [start_worker(tmp_path) for _number in range(2)]
    until(lambda: all(now_there(token).state == "looked" for token in tokens))
    for token in tokens:
        assert now_there(token).lease == 1
        handed_over.take(token, hand.now())
    until(lambda: all(now_there(token).state == "taken" for token in tokens))
    for worker in workers:
        kill(worker)

    # Twice the same file: the first one brings all of it, the other nothing.
    assert sorted(now_there(token).told["count"] for token in tokens) == [0, NIGHTS]
    assert len(StoredDiary().facts(Sleep)) == NIGHTS
    assert ImportRow.objects.count() == 1


def test_it_takes_in_all_or_nothing_however_often_it_is_killed(hand: Hand, tmp_path: Path) -> None:
    token = handed(hand, megabytes=1)
    worker = start_worker(tmp_path)
    until(lambda: now_there(token).state == "looked")
    handed_over.take(token, hand.now())
    dice = random.Random(20261127)
    for _number in range(3):
        time.sleep(dice.uniform(0, 1))
        worker = killed_anew(worker, hand, tmp_path)
        assert len(StoredDiary().facts(Sleep)) in (0, NIGHTS)
        # The fifth try in vain would be the last.
        HandedOverRow.objects.filter(token=token).update(tries=0)
    until(lambda: now_there(token).state == "taken")
    kill(worker)

    assert len(StoredDiary().facts(Sleep)) == NIGHTS
    assert ImportedRow.objects.count() == NIGHTS
    assert list(handed_files.folder().iterdir()) == []


def test_it_reads_all_that_waits_when_the_worker_looks_once(hand: Hand, tmp_path: Path) -> None:
    hand.set(datetime.now(UTC))
    token = handed(hand, megabytes=1)

    command = [sys.executable, "-m", "quietlegs.cli.main", "worker", "--once"]
    subprocess.run(command, env=os.environ | {"QUIETLEGS_HOME": str(tmp_path)}, check=True, timeout=_PATIENCE_S)

    assert now_there(token).state == "looked"
