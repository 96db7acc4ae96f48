"""Verdicts and the report's numbers for other programs: the same as on the pages, for whoever has a key."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.web.test_api import Program
from tests.web.test_learn_trial import CALF, lived, tonight

from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.tokens import make

TRIALS, REPORT = "/api/v1/trials", "/api/v1/report"


@pytest.fixture
def program(diary: StoredDiary) -> Program:
    return Program(make("statistics", ["read"]))


def test_it_tells_no_trial_where_there_is_none(program: Program) -> None:
    assert program.get(TRIALS).json() == {"trials": []}


def test_it_tells_each_verdict_as_the_page_does(client: Client, diary: StoredDiary, program: Program) -> None:
    start = lived(diary, gone=45, effect=-3.0)

    [told] = program.get(TRIALS).json()["trials"]

    page = client.get("/learn/").content.decode()
    [arm] = told["arms"]
    assert (told["id"], told["over"], arm["key"]) == (str(start.id), False, CALF)
    assert arm["headline"] == f"{arm['name']}: helps you"
    assert "helps you" in page
    assert arm["name"] in page.lower()
    assert (
        arm["answered"] + arm["missing"] + told["comparator_answered"] + told["comparator_missing"]
        == (tonight() - date.fromisoformat(told["first_on"])).days
    )
    assert arm["low"] < arm["mean"] < arm["high"] < 0
    assert arm["better"] > 0.99
    assert f"{abs(arm['mean']):.1f}" in page


def test_it_makes_no_number_up_while_it_is_too_early(diary: StoredDiary, program: Program) -> None:
    lived(diary, gone=4)

    [arm] = program.get(TRIALS).json()["trials"][0]["arms"]

    assert arm["verdict"] == "cannot_tell"
    assert [arm[name] for name in ("mean", "low", "high", "better", "claimed_on")] == [None] * 5


def test_it_gives_the_numbers_of_the_doctor_s_page(client: Client, diary: StoredDiary, program: Program) -> None:
    lived(diary, gone=45, effect=-3.0)
    first, last = tonight() - timedelta(days=40), tonight() - timedelta(days=3)
    table = client.get(f"/report/numbers.csv?from={first}&to={last}").content.decode()

    told = program.get(f"{REPORT}?since={first}&until={last}").json()

    assert (told["first"], told["last"]) == (first.isoformat(), last.isoformat())
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [{name: written(cell) for name, cell in one.items()} for one in told["numbers"]] == rows
    assert {one["section"] for one in told["numbers"]} >= {"severity", "onset", "sleep", "tried", "practice"}


def written(cell: Any) -> str:
    """Write a cell as a table does."""
    told = "" if cell is None else f"{cell:.6g}" if isinstance(cell, float) else f"{cell}"
    # The sign that keeps a spreadsheet from reckoning with it.
    return f"'{told}" if told.startswith("-") and isinstance(cell, str) else told


def test_it_tells_the_last_weeks_where_no_nights_are_named(diary: StoredDiary, program: Program) -> None:
    lived(diary, gone=45)

    told = program.get(REPORT).json()

    assert (date.fromisoformat(told["last"]) - date.fromisoformat(told["first"])).days == 90


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("until=2999-01-01", "or earlier: nights that are over"),
        ("since=2020-01-02&until=2020-01-01", "2020-01-02 or later"),
        ("since=2010-01-01&until=2020-01-01", "two years at most"),
        ("until=0001-01-01", "1970-01-01 or later"),
        ("since=1969-12-31&until=1970-01-01", "1970-01-01 or later"),
        ("since=soon", "a date such as 2026-01-31"),
    ],
)
def test_it_says_which_nights_can_be_told(client: Client, program: Program, asked: str, said: str) -> None:
    answer = program.get(f"{REPORT}?{asked}")

    assert answer.status_code == 400
    assert said in " ".join(answer.json()["problems"])
    page = client.get(f"/report/?{asked.replace('since', 'from').replace('until', 'to')}")
    assert page.status_code == 400


@pytest.mark.parametrize("address", [TRIALS, REPORT])
def test_it_tells_nobody_without_a_key_that_reads(diary: StoredDiary, client: Client, address: str) -> None:
    client.get("/")

    assert client.get(address).status_code == 401
    assert Program(make("watch", ["write"])).get(address).status_code == 401
    assert Program("a guess").get(address).status_code == 401
    assert Program(make("watch", ["read"])).client.post(address).status_code == 405
