"""Diaries of a group in one database: each sees its own, nobody's is read by mistake, and a thief reads nothing."""

import os
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.formats.test_known import ANDROID, written
from tests.web.receivers import Web
from tests.web.reminding import BERLIN, begins, listens, person

from quietlegs.formats.known import sniff
from quietlegs.library.load import load_library
from quietlegs.plan.reminding import Manners
from quietlegs.records.fact import Fact, note
from quietlegs.records.felt import NightRating
from quietlegs.records.measured import LabValue
from quietlegs.records.moment import moment
from quietlegs.records.person import Wishes
from quietlegs.web.links.calendar.views import new_address
from quietlegs.web.store import channels, diaries, imports, leases, tokens
from quietlegs.web.store.diaries import erase_diary, lock_anew, new_diary
from quietlegs.web.store.diary import StoredDiary, read_once
from quietlegs.web.store.health import findings
from quietlegs.web.store.home import HOSTED_VARIABLE
from quietlegs.web.store.models import ChannelRow, DiaryRow, FactRow
from quietlegs.web.store.rows import fact_of
from quietlegs.web.store.sealing import FILE_VARIABLE, KEY_VARIABLE, SealedError, new_server_key, server_keys
from quietlegs.web.store.whose import PERSONAL, NobodysDiaryError, each_request_its_own, in_hand
from quietlegs.web.worker.round import Rounds

NOW = moment(datetime(2026, 11, 20, 20, tzinfo=UTC), BERLIN)
NIGHT = date(2026, 11, 20)
PLANTED = "xylophone"


@pytest.fixture
def group(database: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Two people's diaries on a server that hosts a group."""
    monkeypatch.setenv(HOSTED_VARIABLE, "https://legs.example.org")
    monkeypatch.setenv(KEY_VARIABLE, new_server_key())
    return new_diary(), new_diary()


def rating(severity: int = 5) -> Fact:
    return note(NightRating(severity), NOW, os.urandom(10))


def secret() -> Fact:
    return note(LabValue("ferritin", 41.0, "ug/l", date(2026, 11, 2), laboratory=PLANTED), NOW, os.urandom(10))


def bytes_of(database: Path) -> bytes:
    return b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))


def test_it_keeps_each_diary_to_itself(group: tuple[int, int]) -> None:
    mine, theirs = group
    fact = rating()
    with in_hand(mine):
        StoredDiary().add([fact])
        assert StoredDiary().mark() > 0

    with in_hand(theirs):
        diary = StoredDiary()
        assert (diary.facts(), list(diary.all_facts()), diary.arrived(after=0, most=9)) == ((), [], ())
        assert (diary.stored([fact.id]), diary.untouched([fact.id]), diary.ids_on([fact.night])) == ({}, (), ())
        assert diary.mark() == 0


def test_it_keeps_the_same_fact_in_two_diaries(group: tuple[int, int]) -> None:
    fact, back = rating(), []
    for number in group:
        with in_hand(number):
            assert StoredDiary().add([fact]) == 1
            assert StoredDiary().add([fact]) == 0
            back.append(StoredDiary().facts())

    assert back == [(fact,), (fact,)]


def test_it_takes_the_same_file_into_two_diaries(group: tuple[int, int], tmp_path: Path) -> None:
    for number in group:
        with in_hand(number):
            file = written(tmp_path, ANDROID)
            assert imports.take(imports.look(sniff(file), file, BERLIN)) == 2
    with in_hand(group[0]):
        last = imports.last_taken()
        assert last is not None
        imports.undo(last.id, NOW)
    with in_hand(group[1]):
        last = imports.last_taken()
        assert (last.holding if last else None, len(StoredDiary().facts())) == (2, 2)


def test_it_streams_the_diary_that_was_in_hand(group: tuple[int, int]) -> None:
    mine, theirs = group
    with in_hand(mine):
        StoredDiary().add([rating(3)])
        streamed = StoredDiary().all_facts()
    with in_hand(theirs):
        StoredDiary().add([rating(8)])
        assert [fact.payload for fact in streamed] == [NightRating(3)]


def test_it_reads_once_a_diary_each(group: tuple[int, int]) -> None:
    with in_hand(group[0]):
        StoredDiary().add([rating()])
    with read_once():
        found = []
        for number in group:
            with in_hand(number):
                found.append(len(StoredDiary().facts()))
    assert found == [1, 0]


