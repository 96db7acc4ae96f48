"""The lists and tables of the doctor's page: signs, medicines, what was tried, sleep, laboratory values, scores."""

from collections.abc import Iterator

from quietlegs.records.felt import BodyPart
from quietlegs.records.measured import ClinicianScore, LabValue
from quietlegs.records.tried import Choice
from quietlegs.report.beginning import Spread
from quietlegs.report.drift import FEWEST_NIGHTS, FEWEST_WEEKS, Drift
from quietlegs.report.report import Report
from quietlegs.report.taken import Taken
from quietlegs.report.tried import Tried
from quietlegs.sheet.names import part_words, substance_words, unit_words
from quietlegs.sheet.parts import Pairs, Table
from quietlegs.sheet.told import NOTHING, clock, lasted, nights, points, spread_of, whole, with_year
from quietlegs.words.catalogue import _, ngettext
from quietlegs.words.dates import short_day
from quietlegs.words.numbers import number


def signs(report: Report) -> Pairs:
    """Return what to look at where a medicine acts on dopamine: earlier, stronger, in more of the body."""
    rows = [
        (_("Hour at which it begins"), _earlier(report.beginning.drift)),
        (_("Severity"), _stronger(report.severity.drift)),
        *(_where(report.spread, part) for part in (BodyPart.ARMS, BodyPart.TRUNK)),
    ]
    intro = _("Changes over the period, as noted. They prove nothing.")
    return Pairs(_("Signs of augmentation to look at"), intro, tuple(rows))


def _earlier(drift: Drift | None) -> str:
    if drift is None:
        return _too_short()
    return _(
        "{change} over {weeks} weeks ({low} to {high})",
        weeks=drift.weeks,
        change=_moved(drift.change),
        low=_moved(drift.low),
        high=_moved(drift.high),
    )


def _moved(minutes: float) -> str:
    told = lasted(abs(minutes))
    if not round(minutes):
        return told
    return _("{time} earlier", time=told) if minutes < 0 else _("{time} later", time=told)


def _stronger(drift: Drift | None) -> str:
    if drift is None:
        return _too_short()
    change, low, high = (number(round(one, 1) + 0.0, 1, sign=True) for one in (drift.change, drift.low, drift.high))
    return _(
        "{change} points over {weeks} weeks ({low} to {high})",
        weeks=drift.weeks,
        change=change,
        low=low,
        high=high,
    )


def _too_short() -> str:
    return _(
        "cannot be told: it takes {weeks} weeks with {nights} noted nights each",
        weeks=FEWEST_WEEKS,
        nights=FEWEST_NIGHTS,
    )


def _where(spread: Spread | None, part: BodyPart) -> tuple[str, str]:
    name = part_words()[part]
    if spread is None or not spread.first.asked + spread.second.asked:
        return name, _("where it was felt was not noted")
    return name, _(
        "named on {first} of {first_of} nights in the first half, {second} of {second_of} in the second",
        first=spread.first.nights[part],
        first_of=spread.first.asked,
        second=spread.second.nights[part],
        second_of=spread.second.asked,
    )


def medicines(report: Report) -> Table:
    """Return the medicines as entered, and how often what else is drunk or smoked was noted."""
    also = "; ".join(f"{substance_words()[what]}: {nights(count)}" for what, count in report.also.items())
    return Table(
        title=_("Medicines, iron and magnesium, as entered"),
        columns=(_("What"), _("Amount"), _("Nights"), _("First and last")),
        rows=tuple(_medicine(one, year=with_year(report)) for one in report.taken),
        empty=_("None was entered. That does not mean that none is taken."),
        note=_("Also noted: {what}.", what=also) if also else "",
        more=_more(len(report.taken)),
    )


def _medicine(one: Taken, *, year: bool) -> tuple[str, ...]:
    least, most = whole(one.least), whole(one.most)
    amount = least if least == most else _("{low} to {high}", low=least, high=most)
    first, last = short_day(one.first, year=year), short_day(one.last, year=year)
    days = first if one.first == one.last else f"{first} {NOTHING} {last}"
    return (
        one.name or substance_words()[one.substance],
        f"{amount} {unit_words()[one.unit]}",
        whole(one.nights),
        days,
    )


def _more(rows: int) -> tuple[str, ...]:
    """Say how many rows are left out, for each number there can be."""
    return tuple(
        ngettext("{count} more in the table of the same numbers", "{count} more in the table of the same numbers", left)
        for left in range(1, rows + 1)
    )


