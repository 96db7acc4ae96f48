"""What every page says when something stands in the way: blocked cookies, no scripts, a question that grew old."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client, RequestFactory

from quietlegs import day
from quietlegs.records.moment import moment
from quietlegs.web.pages.frame.clock import device_zone
from quietlegs.web.pages.log.words import check_in
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.dates import day as long_day


def test_it_says_that_cookies_are_missing(database: object) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)

    page = strict.post("/log/", {"severity": "6"}).content.decode()

    assert "keeps no cookies" in page
    assert "Not written down" in page


def test_it_says_that_a_form_is_stale_where_there_is_a_cookie(database: object) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.get("/log/")

    assert "open for a long time" in strict.post("/log/", {"severity": "6"}).content.decode()


def test_it_reads_every_zone_that_a_cookie_can_carry() -> None:
    request = RequestFactory(headers={"cookie": "zone=Etc%2FGMT%2B5"}).get("/")

    assert device_zone(request) == "Etc/GMT+5"


def test_it_leads_to_the_steps_where_no_script_runs(client: Client) -> None:
    client.post("/safety/", {"none": "1"})
    for path in ("/guide/calm/", "/guide/routine/"):
        page = client.get(path).content.decode()
        told = re.search("<noscript>(.*?)</noscript>", page, re.DOTALL)
        assert told is not None
        steps = re.findall(r'href="(/library/[^"]+)"', told[1])
        assert steps
        assert [client.get(step).status_code for step in steps] == [200] * len(steps)


@pytest.mark.parametrize(
    ("hour", "minute", "good_for_s"), [(3, 30, 1800), (4, 0, 57600), (11, 59, 28860), (12, 0, 28800), (20, 15, 27900)]
)
def test_it_knows_for_how_long_its_question_is_right(
    diary: StoredDiary, hour: int, minute: int, good_for_s: int
) -> None:
    now = moment(datetime(2026, 6, 10, hour, minute, tzinfo=UTC), "UTC")

    assert check_in(diary, now)["good_for_s"] == good_for_s


def test_it_names_the_night_that_is_asked_about(client: Client) -> None:
    now = moment(datetime.now(UTC), "Europe/Berlin")
    client.cookies["zone"] = "Europe/Berlin"

    assert long_day(day.night_to_rate(now)[0], weekday=True) in client.get("/").content.decode()


def test_it_does_not_claim_to_know_when_the_legs_begin(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "Your legs usually begin" not in page
    assert "Until your diary knows your hour, we go by what is common" in page
    assert 'href="/library/sources/"' in page
    assert "smr.2019.00360" in client.get("/library/sources/").content.decode()
