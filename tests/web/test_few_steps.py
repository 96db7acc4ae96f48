"""A night is written down in few steps, by whoever writes it: what is answered stays the same."""

import gc
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from quietlegs.records.diary import ConflictingFactError
from quietlegs.records.fact import Fact, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.web.server import collect_rarely
from quietlegs.web.store import tokens
from quietlegs.web.store.diaries import erase_diary, new_diary
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.home import HOSTED_VARIABLE
from quietlegs.web.store.sealing import KEY_VARIABLE, new_server_key
from quietlegs.web.store.whose import in_hand

NOW = moment(datetime(2026, 11, 20, 20, tzinfo=UTC), "Europe/Berlin")


@pytest.fixture
def mine(database: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A person's diary on a server that hosts a group."""
    monkeypatch.setenv(HOSTED_VARIABLE, "https://legs.example.org")
    monkeypatch.setenv(KEY_VARIABLE, new_server_key())
    return new_diary()


def rating(severity: int = 5) -> Fact:
    return note(NightRating(severity), NOW, os.urandom(10))


def test_it_asks_for_the_key_once_and_looks_for_nothing_else(mine: int) -> None:
    with in_hand(mine), CaptureQueriesContext(connection) as asked:
        StoredDiary().add([rating()])

    steps = [one["sql"].split()[:3] for one in asked]
    assert [step[0] for step in steps] == ["BEGIN", "SELECT", "INSERT", "COMMIT"]


def test_it_knows_a_key_by_one_question(mine: int) -> None:
    with in_hand(mine):
        key = tokens.make("watch", ["write"])
    assert tokens.known(key) is not None

    with CaptureQueriesContext(connection) as asked:
        found = tokens.known(key)

    assert found is not None
    assert (found.diary, len(asked)) == (mine, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_it_still_stores_each_once_and_refuses_what_says_something_else(mine: int, count: int) -> None:
    facts = [rating() for _ in range(count)]
    other = note(NightRating(1), NOW, facts[0].id.bytes[6:])
    with in_hand(mine):
        diary = StoredDiary()
        assert (diary.add(facts[1:]), diary.add(facts), diary.add(facts)) == (count - 1, 1, 0)
        with pytest.raises(ConflictingFactError):
            diary.add([Fact(facts[0].id, other.noted, other.night, other.payload)])

        assert set(diary.facts()) == set(facts)


def test_it_seals_by_the_key_of_now_where_the_diary_was_begun_anew_meanwhile(mine: int) -> None:
    late = rating(2)
    with in_hand(mine):
        diary = StoredDiary()
        diary.add([rating()])
        assert len(diary.facts()) == 1
        erase_diary(mine, begins_anew=True)

        diary.add([late])

        assert StoredDiary().facts() == (late,)


def test_it_keeps_the_file_open_from_one_request_to_the_next(database: Path) -> None:
    connection.ensure_connection()
    before = connection.connection

    close_old_connections()

    assert connection.connection is before


def test_the_server_looks_for_garbage_less_often_than_python_would() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        collect_rarely()
        assert gc.get_threshold()[0] > before[0]
        assert gc.get_freeze_count() > frozen
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
