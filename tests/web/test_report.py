"""The doctor's page on the screen: the same sheet, shown and to be kept."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.test import Client
from pypdf import PdfReader

from quietlegs.cli.demo import facts_of, simulate
from quietlegs.library.load import load_library
from quietlegs.records.fact import note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.slept import Intake, Substance, Unit
from quietlegs.report.period import Period
from quietlegs.report.report import KINDS, needed, reported
from quietlegs.web.pages.offline.assets import carried, version
from quietlegs.web.store.diary import StoredDiary

TODAY = datetime.now(UTC).date()


def noted(diary: StoredDiary, back: int, payload: NightRating | Intake) -> None:
    on = TODAY - timedelta(days=back)
    diary.add([note(payload, moment(datetime(on.year, on.month, on.day, 20, tzinfo=UTC), "UTC"), bytes([back, 1] * 5))])


@pytest.fixture
def kept(client: Client, diary: StoredDiary) -> Client:
    client.cookies["zone"] = "UTC"
    for back in range(3, 23):
        noted(diary, back, NightRating(back % 10))
    noted(diary, 40, Intake(Substance.MEDICINE, 1, Unit.TABLET, name="<b>*Prami* #pexol</b>"))
    return client


def test_it_shows_the_numbers_and_a_picture_of_the_page(kept: Client) -> None:
    shown = kept.get("/report/")
    text = shown.content.decode()

    assert shown.status_code == 200
    assert "20 of 91" in text
    assert "&lt;b&gt;*Prami* #pexol&lt;/b&gt;" in text
    assert "<b>*Prami*" not in text
    picture = text.split('<img src="')[1].split('"')[0].replace("&amp;", "&")
    assert kept.get(picture).content.startswith(b"\x89PNG")
    assert "no-store" in shown.headers["Cache-Control"]


def test_it_gives_the_page_to_be_kept_under_the_name_of_its_nights(kept: Client) -> None:
    first, last = TODAY - timedelta(days=30), TODAY - timedelta(days=2)

    given = kept.get("/report/page.pdf", {"from": str(first), "to": str(last), "paper": "letter"})

    assert given.headers["Content-Type"] == "application/pdf"
    assert given.headers["Content-Disposition"] == f'attachment; filename="quietlegs-{first}-{last}.pdf"'
    told = PdfReader(io.BytesIO(given.content))
    assert len(told.pages) == 1
    assert "20 of 29" in told.pages[0].extract_text()


def test_it_gives_the_same_numbers_as_a_table(kept: Client) -> None:
    given = kept.get("/report/numbers.csv", {"length": "28", "nights": "all"})
    lines = list(csv.DictReader(io.StringIO(given.content.decode(), newline="")))

    assert [one["value"] for one in lines if (one["item"], one["measure"]) == ("all", "answered")] == ["20"]
    assert sum(one["section"] == "night" and one["measure"] == "severity" for one in lines) == 20


@pytest.mark.parametrize(
    "wish", [{"from": "x"}, {"from": "2026-02-02", "to": "2026-01-01"}, {"to": "2999-01-01"}, {"paper": "../a4"}]
)
@pytest.mark.parametrize("path", ["", "page.pdf", "page.png", "numbers.csv"])
def test_it_refuses_a_wish_that_cannot_be_met(client: Client, path: str, wish: dict[str, str]) -> None:
    assert client.get(f"/report/{path}", wish).status_code == 400


def test_it_tells_nothing_of_tonight(kept: Client) -> None:
    assert kept.get("/report/", {"to": str(TODAY + timedelta(days=1))}).status_code == 400


def test_it_is_found_from_what_works_and_from_more(kept: Client) -> None:
    for path in ("/learn/", "/library/"):
        assert 'href="/report/"' in kept.get(path).content.decode()


def test_it_is_a_page_for_an_empty_diary_too(client: Client) -> None:
    assert client.get("/report/").status_code == 200
    assert len(PdfReader(io.BytesIO(client.get("/report/page.pdf").content)).pages) == 1


def test_it_is_not_kept_on_the_phone(kept: Client) -> None:
    kept.post("/safety/", {"none": "1"})
    given = kept.get(f"/offline/pages/?version={version()}").json()

    assert len(given["pages"]) > 20
    assert [page["address"] for page in given["pages"] if page["address"].startswith("/report")] == []
    assert [name for name in carried() if "report" in name] == []


@pytest.mark.parametrize("last", [30, 75, 149])
def test_it_is_the_same_from_what_it_needs_as_from_the_whole_diary(diary: StoredDiary, last: int) -> None:
    rng, begins = np.random.default_rng(7), date(2026, 1, 1)
    schedule, nights = simulate(rng, begins + timedelta(days=149), 150)
    diary.add(facts_of(schedule, nights, rng, "Europe/Berlin"))
    end = begins + timedelta(days=last)
    period = Period(end - timedelta(days=20), end)

    facts = needed(diary, period)

    assert reported(facts, load_library(), period, end) == reported(diary.facts(*KINDS), load_library(), period, end)
    assert len(facts) < len(diary.facts(*KINDS)) or last == 149
