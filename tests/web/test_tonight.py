"""The first page, and the safety questions before it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from django.test import Client

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.records.fact import newest, note
from quietlegs.records.moment import moment
from quietlegs.records.person import AgeBand, Place, Posture, SafetyAnswers, Wishes
from quietlegs.web.store.diary import StoredDiary

QUESTIONS = [sign for sign in load_library().safety.signs if sign.question]
BLOCKING = next(sign for sign in QUESTIONS if "all" in sign.blocks)


def test_it_shows_the_large_button_the_routine_and_the_check_in(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "Calm my legs now" in page
    assert "Start the routine" in page
    assert "How bad" in page


def test_it_tells_the_minutes_that_the_guide_will_take(client: Client) -> None:
    client.post("/safety/", {"none": "1"})
    told = re.search(r"(\d+) min</span>", client.get("/").content.decode())

    assert told is not None
    assert f"About {told[1]} minutes" in client.get("/guide/routine/").content.decode()


def test_it_tells_why_each_movement_is_at_its_level_and_which_are_enough(client: Client, diary: StoredDiary) -> None:
    client.post("/safety/", {"none": "1"})
    plan = day.tonight(load_library(), diary, moment(datetime.now(UTC), "UTC"))
    assert plan.routine is not None

    page = client.get("/").content.decode()

    for slot, step in zip(plan.routine.slots, plan.steps, strict=True):
        assert f"{load_library().exercises[slot.exercise].name}, level {slot.level}" in page
        # A reason that holds for many movements is told once.
        assert page.count(step) == 1
    assert page.count("&middot; enough") == len(plan.enough) == 3


def test_it_asks_before_the_first_movement(client: Client) -> None:
    answer = client.get("/guide/calm/")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/safety/?then=/guide/calm/")


def test_it_goes_on_to_the_movement_when_nothing_is_true(client: Client, diary: StoredDiary) -> None:
    answer = client.post("/safety/", {"none": "1", "then": "/guide/calm/"})

    assert answer.headers["Location"] == "/guide/calm/"
    assert day.safety(load_library(), diary).asked
    assert client.get("/guide/calm/").status_code == 200


def test_it_goes_to_no_other_house(client: Client) -> None:
    assert client.post("/safety/", {"none": "1", "then": "https://evil.example/"}).headers["Location"] == "/"


@pytest.mark.parametrize("sign", QUESTIONS, ids=lambda sign: sign.key)
def test_it_says_what_each_yes_means(client: Client, diary: StoredDiary, sign: object) -> None:
    key = getattr(sign, "key")  # noqa: B009 - the parameter is typed as object for the test's id

    client.post("/safety/", {"yes": key})

    assert day.safety(load_library(), diary).signs[0].key == key
    assert client.get("/safety/help/").status_code == 200


def test_it_offers_no_movement_when_a_sign_forbids_all(client: Client) -> None:
    client.post("/safety/", {"yes": BLOCKING.key})

    page = client.get("/").content.decode()

    assert "Get help now" in page
    assert "Calm my legs now" not in page
    assert "Start the routine" not in page


def test_it_takes_no_empty_answer_for_a_no(client: Client, diary: StoredDiary) -> None:
    answer = client.post("/safety/", {})

    assert answer.status_code == 400
    assert "tap None of these" in answer.content.decode()
    assert diary.facts(SafetyAnswers) == ()


def test_it_refuses_a_question_it_never_asked(client: Client, diary: StoredDiary) -> None:
    assert client.post("/safety/", {"yes": "dragons"}).status_code == 400
    assert diary.facts(SafetyAnswers) == ()


def test_it_shows_the_crisis_lines_to_everybody(client: Client) -> None:
    page = client.get("/safety/help/").content.decode()

    for line in load_library().safety.crisis:
        assert line.reach in page


def test_it_remembers_the_usual_hour_and_the_chair(client: Client, diary: StoredDiary) -> None:
    client.post("/wishes/", {"usual_onset": "23:15", "posture": "seated"})

    (fact,) = diary.facts(Wishes)
    assert isinstance(fact.payload, Wishes)
    assert fact.payload.posture is Posture.SEATED
    assert "23:15" in client.get("/").content.decode()


def test_it_keeps_what_else_was_wished_when_one_thing_changes(client: Client, diary: StoredDiary) -> None:
    held = Wishes(time(22), bedtime=time(23, 30), age=AgeBand.FROM_65, settings=("mat",), place=Place(52.5, 13.4))
    day.log(diary, note(held, moment(datetime(2026, 1, 10, 2, tzinfo=UTC), "Europe/Berlin"), bytes(10)))

    client.post("/wishes/", {"usual_onset": "23:15", "posture": "seated"})

    assert newest(diary.facts(Wishes), Wishes) == replace(held, usual_onset=time(23, 15), posture=Posture.SEATED)


def test_it_keeps_the_evening_that_was_set_and_places_the_routine_in_it(client: Client, diary: StoredDiary) -> None:
    form = {"usual_onset": "", "earliest": "19:00", "latest": "20:30", "bedtime": "23:00", "posture": "standing"}
    client.post("/wishes/", form)

    held = newest(diary.facts(Wishes), Wishes)
    assert held == Wishes(earliest=time(19), latest=time(20, 30), bedtime=time(23))
    assert "It is over by 20:30, the latest that you set." in client.get("/").content.decode()
    assert 'value="20:30"' in client.get("/wishes/").content.decode()


def test_it_keeps_an_age_until_it_is_taken_back(client: Client, diary: StoredDiary) -> None:
    for form, age in (
        ({"age": "from_80"}, AgeBand.FROM_80),
        ({"posture": "seated"}, AgeBand.FROM_80),
        ({"age": ""}, None),
    ):
        client.post("/wishes/", form)
        held = newest(diary.facts(Wishes), Wishes)
        assert held is not None
        assert held.age == age


def test_it_tells_the_sunset_where_a_city_was_typed(client: Client, diary: StoredDiary) -> None:
    client.post("/wishes/", {"city": "berlin", "latitude": "", "longitude": "", "walk": "1"})

    held = newest(diary.facts(Wishes), Wishes)
    assert held is not None
    assert held.place == Place(52.5, 13.4, "Berlin")
    assert held.settings == ("sunset_walk",)
    assert "Sunset is at" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ({"city": "Berlin", "latitude": "52.5", "longitude": "13.4"}, Place(52.5, 13.4, "Berlin")),
        ({"city": "Madrid", "latitude": "52.5", "longitude": "13.4"}, Place(40.4, -3.8, "Madrid")),
        ({"city": "Berlin", "latitude": "48.13", "longitude": "11,58"}, Place(48.1, 11.6)),
        ({"city": "Munich", "latitude": "48.13", "longitude": "11.58"}, Place(48.1, 11.6, "Munich")),
        ({"city": "", "latitude": "52.5", "longitude": "13.4"}, None),
        ({"city": "", "latitude": "", "longitude": ""}, None),
    ],
)
def test_it_takes_the_place_that_was_typed_last(
    client: Client, diary: StoredDiary, form: dict[str, str], place: Place | None
) -> None:
    client.post("/wishes/", {"city": "Berlin", "latitude": "", "longitude": ""})
    client.post("/wishes/", form)

    held = newest(diary.facts(Wishes), Wishes)
    assert held is not None
    assert held.place == place


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"city": "Atlantis"}, "a larger city such as Berlin"),
        ({"city": "", "latitude": "north", "longitude": "1"}, "degrees such as 52.5"),
        ({"city": "", "latitude": "95", "longitude": "1"}, "-90 to 90"),
        ({"earliest": "soon"}, "such as 21:30"),
        ({"age": "old"}, "&#x27;old&#x27;"),
    ],
)
def test_it_refuses_an_evening_it_does_not_understand(
    client: Client, diary: StoredDiary, form: dict[str, str], said: str
) -> None:
    answer = client.post("/wishes/", form)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert diary.facts(Wishes) == ()


def test_it_names_an_hour_it_does_not_understand(client: Client, diary: StoredDiary) -> None:
    answer = client.post("/wishes/", {"usual_onset": "late", "posture": "seated"})

    assert answer.status_code == 400
    assert "such as 21:30" in answer.content.decode()
    assert diary.facts(Wishes) == ()


def test_it_keeps_what_was_wished_around_the_routine_and_tells_it_tonight_and_on_paper(
    client: Client, diary: StoredDiary
) -> None:
    client.post("/safety/", {"none": "1"})
    client.post("/wishes/", {"asks_around": "1", "around": ["mat", "candlelight", "hammock"]})

    held = newest(diary.facts(Wishes), Wishes)
    assert held is not None
    assert held.settings == ("mat", "candlelight")
    told = "Around it, as you like it: a mat and candlelight, or a lamp like it."
    assert told in client.get("/").content.decode()
    assert told in client.get("/paper/tonight/").content.decode()
    assert client.get("/wishes/").content.decode().count('name="around" value="mat" checked') == 1
    client.post("/wishes/", {"city": "Berlin", "walk": "1"})
    client.post("/wishes/", {"asks_around": "1"})
    assert newest(diary.facts(Wishes), Wishes).settings == ("sunset_walk",)  # type: ignore[union-attr]  # one is there
