"""What was practised so far stands on Nights, a milestone of tonight once in the guide; regular sleep as a number."""

import os
from datetime import UTC, date, datetime, time, timedelta

from django.test import Client
from tests.web.test_learn_trial import lived

from quietlegs.library.load import load_library
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import Payload, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment, night_of
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.slept import Sleep
from quietlegs.web.store.diary import StoredDiary

CALF = "calf_wall_straight"
QUESTIONS = tuple(sign.key for sign in load_library().safety.signs if sign.question)


def ago(nights: int) -> date:
    return night_of(moment(datetime.now(UTC), "UTC")) - timedelta(days=nights)


def write(diary: StoredDiary, payload: Payload, nights: int = 0) -> None:
    at = moment(datetime.now(UTC) - timedelta(days=nights), "UTC")
    diary.add([note(payload, at, os.urandom(10), night=ago(nights))])


def practised(diary: StoredDiary, evenings: int, level: int = 1) -> None:
    for nights in range(1, evenings + 1):
        write(diary, Practice(CALF, level, Work(), Work(), routine="evening"), nights)


def text(client: Client, address: str) -> str:
    client.cookies["zone"] = "UTC"
    return client.get(address).content.decode()


def test_it_tells_what_was_practised_and_no_more_than_that(client: Client, diary: StoredDiary) -> None:
    assert "Practised so far" not in text(client, "/log/")
    practised(diary, 11)
    doses = load_library().exercises[CALF].doses
    write(diary, Practice(CALF, 4, Work(), Work(), routine="evening"))

    page = text(client, "/log/")

    assert "12 evenings, number 10 on" in page
    assert "weeks with three evenings or more" in page or "1 week with three evenings or more" in page
    assert f"held for {doses[3].hold_s:.0f} seconds, {doses[0].hold_s:.0f} at first" in page
    assert "take nothing away" in page
    for _ in range(9):
        write(diary, NightRating(0), 3)
    assert "12 evenings, number 10 on" in text(client, "/log/")


def test_it_names_a_milestone_in_the_guide_on_its_evening_alone(client: Client, diary: StoredDiary) -> None:
    write(diary, SafetyAnswers(QUESTIONS))
    practised(diary, 8)
    assert 'id="milestone"' not in text(client, "/guide/routine/")
    write(diary, Practice(CALF, 1, Work(), Work(), routine="evening"), 20)

    assert "That was evening number 10." in text(client, "/guide/routine/")
    write(diary, Practice(CALF, 1, Work(), Work(), routine="evening"))
    assert 'id="milestone"' not in text(client, "/guide/routine/")


def test_it_tells_how_regular_sleep_is_once_there_are_nights_enough(client: Client, diary: StoredDiary) -> None:
    for nights in range(1, 9):
        bed = datetime.combine(ago(nights), time(22), UTC) + timedelta(hours=nights % 2)
        write(diary, Sleep(lights_out_at=bed, up_at=bed + timedelta(hours=8)), nights)
        if nights == 3:
            assert "How regular your sleep is" not in text(client, "/log/")

    page = text(client, "/log/")

    # An hour in the evening and one in the morning differ each day: 100 - 200 * 2 / 24.
    assert "83 of 100, from 7 pairs of nights in the last two weeks." in page
    assert 'href="/library/sources/"' in page


def test_it_tells_from_noon_on_what_tonights_habit_asks_for(client: Client, diary: StoredDiary) -> None:
    write(diary, SafetyAnswers(QUESTIONS))
    client.cookies["zone"] = "UTC"
    lived(diary, gone=20, tried="caffeine", zone="UTC")

    page = text(client, "/")

    assert ("From noon until you sleep: no coffee" in page) != ("an evening as usual" in page)
