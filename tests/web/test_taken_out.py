"""The diary taken out from the page: all of it, in each form, and never kept by the browser."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import DatabaseError
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from tests.formats.every_kind import diary as every_kind

from quietlegs.records.wire import from_wire
from quietlegs.web.pages.settings import taken_out
from quietlegs.web.store import trail
from quietlegs.web.store.diary import StoredDiary


def body(answer: HttpResponseBase) -> bytes:
    return answer.getvalue() if isinstance(answer, StreamingHttpResponse) else bytes(getattr(answer, "content", b""))


@pytest.fixture
def kept(client: Client, diary: StoredDiary) -> Client:
    diary.add(every_kind())
    return client


def test_it_gives_everything_as_lines_that_read_back(kept: Client) -> None:
    lines = body(kept.get("/settings/data/jsonl")).decode().splitlines()

    assert {from_wire(json.loads(line)) for line in lines} == set(every_kind())


def test_it_gives_everything_as_tables(kept: Client, tmp_path: Path) -> None:
    file = tmp_path / "given.sqlite3"
    file.write_bytes(body(kept.get("/settings/data/sqlite")))

    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT count(*) FROM facts").fetchall() == [(len(every_kind()),)]


def test_it_gives_a_bundle_and_sleep_for_other_programs(kept: Client) -> None:
    bundle = json.loads(body(kept.get("/settings/data/fhir")))

    assert bundle["resourceType"] == "Bundle"
    assert len(bundle["entry"]) > 60
    assert isinstance(json.loads(body(kept.get("/settings/data/open-mhealth"))), list)


@pytest.mark.parametrize("key", ["jsonl", "sqlite", "fhir", "open-mhealth"])
@pytest.mark.parametrize("error", [DatabaseError("database or disk is full"), OSError(28, "No space left on device")])
def test_it_is_given_where_the_trail_has_no_room(
    kept: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, key: str, error: Exception
) -> None:
    monkeypatch.setattr(trail, "leave", Mock(side_effect=error))

    answer = kept.get(f"/settings/data/{key}")

    assert answer.status_code == 200
    assert body(answer)
    assert f"taken out as {key}, which the trail does not tell" in caplog.text


def test_its_trail_tells_nothing_of_what_could_not_be_made(kept: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taken_out, "save", Mock(side_effect=OSError(28, "No space left on device")))
    kept.raise_request_exception = False

    assert kept.get("/settings/data/sqlite").status_code >= 500
    assert not trail.steps(0, 9)

    monkeypatch.undo()
    assert kept.get("/settings/data/sqlite").status_code == 200
    assert [(one.what, one.word) for one in trail.steps(0, 9)] == [(trail.TAKEN_OUT, "sqlite")]


@pytest.mark.parametrize(
    ("key", "ending"),
    [("jsonl", ".jsonl"), ("sqlite", ".sqlite3"), ("fhir", ".fhir.json"), ("open-mhealth", ".sleep.json")],
)
def test_it_names_the_file_and_lets_nobody_keep_it(client: Client, key: str, ending: str) -> None:
    answer = client.get(f"/settings/data/{key}")

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="quietlegs-20')
    assert answer.headers["Content-Disposition"].endswith(f'{ending}"')
    assert "no-store" in answer.headers["Cache-Control"]
    assert f'href="/settings/data/{key}"' in client.get("/settings/").content.decode()


def test_it_knows_no_other_way_out(client: Client) -> None:
    assert client.get("/settings/data/csv").status_code == 404
    assert client.post("/settings/data/jsonl").status_code == 405
