"""An entry that is changed is replaced by a new fact about the same night; the old one stays in the file."""

import os
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.test import Client

from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating, OfferedBecause, Relief
from quietlegs.records.moment import moment
from quietlegs.records.slept import Intake, Substance, Unit
from quietlegs.web.store.diary import StoredDiary

AT = datetime(2026, 11, 3, 20, 30, tzinfo=UTC)
COFFEE = Intake(Substance.CAFFEINE, 80, Unit.MG, AT)


def held(diary: StoredDiary, payload: Payload) -> Fact:
    fact = note(payload, moment(AT, "Europe/Berlin"), os.urandom(10))
    diary.add([fact])
    return fact


def test_it_changes_the_ratings_around_a_movement(client: Client, diary: StoredDiary) -> None:
    fact = held(diary, Relief("calf_wall_straight", OfferedBecause.DEFAULT, 1.0, 7, 3))
    page = client.get(f"/log/change/{fact.id}/").content.decode()
    assert 'name="before" value="7" checked' in page

    answer = client.post(f"/log/change/{fact.id}/", {"before": "6", "after": "", "after_10_min": "2"})

    assert answer.headers["Location"] == "/log/?night=2026-11-03"
    (now,) = diary.facts(Relief)
    assert now.payload == Relief("calf_wall_straight", OfferedBecause.DEFAULT, 1.0, 6, None, 2)
    assert (now.supersedes, now.night, now.noted.zone) == (fact.id, fact.night, "Europe/Berlin")


def test_it_changes_amount_and_hour_of_what_was_taken(client: Client, diary: StoredDiary) -> None:
    fact = held(diary, COFFEE)
    assert 'value="21:30"' in client.get(f"/log/change/{fact.id}/").content.decode()

    client.post(f"/log/change/{fact.id}/", {"amount": "40,5", "taken": "20:30"})

    (now,) = (one.payload for one in diary.facts(Intake))
    assert now == Intake(Substance.CAFFEINE, 40.5, Unit.MG, AT - timedelta(hours=1))


def test_it_writes_nothing_where_nothing_was_changed(client: Client, diary: StoredDiary) -> None:
    fact = held(diary, COFFEE)

    client.post(f"/log/change/{fact.id}/", {"amount": "80", "taken": "21:30"})

    assert diary.facts() == (fact,)


def test_it_names_what_does_not_fit(client: Client, diary: StoredDiary) -> None:
    fact = held(diary, COFFEE)

    answer = client.post(f"/log/change/{fact.id}/", {"amount": "5000", "taken": "21:30"})

    assert answer.status_code == 400
    assert "0 to 3000 mg for caffeine" in answer.content.decode()
    assert diary.facts() == (fact,)


def test_it_changes_an_entry_once(client: Client, diary: StoredDiary) -> None:
    fact = held(diary, COFFEE)
    for amount in ("40", "60"):
        client.post(f"/log/change/{fact.id}/", {"amount": amount, "taken": "21:30"})

    assert [one.payload.amount for one in diary.facts() if isinstance(one.payload, Intake)] == [40]


def test_it_knows_only_entries_that_can_be_changed(client: Client, diary: StoredDiary) -> None:
    for fact_id in (held(diary, NightRating(3)).id, UUID(int=7)):
        assert client.get(f"/log/change/{fact_id}/").status_code == 404
