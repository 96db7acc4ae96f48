"""Corrections on the nights' page: what was not touched stays, what was taken back is taken back whole."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from quietlegs.records.done import NightState
from quietlegs.records.felt import NightRating
from quietlegs.records.ids import uuid7
from quietlegs.records.moment import moment, night_of
from quietlegs.records.slept import Sleep
from quietlegs.web.store.diary import StoredDiary

NOW = datetime.now(UTC)
NIGHT = (night_of(moment(NOW, "Europe/Berlin")) - timedelta(days=3)).isoformat()
FULL = {"night": NIGHT, "severity": "5", "began": "21:40", "quality": "4", "up": "07:00", "state": "sick"}


def shown(client: Client) -> list[str]:
    page = client.get(f"/log/?night={NIGHT}").content.decode()
    return re.findall(r'name="shown" value="([^"]+)"', page)


def undo(client: Client, location: str) -> None:
    page = client.get(location).content.decode()
    saved = re.findall(r'name="saved" value="([^"]+)"', page)
    client.post(f"/log/undo/{saved[0]}/", {"saved": saved})


def test_it_takes_back_all_that_one_save_wrote(client: Client, diary: StoredDiary) -> None:
    undo(client, client.post("/log/", FULL).headers["Location"])

    assert diary.facts() == ()


def test_it_goes_back_to_what_held_before_the_save(client: Client, diary: StoredDiary) -> None:
    client.post("/log/", FULL)
    before = {fact.payload for fact in diary.facts()}

    undo(client, client.post("/log/", FULL | {"severity": "9", "quality": "1"}).headers["Location"])

    assert {fact.payload for fact in diary.facts()} == before


def test_it_leaves_what_was_not_changed_alone(client: Client, diary: StoredDiary) -> None:
    client.post("/log/", FULL)
    (rating,) = diary.facts(NightRating)

    undo(client, client.post("/log/", FULL | {"quality": "8"}).headers["Location"])

    assert diary.facts(NightRating) == (rating,)


def test_it_offers_no_undo_for_what_is_taken_back_already(client: Client, diary: StoredDiary) -> None:
    location = client.post("/log/", FULL).headers["Location"]
    undo(client, location)

    page = client.get(location).content.decode()

    assert ">Written down.<" not in page
    assert 'id="take-back"' not in page


def test_it_takes_out_what_was_emptied(client: Client, diary: StoredDiary) -> None:
    client.post("/log/", FULL)

    location = client.post("/log/", {"night": NIGHT, "severity": "5", "began": "21:40", "shown": shown(client)})

    assert diary.facts(Sleep, NightState) == ()
    assert len(diary.facts(NightRating)) == 1
    undo(client, location.headers["Location"])
    assert len(diary.facts(Sleep, NightState)) == 2


def test_it_keeps_what_another_tab_wrote_meanwhile(client: Client, diary: StoredDiary) -> None:
    old_tab = shown(client)
    client.post("/log/", FULL)

    client.post("/log/", {"night": NIGHT, "severity": "6", "shown": old_tab})

    assert len(diary.facts(Sleep, NightState)) == 2


def test_it_moves_no_hour_when_a_night_is_corrected_in_another_zone(client: Client, diary: StoredDiary) -> None:
    client.post("/log/", FULL | {"noted_at": NOW.isoformat(), "zone": "Europe/Berlin"})
    (rated,), (slept,) = diary.facts(NightRating), diary.facts(Sleep)
    away = {"noted_at": NOW.isoformat(), "zone": "Pacific/Auckland"}

    client.post("/log/", FULL | away | {"severity": "6"})
    client.post("/log/rate/", {"night": NIGHT, "severity": "7"} | away)

    (now,) = diary.facts(NightRating)
    assert isinstance(now.payload, NightRating)
    assert isinstance(rated.payload, NightRating)
    assert now.payload.began_at == rated.payload.began_at
    assert diary.facts(Sleep) == (slept,)
    assert 'name="began" value="21:40" checked' in client.get(f"/log/?night={NIGHT}").content.decode()


@pytest.mark.parametrize("path", ["/log/", "/log/rate/"])
def test_it_takes_tonights_answer_from_a_clock_that_is_a_day_behind(
    client: Client, diary: StoredDiary, path: str
) -> None:
    client.cookies["zone"] = "Europe/Berlin"
    tonight = night_of(moment(NOW, "Europe/Berlin")).isoformat()
    behind = NOW - timedelta(days=1)
    tap = {"noted_at": behind.isoformat(), "zone": "Europe/Berlin", "fact_id": str(uuid7(behind, bytes(10)))}

    answer = client.post(path, {"night": tonight, "severity": "6"} | tap)

    assert answer.status_code == 302
    assert [fact.night.isoformat() for fact in diary.facts()] == [tonight]
