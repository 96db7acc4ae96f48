"""The two measures: guided, kept, and told without praise for chance."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.web.test_learn_trial import lived

from quietlegs.library.load import load_library
from quietlegs.plan.measures import EXERCISE
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import Payload, note
from quietlegs.records.measured import BodyMeasure, Measure, Side
from quietlegs.records.moment import moment
from quietlegs.web.store.diary import StoredDiary

LIBRARY = load_library()
KNEE = "/measures/knee_to_wall_cm/"
HEEL = "/measures/heel_raises/"
TRIES = {"left_1": "9", "left_2": "9,5", "left_3": "10", "right_1": "8", "right_2": "8", "right_3": "8.3"}
LINE = "measure ankle and calf"


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def add(diary: StoredDiary, payload: Payload, ago: int) -> None:
    now = datetime.now(UTC) - timedelta(days=ago)
    diary.add([note(payload, moment(now, "UTC"), os.urandom(10))])


def practise(diary: StoredDiary, evenings: int) -> None:
    for ago in range(evenings):
        add(diary, Practice("march", 1, Work(), Work(both_s=60), routine="evening"), ago)


def test_it_keeps_the_mean_of_three_tries_a_side(client: Client, diary: StoredDiary) -> None:
    client.post("/safety/", {"none": "1"})
    answer = client.post(KNEE, TRIES)

    assert [fact.payload for fact in diary.facts(BodyMeasure)] == [
        BodyMeasure(Measure.KNEE_TO_WALL_CM, Side.LEFT, 9.5),
        BodyMeasure(Measure.KNEE_TO_WALL_CM, Side.RIGHT, 8.1),
    ]
    shown = page(client, answer.headers["Location"])
    assert "Left: 9.5 cm" in shown
    assert "Undo" in shown


def test_it_takes_a_save_back_whole(client: Client, diary: StoredDiary) -> None:
    client.post("/safety/", {"none": "1"})
    client.post(KNEE, TRIES)

    client.post("/measures/undo/", {"saved": [str(fact.id) for fact in diary.facts(BodyMeasure)]})

    assert diary.facts(BodyMeasure) == ()


def test_it_takes_one_leg_alone(client: Client, diary: StoredDiary) -> None:
    client.post("/safety/", {"none": "1"})
    client.post(HEEL, {"left_1": "", "right_1": "17"})

    (fact,) = diary.facts(BodyMeasure)
    assert fact.payload == BodyMeasure(Measure.HEEL_RAISES, Side.RIGHT, 17)


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        (KNEE, {}, "Nothing was filled in"),
        (KNEE, {"left_1": "9", "left_2": "9"}, "three tries a side"),
        (KNEE, {"left_1": "9", "left_2": "9", "left_3": "far"}, "a number"),
        (KNEE, {"left_1": "90", "left_2": "90", "left_3": "90"}, "0 to 30 cm"),
        (HEEL, {"left_1": "900"}, "0 to 200"),
        (HEEL, {"left_1": "nan"}, "0 to 200"),
    ],
)
def test_it_refuses_what_it_does_not_understand(
    client: Client, diary: StoredDiary, path: str, form: dict[str, str], said: str
) -> None:
    client.post("/safety/", {"none": "1"})
    answer = client.post(path, form)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert diary.facts(BodyMeasure) == ()


def test_it_asks_the_safety_questions_first(client: Client, diary: StoredDiary) -> None:
    assert client.get(KNEE).headers["Location"].startswith("/safety/?then=")
    assert client.post(KNEE, TRIES).status_code == 302
    assert diary.facts(BodyMeasure) == ()


@pytest.mark.parametrize("measure", Measure)
def test_it_measures_nobody_against_their_answers(client: Client, diary: StoredDiary, measure: Measure) -> None:
    sign = next(sign for sign in LIBRARY.safety.signs if sign.question and EXERCISE[measure] in sign.blocks)
    client.post("/safety/", {"yes": sign.key})

    assert 'name="left_1"' not in page(client, f"/measures/{measure}/")
    client.post(f"/measures/{measure}/", {"left_1": "9", "left_2": "9", "left_3": "9"})
    assert diary.facts(BodyMeasure) == ()


def test_it_knows_two_measures_only(client: Client) -> None:
    page(client, "/measures/height/", 404)


def test_it_says_on_tonights_page_when_a_measure_is_due(client: Client, diary: StoredDiary) -> None:
    client.post("/safety/", {"none": "1"})
    practise(diary, 6)
    assert LINE not in page(client, "/")
    add(diary, Practice("march", 1, Work(), Work(both_s=60), routine="evening"), 8)
    assert LINE in page(client, "/")

    for measure in Measure:
        add(diary, BodyMeasure(measure, Side.LEFT, 9), 13)
    assert LINE not in page(client, "/")


def test_it_asks_for_no_measure_while_a_trial_runs(client: Client, diary: StoredDiary) -> None:
    client.post("/safety/", {"none": "1"})
    practise(diary, 10)
    lived(diary, 10)

    assert LINE not in page(client, "/")


def test_it_calls_a_small_change_about_the_same(client: Client, diary: StoredDiary) -> None:
    add(diary, BodyMeasure(Measure.KNEE_TO_WALL_CM, Side.LEFT, 9.0), 28)
    add(diary, BodyMeasure(Measure.KNEE_TO_WALL_CM, Side.LEFT, 10.5), 1)

    assert "About the same as the first time (9 cm)" in page(client, "/measures/")


def test_it_is_found_under_more(client: Client) -> None:
    assert 'href="/measures/"' in page(client, "/library/")
