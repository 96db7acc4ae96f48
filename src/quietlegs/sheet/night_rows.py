"""The table of all nights, a row each."""

from collections.abc import Iterator

from quietlegs.report.by_night import NightTold
from quietlegs.report.report import Report
from quietlegs.sheet.names import part_words, state_words, substance_words
from quietlegs.sheet.parts import Table
from quietlegs.sheet.told import NOTHING, clock, lasted, whole
from quietlegs.words.catalogue import _, pgettext
from quietlegs.words.dates import short_day
from quietlegs.words.lists import within_sentence


def night_rows(report: Report) -> Table:
    """Return every night of the report, oldest first; a dash: not noted."""
    return Table(
        title=_("Every night"),
        columns=(
            _("Night"),
            pgettext("column of nights", "Severity"),
            pgettext("column of nights", "Began"),
            pgettext("column of nights", "Where"),
            pgettext("column of nights", "Slept"),
            pgettext("column of nights", "In bed"),
            pgettext("column of nights", "Woke"),
            pgettext("column of nights", "Routine"),
            pgettext("column of nights", "Calmed"),
            _("Drawn by lot"),
            _("Taken and remarks"),
        ),
        rows=tuple(_row(night) for night in report.nights),
        note=_(
            "A dash: not noted. Slept: 0 to 10 (best). Routine and Calmed: how many movements were noted, in the "
            "evening and because the legs were restless."
        ),
    )


def _row(night: NightTold) -> tuple[str, ...]:
    return (
        short_day(night.on, weekday=True, year=True),
        _or_nothing(night.severity),
        NOTHING if night.began is None else clock(night.began),
        ", ".join(part_words()[part] for part in night.where) or NOTHING,
        _or_nothing(night.quality),
        NOTHING if night.in_bed is None else lasted(night.in_bed),
        _or_nothing(night.awakenings),
        whole(night.practised) if night.practised else NOTHING,
        whole(night.calmed) if night.calmed else NOTHING,
        night.drawn or NOTHING,
        ", ".join(_remarks(night)) or NOTHING,
    )


def _remarks(night: NightTold) -> Iterator[str]:
    yield from night.medicines
    yield from (within_sentence(substance_words()[one]) for one in night.substances)
    if night.state is not None:
        yield within_sentence(state_words()[night.state])
    if night.resting:
        yield _("break")
    if night.late:
        yield _("added later")


def _or_nothing(value: int | None) -> str:
    return NOTHING if value is None else whole(value)