UNASKED: dict[str, Callable[[], object]] = {
    "diary": StoredDiary,
    "channels": channels.channels,
    "channel": lambda: channels.channel(1),
    "turn_on": lambda: channels.turn_on("ntfy", {"url": "https://ntfy.example.org/x"}, "en"),
    "turn_off": lambda: channels.turn_off(1),
    "manners": channels.manners,
    "keep_manners": lambda: channels.keep_manners(Manners(), BERLIN),
    "whereabouts": channels.whereabouts,
    "tokens": tokens.tokens,
    "make": lambda: tokens.make("x", ["read"]),
    "revoke": lambda: tokens.revoke(1),
    "last_taken": imports.last_taken,
    "undo": lambda: imports.undo(1, NOW),
    "decline": lambda: leases.decline("routine:2026-11-20:0:1"),
    "waiting": lambda: leases.waiting("routine:2026-11-20:0:1"),
    "is_declined": lambda: leases.is_declined(NIGHT),
}


@pytest.mark.parametrize("asked", UNASKED)
def test_it_reads_and_writes_nothing_where_nobody_signed_in(group: tuple[int, int], asked: str) -> None:
    with pytest.raises(NobodysDiaryError):
        UNASKED[asked]()


def test_it_leaves_no_diary_in_hand_to_the_next_request(group: tuple[int, int]) -> None:
    def answer(_request: HttpRequest) -> HttpResponse:
        StoredDiary()
        return HttpResponse()

    with in_hand(group[0]), pytest.raises(NobodysDiaryError):
        each_request_its_own(answer)(HttpRequest())


def test_it_opens_the_diary_that_a_key_was_made_for(group: tuple[int, int], client: Client) -> None:
    keys = []
    for severity, number in enumerate(group, 3):
        with in_hand(number):
            StoredDiary().add([rating(severity)])
            keys.append(tokens.make("watch", ["read"]))

    told = [client.get("/api/v1/facts", headers={"Authorization": f"Bearer {key}"}).json() for key in keys]

    assert [[one["payload"]["severity"] for one in page["facts"]] for page in told] == [[3], [4]]
    assert client.get("/api/v1/facts", headers={"Authorization": "Bearer none"}).status_code == 401


def test_it_gives_each_calendar_at_its_own_address(group: tuple[int, int], client: Client) -> None:
    addresses = []
    for number in group:
        with in_hand(number):
            person()
            addresses.append(new_address()["token"])
            channels.turn_on("calendar", {"token": addresses[-1]}, "en")

    assert [client.get(f"/calendar/{token}.ics").status_code for token in addresses] == [200, 200]
    mine, _, secret_of_mine = addresses[0].partition("~")
    assert mine == str(group[0])
    for guess in (f"{group[1]}~{secret_of_mine}", secret_of_mine, f"{'9' * 30}~x", "~x"):
        assert client.get(f"/calendar/{guess}.ics").status_code == 404


def test_it_reminds_each_person_at_their_own_hour(group: tuple[int, int], service: Web, socket_enabled: None) -> None:
    for number, topic in zip(group, ("mine", "theirs"), strict=True):
        with in_hand(number):
            person()
            listens("ntfy", {"url": f"{service.url}/{topic}"})
            hour = begins(NIGHT)

    assert [one.diary for one in channels.listening(["ntfy"])] == list(group)
    assert Rounds(lambda: hour, load_library()).go() == 2
    assert sorted(told.path for told in service.posted) == ["/mine", "/theirs"]
    with in_hand(group[0]):
        assert leases.decline(f"routine:{NIGHT}:0:{channels.channels()[0].id}")
        assert leases.is_declined(NIGHT)
    with in_hand(group[1]):
        assert not leases.is_declined(NIGHT)


def test_it_shows_a_thief_nothing(group: tuple[int, int], database: Path) -> None:
    with in_hand(group[0]):
        StoredDiary().add([secret()])
        channels.turn_on("mail", {"to": f"{PLANTED}@example.org", "password": PLANTED}, "en")
        assert StoredDiary().facts()[0].payload == secret().payload
        assert channels.channels()[0].address["password"] == PLANTED

    assert PLANTED.encode() not in bytes_of(database)
    assert b"41.0" not in bytes_of(database)


def test_it_seals_nothing_on_ones_own_machine(database: Path) -> None:
    StoredDiary().add([secret()])

    assert PLANTED.encode() in bytes_of(database)
    assert DiaryRow.objects.get(pk=PERSONAL).locked_key == ""


def test_it_opens_no_text_that_was_moved_or_changed(group: tuple[int, int]) -> None:
    with in_hand(group[0]):
        StoredDiary().add([rating(3), rating(9)])
        diary = DiaryRow.objects.get(pk=group[0])
        one, other = FactRow.objects.order_by("pk")
    raw = bytearray(b64decode(one.payload.removeprefix("gcm1:")))
    raw[-1] ^= 1
    whole = one.payload
    for wrong in (other.payload, "gcm1:" + b64encode(raw).decode()):
        one.payload = wrong
        with pytest.raises(SealedError):
            fact_of(one, diary)
    one.payload = whole
    assert fact_of(one, diary).payload == NightRating(3)


