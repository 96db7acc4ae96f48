"""A full disk, a disk that cannot be written, a database held by another, a clock that jumps: said, and got over."""

import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

import pysqlite3
import pytest
from django.db import DatabaseError, connection
from django.test import Client
from tests.reliability.disks import Disk, disk
from tests.reliability.load import an_entry
from tests.web.prepared import on_a_copy
from tests.web.receivers import Mail, Web
from tests.web.reminding import begins, listens_everywhere, person

from quietlegs.library.load import load_library
from quietlegs.web.pages.frame.trouble import trouble_of
from quietlegs.web.store import backup, tokens
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.models import DeliveryRow
from quietlegs.web.worker.round import Rounds

NIGHT = date(2026, 11, 20)
FIELDS = {"severity": "6"}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Disk]:
    """A small disk with a diary on it, in use."""
    with disk(tmp_path / "disk") as made, on_a_copy(made.folder):
        yield made


class Phone:
    """A phone with a key, which sees an answer of 500 as one."""

    def __init__(self) -> None:
        key = tokens.make("one", ["read", "write"])
        self.client = Client(raise_request_exception=False, headers={"authorization": f"Bearer {key}"})
        self.answer = ""

    def writes(self) -> int:
        told = self.client.post("/api/v1/facts", [an_entry()], content_type="application/json", SERVER_NAME="localhost")
        self.answer = re.sub(r"\s+", " ", told.content.decode())
        return told.status_code


def stored() -> int:
    return len(list(StoredDiary().all_facts()))


def test_it_says_that_the_disk_is_full_loses_nothing_and_goes_on_when_there_is_room(small: Disk) -> None:
    phone = Phone()
    assert phone.writes() == 200

    small.fill()
    statuses = [phone.writes() for _ in range(30)]
    taken = statuses.count(200)
    assert set(statuses[-5:]) == {503}
    assert "The disk that keeps your diary is full" in phone.answer
    assert stored() == 1 + taken

    small.free()
    assert phone.writes() == 200
    assert stored() == 2 + taken


def test_it_leaves_no_half_copy_on_a_full_disk(small: Disk) -> None:
    phone = Phone()
    phone.writes()
    small.fill()
    target = small.folder / "copies" / "one.sqlite3"

    with pytest.raises((DatabaseError, OSError)):
        backup.backup(target)

    assert not target.exists()
    assert list(small.folder.glob("copies/.*")) == []
    assert stored() == 1


def test_it_says_that_nothing_can_be_written_and_shows_what_is_there(small: Disk) -> None:
    phone = Phone()
    phone.writes()

    small.shut()
    assert phone.writes() == 503
    assert "does not let anything be written" in phone.answer

    small.open()
    assert phone.writes() == 200
    assert stored() == 2


def test_it_waits_for_another_program_that_writes_and_says_so_when_that_takes_long(database: Path) -> None:
    phone = Phone()
    assert connection.settings_dict["OPTIONS"]["timeout"] == 10

    assert holding(database, 0.5, phone)[0] == 200

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 300")
    status, _waited = holding(database, 2.0, phone)
    assert status == 503
    assert "Another program is writing to the diary" in phone.answer
    assert phone.writes() == 200
    assert stored() == 2


@pytest.mark.slow
def test_it_waits_ten_seconds_for_another_program_before_it_says_so(database: Path) -> None:
    phone = Phone()

    status, waited = holding(database, 8.5, phone)
    assert status == 200
    assert waited > 8
    status, waited = holding(database, 16.0, phone)
    assert status == 503
    assert 9 < waited < 16
    assert "Another program is writing to the diary" in phone.answer
    assert phone.writes() == 200
    assert stored() == 2


def holding(file: Path, for_s: float, phone: Phone) -> tuple[int, float]:
    """Write while another program holds the database for so long; return the answer, and how long it took."""
    begun = Event()

    def hold() -> None:
        other = pysqlite3.connect(file)
        other.execute("BEGIN IMMEDIATE")
        begun.set()
        time.sleep(for_s)
        other.rollback()
        other.close()

    thread = Thread(target=hold)
    thread.start()
    begun.wait()
    began = time.monotonic()
    status = phone.writes()
    waited = time.monotonic() - began
    thread.join()
    return status, waited


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)])
def test_it_reminds_once_however_the_clock_jumps(
    database: Path,
    service: Web,
    post: Mail,
    jump: timedelta,
) -> None:
    person()
    listens_everywhere(service, post)
    at = begins(NIGHT)
    times = [at - timedelta(minutes=1), at, at + jump, at + timedelta(minutes=1), at + jump + timedelta(minutes=2)]
    times += [at + timedelta(minutes=3)]
    for now in times:
        Rounds(lambda now=now: now, load_library()).go()  # type: ignore[misc]  # the moment is bound here

    by_night = DeliveryRow.objects.values_list("night", "channel_id", "state")
    assert len({(night, channel) for night, channel, _state in by_night}) == len(by_night)
    assert list(by_night.filter(night=NIGHT).values_list("state", flat=True)) == ["arrived"] * 3
    assert len(post.letters) == len({str(one["Message-ID"]) for one in post.letters})


def test_it_takes_a_mistake_of_the_program_for_one() -> None:
    assert trouble_of(ValueError("full")) is None
    assert trouble_of(DatabaseError("no such column: fact.x")) is None
    assert trouble_of(None) is None
