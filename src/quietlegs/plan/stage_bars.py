"""From which chance to help a thing is kept, and below which it makes room.

Chosen on simulated people, see docs/methods/plan.md. What is done next may rest on a chance; what is said to help or to
harm rests on the lot alone.
"""

from dataclasses import dataclass
from math import inf

# Several things in one trial are decided about together where a stage ends; what is between makes room.
KEEP_FROM, LEAVE_FROM = 0.8, 0.8
# One thing alone in its trial is looked at week by week. After so many nights it makes room below these chances: at
# first only what is unlikely to help, in the end all that is not likely enough to be kept.
MAKES_ROOM = {7: 0.4, 14: 0.5, 21: 0.6, 28: 0.7, 35: 0.8, 42: 0.9}
# Two weeks tell too little to keep anything for good unless it is very likely; four weeks a little more.
KEPT = {14: 0.95, 28: 0.9}


@dataclass(frozen=True, slots=True)
class Bars:
    """A thing is kept from the chance `keep` on, and makes room below `leave`; in between it goes on."""

    keep: float
    leave: float


TOGETHER = Bars(KEEP_FROM, KEEP_FROM)


def bars_alone(nights: int) -> Bars:
    """Return the bars of one thing alone in its trial, after so many nights with a turn.

    Examples
    --------
    >>> bars_alone(6), bars_alone(20)
    (Bars(keep=inf, leave=0.0), Bars(keep=0.95, leave=0.5))
    >>> bars_alone(28), bars_alone(42)
    (Bars(keep=0.9, leave=0.7), Bars(keep=0.9, leave=0.9))
    """
    keep = min((chance for after, chance in KEPT.items() if after <= nights), default=inf)
    leave = max((chance for after, chance in MAKES_ROOM.items() if after <= nights), default=0.0)
    return Bars(keep, leave)
