"""What the store promises: nothing lost, nothing doubled, nothing changed."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from quietlegs.records.diary import ConflictingFactError
from quietlegs.records.fact import Fact, Payload, Withdrawal, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.person import Wishes
from quietlegs.records.wire import WireError
from quietlegs.web.sqlite import OLDEST
from quietlegs.web.store.diary import StoredDiary, read_once
from quietlegs.web.store.health import findings
from quietlegs.web.store.models import FactRow

START = datetime(2026, 11, 1, 21, 0, tzinfo=UTC)


def facts(*payloads: Payload) -> Iterator[Fact]:
    for hours, payload in enumerate(payloads):
        yield note(payload, moment(START + timedelta(hours=24 * hours), "Europe/Berlin"), os.urandom(10))


def test_it_gives_back_what_was_added(diary: StoredDiary) -> None:
    noted = tuple(facts(NightRating(7), NightRating(0), Wishes()))

    assert diary.add(noted) == 3

    assert diary.facts() == noted
    assert tuple(diary.all_facts()) == noted


def test_it_stores_the_same_fact_once(diary: StoredDiary) -> None:
    noted = tuple(facts(NightRating(7)))
    diary.add(noted)

    assert diary.add(noted) == 0

    assert tuple(diary.all_facts()) == noted


def test_it_refuses_an_id_that_says_something_else_and_stores_nothing_of_the_batch(diary: StoredDiary) -> None:
    first, other = facts(NightRating(7), NightRating(3))
    diary.add([first])

    with pytest.raises(ConflictingFactError, match=str(first.id)):
        diary.add([other, replace(first, payload=NightRating(2))])

    assert tuple(diary.all_facts()) == (first,)


def test_it_refuses_two_contents_for_one_id_in_a_batch(diary: StoredDiary) -> None:
    (first,) = facts(NightRating(7))

    with pytest.raises(ConflictingFactError):
        diary.add([first, replace(first, payload=NightRating(2))])

    assert tuple(diary.all_facts()) == ()


def test_it_shows_the_correction_and_keeps_the_first_entry(diary: StoredDiary) -> None:
    first, second = facts(NightRating(7), NightRating(4))
    corrected = replace(second, night=first.night, supersedes=first.id)
    diary.add([first, corrected])

    assert diary.facts(NightRating) == (corrected,)
    assert len(tuple(diary.all_facts())) == 2


def test_it_shows_nothing_of_a_withdrawn_fact(diary: StoredDiary) -> None:
    first, second = facts(NightRating(7), NightRating(1))
    diary.add([first, replace(second, payload=Withdrawal(), supersedes=first.id)])

    assert diary.facts() == ()


def test_it_finds_facts_by_kind_and_night(diary: StoredDiary) -> None:
    noted = tuple(facts(NightRating(1), NightRating(2), NightRating(3), Wishes()))
    diary.add(noted)

    found = diary.facts(NightRating, since=date(2026, 11, 2), until=date(2026, 11, 2))

    assert found == (noted[1],)


def test_it_reads_the_same_once_also_where_one_block_lies_within_another(diary: StoredDiary) -> None:
    noted = tuple(facts(NightRating(7)))
    diary.add(noted)

    with CaptureQueriesContext(connection) as asked, read_once():
        found = [diary.facts(NightRating)]
        with read_once():
            found.append(diary.facts(NightRating))
        found.append(diary.facts(NightRating))

    assert found == [noted] * 3
    # Which row is the newest, and what holds.
    assert len(asked) == 2
    more = tuple(facts(NightRating(3)))
    diary.add(more)
    assert set(diary.facts(NightRating)) == {*noted, *more}


@pytest.mark.parametrize("statement", ["UPDATE fact SET payload = '{}'", "DELETE FROM fact"])
def test_it_lets_nobody_change_or_delete_a_fact(diary: StoredDiary, statement: str) -> None:
    noted = tuple(facts(NightRating(7)))
    diary.add(noted)

    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)

    assert tuple(diary.all_facts()) == noted


def test_it_runs_on_a_sqlite_that_several_processes_may_write_to(diary: StoredDiary) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        version = tuple(int(part) for part in cursor.fetchone()[0].split("."))

    assert version >= OLDEST


def test_it_calls_a_sound_database_good(diary: StoredDiary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETLEGS_HOME", str(tmp_path))  # with no copy that another test has left
    diary.add(facts(NightRating(7)))

    found = {name: (what, good) for name, what, good in findings()}

    assert found["facts"] == ("1 sound, 0 damaged", True)
    # Nights long ago, and no copy yet: that is told.
    assert [name for name, (_, good) in found.items() if not good] == ["copy"]
    assert found["journal_mode"][0] == "wal"
    assert found["synchronous"][0] == "2"


def test_it_names_a_row_that_no_longer_says_a_fact(diary: StoredDiary) -> None:
    (fact,) = facts(NightRating(7))
    diary.add([fact])
    FactRow(
        fact_id="019ba510-3000-7000-8000-000000000000",
        kind="night_rating",
        night=fact.night,
        at=fact.noted.at,
        zone="Europe/Berlin",
        offset_s=3600,
        wall=fact.noted.wall.isoformat(),
        payload={"severity": 77},
    ).save()

    damaged = [what for name, what, good in findings() if not good]

    assert damaged[0] == "1 sound, 1 damaged"
    assert "NightRating.severity is 77" in damaged[1]
    with pytest.raises(WireError):
        diary.facts()


def test_it_keeps_the_file_for_its_owner_alone(database: Path) -> None:
    home = Path(os.environ["QUIETLEGS_HOME"])

    assert [file for file in home.iterdir() if file.stat().st_mode & 0o077] == []
