"""What `quietlegs learn` says: comparisons and a verdict become a table and plain sentences."""

import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from quietlegs.cli import along, calming
from quietlegs.cli.question import CannotError, Columns, Question, from_diary, from_file
from quietlegs.records.bounds import RangeError
from quietlegs.trials.compare import Comparison, NotYet
from quietlegs.trials.effects_picture import effects_picture
from quietlegs.trials.evidence_picture import evidence_picture
from quietlegs.trials.interval import Difference
from quietlegs.trials.nights import Nights
from quietlegs.trials.picture import nights_picture
from quietlegs.trials.verdict import Answer
from quietlegs.trials.verdict_wording import answer_sentences, headlines, trial_sentences
from quietlegs.trials.wording import sentences
from quietlegs.words.catalogue import _, ngettext
from quietlegs.words.numbers import number

__all__ = ["CannotError", "Columns", "Question", "from_diary", "from_file", "tell"]

_PIPE_WIDTH = 110
_PICTURE_PX = 900
_Told = tuple[Question, Sequence[Comparison | NotYet], Answer | None]


def tell(asked: Question, *, plot: Path | None, as_json: bool) -> None:
    """Print the comparisons, and draw the nights where wanted."""
    try:
        told = [(one, one.found(), one.judged()) for one in (asked, *asked.beside)]
        for place, (one, _found, verdict) in enumerate(told):
            if plot is not None:
                _draw(one, _numbered(plot, place), verdict)
    except RangeError as error:
        raise CannotError(f"{error}.") from error
    if as_json:
        typer.echo(json.dumps(_whole(told), indent=2, ensure_ascii=False, allow_nan=False))
        return
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    for place, (one, found, verdict) in enumerate(told):
        if place:
            console.print()
        _say(console, one, found, verdict)
    along.say(console, asked.noticed)
    calming.say(console, asked.relief)


def _whole(told: Sequence[_Told]) -> dict[str, Any]:
    """Return all numbers: of the first trial, of those beside it, and of what else the diary tells."""
    first, *beside = ({**_json(one, found), "answer": verdict and verdict.as_dict()} for one, found, verdict in told)
    asked = told[0][0]
    relief, patterns = asked.relief and asked.relief.numbers, asked.noticed and asked.noticed.patterns.as_dict()
    return {**first, "beside": beside, "relief": relief, "patterns": patterns}


def _numbered(plot: Path, place: int) -> Path:
    return plot.with_stem(f"{plot.stem}-{place + 1}") if place else plot


def _say(console: Console, asked: Question, found: Sequence[Comparison | NotYet], verdict: Answer | None) -> None:
    console.print(_counted(asked.nights))
    if asked.kept and verdict:
        # A trial of one's own is asked for its verdict; the plain numbers come after it.
        console.print(asked.why)
        _show_verdict(console, asked, verdict)
    show(console, asked, found)
    if verdict and not asked.kept:
        _show_verdict(console, asked, verdict)
    elif found and asked.hint:
        console.print(asked.hint)


def _show_verdict(console: Console, asked: Question, verdict: Answer) -> None:
    console.print()
    told = answer_sentences(verdict, outcome=asked.axis.within_sentence)
    for name, first in headlines(verdict).items():
        console.print(_("Verdict. {told}", told=first))
        for sentence in told[name]:
            console.print(sentence)
    for sentence in trial_sentences(verdict):
        console.print(sentence)


def _draw(asked: Question, plot: Path, verdict: Answer | None) -> None:
    """Write the nights, and beside them the effects and the evidence where there is a verdict to show them of."""
    for file, drawing in _pictures(asked, plot, verdict):
        if file.exists() and not file.is_file():
            raise CannotError(_("{file} is not a file that can be overwritten; name an .svg file.", file=file))
        try:
            file.write_text(drawing, encoding="utf-8")
        except OSError as error:
            raise CannotError(_("{file} cannot be written: {reason}.", file=file, reason=error.strerror)) from error


