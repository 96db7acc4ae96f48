"""What a habit that was drawn asks for tonight, in a sentence that can be followed."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from statistics import median

from quietlegs.library.called import AS_USUAL
from quietlegs.plan.onset import clock_after_noon
from quietlegs.records.fact import Fact, newest, newest_by_night
from quietlegs.records.moment import since_noon
from quietlegs.records.person import Wishes
from quietlegs.records.slept import Sleep
from quietlegs.words.catalogue import _, later

LATELY = timedelta(days=28)
_MINUTE = timedelta(minutes=1)
_FEWEST = 3
_TO_MIN = 15
_ASKS = {
    "caffeine": later("From noon until you sleep: no coffee, black or green tea, cola or energy drink."),
    "alcohol": later("No alcohol this evening, not even a little."),
    "herbal_tea": later("Where you would have coffee, tea, cola or alcohol this evening: herbal tea or water instead."),
    AS_USUAL: later("Nothing to do or to leave: an evening as usual."),
}


def asked_tonight(turn: str | None, facts: Iterable[Fact], tonight: date) -> str:
    """Return what tonight's habit asks for; empty for a movement, and for an hour, which the plan keeps by itself.

    Parameters
    ----------
    turn : str or None
        What the lot drew.
    facts : iterable of Fact
        Those that hold now: steady hours are the bedtime that the person set, else the middle one of the last weeks.
    tonight : date
        Later nights are not looked at.
    """
    if turn != "steady_hours":
        return _(_ASKS[turn]) if turn in _ASKS else ""
    bed = _usual_bedtime(tuple(facts), tonight)
    if bed is None:
        return _("Lights out and getting up at the hours of most of your days; choose them now and keep them.")
    return _("Lights out at {time}, give or take a quarter of an hour, and up at your usual hour.", time=f"{bed:%H:%M}")


def _usual_bedtime(facts: tuple[Fact, ...], tonight: date) -> time | None:
    """Return the bedtime that was set, else the middle one of the last four weeks, None where neither is known."""
    wishes = newest(facts, Wishes)
    if wishes and wishes.bedtime:
        return wishes.bedtime
    hours = [
        since_noon(sleep.lights_out_at, on, fact.noted.zone) / _MINUTE
        for on, (fact, sleep) in newest_by_night(facts, Sleep).items()
        if sleep.lights_out_at is not None and tonight - LATELY <= on < tonight
    ]
    if len(hours) < _FEWEST:
        return None
    return clock_after_noon(_TO_MIN * round(median(hours) / _TO_MIN))