def test_it_locks_the_keys_anew(group: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    with in_hand(group[0]):
        StoredDiary().add([rating(3)])
    old, new = os.environ[KEY_VARIABLE], new_server_key()

    monkeypatch.setenv(KEY_VARIABLE, f"{new},{old}")
    assert lock_anew() == 2
    monkeypatch.setenv(KEY_VARIABLE, new)

    with in_hand(group[0]):
        assert StoredDiary().facts()[0].payload == NightRating(3)
    monkeypatch.setenv(KEY_VARIABLE, old)
    with pytest.raises(SealedError, match="another server key"):
        lock_anew()


def test_it_says_which_server_key_is_wrong_and_never_what_it_is(
    group: tuple[int, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, f"{new_server_key()} {PLANTED}")
    with pytest.raises(ImproperlyConfigured, match="server key 2 of 2") as told:
        server_keys()
    assert PLANTED not in str(told.value)
    monkeypatch.delenv(KEY_VARIABLE)
    with pytest.raises(ImproperlyConfigured, match="no server key"):
        new_diary()
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match="absent"):
        server_keys()
    (tmp_path / "absent").write_text(Fernet.generate_key().decode() + "\n")
    assert len(server_keys()) == 1


def test_it_erases_a_diary_and_no_other(group: tuple[int, int], database: Path) -> None:
    for number in group:
        with in_hand(number):
            StoredDiary().add([rating(), secret()])
            channels.turn_on("ntfy", {"url": "https://ntfy.example.org/x"}, "en")
            channels.keep_manners(Manners(), BERLIN)
            tokens.make("watch", ["read"])
    ids = [row.fact_id.hex for row in FactRow.everyones.filter(diary=group[0])]

    assert erase_diary(group[0]) == 2

    assert not DiaryRow.objects.filter(pk=group[0]).exists()
    assert not any(one.encode() in bytes_of(database) for one in ids)
    with in_hand(group[1]):
        assert (len(StoredDiary().facts()), len(channels.channels()), len(tokens.tokens())) == (2, 1, 1)
    assert ChannelRow.everyones.count() == 1


def test_it_holds_up_no_writer_while_somebody_reads_what_was_before(
    group: tuple[int, int], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diaries, "_PATIENCE_S", 0.5)
    with in_hand(group[0]), closing(sqlite3.connect(database, isolation_level=None)) as reader:
        StoredDiary().add([rating()])
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM fact").fetchone()
        StoredDiary().add([rating()])
        begun = perf_counter()
        assert diaries.empty_log() is False
        assert perf_counter() - begun < 5  # SQLite itself would hold everybody up for ten
        reader.execute("COMMIT")
        assert diaries.empty_log() is True
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] >= 5000


def test_it_deletes_no_fact_of_a_diary_that_is_kept(group: tuple[int, int]) -> None:
    with in_hand(group[0]):
        StoredDiary().add([rating()])
    for statement in ("DELETE FROM fact", f"UPDATE fact SET diary_id = {group[1]}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_it_finds_what_a_lost_key_leaves_unreadable(group: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    with in_hand(group[0]):
        StoredDiary().add([rating()])
    assert ("facts", "1 sound, 0 damaged", True) in list(findings())
    DiaryRow.objects.filter(pk=group[0]).update(locked_key="")

    assert ("facts", "0 sound, 1 damaged", False) in list(findings())


def test_it_asks_no_more_of_many_people_than_of_few_while_nothing_is_noted(
    group: tuple[int, int], service: Web, socket_enabled: None
) -> None:
    def asked_by_a_round() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert rounds.go() == 0
        return len(queries)

    at = begins_for(group[0], service) - timedelta(minutes=1)
    rounds = Rounds(lambda: at, load_library())
    asked = []
    for people in (0, 4):
        for number in (group[1], *(new_diary() for _ in range(people))):
            begins_for(number, service)
        with in_hand(new_diary()):
            # So much was noted since, in a diary that wants no reminders, that nobody's is among the last rows.
            StoredDiary().add([rating() for _ in range(300)])
        rounds.go()
        asked.append(asked_by_a_round())

    assert asked[0] == asked[1]


def test_it_hears_what_was_noted_and_said_between_two_rounds(
    group: tuple[int, int], service: Web, socket_enabled: None
) -> None:
    hour = begins_for(group[0], service)
    clock = [hour - timedelta(minutes=2)]
    rounds = Rounds(lambda: clock[0], load_library())
    assert rounds.go() == 0
    with in_hand(group[0]):
        StoredDiary().add([note(Wishes(time(22, 10)), NOW, os.urandom(10))])
    clock[0] = hour
    assert rounds.go() == 0
    with in_hand(group[0]):
        clock[0] = begins(NIGHT)
    assert clock[0] > hour
    assert rounds.go() == 1
    assert rounds.go() == 0


def begins_for(number: int, service: Web) -> datetime:
    with in_hand(number):
        person()
        listens("ntfy", {"url": f"{service.url}/{number}"})
        return begins(NIGHT)
