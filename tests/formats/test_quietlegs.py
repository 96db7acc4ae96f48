"""A diary that went out comes in again: each fact as it was, each bad line named, and a cut list up to its cut."""

import json
from pathlib import Path

import pytest
from tests.formats.every_kind import diary
from tests.formats.test_known import BERLIN, written

from quietlegs.formats.known import read, sniff
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.fact import Fact, Withdrawal
from quietlegs.records.wire import to_wire


def exported(facts: list[Fact]) -> str:
    return "".join(json.dumps(to_wire(fact), ensure_ascii=False) + "\n" for fact in facts)


def saved(facts: list[Fact]) -> str:
    return json.dumps([to_wire(fact) for fact in facts], indent=1)


def read_back(file: Path) -> list[Entry | LeftOut]:
    assert sniff(file).key == "quietlegs"
    return list(read(sniff(file), file, BERLIN))


def told(entry: Entry | LeftOut) -> tuple[object, ...]:
    assert isinstance(entry, Entry)
    return entry.source_id, entry.replaces, entry.payload, entry.noted, entry.night


def as_told(fact: Fact) -> tuple[object, ...]:
    return str(fact.id), str(fact.supersedes or ""), fact.payload, fact.noted, fact.night


@pytest.mark.parametrize("form", [exported, saved])
def test_it_reads_every_kind_of_fact_as_it_was(tmp_path: Path, form: type) -> None:
    file = written(tmp_path, form(diary()))

    assert [told(one) for one in read_back(file)] == [as_told(fact) for fact in diary()]
    assert any(isinstance(fact.payload, Withdrawal) for fact in diary())


def test_it_names_each_line_that_is_no_fact_and_reads_the_rest(tmp_path: Path) -> None:
    first, second = (to_wire(fact) for fact in diary()[:2])
    bad = [{**first, "payload": {"severity": 12}}, {**first, "extra": 1}, 7, {"id": "x"}]
    text = "\n".join(json.dumps(row) for row in (first, *bad, second)) + '\n{"cut'

    found = read_back(written(tmp_path, text))

    assert [type(one) for one in found] == [Entry, LeftOut, LeftOut, LeftOut, LeftOut, Entry, LeftOut]
    said = [(one.place, one.why) for one in found if isinstance(one, LeftOut)]
    assert [place for place, _why in said] == ["line 2", "line 3", "line 4", "line 5", "line 7"]
    assert "NightRating.severity is 12; allowed: a whole number, 0 to 10" in said[0][1]
    assert "extra unknown" in said[1][1]


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_it_reads_a_list_up_to_where_it_was_cut(tmp_path: Path, kept: int) -> None:
    facts = diary()[:3]
    whole = saved(facts)
    cut = whole[: whole.index(str(facts[kept].id)) + 3] if kept else whole[: whole.index('"wall"')]
    text = cut if kept else cut + " " * 4096

    found = list(read(sniff(written(tmp_path, whole, "whole")), written(tmp_path, text), BERLIN))

    assert [told(one) for one in found[:-1]] == [as_told(fact) for fact in facts[:kept]]
    assert isinstance(found[-1], LeftOut)
    assert found[-1].place == f"entry {kept + 1}"


def test_it_says_that_a_list_has_no_end(tmp_path: Path) -> None:
    found = read_back(written(tmp_path, saved(diary()[:1])[:-2]))

    assert [type(one) for one in found] == [Entry, LeftOut]
    assert isinstance(found[1], LeftOut)
    assert found[1].why == "the file ends before its list does"
