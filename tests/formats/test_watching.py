"""Every reader tells how far it has come, and ends where it is told to: no reader goes on behind somebody's back."""

import zipfile
from pathlib import Path

import pytest
from tests.formats.test_known import BERLIN, INSIDE, MADE
from tests.formats.test_plain_csv import TABLE

from quietlegs.formats.known import known, read
from quietlegs.formats.plain_csv.guess import looked_through
from quietlegs.formats.plain_csv.read import mapped
from quietlegs.formats.reading import Format
from quietlegs.formats.watching import StoppedError, open_bytes, watched


def refuse(_count: int) -> None:
    raise StoppedError


def assert_told(one: Format, file: Path) -> None:
    heard: list[int] = []
    with watched(heard.append):
        found = list(read(one, file, BERLIN))
    assert found
    assert sum(heard) >= file.stat().st_size
    assert found == list(read(one, file, BERLIN))
    with watched(refuse), pytest.raises(StoppedError):
        list(read(one, file, BERLIN))


@pytest.mark.parametrize("key", MADE)
def test_it_tells_of_every_byte_and_ends_when_told(tmp_path: Path, key: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(MADE[key])

    assert_told(known()[key], file)


@pytest.mark.parametrize("key", INSIDE)
def test_it_tells_of_the_bytes_of_an_archive(tmp_path: Path, key: str) -> None:
    file = tmp_path / "file.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(INSIDE[key], MADE[key])

    assert_told(known()[key], file)


def test_it_tells_of_a_table(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(TABLE, encoding="utf-8")

    assert_told(mapped(looked_through(file).guess), file)
    with watched(refuse), pytest.raises(StoppedError):
        looked_through(file)


def test_it_reads_as_much_at_once_as_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(bytes(range(256)) * 4000)
    heard: list[int] = []

    with watched(heard.append), open_bytes(file) as handle:
        assert handle.read(10) + handle.read() == file.read_bytes()

    assert sum(heard) == file.stat().st_size
