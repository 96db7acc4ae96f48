"""A file of every format: looked at, taken in, undone, taken in again; the same twice changes nothing."""

from pathlib import Path

import pytest
from tests.formats.test_known import BERLIN, MADE
from tests.web.test_imports import undo

from quietlegs.formats.known import sniff
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.imports import Receipt, last_taken, look, take


@pytest.mark.parametrize("key", sorted(MADE))
def test_it_takes_every_format_in_and_back_and_in_again(diary: StoredDiary, tmp_path: Path, key: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(MADE[key])

    def looked() -> Receipt:
        assert sniff(file).key == key
        return look(sniff(file), file, BERLIN)

    new = len(looked().new)
    assert new
    held = []
    for _time in range(2):
        assert take(looked()) == new
        held.append(sorted(f"{fact.night} {fact.payload}" for fact in diary.facts()))
        again = looked()
        assert (len(again.new), again.known, take(again)) == (0, new, 0)
        assert undo() == new
        assert diary.facts() == ()
        assert last_taken() is None
    assert held[0] == held[1]
    assert len(held[0]) == new


def test_it_says_of_remarks_that_nothing_counts_them(diary: StoredDiary, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(MADE["daylio"])

    receipt = look(sniff(file), file, BERLIN)

    assert receipt.said == ["4 remarks, shown with their nights; nothing counts them"]
    take(receipt)
    assert look(sniff(file), file, BERLIN).said == []
    assert len(diary.facts()) == 4
