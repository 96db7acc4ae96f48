"""From which chance to help a thing is kept, and below which it makes room.

Chosen on simulated people, see docs/methods/plan.md. What is done next may rest on a chance; what is said to help or to
harm rests on the lot alone.
"""

from dataclasses import dataclass
from math import inf

# Several things in one trial are decided about together where a stage ends; what is between makes room.
KEEP_FROM, LEAVE_FROM = 0.8, 0.8
# One thing alone in its trial is looked at every night. After so many nights it makes room below these chances: at
# first only what is likely to harm, in the end all that is not likely enough to be kept.
MAKES_ROOM = {5: 0.25, 7: 0.3, 14: 0.45, 21: 0.6, 28: 0.93}
# A few nights tell too little to keep anything for good unless it is very likely. Exercise harms more people than rest
# and habits do, so it has to be likelier, and waits for four weeks.
KEPT = {7: 0.95, 14: 0.9, 21: 0.85, 28: 0.8}
KEPT_EXERCISE = {28: 0.93}


@dataclass(frozen=True, slots=True)
class Bars:
    """A thing is kept from the chance `keep` on, and makes room below `leave`; in between it goes on."""

    keep: float
    leave: float


TOGETHER = Bars(KEEP_FROM, KEEP_FROM)


def bars_alone(nights: int, *, exercise: bool) -> Bars:
    """Return the bars of one thing alone in its trial, after so many nights with a turn.

    Parameters
    ----------
    nights : int
        Nights that count.
    exercise : bool
        Whether it is exercise: neither a habit nor rest.

    Examples
    --------
    >>> bars_alone(4, exercise=True), bars_alone(20, exercise=True)
    (Bars(keep=inf, leave=0.0), Bars(keep=inf, leave=0.45))
    >>> bars_alone(28, exercise=True), bars_alone(28, exercise=False)
    (Bars(keep=0.93, leave=0.93), Bars(keep=0.8, leave=0.8))
    """
    kept = KEPT_EXERCISE if exercise else KEPT
    keep = min((chance for after, chance in kept.items() if after <= nights), default=inf)
    leave = max((chance for after, chance in MAKES_ROOM.items() if after <= nights), default=0.0)
    return Bars(keep, min(keep, leave))