def _pictures(asked: Question, plot: Path, verdict: Answer | None) -> Iterator[tuple[Path, str]]:
    line = verdict.estimate.line if verdict and verdict.estimate else None
    nights, against = asked.nights, asked.comparator
    yield plot, nights_picture(nights, axis=asked.axis, comparator=against, line=line, width_px=_PICTURE_PX)
    if verdict and verdict.estimate:
        effects = effects_picture(verdict, axis=asked.axis, width_px=_PICTURE_PX)
        yield plot.with_stem(f"{plot.stem}-effects"), effects
    if verdict and ((verdict.claim and verdict.claim.looks) or (verdict.wager and verdict.wager.settled)):
        yield plot.with_stem(f"{plot.stem}-evidence"), evidence_picture(verdict, width_px=_PICTURE_PX)


def _json(asked: Question, found: Sequence[Comparison | NotYet]) -> dict[str, Any]:
    told = [{**each.as_dict(), "sentences": _sentences(asked, each)} for each in found]
    return {"outcome": asked.axis.name, "comparator": asked.comparator, **_counts(asked.nights), "comparisons": told}


def _counted(nights: Nights) -> str:
    counts = _counts(nights)
    return ngettext(
        "{count} night: {answered} answered, {missing} not.",
        "{count} nights: {answered} answered, {missing} not.",
        counts["nights"],
        answered=counts["answered"],
        missing=counts["missing"],
    )


def _counts(nights: Nights) -> dict[str, int]:
    answered = int(nights.answered.sum())
    return {"nights": len(nights), "answered": answered, "missing": len(nights) - answered, "unlisted": nights.unlisted}


def _sentences(asked: Question, found: Comparison | NotYet) -> tuple[str, ...]:
    return sentences(found, outcome=asked.axis.within_sentence, better=asked.better)


def show(console: Console, asked: Question, found: Sequence[Comparison | NotYet]) -> None:
    """Print a table and the plain sentences for each pair of arms."""
    if not found and not asked.kept:
        console.print(_("Nothing to compare yet: a comparison needs nights with two things tried by turns."))
    if found and not asked.kept:
        console.print(asked.why)
    for each in found:
        console.print()
        if isinstance(each, Comparison):
            console.print(_means(each, asked.axis.shown))
            console.print()
            console.print(_analyses(each))
            console.print()
        for sentence in _sentences(asked, each):
            console.print(sentence)


def _means(found: Comparison, outcome: str) -> Table:
    table = Table("", _("nights used"), _("missing"), _("mean {outcome}", outcome=outcome), box=None)
    sides = ((found.arm, found.welch.arm_mean), (found.comparator, found.welch.comparator_mean))
    for side, mean in sides:
        table.add_row(side.name, str(side.used), str(side.missing), number(mean, 2))
    return table


def _analyses(found: Comparison) -> Table:
    table = Table("", _("difference"), "", "", "", _("95 % interval"), "", box=None)
    means = found.welch.difference
    table.add_row(_("Means, Welch"), number(means.estimate, 2), f"t {number(means.statistic, 3)}", *_tail(means, 2))
    regressions = [(_("Regression, AR(1)"), found.ar1)]
    if found.closed_up is not None:
        regressions.append((_("the same, gaps closed"), found.closed_up))
    for name, fit in regressions:
        one = fit.differences[found.arm.name]
        table.add_row(
            name, number(one.estimate, 3), f"SE {number(one.se, 3)}", *_tail(one, 3), f"phi {number(fit.phi, 3)}"
        )
    return table


def _tail(one: Difference, digits: int) -> tuple[str, str, str]:
    df = "" if math.isinf(one.df) else f"df {number(one.df, 1)}"
    interval = _("{low} to {high}", low=number(one.low, digits), high=number(one.high, digits))
    return f"p {number(one.p, 3)}", df, interval
