"""Two phones, two tabs or a double tap decide in the same moment: one stage begins, and nobody sees an error."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.at_once import at_once
from tests.web.test_learn_stage import NIGHT, SIGNS, ZONE, decide, fact, lived, noted, page, posted, tonight
from tests.web.test_learn_trial import ASKED

from quietlegs.records.person import SafetyAnswers
from quietlegs.records.tried import Choice, Decision, TrialEnd, TrialStart
from quietlegs.web.store.diary import StoredDiary

START = "/learn/trial/"


@pytest.fixture(autouse=True)
def safe(client: Client, diary: StoredDiary) -> None:
    client.cookies["zone"] = ZONE
    diary.add([fact(SafetyAnswers(SIGNS), tonight() - 100 * NIGHT)])


def tap(address: str, form: dict[str, str]) -> Callable[[], tuple[int, str]]:
    """A browser of its own sends this form."""

    def send() -> tuple[int, str]:
        phone = Client(SERVER_NAME="localhost")
        phone.cookies["zone"] = ZONE
        answer = phone.post(address, form)
        return answer.status_code, answer.headers.get("Location", "")

    return send


def kinds(diary: StoredDiary) -> list[type]:
    return sorted((type(one.payload) for one in noted(diary)), key=lambda one: one.__name__)


@pytest.mark.parametrize("phones", [1, 2])
def test_it_begins_one_stage_where_it_is_accepted_twice_at_once(
    client: Client, diary: StoredDiary, phones: int
) -> None:
    lived(diary, 28)
    forms = [posted(client, "accept") for _ in range(phones)]

    answers = at_once(*(tap("/learn/stage/", form) for form in (forms * 2)[:2]))

    (decision,) = diary.facts(Decision)
    assert kinds(diary) == [Decision, TrialEnd, TrialStart, TrialStart]
    assert answers == [(302, f"/learn/stage/?decided={decision.id}")] * 2
    assert "Written down." in page(client, answers[1][1])


@pytest.mark.parametrize("choice", ["accept", "keep"])
def test_it_shows_another_phone_what_holds_where_it_says_the_same_later(
    client: Client, diary: StoredDiary, choice: str
) -> None:
    lived(diary, 28)
    form, other = posted(client, choice), posted(client, choice)
    first = client.post("/learn/stage/", form)
    before = noted(diary)

    second = client.post("/learn/stage/", other)

    assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert noted(diary) == before


def test_it_keeps_one_answer_where_two_phones_decide_otherwise_at_once(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)
    forms = [posted(client, "accept"), posted(client, "keep")]

    answers = at_once(*(tap("/learn/stage/", form) for form in forms))

    (decision,) = diary.facts(Decision)
    assert sorted(code for code, _ in answers) in ([302, 302], [302, 409])
    assert f"/learn/stage/?decided={decision.id}" in [where for _, where in answers]
    assert isinstance(decision.payload, Decision)
    assert (len(kinds(diary)) == 2) == (decision.payload.choice is Choice.GO_ON)
    for where in {where for _, where in answers} - {f"/learn/stage/?decided={decision.id}", ""}:
        assert "Something changed since you opened this page." in page(client, where)


def test_it_draws_the_same_lot_for_two_who_accept_again_at_once(client: Client, diary: StoredDiary) -> None:
    lived(diary, 28)
    decided = decide(client, "accept").partition("decided=")[2]
    before = {str(one.payload) for one in diary.facts(TrialStart)}
    client.post(f"/learn/stage/undo/{decided}/")

    at_once(*(tap("/learn/stage/", posted(client, "accept")) for _ in range(2)))

    assert {str(one.payload) for one in diary.facts(TrialStart)} == before
    assert len(diary.facts(Decision)) == 1


def test_it_starts_one_trial_where_it_is_started_twice_at_once(diary: StoredDiary) -> None:
    answers = at_once(*(tap(START, ASKED | {"start": "1"}) for _ in range(3)))

    assert [code for code, _ in answers] == [302] * 3
    assert len(diary.facts(TrialStart)) == 1
