"""When this person's legs usually begin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from quietlegs.records.fact import Fact, newest, newest_by_night
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import since_noon
from quietlegs.records.person import Wishes
from quietlegs.words.catalogue import _

NIGHTS_LOOKED_AT = 28
_FEWEST_NIGHTS = 3
_COMMON = time(21, 30)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Onset:
    """The usual wall time of the first symptoms, and how it is known in plain words."""

    usual: time
    because: str


def usual_onset(facts: Iterable[Fact]) -> Onset:
    """Return the median onset of the last nights, or what the person said, or a common hour.

    Parameters
    ----------
    facts : iterable of Fact
        Night ratings that hold now, and wishes; the newest of a night counts. A night without symptoms counts as an
        onset later than any other: leaving it out would place the routine too early. A night whose onset was not
        noted is unknown and left out.
    """
    known = tuple(facts)
    minutes = _minutes_after_noon(known)[-NIGHTS_LOOKED_AT:]
    felt = [one for one in minutes if one is not None]
    if len(felt) >= _FEWEST_NIGHTS:
        ordered = sorted(felt) + [None] * (len(minutes) - len(felt))
        middle = ordered[(len(ordered) - 1) // 2]
        return Onset(
            clock_after_noon(max(felt) if middle is None else middle),
            _("The middle of the last {nights} nights that your diary tells about.", nights=len(minutes)),
        )
    wishes = newest(known, Wishes)
    if wishes and wishes.usual_onset is not None:
        return Onset(wishes.usual_onset, _("You told us when your legs usually begin."))
    return Onset(_COMMON, _("A common hour, until your diary knows yours."))


def _minutes_after_noon(facts: tuple[Fact, ...]) -> list[int | None]:
    """Return each rated night's onset; None stands for a night on which nothing was felt."""
    found: list[int | None] = []
    for fact, rating in newest_by_night(facts, NightRating).values():
        if rating.began_at is not None:
            found.append(since_noon(rating.began_at, fact.night, fact.noted.zone) // _MINUTE)
        elif rating.severity == 0:
            found.append(None)
    return found


def clock_after_noon(minutes: float) -> time:
    """Return the time on the wall so many minutes after noon, to five minutes."""
    rounded = 5 * round(minutes / 5)
    return (datetime(2000, 1, 1, 12) + timedelta(minutes=rounded)).time()  # noqa: DTZ001 - a wall time has no zone
