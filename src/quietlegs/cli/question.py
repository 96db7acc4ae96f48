"""What `quietlegs learn` is asked: nights from the diary or a file, and how they are to be compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import wrap_file

from quietlegs import day
from quietlegs.cli import calming
from quietlegs.cli.clock import now
from quietlegs.cli.store import open_diary
from quietlegs.formats.diary_csv.lines import DiaryError
from quietlegs.formats.diary_csv.read import Columns, DiaryNight, read
from quietlegs.library.called import called
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.plan.noticed import KINDS, Noticed, noticed
from quietlegs.records.bounds import RangeError
from quietlegs.records.diary import Diary
from quietlegs.trials.compare import Comparison, NotYet, compare
from quietlegs.trials.judge import Told, judge
from quietlegs.trials.nights import Nights, NightsError, nights_from
from quietlegs.trials.prior import Prior
from quietlegs.trials.regressors import Declared
from quietlegs.trials.scale import SEVERITY, Axis
from quietlegs.trials.trial import Order, Said
from quietlegs.trials.verdict import Answer
from quietlegs.trials.wording import Better
from quietlegs.words.catalogue import _, later
from quietlegs.words.dates import day as told_day

__all__ = ["CannotError", "Columns", "Question", "from_diary", "from_file"]

_SHOWN_ERRORS = 20
LONG_FILE_BYTES = 2_000_000
_FEWEST_ARMS = 2
_SEED = 1
_HOW_TO_HEAR = later(
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
    """The nights, what was answered on them, and how the arms are to be compared; `kept` is a trial's own answer.

    `beside` are the trials that run at the same time, each asked about by itself.
    """

    nights: Nights
    axis: Axis
    better: Better
    comparator: str | None
    why: str
    said: Said | None = None
    hint: str = ""
    kept: Answer | None = None
    relief: calming.Told | None = None
    noticed: Noticed | None = None
    beside: tuple["Question", ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """The arms that are held against the comparator."""
        return tuple(name for name in self.nights.arm_names if name != self.comparator)

    def found(self) -> list[Comparison | NotYet]:
        """Compare each arm with the comparator."""
        if self.comparator is None or not len(self.nights):
            return []
        return [compare(self.nights, arm=arm, comparator=self.comparator) for arm in self.others]

    def judged(self) -> Answer | None:
        """Judge the nights as a trial, where the lot was kept or the file's owner says how they were drawn."""
        if self.kept is not None:
            return self.kept
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
        raise CannotError(_("--drawn is for a file; name the file, or leave it out for your diary."))
    diary, library = open_diary(demo=demo), load_library()
    nights = day.learn(diary)
    if nights is None:
        raise CannotError(_("There is no night in your diary yet. Write one down with: quietlegs log"))
    names = called((day.COMPARATOR, *nights.arm_names), library)
    relief, trials = calming.told(diary, library), tuple(_of_trials(diary, library))
    beside = noticed(diary.facts(*KINDS), library, outcome=SEVERITY.within_sentence)
    if trials and comparator is None:
        return replace(trials[0], relief=relief, noticed=beside, beside=trials[1:])
    named = replace(nights, arm_names=tuple(names[key] for key in nights.arm_names))
    wanted = comparator and names.get(comparator, comparator)
    chosen, why = _comparator(named.arm_names, wanted, usual=names[day.COMPARATOR])
    return Question(named, SEVERITY, Better.LOWER, chosen, why, relief=relief, noticed=beside)


def _of_trials(diary: Diary, library: Library) -> Iterator[Question]:
    """Ask about each trial that runs, side by side, else about the one that ran last."""
    for kept, nights, answer in day.trials(library, diary, now()):
        against = answer.setting.comparator.name
        why = _(
            "Your trial, with turns by lot since {day}; compared with {comparator}.",
            day=told_day(kept.first_on),
            comparator=against,
        )
        yield Question(nights, SEVERITY, Better.LOWER, against, why, kept=answer)


def from_file(
    file: Path, columns: Columns, *, comparator: str | None, lower_is_better: bool | None, drawn: str | None
) -> Question:
    """Ask about the nights in a file; a file with any error is not answered from."""
    better = {None: Better.UNSAID, True: Better.LOWER, False: Better.HIGHER}[lower_is_better]
    said = _said(drawn, better)
    try:
        rows, errors, count = _read(file, columns)
    except OSError as error:
        raise CannotError(_("{file} cannot be read: {reason}.", file=file, reason=error.strerror)) from error
    if count:
        more = [_("... and {more} more.", more=count - len(errors))] if count > len(errors) else []
        raise CannotError(*(f"{file}: {error}" for error in errors), *more)
    try:
        nights = _nights(rows, columns.arm or "")
    except NightsError as error:
        raise CannotError(f"{file}: {error}.") from error
    chosen, why = _comparator(nights.arm_names, comparator)
    return Question(nights, Axis(columns.outcome), better, chosen, why, said, _(_HOW_TO_HEAR))


def _said(drawn: str | None, better: Better) -> Said | None:
    """Take the owner's word for how the turns were drawn; without it nothing is claimed."""
    if drawn is None:
        return None
    allowed = [order.value for order in Order]
    if drawn not in allowed:
        raise CannotError(str(RangeError("--drawn", drawn, ", ".join(allowed))))
    if better is Better.UNSAID:
        raise CannotError(_("--drawn needs --lower-is-better or --higher-is-better, to know what helps."))
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
            allowed = ", ".join(names) or _("none, no night has an arm")
            raise CannotError(str(RangeError("--comparator", wanted, allowed)))
        return asked[0], _("Compared with {comparator}, as you asked.", comparator=asked[0])
    if len(names) < _FEWEST_ARMS:
        return None, ""
    named = [
        name for likely in (usual.casefold(), *_NAMED_LIKE_A_COMPARATOR) for name in names if values[name] == likely
    ]
    if named:
        return named[0], _(
            "Compared with {comparator}, chosen by its name; --comparator takes another.", comparator=named[0]
        )
    return names[0], _(
        "Compared with {comparator}, chosen as the first in the list; --comparator takes another.", comparator=names[0]
    )
