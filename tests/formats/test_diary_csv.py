"""A diary as a table of text: what is read, and what each bad file is told."""

import csv
import io
import random
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.test_known import spoiled

from quietlegs.formats.diary_csv.lines import DiaryError
from quietlegs.formats.diary_csv.read import DiaryNight, read

HEAD = b"date,arm,bad\n"
LONG_LINE_BYTES = 200 * 1024 * 1024


def found_in(source: bytes | Path) -> list[DiaryNight | DiaryError]:
    stream = source if isinstance(source, Path) else io.BytesIO(source)
    return list(read(stream, date="date", arm="arm", outcome="bad"))


def nights_in(source: bytes | Path) -> list[DiaryNight]:
    found = found_in(source)
    assert [str(item) for item in found if isinstance(item, DiaryError)] == []
    return [item for item in found if isinstance(item, DiaryNight)]


def told(source: bytes | Path) -> list[str]:
    return [str(item) for item in found_in(source) if isinstance(item, DiaryError)]


TWO = [DiaryNight(date(2026, 1, 5), "calf", 4.0), DiaryNight(date(2026, 1, 6), None, None)]


@pytest.mark.parametrize(
    "text",
    [
        b"date,arm,bad\n2026-01-05,calf,4\n2026-01-06,,\n",
        b"\xef\xbb\xbfdate,arm,bad\r\n2026-01-05,calf,4\r\n2026-01-06,,",
        b"bad;note;date;arm\n4;so, so;2026-01-05;calf\n;;2026-01-06;\n",
        b"date\tarm\tbad\n2026-01-05\tcalf\t4.0\n\n2026-01-06\t \t \n",
        b'"date","arm","bad","note"\n2026-01-05,calf,4,"two\nlines"\n2026-01-06,"","",""\n',
        b" date , arm , bad \n 2026-01-05 , calf , 4e0 \n20260106,,\n",
    ],
)
def test_it_reads_a_diary_however_it_is_separated(text: bytes) -> None:
    assert nights_in(text) == TWO


def test_it_reads_bare_numbers_as_the_same_arm_however_they_are_written() -> None:
    assert [night.arm for night in nights_in(HEAD + b"2026-01-05,1,4\n2026-01-06,1.0,4\n2026-01-07,0.5,4\n")] == [
        "1",
        "1",
        "0.5",
    ]


def test_it_reads_a_diary_without_arms() -> None:
    found = list(read(io.BytesIO(b"date,bad\n2026-01-05,4\n"), date="date", arm=None, outcome="bad"))

    assert found == [DiaryNight(date(2026, 1, 5), None, 4.0)]


ARMS = st.none() | st.text(st.characters(categories=("L", "P", "S")), min_size=1, max_size=12)
ROWS = st.lists(st.tuples(ARMS, st.none() | st.floats(-1e6, 1e6)), min_size=1, max_size=20)


@given(ROWS, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]))
def test_it_reads_back_what_was_written(
    rows: list[tuple[str | None, float | None]], separator: str, ending: str
) -> None:
    wanted = [DiaryNight(date(2026, 1, 5) + timedelta(days=k), *row) for k, row in enumerate(rows)]
    text = io.StringIO()
    out = csv.writer(text, delimiter=separator, lineterminator=ending)
    out.writerow(["date", "arm", "bad"])
    out.writerows([night.on, night.arm, night.outcome] for night in wanted)

    assert nights_in(text.getvalue().encode()) == wanted


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_it_never_falls_over_whatever_the_bytes_are(garbage: bytes) -> None:
    assert found_in(garbage)
    assert all(isinstance(item, DiaryError | DiaryNight) for item in found_in(HEAD + garbage))


def test_it_survives_hundreds_of_spoiled_copies() -> None:
    how = random.Random(20261127)
    rows = [f"2026-01-{day:02},{'calf' if day % 2 else ''},{day % 11}\n" for day in range(1, 29)]
    good = HEAD + "".join(rows).encode()
    for _number in range(200):
        for item in found_in(spoiled(good, how)):
            if isinstance(item, DiaryNight):
                assert 1900 <= item.on.year <= 2199
            else:
                assert item.allowed
                assert str(item)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"2026-01-05,calf,four", "line 2, column 'bad': 'four'; allowed: a number such as 3.5, or blank"),
        (b"2026-01-05,calf,NaN", "line 2, column 'bad': 'NaN'"),
        (b"2026-01-05,calf,-inf", "line 2, column 'bad': '-inf'"),
        (b"2026-01-05,calf,1e999", "line 2, column 'bad': '1e999'"),
        (b"2026-01-05,calf,1_000", "line 2, column 'bad': '1_000'"),
        ("2026-01-05,calf,\u0663".encode(), "line 2, column 'bad': '\u0663'"),
        (b'2026-01-05,calf,"3,5"', "(with a point, not a comma)"),
        (b"2026-01-05,calf,3,5", "line 2: '4 cells'; allowed: 3, as in the first line"),
        (b"2026-01-05,calf", "line 2: '2 cells'; allowed: 3"),
        (
            b"03/04/2026,calf,3",
            "column 'date': '03/04/2026'; allowed: a date such as 2026-01-31 (year-month-day) because",
        ),
        (b"31.12.2026,calf,3", "column 'date': '31.12.2026'; allowed: a date such as 2026-01-31"),
        (b"yesterday,calf,3", "column 'date': 'yesterday'"),
        (b"2026-02-30,calf,3", "column 'date': '2026-02-30'"),
        (b"0226-01-05,calf,3", "column 'date': '0226-01-05'; allowed: a date from 1900 to 2199"),
        (b",calf,3", "column 'date': ''"),
        (b"2026-01-05," + b"x" * 81 + b",3", "column 'arm': 'xxx"),
        (b"2026-01-05,a\x1b[2Jb,3", "a name without control characters"),
        (b"2026-01-05,caf\xe9,3", "line 2: 'byte 0xe9 at byte 27'; allowed: UTF-8 text"),
        (b'2026-01-05,"calf" x,3', "cells whose quotes are closed"),
    ],
)
def test_it_says_which_line_and_column_is_wrong_and_reads_on(line: bytes, message: str) -> None:
    found = found_in(HEAD + line + b"\n2026-03-01,calf,2\n")

    assert message in str(found[0])
    assert found[1:] == [DiaryNight(date(2026, 3, 1), "calf", 2.0)]


