"""Every format as a polars frame, as it is one of pandas: the same rows, nothing made up."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from tests.formats.every_kind import diary
from tests.formats.test_facts import put
from tests.formats.test_known import BERLIN, MADE

from quietlegs.formats.facts import facts_of
from quietlegs.records.columns import columns
from quietlegs.records.fact import KINDS, Fact
from quietlegs.records.remark import Remark
from quietlegs.records.slept import Sleep


@pytest.mark.parametrize("key", sorted(MADE))
def test_polars_makes_a_frame_of_every_format(tmp_path: Path, key: str) -> None:
    facts = [one for one in facts_of(put(tmp_path, key), BERLIN) if isinstance(one, Fact)]

    for kind, count in Counter(type(fact.payload) for fact in facts).items():
        told = columns(facts, kind)
        frame = pl.DataFrame(told, infer_schema_length=None)
        assert (frame.height, frame.columns) == (count, list(told))
        assert frame["night"].dtype == pl.Date
        assert frame["at"].dtype == pl.Datetime("us", "UTC")
        assert frame["night"].to_list() == [fact.night for fact in facts if isinstance(fact.payload, kind)]


def test_polars_makes_a_frame_of_every_kind_of_fact() -> None:
    facts = diary()
    for kind in KINDS.values():
        told = columns(facts, kind)
        assert pl.DataFrame(told, infer_schema_length=None, strict=False).height == len(told["id"]) > 0


def test_polars_keeps_what_was_not_told_empty(tmp_path: Path) -> None:
    facts = [one for one in facts_of(put(tmp_path, "sleepmeter"), BERLIN) if isinstance(one, Fact)]

    slept = pl.DataFrame(columns(facts, Sleep))
    assert slept["asleep_at"].to_list() == [one.payload.asleep_at for one in facts if isinstance(one.payload, Sleep)]
    assert slept["asleep_at"].null_count() == 1
    noted = pl.DataFrame(columns(facts, Remark), infer_schema_length=None)
    assert noted["value"].null_count() == noted.height
    assert noted.filter(pl.col("about") == "aid")["tags"].to_list() == [['tea "hot", with\nmilk', "reading"]]
