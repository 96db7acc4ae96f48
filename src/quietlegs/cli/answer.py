"""What `quietlegs learn` says: nights to comparisons, comparisons to a table and plain sentences."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import typer
from rich.console import Console
from rich.progress import wrap_file
from rich.table import Table

from quietlegs import day
from quietlegs.cli.store import open_diary
from quietlegs.formats.diary_csv.lines import DiaryError
from quietlegs.formats.diary_csv.read import Columns, DiaryNight, read
from quietlegs.library.load import load_library
from quietlegs.records.bounds import RangeError
from quietlegs.trials.compare import Comparison, NotYet, compare
from quietlegs.trials.interval import Difference
from quietlegs.trials.judge import Told, judge
from quietlegs.trials.nights import Nights, NightsError, nights_from
from quietlegs.trials.picture import nights_picture
from quietlegs.trials.prior import Prior
from quietlegs.trials.regressors import Declared
from quietlegs.trials.scale import SEVERITY, Axis
from quietlegs.trials.trial import Order, Said
from quietlegs.trials.verdict import Answer
from quietlegs.trials.verdict_wording import answer_sentences, headlines, trial_sentences
from quietlegs.trials.wording import Better, sentences

__all__ = ["CannotError", "Columns", "Question", "from_diary", "from_file", "tell"]

_SHOWN_ERRORS = 20
LONG_FILE_BYTES = 2_000_000
_PIPE_WIDTH = 110
_PICTURE_PX = 900
_FEWEST_ARMS = 2
_SEED = 1
_HOW_TO_HEAR = (
    "No verdict: only a lot can give one. If each night's turn was drawn by lot before the first night, say how: "
    "--drawn rounds or --drawn any."
)
_NAMED_LIKE_A_COMPARATOR = ("0", "control", "comparator", "placebo", "sham")


class CannotError(Exception):
    """The question has no answer; `sentences` say why."""

    def __init__(self, *told: str) -> None:
        super().__init__(told[0])
        self.sentences = told


@dataclass(frozen=True, slots=True)
class Question:
    """The nights, what was answered on them, and how the arms are to be compared."""

    nights: Nights
    axis: Axis
    better: Better
    comparator: str | None
    why: str
    said: Said | None = None
    hint: str = ""

    @property
    def others(self) -> tuple[str, ...]:
        """The arms that are held against the comparator."""
        return tuple(name for name in self.nights.arm_names if name != self.comparator)

    def found(self) -> list[Comparison | NotYet]:
        """Compare each arm with the comparator."""
        if self.comparator is None:
            return []
        return [compare(self.nights, arm=arm, comparator=self.comparator) for arm in self.others]

    def judged(self) -> Answer | None:
        """Judge the nights as a trial, where the file's owner says how they were drawn."""
        if self.comparator is None or self.said is None:
            return None
        declared = Declared(lower_is_better=self.better is Better.LOWER)
        # The spread of the answers says what their unit is; the estimate is made for 0 to 10 otherwise.
        prior = Prior(sigma=float(np.nanstd(self.nights.outcomes)) or 1.0)
        told = Told(declared=declared, prior=prior, axis=self.axis)
        rng = np.random.default_rng(_SEED)
        return judge(self.nights, self.said, comparator=self.comparator, told=told, rng=rng)


def from_diary(*, demo: bool, comparator: str | None, drawn: str | None) -> Question:
    """Ask about the severity of the nights in the diary."""
    if drawn is not None:
        raise CannotError("--drawn is for a file; name the file, or leave it out for your diary.")
    nights = day.learn(open_diary(demo=demo))
    if nights is None:
        raise CannotError("There is no night in your diary yet. Write one down with: quietlegs log")
    exercises = load_library().exercises
    names = {key: exercises[key].name if key in exercises else key for key in (day.COMPARATOR, *nights.arm_names)}
    named = replace(nights, arm_names=tuple(names[key] for key in nights.arm_names))
    wanted = comparator and names.get(comparator, comparator)
    chosen, why = _comparator(named.arm_names, wanted, usual=names[day.COMPARATOR])
    return Question(named, SEVERITY, Better.LOWER, chosen, why)


