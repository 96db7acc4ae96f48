"""On which night a lot that is drawn now may first say what is due: a turn comes before all that it could change."""

from collections.abc import Iterable
from datetime import date, timedelta

from quietlegs.library.shelf import Library
from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, night_of

_NIGHT = timedelta(days=1)


def first_turn_on(tried: Iterable[str], facts: Iterable[Fact], library: Library, *, now: Moment) -> date:
    """Return tonight, or tomorrow where tonight was lived already, at least in part.

    That is where it was rated, where something of a routine was done, and always for a habit: its turn begins at noon,
    and so does the night.

    Parameters
    ----------
    tried : iterable of str
        Keys of what is drawn.
    facts : iterable of Fact
        Ratings and practice that hold now.
    library : Library
        Knows which are habits.
    now : Moment
        When the lot is drawn.
    """
    tonight = night_of(now)
    if any(key in library.habits for key in tried):
        return tonight + _NIGHT
    lived = (one.payload for one in facts if one.night == tonight)
    if any(isinstance(one, NightRating) or (isinstance(one, Practice) and one.routine) for one in lived):
        return tonight + _NIGHT
    return tonight
