"""What the library's pages promise: everything opens, only what was read is shown, nothing unsafe is offered."""

import os
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from quietlegs.library.evidence import Tag
from quietlegs.library.exercise import Position
from quietlegs.library.load import load_library
from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.records.person import SafetyAnswers
from quietlegs.web.pages.library.evidence import link_to
from quietlegs.web.pages.library.words import dose_told, latest_words
from quietlegs.web.store.diary import StoredDiary

LIBRARY = load_library()
CALF = "/library/exercise/calf_wall_straight/"
PAGES = [
    "/library/",
    "/library/exercises/",
    "/library/exercises/?how=seated",
    "/library/claims/",
    "/library/sources/",
    *(f"/library/exercise/{key}/" for key in LIBRARY.exercises),
    *(f"/library/topic/{key}/" for key in LIBRARY.topics),
]


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def say_yes(diary: StoredDiary, *signs: str) -> None:
    asked = tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)
    diary.add([note(SafetyAnswers(asked, signs), moment(datetime.now(UTC), "Europe/Berlin"), os.urandom(10))])


@pytest.mark.parametrize("path", PAGES)
def test_it_opens_with_one_heading_and_a_title(client: Client, path: str) -> None:
    shown = page(client, path)

    assert shown.count("<h1") == 1
    assert not re.search(r"<title>\s*-", shown)
    assert " style=" not in shown


@pytest.mark.parametrize("path", ["/library/exercise/headstand/", "/library/topic/magnets/"])
def test_it_says_so_when_there_is_no_such_page(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "leads nowhere" in answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_it_only_reads(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_it_shows_only_sources_that_were_read(client: Client, path: str) -> None:
    shown = page(client, path)

    assert [one.key for one in LIBRARY.sources.values() if one.tag is not Tag.VERIFIED and one.finding in shown] == []


def test_it_shows_everything_that_was_read_about_a_movement_with_a_way_to_it(client: Client) -> None:
    shown = page(client, CALF)

    read = LIBRARY.shown_evidence(LIBRARY.exercises["calf_wall_straight"].evidence)
    assert shown.count('rel="noreferrer"') == len(read) > 0
    assert "No study of this movement by itself in restless legs was found." in shown


def test_it_colours_stop_rules_and_nothing_else(client: Client) -> None:
    shown = page(client, CALF)

    stops = LIBRARY.exercises["calf_wall_straight"].stop
    assert shown.count('class="stop"') == shown.count('<strong class="stop">') == len(stops)


def test_it_offers_the_movement(client: Client, diary: StoredDiary) -> None:
    say_yes(diary)

    assert 'href="/guide/movement/calf_wall_straight/"' in page(client, CALF)


def test_it_gives_the_reason_instead_of_a_movement_that_the_answers_rule_out(
    client: Client, diary: StoredDiary
) -> None:
    sign = next(one for one in LIBRARY.safety.signs if "all" in one.blocks and one.question)
    say_yes(diary, sign.key)

    shown = page(client, CALF)

    assert "Not for you now" in shown
    assert "/guide/" not in shown


def test_it_offers_the_seated_form_where_only_that_is_left(client: Client, diary: StoredDiary) -> None:
    signs = [
        one
        for one in LIBRARY.safety.signs
        if one.question and "calf_wall_straight" in one.blocks and "calf_towel" not in one.blocks
    ]
    say_yes(diary, signs[0].key)

    shown = page(client, CALF)

    assert 'href="/guide/movement/calf_towel/"' in shown
    assert 'href="/guide/movement/calf_wall_straight/"' not in shown


def test_it_offers_no_exercise_for_a_measure(client: Client) -> None:
    assert "/guide/" not in page(client, "/library/exercise/test_lunge/")


def test_it_draws_each_step_that_has_a_pose(client: Client) -> None:
    one = LIBRARY.exercises["calf_wall_straight"]
    drawn = [step for step in (*one.steps, *one.other_ways) if step.pose]

    assert page(client, CALF).count("<svg") == len(drawn) > 0


def test_it_lists_only_seated_movements_when_asked(client: Client) -> None:
    shown = page(client, "/library/exercises/?how=seated")

    seated = {key for key, one in LIBRARY.exercises.items() if one.position is Position.SEATED}
    assert set(re.findall(r"/library/exercise/(\w+)/", shown)) == seated


def test_it_shows_all_claims_with_their_verdicts(client: Client) -> None:
    shown = page(client, "/library/claims/")

    assert shown.count('class="tag verdict"') == len(LIBRARY.claims) == 10


def test_it_leads_to_looks_and_to_the_data(client: Client) -> None:
    shown = page(client, "/library/")

    assert 'href="/settings/"' in shown
    assert 'href="/settings/#data"' in shown
    # Once they could be found at the foot of the looks alone.
    assert 'href="/imports/"' in shown
    assert 'href="/keys/"' in shown


def test_it_puts_help_first_and_reading_last(client: Client) -> None:
    shown = page(client, "/library/")

    listed = re.findall(r'<li><a href="([^"]+)"', shown)
    assert listed[0] == "/safety/help/"
    assert all(path.startswith("/library/") for path in listed[listed.index("/keys/") + 1 :])


@pytest.mark.parametrize(
    ("key", "level", "words"),
    [
        ("calf_wall_straight", 1, "10 seconds, twice a side, 10 seconds of rest between"),
        ("calf_wall_straight", 5, "45 seconds, three times a side, 15 seconds of rest between"),
        ("heel_raise", 3, "10 slow moves, twice, 45 seconds of rest between"),
        ("walk", 1, "about 5 minutes"),
        ("calf_massage", 1, "30 seconds a side"),
        ("calf_massage", 3, "1.5 minutes a side"),
    ],
)
def test_it_tells_a_dose_in_words_with_its_rests(key: str, level: int, words: str) -> None:
    assert dose_told(LIBRARY.exercises[key], level) == words


def test_it_tells_the_note_of_a_dose() -> None:
    noted = [(one, level) for one in LIBRARY.exercises.values() for level, dose in enumerate(one.doses, 1) if dose.note]

    assert [
        dose_told(one, level) for one, level in noted if str(one.doses[level - 1].note) not in dose_told(one, level)
    ] == []
    assert noted


@pytest.mark.parametrize(("minutes", "words"), [(60, "1 hour "), (120, "2 hours "), (90, "90 minutes ")])
def test_it_tells_how_late_a_movement_may_be(minutes: int, words: str) -> None:
    assert latest_words(minutes).startswith(f"Be done {words}before bed.")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("doi:10.1016/S1836-9553(12)70068-1", "https://doi.org/10.1016/S1836-9553(12)70068-1"),
        ("PMID 15808033", "https://pubmed.ncbi.nlm.nih.gov/15808033/"),
        ("PMC6481449", "https://pmc.ncbi.nlm.nih.gov/articles/PMC6481449/"),
        ("NCT05261035", "https://clinicaltrials.gov/study/NCT05261035"),
        ("rlscoach.health/stretches", "https://rlscoach.health/stretches"),
        ("J Strength Cond Res 25:2605", None),
    ],
)
def test_it_finds_the_way_to_a_source(address: str, link: str | None) -> None:
    assert link_to(address) == link


def test_it_lists_every_source_that_was_read_once(client: Client) -> None:
    shown = page(client, "/library/sources/")

    read = LIBRARY.shown_sources(LIBRARY.sources)
    assert len(re.findall(r"<li>", shown)) == len(read) > 0
