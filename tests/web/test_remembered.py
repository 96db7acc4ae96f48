"""What a process remembers of a diary is what the diary says: whatever is added, corrected, late, or put back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quietlegs.cli.demo import facts_of, simulate
from quietlegs.records.done import NightState, State
from quietlegs.records.fact import Fact, Withdrawal, current, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.remark import Remark
from quietlegs.web.store import diary as stored
from quietlegs.web.store.backup import backup, restore
from quietlegs.web.store.diaries import new_diary
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.home import HOSTED_VARIABLE
from quietlegs.web.store.remembered import Known, Memory
from quietlegs.web.store.sealing import KEY_VARIABLE, new_server_key
from quietlegs.web.store.whose import in_hand

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST, LAST = date(2026, 3, 3), date(2026, 3, 8)


def lived(dice: np.random.Generator, count: int) -> Iterator[Fact]:
    """Yield entries, corrections and withdrawals of ten nights, as phones that were apart may send them."""
    known: list[Fact] = []
    for place in range(count):
        at = moment(NOON + timedelta(hours=int(dice.integers(0, 240)), seconds=place), "Europe/Berlin")
        of = known[dice.integers(len(known))].id if known and dice.random() < 0.4 else None
        payload = Withdrawal() if of and dice.random() < 0.3 else NightState(State.SICK)
        if dice.random() < 0.7 and not isinstance(payload, Withdrawal):
            payload = NightRating(int(dice.integers(0, 11)))  # type: ignore[assignment]  # one kind or another
        known.append(note(payload, at, dice.bytes(10), supersedes=of))
    # What replaces another may arrive before it.
    for place in dice.permutation(count):
        yield known[place]


def asked_of(facts: list[Fact], since: date | None = None, until: date | None = None) -> tuple[Fact, ...]:
    held = current(facts)
    return tuple(one for one in held if (since is None or one.night >= since) and (until is None or one.night <= until))


@pytest.mark.parametrize("seed", range(5))
def test_it_says_at_any_time_what_holds_of_all_that_was_ever_stored(diary: StoredDiary, seed: int) -> None:
    dice, known = np.random.default_rng(seed), list[Fact]()
    for fact in lived(dice, 40):
        known.append(fact)
        StoredDiary().add([fact])
        if dice.random() < 0.3:
            continue

        assert diary.facts() == asked_of(known)
        ratings = [one for one in asked_of(known, FIRST, LAST) if isinstance(one.payload, NightRating)]
        assert diary.facts(NightRating, since=FIRST, until=LAST) == tuple(ratings)


def test_it_forgets_what_a_copy_that_was_put_back_does_not_hold(diary: StoredDiary, tmp_path: Path) -> None:
    early, late, other = lived(np.random.default_rng(1), 3)
    diary.add([early])
    copy = backup(tmp_path / "copy").file
    diary.add([late])
    assert set(diary.facts()) == set(asked_of([early, late]))

    restore(copy)

    assert diary.facts() == asked_of([early])
    diary.add([other])
    assert diary.facts() == asked_of([early, other])


def test_it_forgets_what_was_stored_and_taken_back_in_one_go(diary: StoredDiary) -> None:
    first, second, third = (note(NightRating(n), moment(NOON, "UTC"), bytes([n] * 10)) for n in (1, 2, 3))
    diary.add([first])
    with transaction.atomic():
        diary.add([second])
        assert set(diary.facts()) == {first, second}
        transaction.set_rollback(True)
    diary.add([third])

    assert set(diary.facts()) == {first, third}


def test_it_lets_the_diary_go_that_was_asked_longest_ago_where_there_is_no_room() -> None:
    memory, fact = Memory(most_facts=10), note(NightRating(3), moment(NOON, "UTC"), bytes(10))
    for number in range(3):
        memory.put(("file", number), Known((1, fact.id), {NightRating: (fact,) * 4}))

    assert [memory.get(("file", number)) is not None for number in range(3)] == [False, True, True]


@pytest.mark.parametrize("group", [False, True])
def test_many_rows_are_read_as_each_is_read_alone(
    database: Path, monkeypatch: pytest.MonkeyPatch, *, group: bool
) -> None:
    if group:
        monkeypatch.setenv(HOSTED_VARIABLE, "https://legs.example.org")
        monkeypatch.setenv(KEY_VARIABLE, new_server_key())
    rng = np.random.default_rng(7)
    facts = [*facts_of(*simulate(rng, NOON.date(), 60), rng, "Europe/Berlin"), *lived(rng, 40)]
    facts.append(note(Remark('\u201eruhig\u201c, 2 \u00d7 "quiet"'), moment(NOON, "UTC"), bytes([9] * 10)))
    facts.append(note(Remark("mood", note="word " * 200), moment(NOON, "UTC"), bytes([8] * 10)))
    with in_hand(new_diary()):
        diary = StoredDiary()
        diary.add(facts)

        held = diary.facts()

        assert held == current(facts)
        assert diary.stored(one.id for one in held) == {one.id: one for one in held}


@pytest.mark.parametrize("page", ["/", "/log/", "/learn/", "/learn/stage/", "/guide/calm/", "/report/", "/measures/"])
def test_a_page_asks_no_more_of_many_nights_than_of_few(
    client: Client, diary: StoredDiary, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    def asked() -> int:
        monkeypatch.setattr(stored, "_memory", Memory())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    rng = np.random.default_rng(7)
    schedule, nights = simulate(rng, yesterday, 150)
    facts = list(facts_of(schedule, nights, rng, "Europe/Berlin"))
    few = nights[40].on
    diary.add(one for one in facts if one.night <= few)
    before = asked()
    diary.add(one for one in facts if one.night > few)

    # A trial that has come further may ask one thing more, with its mark; a hundred nights ask nothing more.
    assert 0 < asked() <= before + 2