def test_it_says_that_a_date_has_one_way_round_when_it_has() -> None:
    assert "either way round" not in told(HEAD + b"31.12.2026,calf,3\n")[0]
    assert "either way round" in told(HEAD + b"3/4/26,calf,3\n")[0]


def test_it_names_both_lines_of_a_date_that_stands_there_twice() -> None:
    assert told(HEAD + b"2026-01-05,calf,3\n\n2026-01-05,calf,4\n") == [
        "line 4, column 'date': '2026-01-05'; allowed: each date once; line 2 has it too"
    ]


def test_it_names_the_lines_that_an_open_quote_swallowed() -> None:
    found = told(HEAD + b'2026-01-05,calf,3\n2026-01-06,"calf,3\n2026-01-07,calf,3\n')

    assert len(found) == 1
    assert found[0].startswith("line 3: ")
    assert "lines 3 to 4 were left out" in found[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "line 1: 'empty file'; allowed: a first line with the columns' names"),
        (b"\n\n", "a first line with the columns' names"),
        (HEAD, "line 2: 'no lines below the header'"),
        (b"day,arm,bad\n", "line 1, column 'date': 'missing'; allowed: one of: 'day', 'arm', 'bad'"),
        (b"date,arm,bad,bad\n2026-01-05,a,1,2\n", "column 'bad': 'there more than once'"),
        (
            "date,arm,bad\n2026-01-05,a,1\n".encode("utf-16"),
            "line 1: 'UTF-16 text'; allowed: UTF-8 text; save the table again",
        ),
        ("date,arm,bad\n".encode("utf-32"), "'UTF-32 text'"),
        ("date,arm,bad\n".encode("utf-16-le"), "a NUL byte at byte 1"),
        (HEAD + b"2026-01-05,ca\x00lf,4\n2026-01-06,calf,4\n", "line 2: 'a NUL byte at byte 26'"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "line 1: 'byte 0x89 at byte 0'"),
        (b"PK\x03\x04" + bytes(200), "a NUL byte"),
        ("d\u00e4te,arm,bad\n".encode("latin-1"), "line 1: 'byte 0xe4 at byte 1'"),
    ],
)
def test_it_ends_with_one_error_when_it_is_no_diary_at_all(content: bytes, message: str) -> None:
    found = told(content)

    assert len(found) == 1
    assert message in found[0]


def test_it_says_when_there_is_no_file_or_no_file_but_a_folder(tmp_path: Path) -> None:
    assert "the file: " in told(tmp_path)[0]
    assert "(Is a directory)" in told(tmp_path)[0]
    assert "(No such file or directory)" in told(tmp_path / "none.csv")[0]


@pytest.fixture
def huge_line(tmp_path: Path) -> Path:
    """200 MB and not one line end; a stretch of real bytes, since a file of holes would be found out by its NULs."""
    file = tmp_path / "huge.csv"
    block = b"a" * (4 * 1024 * 1024)
    with file.open("wb") as out:
        out.write(HEAD)
        for _ in range(LONG_LINE_BYTES // len(block)):
            out.write(block)
    return file


def test_it_stops_early_and_stays_small_on_one_line_of_200_mb(huge_line: Path) -> None:
    tracemalloc.start()
    started = time.perf_counter()
    found = told(huge_line)
    took_s, peak = time.perf_counter() - started, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "line 2: " in found[0]
    assert "lines of at most 65536 bytes" in found[0]
    assert took_s < 3
    assert peak < 2_000_000


class Endless(io.RawIOBase):
    """Lines without end, made when they are asked for."""

    def __init__(self) -> None:
        self.lines = iter(self.made())

    def made(self) -> Iterator[bytes]:
        yield HEAD
        while True:
            yield b"2026-01-05,calf,four\n"

    def readline(self, size: int | None = -1, /) -> bytes:
        return next(self.lines)[:size]


def test_it_reads_line_by_line_and_keeps_nothing() -> None:
    errors = read(Endless(), date="date", arm="arm", outcome="bad")  # type: ignore[arg-type]  # as much of a file as is read
    tracemalloc.start()
    for _ in range(20_000):
        next(errors)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 500_000
