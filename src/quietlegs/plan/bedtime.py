"""When this person usually goes to bed: as they set it, else as their diary has it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from statistics import median

from quietlegs.plan.onset import clock_after_noon
from quietlegs.records.fact import Fact, newest, newest_by_night
from quietlegs.records.moment import since_noon
from quietlegs.records.person import Wishes
from quietlegs.records.slept import Sleep
from quietlegs.words.catalogue import ngettext

LATELY = timedelta(days=28)
_MINUTE = timedelta(minutes=1)
# Fewer nights say too little about what is usual.
_FEWEST = 3
_TO_MIN = 15


@dataclass(frozen=True, slots=True)
class Bedtime:
    """The usual bedtime, None where nobody knows it; learned from so many `nights`, 0 where the person set it."""

    at: time | None = None
    nights: int = 0

    def held_to(self, wishes: Wishes) -> Wishes:
        """Return the wishes with this bedtime."""
        return replace(wishes, bedtime=self.at)

    @property
    def told(self) -> str:
        """Say where a bedtime that was learned comes from; empty for one that was set."""
        if not self.nights or self.at is None:
            return ""
        return ngettext(
            "Your bedtime is taken from your diary: on {count} night, lights out about {time}.",
            "Your bedtime is taken from your diary: over {count} nights, lights out about {time}.",
            self.nights,
            time=f"{self.at:%H:%M}",
        )


def bedtime(facts: Iterable[Fact], tonight: date) -> Bedtime:
    """Return the bedtime that was set, else the middle hour of lights out in the four weeks before `tonight`.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now. A night whose lights out were not noted says nothing; fewer than 3 that were say nothing.
    tonight : date
        Only nights before it are looked at.
    """
    known = tuple(facts)
    wishes = newest(known, Wishes)
    if wishes and wishes.bedtime:
        return Bedtime(wishes.bedtime)
    hours = [
        since_noon(sleep.lights_out_at, on, fact.noted.zone) / _MINUTE
        for on, (fact, sleep) in newest_by_night(known, Sleep).items()
        if sleep.lights_out_at is not None and tonight - LATELY <= on < tonight
    ]
    if len(hours) < _FEWEST:
        return Bedtime()
    return Bedtime(clock_after_noon(_TO_MIN * round(median(hours) / _TO_MIN)), len(hours))
