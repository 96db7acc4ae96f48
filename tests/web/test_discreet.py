"""Logs tell what broke and where; what a person wrote, and secrets in addresses, never get into them."""

import logging
from io import StringIO
from pathlib import Path

import pytest
from tests.web.hosted import ask

from quietlegs.web.discreet import Discreet

MARK = "Zolmarkidol"


@pytest.fixture
def logged() -> StringIO:
    """What the root logger writes, as the program itself writes it."""
    return StringIO()


def handler(into: StringIO) -> logging.Handler:
    made = logging.StreamHandler(into)
    made.setFormatter(Discreet())
    return made


def test_it_logs_the_kind_and_the_place_of_an_error_and_not_what_it_says(logged: StringIO) -> None:
    logger = logging.getLogger("one")
    logger.addHandler(handler(logged))
    try:
        try:
            int(MARK)
        except ValueError as error:
            raise RuntimeError(f"of {MARK}") from error
    except RuntimeError:
        logger.exception("it broke")
        logger.warning("because of %s", ValueError(MARK))

    said = logged.getvalue()
    assert MARK not in said
    assert "it broke" in said
    assert "ValueError" in said
    assert "RuntimeError" in said
    assert "test_discreet.py" in said
    assert "because of ValueError" in said


def test_it_logs_nothing_that_a_person_wrote_when_a_page_breaks(tmp_path: Path) -> None:
    script = f"""
import io, logging, sys
from unittest.mock import patch
out = io.StringIO()
for one in logging.getLogger().handlers:
    one.setStream(out)
logging.getLogger().setLevel(logging.DEBUG)
from django.db import DatabaseError
from django.db.models.query import QuerySet
client.raise_request_exception = False
def refuse(_of, rows, **more):
    raise DatabaseError(f"row {{rows[0].payload}} refused")
fields = {{"substance": "medicine", "name": "{MARK}", "amount": "80", "unit": "mg", "taken": "now"}}
fields["night"] = "2026-01-05"
with patch.object(QuerySet, "bulk_create", refuse):
    broke = client.post("/log/taken/", fields, headers={{"referer": "http://localhost/"}})
client.get("/calendar/{MARK}.ics")
client.get("/reminders/reply/{MARK}/")
client.get("/{MARK}/?q={MARK}")
client.post("/api/v1/facts", "[{MARK}]", content_type="application/json", headers={{"authorization": "Bearer {MARK}"}})
client.get("/log/", {{"night": "{MARK}"}})
strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
strict.post("/log/", fields)
print(json.dumps([broke.status_code, broke.content.decode(), out.getvalue()]))
"""
    status, page, said = ask(tmp_path, script, QUIETLEGS_HOSTED_AT="")

    assert status == 500
    assert MARK not in page
    assert "DatabaseError" not in page
    assert MARK not in said
    assert "DatabaseError" in said
    assert "/log/taken/" in said
