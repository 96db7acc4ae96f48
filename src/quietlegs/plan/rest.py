"""Rests from the routine: nothing is due, nothing is broken, and who comes back is told so kindly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from quietlegs.records.fact import Fact, Withdrawal
from quietlegs.records.rest import Rest

_NIGHT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Nights on which nothing is due, from `first` to `until`; None: nobody has said yet when it ends."""

    id: UUID
    first: date
    until: date | None

    def has(self, night: date) -> bool:
        """Whether a night belongs to it."""
        return self.first <= night and (self.until is None or night <= self.until)


def pauses(facts: Iterable[Fact]) -> tuple[Pause, ...]:
    """Return all rests, the earliest first; two that were noted on two phones may overlap.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now; facts of other kinds are passed over.
    """
    rests = [Pause(one.id, one.night, one.payload.until) for one in facts if isinstance(one.payload, Rest)]
    return tuple(sorted(rests, key=lambda one: (one.first, one.id)))


def resting(facts: Iterable[Fact], night: date) -> Pause | None:
    """Return the rest that a night belongs to, the one begun last where there are two; None where there is none."""
    return next((one for one in reversed(pauses(facts)) if one.has(night)), None)


def back(pause: Pause, night: date) -> Rest | Withdrawal:
    """Return what replaces a rest of somebody who is back for this night: one that ended before it, or nothing of it.

    Parameters
    ----------
    pause : Pause
        One that has this night.
    night : date
        The first night on which something is due again.
    """
    return Rest(night - _NIGHT) if pause.first < night else Withdrawal("back on the same night")
