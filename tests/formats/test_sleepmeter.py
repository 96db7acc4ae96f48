"""Nights of Sleepmeter: several tables in one file, whose texts hold quotes and line ends as they were typed."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.formats.made.sleepmeter import MADE
from tests.formats.test_known import all_of, written

from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.remark import Remark
from quietlegs.records.slept import Sleep

HEAD = "wake,sleep,bedtime,holes,type,dreams,aid,hindrances,tags,quality,notes\n"
GOOD = '"2026-01-02 06:00+0100","2026-01-01 23:00+0100","2026-01-01 22:30+0100",,NIGHT_SLEEP,NONE,NONE,NONE,NONE,5,""\n'


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_it_reads_nights_and_what_belongs_to_them(tmp_path: Path) -> None:
    found = all_of(written(tmp_path, MADE.decode()))

    assert [one for one in found if isinstance(one, LeftOut)] == []
    told = [(one.night, one.payload) for one in found if isinstance(one, Entry)]
    night, before = date(2026, 3, 28), date(2026, 3, 27)
    # The offset changed in that night: 22:50 at +1 to 7:00 at +2 are 7 h 10 min.
    assert told == [
        (night, Sleep(at(28, 21, 50), at(28, 22, 15), at(29, 5), 2, 7, "Sleepmeter")),
        (night, Remark("aid", tags=('tea "hot", with\nmilk', "reading"), source="Sleepmeter")),
        (night, Remark("hindrances", tags=("restless legs", "a train"), source="Sleepmeter")),
        (night, Remark("tags", tags=("at my sister's", "hotel"), source="Sleepmeter")),
        (night, Remark("notes", note='a note, "quoted",\non two lines', source="Sleepmeter")),
        # Did not sleep at all.
        (before, Sleep(at(27, 22), None, at(28, 5), 0, 0, "Sleepmeter")),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2026-01-02 06:00+0100", "2026-01-01 22:00+0100", "it ends before it begins"),
        ("2026-01-01 23:00", "2026-01-02 07:00", "sleep is '2026-01-02 07:00+0100'; allowed: up to 2026-01-02 06:00"),
        ("2026-01-01 22:30", "yesterday", "bedtime is 'yesterday+0100'; allowed: a time such as 2026-01-31 23:10+0100"),
        (",5,", ",11,", "quality is '11'; allowed: a whole number from 0 to 10"),
        (",,NIGHT", ",3-,NIGHT", "holes is '3-'; allowed: minutes such as 59-60|120-125"),
        ("2026-01-0", "1900-01-0", "night is '1900-01-01'; allowed: 1970-01-01 or later"),
    ],
)
def test_it_names_a_night_that_cannot_be_and_reads_on(tmp_path: Path, old: str, new: str, said: str) -> None:
    bad, good = all_of(written(tmp_path, HEAD + GOOD.replace(old, new) + GOOD))

    assert isinstance(bad, LeftOut)
    assert bad.place == "line 2"
    assert bad.why.startswith(said)
    assert isinstance(good, Entry)


def test_it_names_a_line_that_is_no_row(tmp_path: Path) -> None:
    found = all_of(written(tmp_path, f"{HEAD}{GOOD}hello\n{GOOD}"))

    assert [(one.place, one.why) for one in found if isinstance(one, LeftOut)] == [("line 3", "it is no row of wake")]
    assert len(found) == 3


def test_it_reads_the_last_night_of_a_file_that_was_cut(tmp_path: Path) -> None:
    note, night = all_of(written(tmp_path, HEAD + GOOD.replace('""', '"half a no').rstrip()))

    assert isinstance(night, Entry)
    assert isinstance(note, LeftOut)
    assert (note.why, note.bad) == ("the file ends in its text, which is left out", True)
