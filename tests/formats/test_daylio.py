"""Moods of Daylio: a real file by hand, clocks, words, notes, and rows that are none."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.formats.made.daylio import MADE
from tests.formats.test_known import SAMPLES, all_of, on_real_files, written

from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.remark import Remark

HEAD = "full_date,date,weekday,time,mood,activities,note_title,note\n"


def moods(file: Path) -> list[tuple[datetime, date, Remark]]:
    found = [one for one in all_of(file) if isinstance(one, Entry)]
    return [(one.noted.wall, one.night, one.payload) for one in found if isinstance(one.payload, Remark)]


def mood(word: str, value: int | None, *tags: str, note: str | None = None) -> Remark:
    return Remark("mood", value, 5 if value else None, None, word, note, tags, "Daylio")


@on_real_files
def test_it_reads_a_real_file() -> None:
    found = moods(SAMPLES / "daylio" / "test_data.csv")

    # By hand from the file, whose lines are counted with the header; 12 hours but for line 32.
    assert len(found) == 32
    by_line = dict(enumerate(found, start=2))
    may = {day: date(2020, 5, day) for day in range(24, 31)}
    four = ("friends", "gaming", "programming", "nap")
    for line, wanted in {
        2: (datetime(2020, 5, 30, 18, 50), may[30], mood("rad", 5, *four, note="Awesome")),
        3: (datetime(2020, 5, 30, 13, 8), may[30], mood("rad", 5, "shopping", "walk", note="Life is beautiful")),
        # In the morning and in the night: of the evening before.
        4: (datetime(2020, 5, 30, 8, 2), may[29], mood("rad", 5)),
        5: (datetime(2020, 5, 30, 1, 23), may[29], mood("rad", 5)),
        # Noon and midnight of the clock with 12 hours.
        10: (datetime(2020, 5, 29, 12, 38), may[29], mood("rad", 5, "work", "good meal")),
        16: (datetime(2020, 5, 28, 0, 46), may[27], mood("rad", 5, "cleaning")),
        25: (datetime(2020, 5, 27, 12, 20), may[27], mood("good", 4, "work", "good meal", note="Just good")),
        26: (datetime(2020, 5, 27, 10, 18), may[26], mood("meh", 3, "work")),
        28: (datetime(2020, 5, 25, 20, 0), may[25], mood("bad", 2)),
        29: (datetime(2020, 5, 25, 18, 51), may[25], mood("awful", 1)),
        32: (datetime(2020, 5, 25, 14, 58), may[25], mood("meh", 3, "work", note="Could be better")),
        33: (datetime(2020, 5, 25, 7, 9), may[24], mood("meh", 3)),
    }.items():  # fmt: skip
        assert by_line[line] == wanted, line
    words = [remark.word for _wall, _night, remark in found]
    assert {word: words.count(word) for word in words} == {"rad": 19, "good": 5, "meh": 4, "bad": 2, "awful": 2}


def test_it_reads_clocks_words_and_notes(tmp_path: Path) -> None:
    file = tmp_path / "daylio.csv"
    file.write_bytes(MADE)
    first, second, third, last = all_of(file)

    # The clocks went forward at 2 that night, so 2:30 is taken as if they had not.
    assert isinstance(first, Entry)
    assert first.noted.at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    note = 'Title\nOne.\nTwo, "three" & four'
    assert first.payload == mood("rad", 5, "walk", "food", "Sleep: 8/10", note=note)
    assert isinstance(second, Entry)
    assert isinstance(third, Entry)
    assert (second.payload, third.payload) == (mood("müde", None), mood("awful", 1))
    assert (second.source_id, third.source_id) == ("2026-03-29 14:05 1", "2026-03-29 14:05 2")
    assert isinstance(last, Entry)
    assert (last.noted.wall, last.night) == (datetime(2026, 3, 28, 23, 59), date(2026, 3, 28))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2020-13-01,x,x,6:50 pm,rad,,,", "full_date is '2020-13-01'; allowed: a date such as 2026-01-31"),
        ("2020-05-01,x,x,25:00,rad,,,", "time is '25:00'; allowed: a time such as 6:50 pm or 18:50"),
        ("2020-05-01,x,x,0:05 am,rad,,,", "time is '0:05 am'; allowed: a time such as 6:50 pm or 18:50"),
        ("2020-05-01,x,x,13:05 pm,rad,,,", "time is '13:05 pm'; allowed: a time such as 6:50 pm or 18:50"),
        ("2020-05-01,x,x,18:50, ,,,", "mood is ' '; allowed: a mood such as rad"),
        ("2020-05-01,x,x,18:50,rad", "it has 5 cells; allowed: 8"),
        ("2020-05-01,x,x,18:50,rad,,,,", "it has 9 cells; allowed: 8"),
        ("1969-05-01,x,x,18:50,rad,,,", "night is '1969-05-01'; allowed: 1970-01-01 or later"),
    ],
)
def test_it_names_a_row_that_is_no_mood_and_reads_on(tmp_path: Path, row: str, said: str) -> None:
    bad, good = all_of(written(tmp_path, f"{HEAD}{row}\n2020-05-01,x,x,18:50,rad,,,\n"))

    assert isinstance(bad, LeftOut)
    assert (bad.place, bad.why, bad.bad) == ("line 2", said, True)
    assert isinstance(good, Entry)


def test_it_leaves_out_what_was_before_1970_in_the_world_if_not_where_it_was(tmp_path: Path) -> None:
    file = written(tmp_path, f"{HEAD}1970-01-01,x,x,12:30,rad,,,\n1970-01-01,x,x,13:30,rad,,,\n")

    before, after = all_of(file, "Pacific/Tongatapu")

    assert isinstance(before, LeftOut)
    assert before.why == "at is '1969-12-31T23:30:00+00:00'; allowed: 1970-01-01T00:00:00+00:00 or later"
    assert isinstance(after, Entry)


def test_it_shows_little_of_a_note_that_is_too_long(tmp_path: Path) -> None:
    [found] = all_of(written(tmp_path, f"{HEAD}2020-05-01,x,x,18:50,rad,,,{'x' * 10_001}\n"))

    assert isinstance(found, LeftOut)
    assert found.why.endswith("x ...; allowed: 1 to 10000 characters")
    assert len(found.why) < 300


def test_it_says_where_a_lost_quote_swallows_rows(tmp_path: Path) -> None:
    row = "2020-05-0{day},x,x,18:50,rad,,,{note}\n"
    text = "".join(row.format(day=day, note=note) for day, note in ((1, '"oops'), (2, ""), (3, 'x"'), (4, "")))
    several = row.format(day=5, note='"one, two\n2020 was, all in all, fine, ok, and, so, on"')

    found = all_of(written(tmp_path, HEAD + text + several))

    why = "a text in it goes on over rows below, as if a quote were missing"
    assert [(one.place, one.why) for one in found if isinstance(one, LeftOut)] == [("line 4", why)]
    assert [one.night.day for one in found if isinstance(one, Entry)] == [4, 5]
