"""What the diary's scripts are given: which facts hold, which are known, and the words they say."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from quietlegs.records.done import NightState, Practice
from quietlegs.records.felt import NightRating, Relief
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.slept import MOST, Intake, Sleep
from quietlegs.records.wire import to_wire
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _

SHOWN_KINDS = (NightRating, Sleep, NightState, Intake, Relief, Practice)


def script_data(diary: StoredDiary, now: Moment, asked: date | None = None) -> dict[str, Any]:
    """Return the facts of tonight, last night and the night asked for, in JSON's own types.

    `known` names all that the diary has of these nights, replaced or not: what a device noted and the diary knows,
    the device need not remember.
    """
    tonight = night_of(now)
    nights = {tonight, tonight - timedelta(days=1)} | ({asked} if asked else set())
    return {
        "facts_url": reverse("api:store_facts"),
        "facts": list(_facts(diary, nights)),
        "known": [str(one) for one in diary.ids_on(nights)],
        "most": {
            substance.value: {unit.value: most for unit, most in units.items()} for substance, units in MOST.items()
        },
        "words": script_words(),
    }


def _facts(diary: StoredDiary, nights: Iterable[date]) -> Iterable[dict[str, Any]]:
    for night in sorted(nights):
        yield from (to_wire(fact) for fact in diary.facts(*SHOWN_KINDS, since=night, until=night))


def script_words() -> dict[str, str]:
    """Return what the scripts say; places in braces are filled by them."""
    return {
        "on_phone": _("Saved on this phone."),
        "written": _("Written down."),
        "refused": _("This could not be written down:"),
        "back": _("Taken back."),
        "nothing": _("Nothing was chosen, so nothing was written down. Tap a number, then Save."),
        "same": _("Nothing has changed."),
        "on": _("Tonight so far: {severity} of 10."),
        "on_nothing": _("Tonight so far: nothing."),
        "over": _("Last night: {severity} of 10."),
        "over_nothing": _("Last night: nothing."),
        "range": _("{place}: {value} does not fit. From {low} to {high} {unit} does."),
        "after": _("{place}: {value} does not fit. It has to be after {after}, by 24 hours at most."),
        "units": _("{place}: {value} does not fit. This is noted in {unit}."),
        "name": _("{place}: a medicine needs a name, of up to 120 letters; the rest needs none."),
    }
