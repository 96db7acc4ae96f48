"""What a habit that was drawn asks for tonight, in a sentence that can be followed."""

from collections.abc import Iterable
from datetime import date

from quietlegs.library.called import AS_USUAL
from quietlegs.plan.bedtime import bedtime
from quietlegs.records.fact import Fact
from quietlegs.words.catalogue import _, later

_ASKS = {
    "caffeine": later("From noon until you sleep: no coffee, black or green tea, cola or energy drink."),
    "alcohol": later("No alcohol this evening, not even a little."),
    "herbal_tea": later("Where you would have coffee, tea, cola or alcohol this evening: herbal tea or water instead."),
    AS_USUAL: later("For the rest an evening as usual: nothing to change, nothing to leave out."),
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
    bed = bedtime(facts, tonight).at
    if bed is None:
        return _("Lights out and getting up at the hours of most of your days; choose them now and keep them.")
    return _("Lights out at {time}, give or take a quarter of an hour, and up at your usual hour.", time=f"{bed:%H:%M}")
