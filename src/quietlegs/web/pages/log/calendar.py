"""The calendar's part of the page: one month in squares, what the signs mean, and the charts below."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from quietlegs.library.load import load_library
from quietlegs.plan.milestones import milestones
from quietlegs.plan.regularity import WITHIN, regularity
from quietlegs.records.done import NightState, Practice, State
from quietlegs.records.felt import NightRating
from quietlegs.records.rest import Rest
from quietlegs.records.slept import Sleep
from quietlegs.web.pages.log.charts import charts
from quietlegs.web.pages.log.month import FIRST, Night, month
from quietlegs.web.pages.log.square import square
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _
from quietlegs.words.dates import short_weekdays, weekdays

_CHARTS_GO_BACK = timedelta(days=190)
_LONGEST_MONTH = timedelta(days=31)


def calendar_words(diary: StoredDiary, asked: date | None, wanted: str, tonight: date) -> dict[str, object]:
    """Return the month that an address names, else that of the night asked for; and the charts up to tonight."""
    first = month_from(wanted, tonight) or (asked or tonight).replace(day=1)
    nights = diary.facts(NightRating, NightState, Practice, since=first, until=first + _LONGEST_MONTH)
    shown = month(first, nights + diary.facts(Rest), tonight)
    drawn = charts(diary.facts(NightRating, Sleep, since=tonight - _CHARTS_GO_BACK, until=tonight), tonight)
    return {
        "month": shown,
        "squares": [[(night, square(night) if night else "") for night in week] for week in shown.weeks],
        "weekdays": list(zip(short_weekdays(), weekdays(), strict=True)),
        "charts": drawn,
        "empty": not drawn,
        "regular": regularity(diary.facts(Sleep, since=tonight - WITHIN, until=tonight), tonight),
        **_so_far(diary),
        "signs": list(_signs(tonight)),
        "address": f"{reverse('log:index')}?{urlencode({'night': asked.isoformat()}) + '&' if asked else ''}",
    }


def _so_far(diary: StoredDiary) -> dict[str, object]:
    library = load_library()
    found = milestones(library, diary.facts(Practice))
    return {"practised": found, "held_name": library.exercises[found.hold.exercise].name if found.hold else ""}


def month_from(text: str, tonight: date) -> date | None:
    """Return the first day of a month such as 2026-11; None where it is none, or lies ahead."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if FIRST <= first <= tonight else None


def _signs(on: date) -> Iterator[tuple[SafeString, str]]:
    yield square(Night(on, severity=8)), _("The fuller, the worse")
    yield square(Night(on, severity=0)), _("Nothing felt")
    yield square(Night(on, severity=3, practised=True)), _("Practised")
    yield square(Night(on, severity=3, states=[State.SICK])), _("Sick, travelling or a break")
    yield square(Night(on, severity=3, added_later=True)), _("Added later than the day after")
    yield square(Night(on)), _("No square: not noted")
