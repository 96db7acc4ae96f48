"""What is read first, and the weeks: boxes and chart of the doctor's page."""

from collections.abc import Iterator, Sequence
from math import ceil, floor

from quietlegs.report.felt import Week
from quietlegs.report.report import Report
from quietlegs.sheet.parts import Bar, Box, Chart
from quietlegs.sheet.told import NOTHING, clock, nights, points, spread_of, whole, with_year
from quietlegs.words.catalogue import _, ngettext
from quietlegs.words.dates import short_day
from quietlegs.words.numbers import number

_HOUR_MIN = 60
_FEWEST_HOURS, _MOST_LINES = 2, 3


def boxes(report: Report) -> tuple[Box, ...]:
    """Return the five numbers that are read first."""
    return (_answered(report), _severity(report), _free(report), _begins(report), _slept(report))


def _answered(report: Report) -> Box:
    felt = report.severity.all
    missing = ngettext("{count} without an answer", "{count} without an answer", felt.missing)
    return Box(_("Nights answered"), _of(felt.answered, felt.nights), missing)


def _severity(report: Report) -> Box:
    mean, usual = report.severity.all.mean, report.severity.usual
    if mean is None or usual is None:
        return Box(_("Severity, 0 to 10"), NOTHING, _("nothing was answered"))
    return Box(_("Severity, 0 to 10"), points(mean), _("mean; {range}", range=spread_of(usual, whole)))


def _free(report: Report) -> Box:
    felt = report.severity.all
    if not felt.answered:
        return Box(_("Nights without symptoms"), NOTHING, _("nothing was answered"))
    share = _("of the nights answered, {percent} %", percent=number(100 * felt.free / felt.answered, 0))
    return Box(_("Nights without symptoms"), _of(felt.free, felt.answered), share)


def _begins(report: Report) -> Box:
    usual = report.beginning.usual
    if usual is None:
        return Box(_("Begins at"), NOTHING, _("no hour was noted"))
    return Box(_("Begins at"), clock(usual.middle), spread_of(usual, clock))


def _slept(report: Report) -> Box:
    usual = report.asleep.quality
    if usual is None:
        return Box(_("Sleep, 0 to 10 (best)"), NOTHING, _("nothing was noted"))
    return Box(_("Sleep, 0 to 10 (best)"), whole(usual.middle), spread_of(usual, whole))


def _of(part: int, whole_of: int) -> str:
    return _("{part} of {whole}", part=part, whole=whole_of)


def chart(report: Report) -> Chart:
    """Return the weeks as bars, and all of it in words."""
    weeks, onsets = report.severity.weeks, report.beginning.by_week
    bars = tuple(_bar(week, onset, year=with_year(report)) for week, onset in zip(weeks, onsets, strict=True))
    return Chart(
        title=_("Week by week"),
        severity=_("Severity, mean"),
        nights=_("Nights"),
        onset=_("Begins at"),
        hours=tuple(_hours([onset for onset in onsets if onset is not None])),
        key=(_("without symptoms"), _("with symptoms"), _("no answer")),
        weeks=bars,
        told=" ".join(_told(week, bar) for week, bar in zip(weeks, bars, strict=True)),
    )


def _bar(week: Week, onset: float | None, *, year: bool) -> Bar:
    felt = week.felt
    return Bar(
        label=short_day(week.period.first, year=year),
        mean=felt.mean,
        mean_told=NOTHING if felt.mean is None else points(felt.mean),
        free=felt.free,
        felt=felt.answered - felt.free,
        missing=felt.missing,
        onset=onset,
        onset_told=NOTHING if onset is None else clock(onset),
    )


def _told(week: Week, bar: Bar) -> str:
    if week.felt.mean is None:
        return _("Week from {day}: no answer.", day=bar.label)
    return _(
        "Week from {day}: severity {mean} on average, {free} without symptoms, {answered} answered, begins at {onset}.",
        day=bar.label,
        mean=bar.mean_told,
        free=nights(bar.free),
        answered=week.felt.answered,
        onset=bar.onset_told,
    )


def _hours(onsets: Sequence[float]) -> Iterator[tuple[float, str]]:
    """Yield the full hours that the onset's row is drawn between, few enough to be read."""
    if not onsets:
        return
    low, high = floor(min(onsets) / _HOUR_MIN), ceil(max(onsets) / _HOUR_MIN)
    high = max(high, low + _FEWEST_HOURS)
    step = ceil((high - low) / (_MOST_LINES - 1))
    for hour in range(low, low + step * (_MOST_LINES - 1) + 1, step):
        yield float(hour * _HOUR_MIN), clock(hour * _HOUR_MIN)
