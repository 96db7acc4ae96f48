"""How a night went by its stages: when sleep came, and how often one woke."""

from dataclasses import dataclass, replace
from datetime import datetime

from quietlegs.records.slept import Sleep

_MOST_AWAKENINGS = 100


@dataclass(slots=True)
class Course:
    """What the stages of one night have told so far; they come in order of time.

    Where one comes before another that was told already, nothing is known of the night but its ends. A device that
    knows of sleep alone, and not of being awake, counts no awakenings: `counts` is set by whoever adds a stage of one
    that does.
    """

    asleep_at: datetime | None = None
    awakenings: int = 0
    counts: bool = False
    _last: datetime | None = None
    _awake: bool = False
    _in_order: bool = True

    def add(self, began: datetime, *, asleep: bool) -> None:
        """Hear of one stage."""
        self._in_order &= self._last is None or began >= self._last
        self._last = began
        if not asleep:
            self._awake = self.asleep_at is not None
            self.counts = True
            return
        if self.asleep_at is None:
            self.asleep_at = began
        elif self._awake:
            self.awakenings += 1
        self._awake = False

    def of(self, sleep: Sleep) -> Sleep:
        """Return a sleep, told by its ends so far, with what its stages tell; ValueError where they lie outside it."""
        if not self._in_order:
            return sleep
        count = min(self.awakenings, _MOST_AWAKENINGS) if self.counts else None
        return replace(sleep, asleep_at=self.asleep_at, awakenings=count)
