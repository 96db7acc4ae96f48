"""Trials side by side on the pages: offered where there is room, started beside what runs, each stopped alone."""

import re
from datetime import UTC, datetime, timedelta

from django.test import Client
from tests.web.test_learn_stage import decide
from tests.web.test_learn_trial import ASKED, BREATH, CALF, ZONE, fact, lived, page, safe, tonight

from quietlegs import day
from quietlegs.library.called import called
from quietlegs.library.load import load_library
from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.kept import kept_trials, running_all, started
from quietlegs.plan.side_by_side import tried_in
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, moment, night_of
from quietlegs.records.tried import Choice, Decision, Finding, TrialEnd, TrialStart
from quietlegs.web.store.diary import StoredDiary

__all__ = ["safe"]  # a fixture that every test here uses

LIBRARY = load_library()
CAFFEINE = "caffeine"


def now() -> Moment:
    return moment(datetime.now(UTC), ZONE)


def offered(shown: str) -> str | None:
    found = re.search(r'href="/learn/trial/\?tried=(\w+)"', shown)
    return found.group(1) if found else None


def test_it_offers_one_more_and_starts_it_beside_what_runs(client: Client, diary: StoredDiary) -> None:
    lived(diary, 4)
    shown = page(client)
    assert "Room for one more" in shown
    key = offered(shown)
    assert key is not None
    assert "checked" in page(client, f"/learn/trial/?tried={key}")

    answer = client.post("/learn/trial/", ASKED | {"tried": key, "start": "1"})

    assert answer.status_code == 302
    trials = running_all(diary.facts(TrialStart, TrialEnd), night_of(now()))
    assert tried_in(trials) == (CALF, key)
    assert trials[0].schedule.design.seed != trials[1].schedule.design.seed
    names = called((CALF, key), LIBRARY)
    both = page(client)
    assert all(re.search(rf"<h2[^>]*>{name[:1].upper()}{name[1:]}</h2>", both) for name in names.values())
    # One new thing an evening.
    assert "Room for one more" not in both
    assert f"On trial: {names[CALF]} and {names[key]}, compared with slow breathing" in page(client, "/")


def test_it_lets_a_person_try_what_it_would_not_offer_as_long_as_there_is_room(
    client: Client, diary: StoredDiary
) -> None:
    start = lived(diary, 4)
    things = {*LIBRARY.exercises, *LIBRARY.habits} - {CALF}
    diary.add([fact(Decision(start.id, key, Choice.DROP, None, 28, Finding.WORSE), tonight()) for key in things])

    assert "Room for one more" not in page(client)
    assert f'value="{CAFFEINE}"' in page(client, "/learn/trial/")
    assert client.post("/learn/trial/", ASKED | {"tried": CAFFEINE, "start": "1"}).status_code == 302
    assert tried_in(running_all(diary.facts(TrialStart, TrialEnd), night_of(now()))) == (CALF, CAFFEINE)

    # One new thing an evening, whatever it is.
    assert client.get("/learn/trial/").headers["Location"] == "/learn/#your-trial"


def test_it_offers_a_second_chance_and_leads_to_it(client: Client, diary: StoredDiary) -> None:
    start = lived(diary, 4)
    things = {*LIBRARY.exercises, *LIBRARY.habits} - {CALF}
    long_ago = tonight() - timedelta(days=100)
    diary.add([fact(Decision(start.id, key, Choice.DROP, None, 28, Finding.CANNOT_TELL), long_ago) for key in things])

    key = offered(page(client))

    assert key is not None
    assert f'value="{key}"' in page(client, f"/learn/trial/?tried={key}")


def test_it_refuses_what_is_on_trial_already_and_starts_nothing_twice(client: Client, diary: StoredDiary) -> None:
    lived(diary, 4)

    answer = client.post("/learn/trial/", ASKED | {"start": "1"})

    assert answer.headers["Location"] == "/learn/#your-trial"
    assert len(diary.facts(TrialStart)) == 1
    assert client.post("/learn/trial/", ASKED).status_code == 400


def test_it_stops_one_and_lets_the_other_go_on(client: Client, diary: StoredDiary) -> None:
    lived(diary, 9)
    client.post("/learn/trial/", ASKED | {"tried": CAFFEINE, "start": "1"})
    first, second = kept_trials(diary.facts(TrialStart, TrialEnd))

    client.post(f"/learn/trial/stop/{first.id}/", {"zone": ZONE})

    assert [one.id for one in running_all(diary.facts(TrialStart, TrialEnd), night_of(now()))] == [second.id]
    assert [one.id for one, *_ in day.trials(LIBRARY, diary, now())] == [second.id]


def both_lived(diary: StoredDiary, gone: int) -> None:
    """Let a movement have had its turns for so many nights, and a habit beside it since the night after the first."""
    lived(diary, gone)
    first = tonight() - timedelta(days=gone - 1)
    before = [fact(NightRating(5), first - timedelta(days=place + 1)) for place in range(14)]
    schedule = begin(Wanted((CAFFEINE,)), "as_usual", before, tonight=first, seed=6)
    diary.add([fact(started(schedule, worthwhile=1.0), first)])


def test_it_draws_and_lists_what_each_of_them_drew(client: Client, diary: StoredDiary) -> None:
    both_lived(diary, 8)
    shown = page(client)

    names = called((CALF, BREATH, CAFFEINE, "as_usual"), LIBRARY)
    picture = re.search(r"<h2>Your nights</h2>.*?</svg>", shown)
    assert picture
    assert all(f">{name}</text>" in picture[0] for name in names.values())
    drawn = re.findall(r"<td>([^<]+)</td><td class=\"number\">", shown.split("What was drawn</th>")[1])
    # A movement's turn and a habit's on each night of both, the movement's alone on its first, none before.
    assert [len(one.split(", ")) for one in drawn[:7]] == [2 + ("coffee, tea" in one) for one in drawn[:7]]
    assert drawn[7] in (names[CALF], names[BREATH])
    assert set(drawn[8:]) == {"-"}


def test_it_says_which_of_them_asks(client: Client, diary: StoredDiary) -> None:
    both_lived(diary, 29)
    asks = "<strong>Wall calf stretch.</strong> A stage is over."
    assert asks in page(client)
    assert asks in page(client, "/")
    decide(client, "keep")
    assert asks not in page(client)
    assert f"<strong>{thing(CAFFEINE)}.</strong> A stage is over." in page(client)


def thing(key: str) -> str:
    name = called((key,), LIBRARY)[key]
    return name[:1].upper() + name[1:]
