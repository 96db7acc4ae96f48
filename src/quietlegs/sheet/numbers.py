"""The report's numbers as CSV: one value a line, in plain names that stay the same in every language."""

import csv
import io
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from quietlegs.report.by_night import NightTold
from quietlegs.report.drift import Drift
from quietlegs.report.felt import Felt
from quietlegs.report.middle import Usual
from quietlegs.report.period import Period
from quietlegs.report.report import Report
from quietlegs.report.tried import Tried
from quietlegs.sheet.told import clock

COLUMNS = ("section", "item", "measure", "value", "unit", "nights", "first", "last")
# A cell that begins like this is a formula to a spreadsheet, whoever wrote it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_COUNTS = ("practised", "calmed")

Value = str | int | float | None
Line = tuple[str, str, str, Value, str, int | None, date | None, date | None]


def numbers(report: Report, *, with_nights: bool = False) -> str:
    """Return the numbers as CSV (RFC 4180, UTF-8 when written); what is not known is an empty cell, never a zero.

    Clock times are told as HH:MM, durations in minutes, ratings 0-10. A text that a spreadsheet would take for a
    formula gets an apostrophe before it.

    Parameters
    ----------
    report : Report
        All its numbers.
    with_nights : bool
        Whether every night follows, a line for each thing noted of it.
    """
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for line in lines(report):
        table.writerow([_cell(value) for value in line])
    for night in report.nights if with_nights else ():
        for line in _night(night):
            table.writerow([_cell(value) for value in line])
    return written.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    told = str(value)
    return f"'{told}" if isinstance(value, str) and told.lstrip(" ").startswith(_FORMULA) else told


def lines(report: Report) -> Iterator[Line]:
    """Yield each number with its names, its unit and its nights, in the order of `COLUMNS`; None is not known."""
    yield from _felt("severity", "all", report.severity.all, report.period)
    yield from _usual("severity", "all", report.severity.usual)
    yield from _drift("severity", report.severity.drift, "points")
    for number, week in enumerate(report.severity.weeks, start=1):
        yield from _felt("severity", f"week {number}", week.felt, week.period)
    yield from _usual_clock("onset", "all", report.beginning.usual)
    yield from _drift("onset", report.beginning.drift, "min")
    for number, (week, middle) in enumerate(zip(report.severity.weeks, report.beginning.by_week, strict=True), start=1):
        told = None if middle is None else clock(middle)
        yield "onset", f"week {number}", "middle", told, "", None, week.period.first, week.period.last
    yield from _places(report)
    yield from _sleep(report)
    for one in report.tried:
        yield from _tried(one)
    yield from _done(report)
    yield from _taken(report)


def _felt(section: str, item: str, felt: Felt, period: Period) -> Iterator[Line]:
    days = (period.first, period.last)
    yield section, item, "nights", felt.nights, "", None, *days
    yield section, item, "answered", felt.answered, "", None, *days
    yield section, item, "missing", felt.missing, "", None, *days
    yield section, item, "without symptoms", felt.free if felt.answered else None, "", felt.answered, *days
    yield section, item, "mean", felt.mean, "0-10", felt.answered, *days


def _usual(section: str, item: str, usual: Usual | None, unit: str = "0-10") -> Iterator[Line]:
    nights = usual.nights if usual else 0
    for measure in ("middle", "low", "high"):
        yield section, item, measure, getattr(usual, measure, None), unit, nights, None, None


def _usual_clock(section: str, item: str, usual: Usual | None) -> Iterator[Line]:
    nights = usual.nights if usual else 0
    for measure in ("middle", "low", "high"):
        yield section, item, measure, clock(getattr(usual, measure)) if usual else None, "", nights, None, None


def _drift(section: str, drift: Drift | None, unit: str) -> Iterator[Line]:
    for measure in ("change", "low", "high", "weeks"):
        told = "weeks" if measure == "weeks" else unit
        yield section, "change over the period", measure, getattr(drift, measure, None), told, None, None, None


