"""Of several entries about one night, the one that is shown: the same as if all of them were sorted."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import Fact, Payload, newest_by_night, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import moment, since_noon
from quietlegs.records.slept import Sleep

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCES = (None, "ring", "watch")


def made(dice: np.random.Generator) -> Fact:
    at = moment(NOON + timedelta(hours=int(dice.integers(0, 200))), "Europe/Berlin")
    up = at.at + timedelta(hours=int(dice.integers(1, 5)))
    source = SOURCES[dice.integers(3)]
    slept: Payload = Sleep(lights_out_at=at.at, up_at=up, source=source)
    return note(slept if dice.random() < 0.7 else NightRating(int(dice.integers(11))), at, dice.bytes(10))


def weight(fact: Fact) -> tuple[bool, timedelta, datetime, object]:
    """What a person noted goes before a device; of two devices the one that saw more of the night; then the last."""
    slept = fact.payload
    recorded = isinstance(slept, Sleep) and slept.source is not None
    seen = (slept.in_bed or timedelta(0)) if isinstance(slept, Sleep) and recorded else timedelta(0)
    return not recorded, seen, fact.noted.at, fact.id


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", [Sleep, NightRating])
def test_it_is_the_last_of_all_that_are_sorted(seed: int, kind: type[Sleep] | type[NightRating]) -> None:
    dice = np.random.default_rng(seed)
    facts = [made(dice) for _ in range(60)]
    wanted: dict[date, Fact] = {}
    for fact in sorted(facts, key=lambda one: (one.night, *weight(one))):
        if isinstance(fact.payload, kind):
            wanted[fact.night] = fact

    found = newest_by_night(facts, kind)

    assert list(found.items()) == [(night, (fact, fact.payload)) for night, fact in wanted.items()]


@pytest.mark.parametrize("night", [date(2026, 3, 28), date(2026, 10, 24), date(2026, 6, 1)])
def test_the_time_since_noon_is_that_of_the_clock_on_the_wall(night: date) -> None:
    for hours in range(30):
        at = datetime.combine(night, time(9), UTC) + timedelta(hours=hours)
        shown = moment(at, "Europe/Berlin").wall
        assert since_noon(at, night, "Europe/Berlin") == shown - datetime.combine(night, time(12))
    with pytest.raises(RangeError, match="aware"):
        since_noon(datetime(2026, 3, 1, 12), night, "Europe/Berlin")
