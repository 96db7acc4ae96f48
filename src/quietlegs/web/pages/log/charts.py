"""What lies below the calendar: three charts, each with a sentence above it and a table behind it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from quietlegs.records.fact import Fact
from quietlegs.web.pages.log.pictures import free_picture, onset_picture, sleep_picture
from quietlegs.web.pages.log.weeks import Onsets, Week, clock, onsets, weeks
from quietlegs.words.catalogue import _, ngettext
from quietlegs.words.dates import month_of, short_day
from quietlegs.words.numbers import number

# A phone of 390 px less the page's margins; a desk gets the whole page.
_WIDTHS = (358, 640)
_RECENT = 4


@dataclass(frozen=True, slots=True)
class Chart:
    """A title, a sentence, the picture for a phone and for a desk, and the same as a table."""

    title: str
    sentence: str
    pictures: tuple[SafeString, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def charts(facts: Iterable[Fact], tonight: date) -> tuple[Chart, ...]:
    """Return the charts for which there is something to show."""
    known = tuple(facts)
    return tuple(_charts(weeks(known, tonight), onsets(known)))


def _charts(by_week: Sequence[Week], by_month: Sequence[Onsets]) -> Iterator[Chart]:
    if any(week.noted for week in by_week):
        yield _free(by_week)
    if by_month:
        yield _onset(by_month)
    if any(week.slept for week in by_week):
        yield _sleep(by_week)


def _free(by_week: Sequence[Week]) -> Chart:
    recent = by_week[-_RECENT:]
    free, noted = sum(week.free for week in recent), sum(week.noted for week in recent)
    return Chart(
        title=_("Nights without symptoms"),
        sentence=ngettext(
            "In the weeks shown last: {free} without symptoms, of {count} night noted.",
            "In the last {weeks} weeks: {free} without symptoms, of {count} nights noted.",
            noted,
            free=free,
            weeks=len(recent),
        ),
        pictures=_drawn(lambda width: free_picture(by_week, width_px=width)),
        columns=(_("Week from"), _("Without symptoms"), _("Noted")),
        rows=tuple((short_day(week.first), str(week.free), str(week.noted)) for week in reversed(by_week)),
    )


def _onset(by_month: Sequence[Onsets]) -> Chart:
    last = by_month[-1]
    return Chart(
        title=_("When it begins"),
        sentence=ngettext(
            "{month}: it began at {middle}, on the one night on which you noted the hour.",
            "{month}: usually about {middle}; on most nights between {low} and {high} ({count} nights).",
            last.nights,
            month=month_of(last.month),
            middle=clock(last.middle),
            low=clock(last.low),
            high=clock(last.high),
        ),
        pictures=_drawn(lambda width: onset_picture(by_month, width_px=width)),
        columns=(_("Month"), _("Usually"), _("Most nights"), _("Nights")),
        rows=tuple(
            (month_of(one.month), clock(one.middle), f"{clock(one.low)} - {clock(one.high)}", str(one.nights))
            for one in reversed(by_month)
        ),
    )


def _sleep(by_week: Sequence[Week]) -> Chart:
    last = next(week for week in reversed(by_week) if week.quality is not None)
    return Chart(
        title=_("How you slept"),
        sentence=ngettext(
            "Week from {day}: {quality} of 10, noted on {count} night.",
            "Week from {day}: {quality} of 10 on average, noted on {count} nights.",
            last.slept,
            day=short_day(last.first),
            quality=number(last.quality or 0, 1),
        ),
        pictures=_drawn(lambda width: sleep_picture(by_week, width_px=width)),
        columns=(_("Week from"), _("0 to 10"), _("Nights")),
        rows=tuple(
            (short_day(week.first), "-" if week.quality is None else number(week.quality, 1), str(week.slept))
            for week in reversed(by_week)
        ),
    )


def _drawn(draw: Callable[[int], str]) -> tuple[SafeString, ...]:
    # Drawn by this program from numbers; its texts are escaped by the drawing.
    return tuple(SafeString(draw(width)) for width in _WIDTHS)
