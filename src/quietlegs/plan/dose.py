"""How long each calf was stretched in the last week, beside what studies of stretching found to be enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact

CALF_STRETCHES = frozenset({"calf_wall_straight", "calf_wall_bent", "calf_towel", "counter_dog"})
# doi:10.1007/s40279-024-02143-9, source f4: more a week made people no more supple. Nobody tested restless legs for it.
ENOUGH_MIN = 10
SOURCE = "f4"
_WEEK = timedelta(days=7)
_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Stretched:
    """Minutes that each calf was held in a stretch, within seven nights."""

    left_min: float
    right_min: float


def calves_stretched(facts: Iterable[Fact], tonight: date) -> Stretched | None:
    """Add up the stretches of each calf in the seven nights up to tonight; None where there was none.

    What was held counts, not what was planned; a stretch of both legs at once counts for each.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now, in any order; only practice is looked at.
    tonight : date
        The last of the seven nights.
    """
    done = [
        fact.payload.done
        for fact in facts
        if isinstance(fact.payload, Practice)
        and fact.payload.exercise in CALF_STRETCHES
        and tonight - _WEEK < fact.night <= tonight
    ]
    left_s = sum(work.left_s + work.both_s for work in done)
    right_s = sum(work.right_s + work.both_s for work in done)
    return Stretched(left_s / _MINUTE_S, right_s / _MINUTE_S) if left_s or right_s else None
