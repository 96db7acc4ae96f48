"""Another diary of quietlegs taken in: the same facts under the same ids, undone as one, and taken in again."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.formats.every_kind import diary as every_kind
from tests.formats.test_known import PLEES
from tests.formats.test_quietlegs import exported
from tests.web.test_imports import NOW, looked, told, undo

from quietlegs.records.fact import Fact, Withdrawal, current, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment
from quietlegs.records.tried import TrialEnd, TrialStart
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.imports import last_taken, take

ALL = every_kind()


@pytest.fixture(autouse=True)
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the diary of every kind, of an autumn to come, not be in the future."""
    monkeypatch.setattr("quietlegs.web.store.imports.MOST_AHEAD", timedelta(days=36_500))


def rated(severity: int, place: int, supersedes: Fact | None = None) -> Fact:
    earlier = supersedes.id if supersedes else None
    return note(NightRating(severity), NOW, bytes([place] * 10), night=NOW.wall.date(), supersedes=earlier)


def whole(diary: StoredDiary) -> str:
    return exported(list(diary.all_facts()))


def holding(diary: StoredDiary) -> list[object]:
    return [fact.payload for fact in diary.facts()]


def test_it_takes_in_every_fact_as_it_is_and_once(diary: StoredDiary, tmp_path: Path) -> None:
    assert take(looked(tmp_path, exported(ALL))) == len(ALL)
    assert set(diary.all_facts()) == set(ALL)
    assert diary.facts() == current(ALL)

    assert told(looked(tmp_path, exported(ALL))) == (0, len(ALL), 0, 0)
    assert told(looked(tmp_path, exported(ALL + ALL))) == (0, len(ALL), 0, len(ALL))
    assert set(diary.all_facts()) == set(ALL)


def test_it_undoes_it_as_one_and_takes_it_in_again(diary: StoredDiary, tmp_path: Path) -> None:
    mine = rated(1, 250)
    diary.add([mine])
    for _time in range(3):
        take(looked(tmp_path, exported(ALL)))
        assert sorted(map(repr, holding(diary))) == sorted(
            map(repr, [mine.payload, *(f.payload for f in current(ALL))])
        )
        assert told(looked(tmp_path, exported(ALL)))[0] == 0
        undo()
        assert diary.facts() == (mine,)
        assert last_taken() is None


def test_it_gives_back_what_the_file_had_corrected_or_taken_back(diary: StoredDiary, tmp_path: Path) -> None:
    kept, gone = rated(3, 1), rated(4, 2)
    diary.add([kept, gone])
    changed, again = rated(5, 3, kept), rated(6, 4)
    last = rated(7, 5, again)
    back = note(Withdrawal(), NOW, bytes([6] * 10), night=gone.night, supersedes=gone.id)
    text = exported([kept, gone, changed, again, last, back])
    for _time in range(3):
        take(looked(tmp_path, text))
        assert sorted(map(repr, holding(diary))) == [repr(NightRating(5)), repr(NightRating(7))]
        undo()
        assert sorted(map(repr, holding(diary))) == [repr(NightRating(3)), repr(NightRating(4))]


def test_it_names_a_trial_by_its_new_id_where_it_comes_again(diary: StoredDiary, tmp_path: Path) -> None:
    start = next(fact for fact in ALL if isinstance(fact.payload, TrialStart))
    end = note(TrialEnd(start.id), start.noted, bytes([9] * 10), night=start.night)
    for _time in range(2):
        take(looked(tmp_path, exported([start, end])))
        undo()
    take(looked(tmp_path, exported([start, end])))

    [began], [ended] = diary.facts(TrialStart), diary.facts(TrialEnd)
    assert began.id != start.id
    assert ended.payload == TrialEnd(began.id)


def test_it_changes_nothing_where_a_diary_reads_its_own_export(diary: StoredDiary, tmp_path: Path) -> None:
    for text in (PLEES, exported(ALL)):
        take(looked(tmp_path, text))
        undo()
        take(looked(tmp_path, text))
    undo()
    before = set(diary.all_facts())

    receipt = looked(tmp_path, whole(diary))

    assert told(receipt) == (0, len(before), 0, 0)
    assert take(receipt) == 0
    assert set(diary.all_facts()) == before


def test_it_refuses_another_content_under_the_same_id(diary: StoredDiary, tmp_path: Path) -> None:
    diary.add([rated(3, 1)])

    receipt = looked(tmp_path, exported([rated(4, 1), rated(5, 2), rated(6, 2), rated(7, 3)]))

    assert told(receipt) == (2, 0, 0, 2)
    assert [(one.place, one.why) for one in receipt.left_out.named] == [
        ("line 1", "there is another entry of this id"),
        ("line 3", "there is another entry of this id"),
    ]
    take(receipt)
    assert sorted(map(repr, holding(diary))) == [repr(NightRating(n)) for n in (3, 5, 7)]


def test_it_leaves_out_what_lies_ahead(diary: StoredDiary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quietlegs.web.store.imports.MOST_AHEAD", timedelta(days=2))
    ahead = note(NightRating(3), moment(datetime.now(UTC) + timedelta(days=3), "UTC"), bytes(10))

    receipt = looked(tmp_path, json.dumps([json.loads(exported([ahead]))]))

    assert told(receipt) == (0, 0, 0, 1)
    assert receipt.left_out.named[0].why == f"{ahead.night} is in the future"
    assert diary.facts() == ()