def tried(report: Report) -> Table:
    """Return what was tried, with verdict, interval and nights."""
    return Table(
        title=_("What was tried, drawn by lot night by night"),
        columns=(
            _("Tried"),
            _("Compared with"),
            _("Nights"),
            _("Answered"),
            _("Difference (95 %)"),
            _("Verdict"),
        ),
        rows=tuple(_trial(one, year=with_year(report)) for one in report.tried),
        empty=_("No fair trial has nights in this period."),
        note=" ".join(_practised(report)),
        more=_more(len(report.tried)),
    )


def _trial(one: Tried, *, year: bool) -> tuple[str, ...]:
    days = f"{short_day(one.first_on, year=year)} {NOTHING} {short_day(one.last_on, year=year)}"
    answered = f"{one.arm.used} + {one.comparator.used}"
    verdict = one.headline
    if one.decided is not None:
        verdict = _("{verdict}; decided: {choice}", verdict=verdict, choice=_choices()[one.decided])
    return (
        one.arm.name[:1].upper() + one.arm.name[1:],
        one.comparator.name,
        days if not one.running else _("{days}, goes on", days=days),
        answered,
        _difference(one),
        verdict,
    )


def _difference(one: Tried) -> str:
    if one.effect is None:
        return NOTHING
    low, mean, high = (
        number(round(end, 1) + 0.0, 1, sign=True) for end in (one.effect.low, one.effect.mean, one.effect.high)
    )
    return _("{mean} ({low} to {high})", mean=mean, low=low, high=high)


def _choices() -> dict[Choice, str]:
    return {
        Choice.KEEP: _("keep"),
        Choice.DROP: _("drop"),
        Choice.SWITCH: _("try another instead"),
        Choice.GO_ON: _("go on"),
    }


def _practised(report: Report) -> Iterator[str]:
    yield ngettext(
        "Evening routine noted on {count} night.", "Evening routine noted on {count} nights.", report.practised
    )
    calmed = report.calmed
    if calmed.before is None or calmed.after is None:
        return
    yield ngettext(
        "Movements made because the legs were restless: {times}; on average from {before} to {after} ({count} rated). "
        "What passes by itself is in it.",
        "Movements made because the legs were restless: {times}; on average from {before} to {after} ({count} rated). "
        "What passes by itself is in it.",
        calmed.rated,
        times=calmed.times,
        before=points(calmed.before),
        after=points(calmed.after),
    )


def sleep(report: Report) -> Pairs:
    """Return sleep as noted, and how regular it is; only what was noted at all."""
    one = report.asleep
    quality = ((_("Quality, 0 to 10 (best)"), one.quality), (_("Wakes up"), one.awakenings))
    clocks = ((_("Lights out"), one.lights_out), (_("Up"), one.up))
    spans = ((_("Falls asleep after"), one.latency), (_("In bed"), one.in_bed))
    rows = [(name, f"{whole(usual.middle)} ({spread_of(usual, whole)})") for name, usual in quality if usual]
    rows += [(name, f"{clock(usual.middle)} ({spread_of(usual, clock)})") for name, usual in clocks if usual]
    rows += [(name, f"{lasted(usual.middle)} ({spread_of(usual, lasted)})") for name, usual in spans if usual]
    if report.regularity:
        rows.append((_("Regularity, last two weeks"), _regular(report)))
    return Pairs(_("Sleep, as noted"), "" if rows else _("Nothing was noted."), tuple(rows))


def _regular(report: Report) -> str:
    if report.regularity is None:
        return NOTHING
    return _(
        "{index} of 100, from {pairs} pairs of nights",
        index=number(report.regularity.index, 0),
        pairs=report.regularity.pairs,
    )


def labs(report: Report) -> Table:
    """Return laboratory values as entered, never judged."""
    return Table(
        title=_("Laboratory values, as entered"),
        columns=(_("What"), _("Value"), _("Taken on"), _("Laboratory, method")),
        rows=tuple(_lab(one) for one in report.labs),
        empty=_("None was entered."),
        more=_more(len(report.labs)),
    )


def _lab(one: LabValue) -> tuple[str, ...]:
    by = ", ".join(told for told in (one.laboratory, one.method) if told) or NOTHING
    return one.name, f"{whole(one.value)} {one.unit}", short_day(one.taken_on, year=True), by


def scores(report: Report) -> Table:
    """Return totals of questionnaires that a clinician gave."""
    return Table(
        title=_("Scores given by a clinician"),
        columns=(_("Questionnaire"), _("Total"), _("On"), _("Asks about")),
        rows=tuple(_score(one) for one in report.scores),
        empty=_("None was entered. The diary asks no licensed questionnaire (IRLS and others)."),
        more=_more(len(report.scores)),
    )


def _score(one: ClinicianScore) -> tuple[str, ...]:
    asked = ngettext("{count} day", "{count} days", one.recall_days) if one.recall_days else NOTHING
    return one.instrument, whole(one.total), short_day(one.scored_on, year=True), asked
