"""A break is begun, changed, ended and taken back; while it lasts nothing is planned and the legs can be calmed."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from django.test import Client

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.plan.rest import pauses, resting
from quietlegs.records.done import State
from quietlegs.records.fact import note
from quietlegs.records.ids import uuid7
from quietlegs.records.moment import moment, night_of
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.rest import Rest
from quietlegs.web.store.diary import StoredDiary

OPEN = {"lasts": "open"}


def tonight() -> date:
    return night_of(moment(datetime.now(UTC), "UTC"))


def prepared(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = "UTC"
    questions = tuple(sign.key for sign in load_library().safety.signs if sign.question)
    diary.add([note(SafetyAnswers(questions), moment(datetime.now(UTC), "UTC"), bytes(10))])


def text(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def taken_back(client: Client, address: str) -> None:
    noted = [value for name, value in parse_qsl(urlsplit(address).query) if name == "noted"]
    client.post("/pause/undo/", {"noted": noted})


def test_it_is_reached_from_tonight_and_from_nights(client: Client, diary: StoredDiary) -> None:
    prepared(client, diary)

    assert 'href="/pause/"' in text(client)
    assert 'href="/pause/"' in text(client, "/log/")


def test_it_plans_nothing_while_it_lasts_and_still_calms_the_legs(client: Client, diary: StoredDiary) -> None:
    prepared(client, diary)

    client.post("/pause/", {**OPEN, "because": "sick"})
    page = text(client)

    assert "Get well first. Nothing is planned tonight" in page
    assert "It lasts until you say that you are back." in page
    assert "I am back" in page
    assert "Calm my legs now" in page
    assert "Start the routine" not in page
    assert client.get("/guide/calm/").status_code == 200
    assert client.get("/guide/routine/").headers["Location"] == "/"
    assert client.get("/paper/tonight/").headers["Location"] == "/"


def test_it_ends_when_somebody_is_back_the_same_night_and_both_can_be_undone(
    client: Client, diary: StoredDiary
) -> None:
    prepared(client, diary)
    client.post("/pause/", OPEN)

    answer = client.post("/pause/back/")

    assert diary.facts(Rest) == ()
    page = text(client, answer.headers["Location"])
    assert "Good to have you back." in page
    assert "Start the routine" in page
    taken_back(client, answer.headers["Location"])
    assert resting(diary.facts(Rest), tonight()) is not None


def test_it_ends_the_night_before_where_it_began_earlier(client: Client, diary: StoredDiary) -> None:
    prepared(client, diary)
    earlier = tonight() - timedelta(days=5)
    now = moment(datetime.now(UTC) - timedelta(days=5), "UTC")
    diary.add([note(Rest(because=State.TRAVEL), now, bytes(10), night=earlier)])

    answer = client.post("/pause/back/")

    (pause,) = pauses(diary.facts(Rest))
    assert (pause.first, pause.until, pause.because) == (earlier, tonight() - timedelta(days=1), State.TRAVEL)
    taken_back(client, answer.headers["Location"])
    assert pauses(diary.facts(Rest))[0].until is None


def test_it_can_be_undone_and_changed(client: Client, diary: StoredDiary) -> None:
    prepared(client, diary)
    begun = client.post("/pause/", OPEN)
    until = tonight() + timedelta(days=9)
    changed = client.post("/pause/", {"lasts": "until", "until": until.isoformat(), "because": "travel"})

    assert [(one.until, one.because) for one in pauses(diary.facts(Rest))] == [(until, State.TRAVEL)]
    taken_back(client, changed.headers["Location"])
    assert [(one.until, one.because) for one in pauses(diary.facts(Rest))] == [(None, None)]
    # What the first tap wrote has been replaced since, so its Undo is over.
    taken_back(client, begun.headers["Location"])
    assert len(pauses(diary.facts(Rest))) == 1


def test_it_lasts_one_night_where_only_tonight_was_asked_for(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = "UTC"
    client.post("/pause/", {"lasts": "tonight"})

    assert pauses(diary.facts(Rest))[0].until == tonight()


def test_it_can_be_planned_ahead_and_dropped(client: Client, diary: StoredDiary) -> None:
    prepared(client, diary)
    first = tonight() + timedelta(days=3)

    answer = client.post("/pause/", {**OPEN, "first": first.isoformat()})

    assert "Start the routine" in text(client, answer.headers["Location"])
    assert "Your break is written down." in text(client, answer.headers["Location"])
    assert "A break is planned from" in text(client, "/pause/")
    client.post("/pause/undo/", {"noted": str(diary.facts(Rest)[0].id)})
    assert diary.facts(Rest) == ()


def test_it_refuses_a_break_that_is_over_or_has_already_begun(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = "UTC"
    yesterday = (tonight() - timedelta(days=1)).isoformat()
    for form in (
        {"lasts": "until", "until": yesterday},
        {"lasts": "until"},
        {**OPEN, "first": yesterday},
        {**OPEN, "first": "soon"},
        {**OPEN, "because": "lazy"},
        {**OPEN, "because": "sore"},
    ):
        assert client.post("/pause/", form).status_code == 400, form
    assert diary.facts(Rest) == ()


def test_it_is_written_once_where_a_form_is_sent_twice(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = "UTC"
    form = {**OPEN, "fact_id": str(uuid7(datetime.now(UTC), bytes(10)))}

    assert client.post("/pause/", form).status_code == client.post("/pause/", form).status_code == 302
    assert len(list(diary.all_facts())) == 1
    assert client.post("/pause/back/").status_code == client.post("/pause/back/").status_code == 302
    assert len(list(diary.all_facts())) == 2


def test_it_stands_in_the_calendar_by_a_sign_and_in_words(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = "UTC"
    before = text(client, "/log/").count('class="ring"')
    client.post("/pause/", {**OPEN, "because": "sick"})
    page = text(client, "/log/")

    assert page.count('class="ring"') == before + 1
    assert "not noted, a break, sick" in page


def test_it_leaves_the_plan_of_the_nights_before_as_it_was(client: Client, diary: StoredDiary) -> None:
    prepared(client, diary)
    when = moment(datetime.now(UTC), "UTC")
    plan = day.tonight(load_library(), diary, when)
    client.post("/pause/", {**OPEN, "first": (tonight() + timedelta(days=1)).isoformat()})

    assert day.tonight(load_library(), diary, when) == plan