def from_file(
    file: Path, columns: Columns, *, comparator: str | None, lower_is_better: bool | None, drawn: str | None
) -> Question:
    """Ask about the nights in a file; a file with any error is not answered from."""
    better = {None: Better.UNSAID, True: Better.LOWER, False: Better.HIGHER}[lower_is_better]
    said = _said(drawn, better)
    try:
        rows, errors, count = _read(file, columns)
    except OSError as error:
        raise CannotError(f"{file} cannot be read: {error.strerror}.") from error
    if count:
        more = [f"... and {count - len(errors)} more."] if count > len(errors) else []
        raise CannotError(*(f"{file}: {error}" for error in errors), *more)
    try:
        nights = _nights(rows, columns.arm or "")
    except NightsError as error:
        raise CannotError(f"{file}: {error}.") from error
    chosen, why = _comparator(nights.arm_names, comparator)
    return Question(nights, Axis(columns.outcome), better, chosen, why, said, _HOW_TO_HEAR)


def _said(drawn: str | None, better: Better) -> Said | None:
    """Take the owner's word for how the turns were drawn; without it nothing is claimed."""
    if drawn is None:
        return None
    allowed = [order.value for order in Order]
    if drawn not in allowed:
        raise CannotError(f"--drawn is {drawn!r}; allowed: {', '.join(allowed)}")
    if better is Better.UNSAID:
        raise CannotError("--drawn needs --lower-is-better or --higher-is-better, to know what helps.")
    return Said(Order(drawn))


def _read(file: Path, columns: Columns) -> tuple[list[DiaryNight], list[DiaryError], int]:
    rows: list[DiaryNight] = []
    errors: list[DiaryError] = []
    count = 0
    for item in _items(file, columns):
        if isinstance(item, DiaryNight):
            rows.append(item)
        else:
            count += 1
            errors += [item] if count <= _SHOWN_ERRORS else []
    return rows, errors, count


def _items(file: Path, columns: Columns) -> Iterator[DiaryNight | DiaryError]:
    """Read the file, with a bar for one that takes more than a second."""
    date, arm, outcome = columns.date, columns.arm, columns.outcome
    if not file.is_file() or file.stat().st_size < LONG_FILE_BYTES:
        yield from read(file, date=date, arm=arm, outcome=outcome)
        return
    bar = Console(stderr=True)
    with file.open("rb") as raw, wrap_file(raw, file.stat().st_size, console=bar, transient=True) as stream:
        yield from read(stream, date=date, arm=arm, outcome=outcome)


def _nights(rows: Sequence[DiaryNight], column: str) -> Nights:
    """Put the lines in order of date; arms that are bare numbers are told by their column's name."""
    ordered = sorted(rows, key=lambda row: row.on)
    bare = all(row.arm is None or row.arm.isdigit() for row in ordered)
    arms = [f"{column}={row.arm}" if bare and row.arm is not None else row.arm for row in ordered]
    return nights_from([row.on for row in ordered], arms, [row.outcome for row in ordered])


def _comparator(names: Sequence[str], wanted: str | None, *, usual: str = "") -> tuple[str | None, str]:
    """Choose what the rest is compared with, and say by which rule."""
    values = {name: name.rpartition("=")[2].casefold() for name in names}
    if wanted is not None:
        asked = [name for name in names if wanted.casefold() in (name.casefold(), values[name])]
        if not asked:
            raise CannotError(f"--comparator is {wanted!r}; allowed: {', '.join(names) or 'none, no night has an arm'}")
        return asked[0], f"Compared with {asked[0]}, as you asked."
    if len(names) < _FEWEST_ARMS:
        return None, ""
    named = [
        name for likely in (usual.casefold(), *_NAMED_LIKE_A_COMPARATOR) for name in names if values[name] == likely
    ]
    rule = "by its name" if named else "as the first in the list"
    chosen = (named or list(names))[0]
    return chosen, f"Compared with {chosen}, chosen {rule}; --comparator takes another."


