"""Values for the doctor: copied from paper, kept as they were written, taken back, and never judged."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from quietlegs.records.measured import ClinicianScore, LabValue
from quietlegs.web.store.diary import StoredDiary

TODAY = datetime.now(UTC).date()
ON = TODAY - timedelta(days=30)
LAB = {
    "kind": "lab",
    "name": " Ferritin  <b>",
    "value": "48,5",
    "unit": "ng/mL",
    "on": str(ON),
    "laboratory": "Labor Mitte",
}
SCORE = {"kind": "score", "name": "IRLS", "value": "22", "on": str(ON), "recall_days": "7"}


@pytest.fixture
def page(client: Client) -> Client:
    client.cookies["zone"] = "UTC"
    return client


def test_it_keeps_a_value_and_a_score_as_they_were_copied(page: Client, diary: StoredDiary) -> None:
    for form in (LAB, SCORE):
        assert page.post("/report/values/", form).status_code == 302

    assert [fact.payload for fact in diary.facts(LabValue, ClinicianScore)] == [
        LabValue("Ferritin <b>", 48.5, "ng/mL", ON, "Labor Mitte"),
        ClinicianScore("IRLS", 22, ON, 7),
    ]
    shown = page.get("/report/values/").content.decode()
    assert "Ferritin &lt;b&gt;: 48.5 ng/mL" in shown
    assert "IRLS: 22" in shown


def test_it_puts_them_on_the_doctors_page(page: Client) -> None:
    for form in (LAB, SCORE):
        page.post("/report/values/", form)

    told = PdfReader(io.BytesIO(page.get("/report/page.pdf").content)).pages[0].extract_text()

    for word in ("Ferritin <b>", "48.5 ng/mL", "Labor Mitte", "IRLS", "7 days"):
        assert word in told


def test_it_takes_an_entry_back(page: Client, diary: StoredDiary) -> None:
    saved = page.post("/report/values/", LAB).headers["Location"]
    assert "Written down." in page.get(saved).content.decode()

    page.post("/report/values/undo/", {"entry": str(diary.facts(LabValue)[0].id)})

    assert diary.facts(LabValue) == ()
    assert "Written down." not in page.get(saved).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "much"}, {"value": "-1"}, {"value": "nan"}, {"value": "inf"}, {"name": ""},
        {"unit": ""}, {"unit": "x" * 41},
        {"on": "31.1.2026"}, {"on": str(TODAY + timedelta(days=2))}, {"kind": "else"},
    ],
)  # fmt: skip
def test_it_writes_nothing_down_that_cannot_be(page: Client, diary: StoredDiary, wrong: dict[str, str]) -> None:
    assert page.post("/report/values/", LAB | wrong).status_code == 400
    assert diary.facts(LabValue) == ()


@pytest.mark.parametrize("wrong", [{"recall_days": "0"}, {"recall_days": "x"}, {"recall_days": "7.5"}, {"value": ""}])
def test_it_writes_no_score_down_that_cannot_be(page: Client, diary: StoredDiary, wrong: dict[str, str]) -> None:
    assert page.post("/report/values/", SCORE | wrong).status_code == 400
    assert diary.facts(ClinicianScore) == ()


def test_it_takes_back_nothing_but_values(page: Client, diary: StoredDiary) -> None:
    page.post("/safety/", {"none": "1"})
    (answers,) = diary.facts()

    page.post("/report/values/undo/", {"entry": str(answers.id)})

    assert [fact.id for fact in diary.facts()] == [answers.id]
