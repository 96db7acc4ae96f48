"""Facts as columns: a row a fact, what was not answered stays empty, and pandas makes a frame of it."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from tests.formats.every_kind import diary
from tests.plan.facts import fact, on

from quietlegs.records.columns import BESIDE, columns
from quietlegs.records.fact import KINDS
from quietlegs.records.felt import BodyPart, NightRating
from quietlegs.records.slept import Intake, Substance, Unit

RATED = [
    fact(NightRating(6, datetime(2026, 6, 1, 20, tzinfo=UTC), (BodyPart.LEGS, BodyPart.ARMS)), 0),
    fact(Intake(Substance.CAFFEINE, 80, Unit.MG), 0),
    fact(NightRating(), 1),
    fact(NightRating(0), 2),
]


@pytest.mark.parametrize("kind", list(KINDS))
def test_it_has_a_row_for_each_fact_of_every_kind(kind: str) -> None:
    facts = diary()

    told = columns(facts, KINDS[kind])

    assert tuple(told)[: len(BESIDE)] == BESIDE
    assert {len(column) for column in told.values()} == {sum(one.kind == kind for one in facts)}


def test_it_tells_an_answer_from_none() -> None:
    told = columns(RATED, NightRating)

    assert told["severity"] == [6, None, 0]
    assert told["where"] == [("legs", "arms"), (), ()]
    assert told["night"] == [on(0), on(1), on(2)]


def test_pandas_makes_a_frame_of_it_in_which_nothing_is_made_up() -> None:
    frame = pd.DataFrame(columns(RATED, NightRating))

    assert list(frame["severity"].isna()) == [False, True, False]
    assert frame["severity"].mean() == 3
    assert frame["began_at"].dt.tz_convert("Europe/Berlin").dt.hour.tolist()[0] == 22
    assert frame["at"].dtype.kind == "M"
    assert np.array_equal(frame["night"], np.array([date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3)]))