def tell(asked: Question, *, plot: Path | None, as_json: bool) -> None:
    """Print the comparisons, and draw the nights where wanted."""
    try:
        found, verdict = asked.found(), asked.judged()
        if plot is not None:
            _draw(asked, plot, verdict)
    except RangeError as error:
        raise CannotError(f"{error}.") from error
    if as_json:
        whole = _json(asked, found) | {"answer": verdict and verdict.as_dict()}
        typer.echo(json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False))
        return
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    show(console, asked, found)
    if verdict:
        _show_verdict(console, asked, verdict)
    elif found and asked.hint:
        console.print(asked.hint)


def _show_verdict(console: Console, asked: Question, verdict: Answer) -> None:
    console.print()
    told = answer_sentences(verdict, outcome=asked.axis.name.lower())
    for name, first in headlines(verdict).items():
        console.print(f"Verdict. {first}")
        for sentence in told[name]:
            console.print(sentence)
    for sentence in trial_sentences(verdict):
        console.print(sentence)


def _draw(asked: Question, plot: Path, verdict: Answer | None) -> None:
    if plot.exists() and not plot.is_file():
        raise CannotError(f"{plot} is not a file that can be overwritten; name an .svg file.")
    line = verdict.estimate.line if verdict and verdict.estimate else None
    drawing = nights_picture(
        asked.nights, axis=asked.axis, comparator=asked.comparator, line=line, width_px=_PICTURE_PX
    )
    try:
        plot.write_text(drawing, encoding="utf-8")
    except OSError as error:
        raise CannotError(f"{plot} cannot be written: {error.strerror}.") from error


def _json(asked: Question, found: Sequence[Comparison | NotYet]) -> dict[str, Any]:
    told = [{**each.as_dict(), "sentences": _sentences(asked, each)} for each in found]
    return {"outcome": asked.axis.name, "comparator": asked.comparator, **_counts(asked.nights), "comparisons": told}


def _counts(nights: Nights) -> dict[str, int]:
    answered = int(nights.answered.sum())
    return {"nights": len(nights), "answered": answered, "missing": len(nights) - answered, "unlisted": nights.unlisted}


def _sentences(asked: Question, found: Comparison | NotYet) -> tuple[str, ...]:
    return sentences(found, outcome=asked.axis.name.lower(), better=asked.better)


def show(console: Console, asked: Question, found: Sequence[Comparison | NotYet]) -> None:
    """Print a table and the plain sentences for each pair of arms."""
    counts = _counts(asked.nights)
    console.print(f"{counts['nights']} nights: {counts['answered']} answered, {counts['missing']} not.")
    if not found:
        console.print("Nothing to compare yet: a comparison needs nights with two things tried by turns.")
        return
    console.print(asked.why)
    for each in found:
        console.print()
        if isinstance(each, Comparison):
            console.print(_means(each, asked.axis.name))
            console.print()
            console.print(_analyses(each))
            console.print()
        for sentence in _sentences(asked, each):
            console.print(sentence)


def _means(found: Comparison, outcome: str) -> Table:
    table = Table("", "nights used", "missing", f"mean {outcome}", box=None)
    sides = ((found.arm, found.welch.arm_mean), (found.comparator, found.welch.comparator_mean))
    for side, mean in sides:
        table.add_row(side.name, str(side.used), str(side.missing), f"{mean:.2f}")
    return table


def _analyses(found: Comparison) -> Table:
    table = Table("", "difference", "", "", "", "95 % interval", "", box=None)
    means = found.welch.difference
    table.add_row("Means, Welch", f"{means.estimate:.2f}", f"t {means.statistic:.3f}", *_tail(means, 2))
    regressions = [("Regression, AR(1)", found.ar1)]
    if found.closed_up is not None:
        regressions.append(("the same, gaps closed", found.closed_up))
    for name, fit in regressions:
        one = fit.differences[found.arm.name]
        table.add_row(name, f"{one.estimate:.3f}", f"SE {one.se:.3f}", *_tail(one, 3), f"phi {fit.phi:.3f}")
    return table


def _tail(one: Difference, digits: int) -> tuple[str, str, str]:
    df = "" if math.isinf(one.df) else f"df {one.df:.1f}"
    return f"p {one.p:.3f}", df, f"{one.low:.{digits}f} to {one.high:.{digits}f}"
