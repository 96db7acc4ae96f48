"""Every format from Python: typed facts, the same whenever they are read, and frames of them."""

import zipfile
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest
from tests.formats.test_known import BERLIN, INSIDE, MADE

from quietlegs.formats.facts import facts_of
from quietlegs.formats.known import known, sniff
from quietlegs.formats.reading import LeftOut, NotReadableError
from quietlegs.records.columns import columns
from quietlegs.records.fact import KINDS, Fact


def put(folder: Path, key: str) -> Path:
    file = folder / Path(INSIDE.get(key, "some.file")).name
    file.write_bytes(MADE[key])
    return file


def test_it_has_a_sample_of_every_format() -> None:
    assert set(MADE) == set(known())


@pytest.mark.parametrize("key", sorted(MADE))
def test_it_gives_every_format_as_typed_facts_and_as_frames(tmp_path: Path, key: str) -> None:
    file = put(tmp_path, key)
    assert sniff(file).key == key

    found = list(facts_of(file, BERLIN))
    facts = [one for one in found if isinstance(one, Fact)]

    assert facts
    assert all(isinstance(one, Fact | LeftOut) for one in found)
    assert len({fact.id for fact in facts}) == len(facts)
    for kind, count in Counter(type(fact.payload) for fact in facts).items():
        assert kind in KINDS.values()
        frame = pd.DataFrame(columns(facts, kind))
        assert len(frame) == count
        assert {field.name for field in fields(kind)} <= set(frame.columns)
        assert list(frame["night"]) == [fact.night for fact in facts if isinstance(fact.payload, kind)]
    assert list(facts_of(file, BERLIN)) == found


@pytest.mark.parametrize("key", sorted(INSIDE))
def test_it_takes_no_zip_for_one_of_another_format(tmp_path: Path, key: str) -> None:
    file = tmp_path / "some.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(INSIDE[key], MADE[key])

    assert [one.key for one in known().values() if one.sniff(file)] == [key]


@pytest.mark.parametrize("key", sorted(MADE))
def test_it_takes_no_file_for_one_of_another_format(tmp_path: Path, key: str) -> None:
    file = put(tmp_path, key)

    assert [one.key for one in known().values() if one.sniff(file)] == [key]


def test_it_says_what_is_no_file_of_any(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear doctor", encoding="utf-8")

    with pytest.raises(NotReadableError, match=r"letter\.txt is none of the files"):
        list(facts_of(file, BERLIN))
