"""The doctor's page in words: everything that stands on the sheet, in the language spoken now."""

from collections.abc import Iterator
from dataclasses import replace

from quietlegs.report.report import Report
from quietlegs.sheet.blocks import labs, medicines, scores, signs, sleep, tried
from quietlegs.sheet.figures import boxes, chart
from quietlegs.sheet.names import state_words
from quietlegs.sheet.night_rows import night_rows
from quietlegs.sheet.parts import Pairs, Sheet
from quietlegs.sheet.told import nights
from quietlegs.words.catalogue import _, later
from quietlegs.words.dates import day
from quietlegs.words.language import language

# Said in small print; each is a definition or a limit that a reader could otherwise take for granted.
_SMALL_PRINT = (
    later("Severity: the person's own rating of the whole night, 0 (nothing felt) to 10; not the IRLS."),
    later("A night lasts from noon to noon and has the date of its evening; weeks are counted back from the last one."),
    later("A night without an answer is missing: it counts neither as good nor as bad, and nothing is filled in."),
    later("Hours are those of the clock on the wall, from nights that have one; nights without symptoms have none."),
    later("\"Most of\" is 8 of 10. Changes are Sen's slope of the weeks with a range of 95 %, somewhat too narrow "
          "where bad nights come in long runs."),
    later("Not asked: how soon it starts at rest, and new urges (to gamble, spend, eat). Please ask."),
    later("Tried: each night's turn was drawn by lot beforehand and counts as drawn, done or not; below 0 means calmer "
          'nights. "Helps" and "makes it worse" come from the lot alone, wrong in at most 1 of 20 trials though '
          "looked at every night; the difference is a Bayesian estimate. What hoping does is in both kinds of night."),
    later("Medicines and laboratory values stand here as entered; this program judges none of them and diagnoses "
          "nothing."),
)  # fmt: skip


def page(report: Report, *, version: str, with_nights: bool = False) -> Sheet:
    """Say the report in the language spoken now.

    Parameters
    ----------
    report : Report
        All its numbers.
    version : str
        That of the program, printed at the foot.
    with_nights : bool
        Whether a table of all nights follows on further pages.
    """
    period = report.period
    sheet = Sheet(
        language=language(),
        title=_("Restless legs: what a diary says"),
        subtitle=_(
            "{first} to {last}, {nights}",
            first=day(period.first, year=True),
            last=day(period.last, year=True),
            nights=nights(len(period)),
        ),
        made=_("Noted night by night by the person. Made on {day}.", day=day(report.made_on, year=True)),
        blanks=(_("Name"), _("Born")),
        boxes=boxes(report),
        chart=chart(report),
        signs=signs(report),
        medicines=medicines(report),
        tried=tried(report),
        sleep=sleep(report),
        labs=labs(report),
        scores=scores(report),
        remarks=Pairs(_("Nights out of the ordinary"), "", tuple(_remarks(report))),
        small_print=Pairs(_("What this means, and what it does not"), " ".join(map(_, _SMALL_PRINT)), ()),
        footer=_("quietlegs {version}, a diary without a diagnosis", version=version),
    )
    return replace(sheet, nights=night_rows(report)) if with_nights else sheet


def _remarks(report: Report) -> Iterator[tuple[str, str]]:
    for state, count in report.unusual.states.items():
        yield state_words()[state], nights(count)
    if report.unusual.resting:
        yield _("Break from the routine"), nights(report.unusual.resting)
    if report.unusual.late:
        yield _("Rated later than the day after"), nights(report.unusual.late)
