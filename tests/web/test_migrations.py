"""A diary of any earlier version, with something in it, comes over whole."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from quietlegs.records.felt import NightRating
from quietlegs.web.store import grants, imports, tokens, trail
from quietlegs.web.store.channels import channels, manners, whereabouts
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.whose import PERSONAL

FACT = "0190a1b2c3d47e5f8a9b0c1d2e3f4a5b"
AT = "2026-11-20 21:00:00"
# What each version could hold, as it wrote it.
WRITTEN = {
    "0001_initial": (
        "INSERT INTO fact (fact_id, kind, night, at, zone, offset_s, wall, payload) VALUES "
        f"('{FACT}', 'night_rating', '2026-11-20', '{AT}', 'Europe/Berlin', 3600, '2026-11-20T22:00:00', ?)"
    ),
    "0003_reminders": (
        "INSERT INTO reminder_channel (service, mark, address, language, began_at, why, gone) VALUES "
        f"('ntfy', '', '{{\"url\": \"https://ntfy.example.org/x\"}}', 'de', '{AT}', '', 0);"
        "INSERT INTO reminder_manners (quiet_from, quiet_until, most_a_day, zone, zone_at) VALUES "
        f"('22:00', '07:00', 1, 'Europe/Berlin', '{AT}')"
    ),
    "0004_api_tokens": (
        f"INSERT INTO api_token (name, digest, scopes, made_at) VALUES ('watch', '{'0' * 64}', '[\"read\"]', '{AT}')"
    ),
    "0005_imports": (
        "INSERT INTO import (name, format, digest, at) VALUES ('old.csv', 'plees_tracker', '', '" + AT + "');"
        f"INSERT INTO imported (taken_id, source_id, fact_id) VALUES (1, 'plees_tracker 1', '{FACT}')"
    ),
}


def versions() -> list[str]:
    names = MigrationLoader(None).disk_migrations
    return sorted(name for app, name in names if app == "store")


@pytest.fixture
def old(database: Path, tmp_path: Path) -> Path:
    """The name of a file that is not there yet, in use."""
    connection.close()
    connection.settings_dict["NAME"] = str(tmp_path / "old.sqlite3")
    return tmp_path / "old.sqlite3"


def write(file: Path, until: str) -> None:
    """Put into the file what a person of that version could have noted."""
    connection.close()
    rating = json.dumps({"severity": 6})
    with closing(sqlite3.connect(file)) as direct, direct:
        for version, said in WRITTEN.items():
            for statement in said.split(";") if version <= until else ():
                direct.execute(statement, (rating,) if "?" in statement else ())


def test_it_carries_over_what_was_read(old: Path) -> None:
    call_command("migrate", "store", "0009_grant_invites", verbosity=0)
    connection.close()
    with closing(sqlite3.connect(old)) as direct, direct:
        direct.execute(
            "INSERT INTO reading_grant (diary_id, reader_name, owner_name, parts, until, made_at, digest) "
            f"VALUES (1, 'Dr Ito', 'Anna', '[\"nights\"]', '2026-12-31', '{AT}', 'x')"
        )
        direct.execute(f"INSERT INTO reading (diary_id, grant_id, part, at) VALUES (1, 1, 'nights', '{AT}')")
    call_command("migrate", verbosity=0)

    [step] = trail.steps(0, 9)
    assert (step.what, step.who, step.word, f"{step.at:%Y-%m-%d %H:%M:%S}") == (trail.READ, "Dr Ito", "nights", AT)
    assert [(one.reader_name, one.part) for one in grants.readings()] == [("Dr Ito", "nights")]


@pytest.mark.parametrize("version", versions())
def test_it_brings_everything_over(old: Path, version: str) -> None:
    call_command("migrate", "store", version, verbosity=0)
    write(old, version if version < "0006" else "")
    call_command("migrate", verbosity=0)

    facts = StoredDiary().facts()
    if version >= "0006":
        assert facts == ()
        return
    assert [(fact.payload, fact.id.hex) for fact in facts] == [(NightRating(6), FACT)]
    assert [one.language for one in channels()] == (["de"] if version >= "0003" else [])
    where = whereabouts()
    assert (where.zone if where else None, manners().most_a_day) == (
        ("Europe/Berlin", 1) if version >= "0003" else (None, manners().most_a_day)
    )
    assert [one.diary for one in tokens.tokens()] == ([PERSONAL] if version >= "0004" else [])
    last = imports.last_taken()
    assert (last.holding if last else None) == (1 if version >= "0005" else None)


def test_it_still_refuses_to_change_a_fact_afterwards(old: Path) -> None:
    call_command("migrate", "store", "0005", verbosity=0)
    write(old, "0005_imports")
    call_command("migrate", verbosity=0)

    for statement in ("DELETE FROM fact", "UPDATE fact SET kind = 'x'"):
        with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
            cursor.execute(statement)
