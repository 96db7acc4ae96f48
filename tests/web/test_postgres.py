"""The diary and the lease table on a real PostgreSQL: what SQLite promises holds there too."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from tests.formats.test_known import PLEES
from tests.web.lease_run import PHONES
from tests.web.postgres import ABSENT, postgres, programs
from tests.web.reminding import BERLIN, LONG_AGO, listens, person

from quietlegs.records.fact import Fact, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.slept import Sleep
from quietlegs.web.databases import VARIABLE, chosen
from quietlegs.web.store import channels, handed_files, handed_over, leases, trail
from quietlegs.web.store.diaries import erase_diary, new_diary
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.health import findings, place
from quietlegs.web.store.models import DeliveryRow, ImportRow
from quietlegs.web.store.whose import in_hand
from quietlegs.web.worker.files import Files

pytestmark = pytest.mark.skipif(programs() is None, reason=ABSENT)
NIGHT = date(2026, 11, 20)
WAITS_S = 20
ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture
def diary(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoredDiary]:
    """The diary on PostgreSQL, each time empty, for every thread of this process."""
    monkeypatch.setenv(VARIABLE, address)
    before, told = connections.settings["default"], chosen() | {"CONN_MAX_AGE": 0}
    connection.close()
    connections.settings["default"] = connections.configure_settings({"default": told})["default"]
    del connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0, interactive=False)
    yield StoredDiary()
    connection.close()
    connections.settings["default"] = before
    del connections["default"]


def rating(severity: int = 5) -> Fact:
    return note(NightRating(severity), moment(NOW, BERLIN), os.urandom(10))


def test_it_gives_back_what_was_added_once(diary: StoredDiary) -> None:
    facts = [rating(severity) for severity in range(5)]

    assert (diary.add(facts), diary.add(facts)) == (5, 0)
    assert sorted(diary.facts(), key=lambda one: one.id) == sorted(facts, key=lambda one: one.id)


@pytest.mark.parametrize("statement", ["UPDATE fact SET kind = 'x'", "DELETE FROM fact", "TRUNCATE fact"])
def test_it_lets_nobody_change_or_delete_a_fact(diary: StoredDiary, statement: str) -> None:
    diary.add([rating()])
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)

    assert len(diary.facts()) == 1


@pytest.mark.parametrize("statement", ["UPDATE trail SET what = 'x'", "DELETE FROM trail", "TRUNCATE trail"])
def test_it_lets_nobody_change_a_step_or_delete_one_before_its_time(diary: StoredDiary, statement: str) -> None:
    now = datetime.now(UTC)
    trail.leave(trail.ERASED)
    trail.leave(trail.RESTORED, at=now - trail.KEPT - timedelta(days=1))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert trail.clear(now) == 1
    assert [one.what for one in trail.steps(0, 9)] == [trail.ERASED]


def test_it_takes_the_same_facts_from_several_at_once(diary: StoredDiary) -> None:
    facts = [rating() for _ in range(50)]
    added: list[int] = []
    together(lambda: added.append(diary.add(facts)), 4)

    assert sum(added) == len(diary.facts()) == 50


def test_it_lets_one_at_a_time_look_and_write(diary: StoredDiary) -> None:
    def first() -> None:
        with diary.alone():
            if not diary.facts():
                diary.add([rating()])

    together(first, 4)

    assert len(diary.facts()) == 1


def test_it_hides_nothing_from_a_reader_that_comes_between_two_writers(diary: StoredDiary) -> None:
    early, late = rating(), rating()
    written, may_end = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            diary.add([early])
            written.set()
            may_end.wait(WAITS_S)

    def quick() -> None:
        diary.add([late])

    writers = [Thread(target=closing(slow)), Thread(target=closing(quick))]
    writers[0].start()
    assert written.wait(WAITS_S)
    writers[1].start()
    writers[1].join(1)  # It has this long to overtake.
    mark, seen = diary.mark(), list(diary.arrived(after=0, most=10))
    may_end.set()
    for one in writers:
        one.join()

    # Whoever asks for what came after the last number misses nothing, and the mark tells of it.
    seen += diary.arrived(after=seen[-1][0] if seen else 0, most=10)
    assert [fact for _, fact in seen] == [early, late]
    assert diary.mark() > mark


def test_it_gives_each_delivery_to_one_of_several_workers(diary: StoredDiary) -> None:
    person()
    channel = listens("ntfy", {"url": "http://127.0.0.1:1/topic"})
    leases.add(leases.wanted(NIGHT, number, channel.id, NOW) for number in range(40))
    taken: list[str] = []

    def take() -> None:
        while (delivery := leases.claim(NOW)) is not None:
            taken.append(delivery.key)

    together(take, 4)
    assert sorted(taken) == sorted(set(taken)) == sorted(DeliveryRow.objects.values_list("key", flat=True))
    # Whose lease has run out is free again, and whoever lost it notes nothing.
    again = leases.claim(NOW + leases.LEASE)
    assert again is not None
    assert (again.attempt, leases.claim(NOW)) == (2, None)


def test_it_notes_the_same_reminder_once_from_several_at_once(diary: StoredDiary) -> None:
    person()
    channel = listens("ntfy", {"url": "http://127.0.0.1:1/topic"})
    together(lambda: leases.add([leases.wanted(NIGHT, 0, channel.id, NOW)]), 4)

    [key] = DeliveryRow.objects.values_list("key", flat=True)
    answered: list[bool] = []
    together(lambda: answered.append(leases.put_off(key, NOW + timedelta(minutes=15))), 4)
    assert sorted(answered) == [False, False, False, True]
    assert DeliveryRow.objects.count() == 2


def test_it_reads_and_takes_in_a_file_once_with_several_at_work(
    diary: StoredDiary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIETLEGS_HOME", str(tmp_path))
    arrived = handed_files.folder() / "x.part"
    arrived.write_text(PLEES, encoding="ascii")
    token = handed_files.keep(arrived, "plees.csv")
    about = {"digest": "0" * 64, "size": len(PLEES), "zone": BERLIN, "language": "en"}
    handed_over.hand_over(token, "plees.csv", about, NOW)

    together(Files(lambda: NOW).go, 4)
    looked = handed_over.find(token)
    handed_over.take(token, NOW)
    together(Files(lambda: NOW).go, 4)
    taken = handed_over.find(token)

    assert looked is not None
    assert taken is not None
    assert [(one.state, one.lease) for one in (looked, taken)] == [("looked", 1), ("taken", 2)]
    assert len(diary.facts(Sleep)) == 2
    assert ImportRow.objects.count() == 1


def test_it_lets_two_people_write_at_once_and_erases_one(diary: StoredDiary) -> None:
    other = new_diary()
    diary.add([rating()])
    held, may_end = Event(), Event()

    def slow() -> None:
        with diary.alone():
            held.set()
            may_end.wait(WAITS_S)

    writer = Thread(target=closing(slow))
    writer.start()
    assert held.wait(WAITS_S)
    with in_hand(other):
        assert StoredDiary().add([rating(), rating()]) == 2
    may_end.set()
    writer.join()

    assert erase_diary(other) == 2
    assert len(diary.facts()) == 1


def test_it_lets_the_doctor_name_the_server_and_no_password(diary: StoredDiary) -> None:
    found = {what: (told, good) for what, told, good in findings()}

    assert found["database"] == (place(), True)
    assert place().startswith("PostgreSQL, diary at ")
    assert found["fsync"] == found["full_page_writes"] == ("on", True)
    assert found["facts"] == ("0 sound, 0 damaged", True)


def test_it_keeps_channels_and_manners(diary: StoredDiary) -> None:
    person()
    assert channels.whereabouts() == channels.Whereabouts(BERLIN, None)
    channels.worked(LONG_AGO)
    assert channels.whereabouts() == channels.Whereabouts(BERLIN, LONG_AGO)


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), ("postgres",)])
def test_it_loses_no_reminder_of_two_hundred_on_either_database_when_workers_are_killed(words: tuple[str, ...]) -> None:
    said = run(*words)
    print(said)  # noqa: T201 - the figure is the point

    assert f"{PHONES} due" in said
    assert " 0 lost" in said
    assert "0 of them under another id" in said


def run(*words: str) -> str:
    env = {name: value for name, value in os.environ.items() if name not in {"QUIETLEGS_HOME", VARIABLE}}
    command = [sys.executable, "-m", "tests.web.lease_run", *words]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def closing(do: Callable[[], object]) -> Callable[[], None]:
    """Do it, then close the thread's own connection."""

    def one() -> None:
        try:
            do()
        finally:
            connection.close()

    return one


def together(do: Callable[[], object], count: int) -> None:
    """Do it in so many threads at the same moment."""
    gate = Barrier(count)

    def one() -> None:
        gate.wait()
        do()

    threads = [Thread(target=closing(one)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
