"""Several who write in the same moment are written together: each is answered alone, and only once it is on disk."""

import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection
from tests.web.at_once import at_once

from quietlegs.records.diary import ConflictingFactError
from quietlegs.records.fact import Fact, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.web.store import together as module
from quietlegs.web.store.diaries import new_diary
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.home import HOSTED_VARIABLE
from quietlegs.web.store.sealing import KEY_VARIABLE, SealedError, new_server_key
from quietlegs.web.store.together import Together
from quietlegs.web.store.whose import in_hand

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def rating(severity: int = 5, hour: int = 0) -> Fact:
    return note(NightRating(severity), moment(NOON + timedelta(hours=hour), "UTC"), os.urandom(10))


class Held:
    """Writers who all come while one is writing; and what each heard."""

    def __init__(self, writes: Sequence[Callable[[], int]]) -> None:
        self.together, self.heard = Together(), dict[int, object]()
        self._begun, self._go_on = Event(), Event()
        first = Thread(target=self._one, args=(-1, self._wait))
        first.start()
        self._begun.wait(20)
        others = [Thread(target=self._one, args=(place, write)) for place, write in enumerate(writes)]
        for thread in others:
            thread.start()
        until = time.monotonic() + 20
        while len(self.together._waiting) < len(writes) and time.monotonic() < until:  # noqa: SLF001 - all shall be there
            time.sleep(0.01)
        self._go_on.set()
        for thread in (first, *others):
            thread.join()
        del self.heard[-1]

    def _wait(self) -> int:
        self._begun.set()
        self._go_on.wait(20)
        return 0

    def _one(self, place: int, write: Callable[[], int]) -> None:
        try:
            self.heard[place] = self.together.add(write)
        except Exception as error:  # noqa: BLE001 - what was heard
            self.heard[place] = error
        finally:
            connection.close()


def failing(error: Exception) -> Callable[[], int]:
    def write() -> int:
        raise error

    return write


def writing(fact: Fact) -> Callable[[], int]:
    return partial(StoredDiary()._write, {fact.id: fact}, look=False)  # noqa: SLF001 - what it is given to write


def test_it_writes_all_who_came_meanwhile_at_once(diary: StoredDiary, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [rating(hour=hour) for hour in range(6)]

    times, real = list[int](), module._write  # noqa: SLF001 - to see how many come together

    def counted(all_of: list[module._Waiting]) -> None:
        times.append(len(all_of))
        real(all_of)

    monkeypatch.setattr(module, "_write", counted)
    held = Held([writing(one) for one in facts])

    assert held.heard == dict.fromkeys(range(6), 1)
    assert times == [1, 6]
    assert set(diary.facts()) == set(facts)


@pytest.mark.parametrize("error", [SealedError("another key"), UnicodeEncodeError("utf-8", "x", 0, 1, "no")])
def test_what_cannot_be_sealed_keeps_nobody_else_from_writing(diary: StoredDiary, error: Exception) -> None:
    good = rating()

    held = Held([writing(good), failing(error)])

    assert held.heard[0] == 1
    assert isinstance(held.heard[1], type(error))
    assert diary.facts() == (good,)


def test_what_is_wrong_with_one_is_undone_alone(diary: StoredDiary) -> None:
    good, twice = rating(), rating()
    diary.add([twice])

    held = Held([writing(good), writing(twice)])

    assert held.heard[0] == 1
    assert isinstance(held.heard[1], IntegrityError)
    assert set(diary.facts()) == {good, twice}


def test_nobody_is_told_that_it_is_on_disk_where_it_is_not(diary: StoredDiary) -> None:
    good = rating()
    held = Held([writing(good), failing(OperationalError("database or disk is full"))])

    assert [str(held.heard[place]) for place in range(2)] == ["database or disk is full"] * 2
    assert diary.facts() == ()
    assert Together().add(writing(good)) == 1


def test_people_who_write_at_once_each_find_their_own(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOSTED_VARIABLE, "https://legs.example.org")
    monkeypatch.setenv(KEY_VARIABLE, new_server_key())
    diaries = [new_diary() for _ in range(8)]
    facts = {number: [rating(k % 11, k) for k in range(10)] for number in diaries}

    def write(number: int) -> int:
        with in_hand(number):
            return sum(StoredDiary().add([one]) + StoredDiary().add([one]) for one in facts[number])

    assert at_once(*(partial(write, number) for number in diaries)) == [10] * 8
    for number in diaries:
        with in_hand(number):
            assert set(StoredDiary().facts()) == set(facts[number])
            changed = facts[number][0]
            with pytest.raises(ConflictingFactError):
                StoredDiary().add([Fact(changed.id, changed.noted, changed.night, NightRating(10))])
