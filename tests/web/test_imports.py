"""Files of other programs in the diary: looked at, taken in as one, undone as one, never twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.formats import written_databases as wd
from tests.formats.made.gadgetbridge import BAND, BOTH, WATCH
from tests.formats.test_known import ANDROID, APPLE, written

from quietlegs.formats.known import sniff
from quietlegs.records.fact import Fact, Withdrawal, newest_by_night, note
from quietlegs.records.moment import moment
from quietlegs.records.slept import Sleep
from quietlegs.web.store import imports
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.imports import Receipt, last_taken, look, take
from quietlegs.web.store.models import ImportedRow

NOW = moment(datetime(2026, 6, 1, 12, tzinfo=UTC), "Europe/Berlin")


def undo() -> int:
    last = last_taken()
    assert last is not None
    return imports.undo(last.id, NOW)


def looked(folder: Path, text: str) -> Receipt:
    file = written(folder, text)
    return look(sniff(file), file, "Europe/Berlin")


def told(receipt: Receipt) -> tuple[int, int, int, int]:
    return len(receipt.new), receipt.known, receipt.taken_back, len(receipt.left_out)


def payloads(diary: StoredDiary) -> list[object]:
    return [fact.payload for fact in diary.facts(Sleep)]


def test_it_only_looks_before_it_is_told_to_take(diary: StoredDiary, tmp_path: Path) -> None:
    receipt = looked(tmp_path, ANDROID)

    assert told(receipt) == (2, 0, 0, 0)
    assert [night.day for night in receipt.nights] == [28, 30]
    assert diary.facts() == ()


def test_it_takes_a_file_in_once(diary: StoredDiary, tmp_path: Path) -> None:
    assert take(looked(tmp_path, ANDROID)) == 2
    before = list(diary.all_facts())

    again = looked(tmp_path, ANDROID)

    assert told(again) == (0, 2, 0, 0)
    assert take(again) == 0
    assert list(diary.all_facts()) == before


def test_it_takes_a_file_in_once_that_was_looked_at_twice(diary: StoredDiary, tmp_path: Path) -> None:
    first, second = looked(tmp_path, ANDROID), looked(tmp_path, ANDROID)

    assert (take(first), take(second)) == (2, 0)

    assert len(payloads(diary)) == 2
    assert undo() == 2
    assert last_taken() is None


def test_it_takes_the_same_row_once_where_it_stands_twice(diary: StoredDiary, tmp_path: Path) -> None:
    receipt = looked(tmp_path, ANDROID + ANDROID)

    assert told(receipt) == (2, 0, 0, 2)
    take(receipt)
    assert len(payloads(diary)) == 2


def test_it_undoes_as_a_whole_and_may_take_in_again(diary: StoredDiary, tmp_path: Path) -> None:
    take(looked(tmp_path, ANDROID))
    first = payloads(diary)

    assert undo() == 2
    assert payloads(diary) == []
    assert last_taken() is None

    for _time in range(3):
        take(looked(tmp_path, ANDROID))
        assert payloads(diary) == first
        assert undo() == 2


def test_it_leaves_what_the_person_changed_or_took_back(diary: StoredDiary, tmp_path: Path) -> None:
    take(looked(tmp_path, ANDROID))
    kept, gone = diary.facts(Sleep)
    mine = note(Sleep(quality=3), NOW, bytes(10), night=kept.night, supersedes=kept.id)
    back = note(Withdrawal(), NOW, bytes([1] * 10), night=gone.night, supersedes=gone.id)
    diary.add([mine, back])

    assert told(looked(tmp_path, ANDROID)) == (0, 0, 2, 0)
    assert undo() == 0
    assert payloads(diary) == [Sleep(quality=3)]


def test_it_tells_a_night_anew_where_its_program_does(diary: StoredDiary, tmp_path: Path) -> None:
    take(looked(tmp_path, ANDROID))
    before = payloads(diary)

    receipt = looked(tmp_path, ANDROID.replace('"8.0","0.0"', '"8.0","2.0"'))

    assert told(receipt) == (1, 1, 0, 0)
    take(receipt)
    assert [one.quality for one in payloads(diary) if isinstance(one, Sleep)] == [9, 4]
    undo()
    assert payloads(diary) == before


def test_it_keeps_the_sleep_of_two_devices_and_says_so(diary: StoredDiary, tmp_path: Path) -> None:
    receipt = looked(tmp_path, APPLE)

    assert [night.isoformat() for night in receipt.shared] == ["2026-01-01"]
    take(receipt)
    assert len(diary.facts(Sleep)) == 2


def test_it_counts_the_longer_sleep_of_two_watches_in_one_file_and_keeps_both(
    diary: StoredDiary, tmp_path: Path
) -> None:
    file = tmp_path / "Gadgetbridge"
    file.write_bytes(wd.database(wd.GADGETBRIDGE, BOTH))
    receipt = look(sniff(file), file, "Europe/Berlin")

    assert [night.isoformat() for night in receipt.shared] == ["2026-01-01"]
    assert take(receipt) == 2
    assert payloads(diary) == [WATCH, BAND]
    assert [payload for _fact, payload in newest_by_night(diary.facts(Sleep), Sleep).values()] == [BAND]
    assert undo() == 2
    assert payloads(diary) == []


def test_it_stores_all_or_nothing(diary: StoredDiary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = looked(tmp_path, ANDROID)

    def breaks(*_rows: object, **_more: object) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(ImportedRow.objects, "bulk_create", breaks)
    with pytest.raises(RuntimeError):
        take(receipt)

    assert diary.facts() == ()
    assert last_taken() is None


def slept(source: str | None, hours: int, number: int) -> Fact:
    began = datetime(2026, 1, 1, 22, tzinfo=UTC)
    ended = datetime(2026, 1, 2, hours - 2, tzinfo=UTC)
    noted = moment(datetime(2026, 1, 2, 9, number, tzinfo=UTC), "UTC")
    return note(Sleep(began, None, ended, source=source), noted, bytes([number] * 10), night=began.date())


def test_it_counts_what_the_person_noted_then_the_longer_sleep() -> None:
    own, short, long = slept(None, 5, 1), slept("Phone", 7, 2), slept("Watch", 8, 0)

    assert newest_by_night([short, own, long], Sleep)[own.night][0] == own
    assert newest_by_night([long, short], Sleep)[own.night][0] == long