def _places(report: Report) -> Iterator[Line]:
    halves = zip(("first half", "second half"), (report.spread.first, report.spread.second), strict=True) if (
        report.spread
    ) else ()  # fmt: skip
    for half, touched in halves:
        for part, nights in touched.nights.items():
            yield "where", half, part.value, nights, "nights", touched.asked, None, None


def _sleep(report: Report) -> Iterator[Line]:
    one = report.asleep
    yield from _usual("sleep", "quality", one.quality)
    yield from _usual("sleep", "awakenings", one.awakenings, "")
    yield from _usual("sleep", "falls asleep after", one.latency, "min")
    yield from _usual("sleep", "in bed", one.in_bed, "min")
    yield from _usual_clock("sleep", "lights out", one.lights_out)
    yield from _usual_clock("sleep", "up", one.up)
    index, pairs = (report.regularity.index, report.regularity.pairs) if report.regularity else (None, 0)
    yield "sleep", "regularity", "index", index, "-100..100", pairs, None, None


def _tried(one: Tried) -> Iterator[Line]:
    item, days = f"{one.arm.name} / {one.comparator.name}", (one.first_on, one.last_on)
    for measure in ("mean", "low", "high"):
        yield "tried", item, measure, getattr(one.effect, measure, None), "points", None, *days
    yield "tried", item, "answered with it", one.arm.used, "", None, *days
    yield "tried", item, "missing with it", one.arm.missing, "", None, *days
    yield "tried", item, "answered without it", one.comparator.used, "", None, *days
    yield "tried", item, "missing without it", one.comparator.missing, "", None, *days
    yield "tried", item, "noted as done", one.done, "nights", None, *days
    yield "tried", item, "verdict", one.verdict.value, "", None, *days
    yield "tried", item, "decided", one.decided.value if one.decided else None, "", None, *days


def _done(report: Report) -> Iterator[Line]:
    calmed = report.calmed
    yield "practice", "routine", "nights", report.practised, "nights", len(report.period), None, None
    yield "practice", "legs calmed", "times", calmed.times, "", None, None, None
    yield "practice", "legs calmed", "before", calmed.before, "0-10", calmed.rated, None, None
    yield "practice", "legs calmed", "after", calmed.after, "0-10", calmed.rated, None, None
    for state, count in report.unusual.states.items():
        yield "unusual", state.value, "nights", count, "nights", None, None, None
    yield "unusual", "break", "nights", report.unusual.resting, "nights", None, None, None
    yield "unusual", "rated later", "nights", report.unusual.late, "nights", None, None, None


def _taken(report: Report) -> Iterator[Line]:
    for one in report.taken:
        item, days = one.name or one.substance.value, (one.first, one.last)
        yield "taken", item, "least", one.least, one.unit.value, one.nights, *days
        yield "taken", item, "most", one.most, one.unit.value, one.nights, *days
    for substance, count in report.also.items():
        yield "taken", substance.value, "nights", count, "nights", None, None, None
    for lab in report.labs:
        by = ", ".join(told for told in (lab.laboratory, lab.method) if told)
        yield "laboratory", lab.name, by, lab.value, lab.unit, None, lab.taken_on, lab.taken_on
    for score in report.scores:
        yield "score", score.instrument, "total", score.total, "", score.recall_days, score.scored_on, score.scored_on


def _night(night: NightTold) -> Iterator[Line]:
    for field in fields(night):
        value = getattr(night, field.name)
        # Of movements a zero says that none was noted, of anything else it is an answer.
        unsaid = value is None or value is False or value in ((), "") or (field.name in _COUNTS and not value)
        if field.name == "on" or unsaid:
            continue
        told = clock(value) if field.name == "began" else value
        told = "; ".join(str(one) for one in told) if isinstance(told, tuple) else told
        told = "yes" if told is True else told
        yield "night", night.on.isoformat(), field.name, told, "", None, night.on, night.on
