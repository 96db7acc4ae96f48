"""What `quietlegs doctor` says of the machine around a diary, and what `--deep` finds in the rows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from tests.reliability.load import an_entry
from tests.web.reminding import LONG_AGO, listens, person

from quietlegs.records.wire import from_wire
from quietlegs.web.store import channels, machine
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.home import HOME_VARIABLE
from quietlegs.web.store.invariants import invariants
from quietlegs.web.store.models import ImportedRow, ImportRow

NOW = datetime.now(UTC)
MISSING = "0199a000-0000-7000-8000-000000000009"


@pytest.fixture
def home(database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone."""
    monkeypatch.setenv(HOME_VARIABLE, str(database.parent))
    database.parent.chmod(0o700)
    for file in database.parent.iterdir():
        file.chmod(0o600)
    return database.parent


def said(now: datetime = NOW) -> dict[str, tuple[str, bool]]:
    return {name: (found, good) for name, found, good in machine.around(now)}


def test_it_finds_a_safe_machine_good(home: Path) -> None:
    assert all(good for _found, good in said().values())
    assert set(said()) == {"data folder", "room on the disk", "clock"}


def test_it_names_what_others_can_read(home: Path) -> None:
    (home / "quietlegs.sqlite3").chmod(0o644)

    found, good = said()["data folder"]

    assert not good
    assert f"others can read {home / 'quietlegs.sqlite3'}; chmod -R go= {home}" in found


def test_it_says_that_the_disk_is_nearly_full(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=1_000_000))

    assert said()["room on the disk"] == ("1 MB free: nearly full", False)


def test_it_says_that_the_clock_is_behind_what_was_noted(home: Path) -> None:
    StoredDiary().add([from_wire(an_entry())])

    assert said(NOW + timedelta(hours=1))["clock"][1]
    found, good = said(NOW - timedelta(days=3))["clock"]
    assert not good
    assert "but something here is of" in found


def test_it_says_that_nobody_sends_the_reminders(home: Path) -> None:
    person()
    listens("ntfy", {"url": "https://ntfy.sh/topic"})
    channels.worked(LONG_AGO)
    assert not said()["worker"][1]

    channels.worked(NOW)
    assert said()["worker"][1]


@pytest.mark.parametrize(
    ("url", "clear"),
    [("http://ntfy.example.org/a", True), ("https://ntfy.example.org/a", False), ("http://192.168.1.9/a", False)],
)
def test_it_names_a_reminder_that_goes_over_the_network_in_the_clear(home: Path, url: str, clear: bool) -> None:
    person()
    listens("ntfy", {"url": url})

    assert (said().get("reminder by ntfy") == ("goes to ntfy.example.org in the clear", False)) == clear


def broken() -> dict[str, str]:
    return {name: found for name, found, good in invariants() if not good}


def insert(fact_id: str, supersedes: str = "") -> None:
    values = [fact_id.replace("-", ""), supersedes.replace("-", "") or None]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fact (diary_id, fact_id, kind, night, at, zone, offset_s, wall, payload, supersedes) VALUES "
            "(1, %s, 'night_rating', '2026-01-01', '2026-01-01 20:00:00', 'UTC', 0, '2026-01-01T20:00:00', '{}', %s)",
            values,
        )


def test_it_finds_that_all_holds(database: Path) -> None:
    StoredDiary().add([from_wire(an_entry()) for _ in range(3)])

    assert broken() == {}


def _replaced() -> None:
    insert("0199a000-0000-7000-8000-000000000001", MISSING)


def _circle() -> None:
    one, other = (f"0199a000-0000-7000-8000-00000000000{number}" for number in (1, 2))
    insert(one, other)
    insert(other, one)


def _old_id() -> None:
    insert("0199a000-0000-4000-8000-000000000001")


def _import() -> None:
    taken = ImportRow.objects.create(name="a", format="a", digest="a", at=NOW)
    ImportedRow.objects.create(taken=taken, source_id="a", fact_id=MISSING)


def _open() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER fact_no_update")


@pytest.mark.parametrize(
    ("harm", "name", "words"),
    [
        (_replaced, "what is replaced is there", f"replaces {MISSING}, which is not there"),
        (_circle, "nothing replaces itself", "is replaced by it"),
        (_old_id, "ids carry their time", "no UUID of version 7"),
        (_import, "what was imported is there", f"{MISSING} of import"),
        (_open, "facts cannot be changed", "fact_no_update is missing"),
    ],
)
def test_it_finds_what_does_not_hold(database: Path, harm: Callable[[], None], name: str, words: str) -> None:
    harm()

    assert words in broken()[name]
