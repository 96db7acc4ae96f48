"""Copies of the diary: whole while others write, checked before they count, put back as one change."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pysqlite3
import pytest
from django.db import connection
from tests.web.test_api import rated

from quietlegs.web.store import backup as copies
from quietlegs.web.store.backup import BackupError, backup, keep_copies, look_at, now_kept, restore, superfluous
from quietlegs.web.store.diary import StoredDiary

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from quietlegs.web.start import prepare
prepare()
from quietlegs.records.fact import note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.web.store.diary import StoredDiary
for number in range(150):
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    StoredDiary().add([note(NightRating(5), moment(at, "UTC"), number.to_bytes(10, "big"))])
    print(number, flush=True)
"""


@pytest.fixture(autouse=True)
def kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIETLEGS_HOME", str(tmp_path))
    return tmp_path / "backups"


def facts_in(file: Path) -> list[tuple[str, ...]]:
    with pysqlite3.connect(file) as opened:
        return list(opened.execute("SELECT fact_id, payload FROM fact ORDER BY id"))


@pytest.mark.usefixtures("database")
class TestBackup:
    def test_it_holds_the_whole_diary(self, diary: StoredDiary, tmp_path: Path, database: Path) -> None:
        diary.add([rated(4), rated(5, 2)])

        made = backup(tmp_path / "mine.sqlite3")

        assert (made.facts, str(made.last_night)) == (2, "2026-01-02")
        assert facts_in(made.file) == facts_in(database)
        assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []

    def test_it_overwrites_nothing(self, tmp_path: Path) -> None:
        taken = tmp_path / "mine.sqlite3"
        taken.write_text("a letter")

        with pytest.raises(BackupError, match="exists already"):
            backup(taken)
        assert taken.read_text() == "a letter"

    def test_it_is_whole_while_another_process_writes(self, tmp_path: Path) -> None:
        home = tmp_path / "busy"
        busy = subprocess.Popen(
            [sys.executable, "-c", WRITER],
            env=os.environ | {"QUIETLEGS_HOME": str(home)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert busy.stdout is not None
        made = []
        for line in busy.stdout:
            if int(line) in {20, 60, 100}:
                run = [sys.executable, "-m", "quietlegs.cli.main", "backup", str(tmp_path / f"copy{int(line)}")]
                subprocess.run(run, env=os.environ | {"QUIETLEGS_HOME": str(home)}, check=True, capture_output=True)
                made.append((int(line), look_at(tmp_path / f"copy{int(line)}").facts))
        busy.stdout.close()
        assert busy.wait() == 0

        # What was acknowledged before the copy began is in it.
        assert all(found > acknowledged for acknowledged, found in made)
        assert len(made) == 3


@pytest.mark.usefixtures("database")
class TestLookAt:
    @pytest.mark.parametrize("what", ["nothing", "text", "cut", "flipped", "another"])
    def test_it_says_what_is_wrong_with_a_copy(self, diary: StoredDiary, tmp_path: Path, what: str) -> None:
        diary.add([rated(severity, number) for number in range(1, 29) for severity in [number % 10]])
        good = backup(tmp_path / "good").file.read_bytes()
        flipped = bytearray(good)
        flipped[5000:9000] = bytes(4000)
        bad = {"nothing": None, "text": b"a letter", "cut": good[: len(good) // 2], "flipped": bytes(flipped)}
        file = tmp_path / "bad"
        if what == "another":
            with pysqlite3.connect(file) as opened:
                opened.execute("CREATE TABLE recipes (name)")
        elif bad[what] is not None:
            file.write_bytes(bad[what] or b"")

        before = facts_in(Path(connection.settings_dict["NAME"]))
        with pytest.raises(BackupError, match=str(file)):
            restore(file)
        assert facts_in(Path(connection.settings_dict["NAME"])) == before

    def test_it_leaves_a_copy_of_a_later_version_alone(self, tmp_path: Path) -> None:
        file = backup(tmp_path / "later").file
        with pysqlite3.connect(file) as opened:
            opened.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_dreams', 'now')")

        with pytest.raises(BackupError, match="later version"):
            look_at(file)


@pytest.mark.usefixtures("database")
class TestRestore:
    def test_it_puts_the_copy_in_place_and_keeps_what_was_there(self, diary: StoredDiary, tmp_path: Path) -> None:
        diary.add([rated(4)])
        copy = backup(tmp_path / "then").file
        diary.add([rated(5, 2)])

        before = restore(copy)

        assert [fact.id for fact in diary.facts()] == [rated(4).id]
        assert before.facts == 2
        restore(before.file)
        assert {fact.id for fact in diary.facts()} == {rated(4).id, rated(5, 2).id}

    def test_it_stays_in_the_modes_that_survive_a_power_cut(self, diary: StoredDiary, tmp_path: Path) -> None:
        restore(backup(tmp_path / "then").file)
        diary.add([rated(4)])

        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2
            assert cursor.execute("PRAGMA integrity_check").fetchone()[0] == "ok"

    def test_it_is_seen_by_whoever_had_the_diary_open(self, diary: StoredDiary, tmp_path: Path) -> None:
        diary.add([rated(4)])
        copy = backup(tmp_path / "then").file
        diary.add([rated(5, 2)])
        reader = pysqlite3.connect(connection.settings_dict["NAME"])
        assert reader.execute("SELECT count(*) FROM fact").fetchone()[0] == 2

        restore(copy)

        assert reader.execute("SELECT count(*) FROM fact").fetchone()[0] == 1
        reader.close()

    def test_it_says_what_the_diary_holds(self, diary: StoredDiary) -> None:
        assert (now_kept().facts, now_kept().last_night) == (0, None)
        diary.add([rated(4)])
        assert (now_kept().facts, str(now_kept().last_night)) == (1, "2026-01-01")


@pytest.mark.usefixtures("database")
class TestKeepCopies:
    def test_it_makes_one_a_day(self, kept_apart: Path) -> None:
        made = [keep_copies(NOW + timedelta(hours=6 * step)) for step in range(9)]

        assert [copy is not None for copy in made] == [True, False, False, False, True, False, False, False, True]
        assert len(list(kept_apart.iterdir())) == 3

    def test_it_keeps_seven_days_and_four_weeks_and_nothing_of_others(self, kept_apart: Path) -> None:
        kept_apart.mkdir()
        letter = kept_apart / "quietlegs-of-mine.sqlite3"
        letter.write_text("a letter")

        for day in range(60):
            keep_copies(NOW + timedelta(days=day))

        ages = sorted((NOW + timedelta(days=59) - at).days for at, _ in copies.dated())
        assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
        assert len(ages) in {9, 10}
        assert ages[-1] < 28
        assert letter.exists()

    def test_it_lets_go_of_what_a_restore_kept_after_five_weeks(self, kept_apart: Path) -> None:
        kept = restore(backup(kept_apart / "mine.sqlite3").file).file
        now = datetime.now(UTC)

        keep_copies(now + timedelta(days=34))
        assert kept.exists()
        assert copies.goes_by_itself(kept)
        keep_copies(now + timedelta(days=36))
        assert not kept.exists()
        assert (kept_apart / "mine.sqlite3").exists()
        assert not copies.goes_by_itself(kept_apart / "mine.sqlite3")

    def test_it_lets_go_after_five_weeks_however_seldom_it_runs(self, kept_apart: Path) -> None:
        first = keep_copies(NOW)
        evening_before = keep_copies(NOW + timedelta(days=34, hours=10))
        assert first is not None
        assert evening_before is not None
        assert first.file.exists()

        # The last day begins; the newest copy is some hours old, and so none is due.
        assert keep_copies(NOW + timedelta(days=34, hours=13)) is None
        assert list(kept_apart.iterdir()) == [evening_before.file]

        much_later = keep_copies(NOW + timedelta(days=400))
        assert much_later is not None
        assert list(kept_apart.iterdir()) == [much_later.file]

    def test_it_keeps_the_newest_however_old_where_no_other_can_be_made(
        self, kept_apart: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = keep_copies(NOW)
        assert made is not None
        monkeypatch.setattr(copies, "EVERY", timedelta(days=1000))

        assert keep_copies(NOW + timedelta(days=400)) is None
        assert list(kept_apart.iterdir()) == [made.file]

    def test_it_lets_nothing_go_that_is_young(self) -> None:
        young = [(NOW - timedelta(days=day), Path(str(day))) for day in range(7)]

        assert superfluous(young) == []
