"""A diary of Bearable: each row a remark, at its hour or in its part of the day."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.formats.made.bearable import MADE
from tests.formats.test_known import all_of, written

from quietlegs.formats.known import sniff
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.remark import Remark

HEAD = "date,weekday,time of day,category,rating/amount,detail,notes\n"


def test_it_reads_each_row_at_its_hour(tmp_path: Path) -> None:
    file = written(tmp_path, MADE.decode())
    found = [one for one in all_of(file) if isinstance(one, Entry)]

    assert sniff(file).key == "bearable"
    source = "Bearable"
    assert [(one.noted.wall, one.night.day, one.payload) for one in found] == [
        (datetime(2021, 12, 8, 15), 8, Remark("Restless legs", 2, None, None, "Moderate", None, ("mid",), source)),
        (datetime(2021, 12, 8, 15), 8, Remark("Restless legs", 3, None, None, "Moderate", "again", ("mid",), source)),
        (datetime(2021, 12, 8, 23, 15), 8, Remark("mood", 7, note="slept little", source=source)),
        (datetime(2021, 12, 9, 12), 9,
         Remark("Sleep", 7.5, None, "h", None, None, ("Asleep 23:30. In bed 23:00", "all day"), source)),
        # Before the morning: of the evening before.
        (datetime(2021, 12, 9, 3), 8, Remark("Factors", tags=("Coffee", "Long walk", "pre"), source=source)),
        (datetime(2021, 12, 9, 12), 9, Remark("Meds/Supplements", word="one", tags=("Iron",), source=source)),
    ]  # fmt: skip
    assert len({one.source_id for one in found}) == len(found)


def test_it_reads_the_columns_of_older_files(tmp_path: Path) -> None:
    [found] = all_of(written(tmp_path, f'{HEAD}"31st Jan 2022","Monday","9:05 pm","Energy","4","",""\n'))

    assert isinstance(found, Entry)
    assert (found.noted.wall, found.payload) == (datetime(2022, 1, 31, 21, 5), Remark("Energy", 4, source="Bearable"))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("31st Feb 2022,x,am,Mood,4,,", "date is '31st Feb 2022'; allowed: a date such as 2026-01-31"),
        ("1st Feb 2022,x,noonish,Mood,4,,", "time of day is 'noonish'; allowed: a time such as 6:50 pm or 18:50"),
        ("1st Feb 2022,x,am, ,4,,", "category is ''; allowed: a category such as Symptom"),
        ("1st Feb 2022,x,am,Mood,4,,,", "it has 8 cells; allowed: 7"),
    ],
)
def test_it_names_a_row_that_is_none_and_reads_on(tmp_path: Path, row: str, said: str) -> None:
    bad, good = all_of(written(tmp_path, f"{HEAD}{row}\n1st Feb 2022,x,am,Mood,4,,\n"))

    assert isinstance(bad, LeftOut)
    assert (bad.place, bad.why, bad.bad) == ("line 2", said, True)
    assert isinstance(good, Entry)
