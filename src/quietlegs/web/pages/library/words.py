"""A movement as a page shows it: pictures, doses in words, who should ask first, what is known."""

from dataclasses import dataclass

from quietlegs.library.exercise import Dose, DoseKind, Effort, Exercise, Position, Step
from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.pictures import picture
from quietlegs.library.safety import StopRule
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.web.pages.guide.words import dose_words
from quietlegs.web.pages.library.evidence import GRADE_WORDS, ShownSource, of_evidence
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.numbers import number

USUAL_LEVEL = 2
_POSITIONS = {
    Position.STANDING: later("standing"),
    Position.SEATED: later("seated"),
    Position.LYING: later("lying"),
}
_EFFORTS = {Effort.GENTLE: later("gentle"), Effort.MODERATE: later("moderate")}
_MINUTE_S = 60
_HOUR_MIN = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A movement in the list; `minutes` at the usual level, None for a measure."""

    exercise: Exercise
    position: str
    minutes: float | None


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One instruction with its drawing as SVG, empty when there is none."""

    words: str
    picture: str


@dataclass(frozen=True, slots=True)
class ShownDose:
    """One level in words, with its minutes."""

    level: int
    words: str
    minutes: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one movement; `against` says why it is not offered to this person, None when it may be.

    `instead` is the seated form where there is another one that may be offered.
    """

    exercise: Exercise
    how: str
    steps: tuple[ShownStep, ...]
    other_ways: tuple[ShownStep, ...]
    doses: tuple[ShownDose, ...]
    latest: str
    stop: tuple[StopRule, ...]
    ask_first: tuple[str, ...]
    grade_words: str
    sources: tuple[ShownSource, ...]
    against: str | None
    instead: Exercise | None

    @property
    def moves(self) -> bool:
        """Whether any of its drawings can move."""
        return any(pose.after for pose in (self.exercise.poses or {}).values())


def rows(library: Library, *, only_seated: bool) -> tuple[Row, ...]:
    """Return the movements in their order, all or those done sitting."""
    wanted = (one for one in library.exercises.values() if not only_seated or one.position is Position.SEATED)
    return tuple(Row(one, _(_POSITIONS[one.position]), _minutes(one)) for one in wanted)


def _minutes(one: Exercise) -> float | None:
    return None if one.is_test else exercise_seconds(one, USUAL_LEVEL) / _MINUTE_S


def sheet(library: Library, exercise: Exercise, may: Allowed) -> Sheet:
    """Gather what the page of one movement shows."""
    rules = {rule.key: rule for rule in library.safety.stop_rules}
    return Sheet(
        exercise=exercise,
        how=f"{_(_POSITIONS[exercise.position])}, {_(_EFFORTS[exercise.effort])}",
        steps=_steps(exercise, exercise.steps),
        other_ways=_steps(exercise, exercise.other_ways),
        doses=_doses(exercise),
        latest=latest_words(exercise.latest_min),
        stop=tuple(rules[key] for key in exercise.stop),
        ask_first=tuple(library.safety.ask_first[key] for key in exercise.ask_first),
        grade_words=_(GRADE_WORDS[exercise.grade]),
        sources=of_evidence(library, exercise.evidence),
        against=may.reason_against(exercise),
        instead=_instead(library, exercise, may),
    )


def dose_told(exercise: Exercise, level: int) -> str:
    """Return one level in words with its rests and its note."""
    dose = exercise.doses[level - 1]
    pauses = dose.sets if exercise.dose_kind is DoseKind.REPEAT else dose.repetitions
    exact = exercise.dose_kind is DoseKind.MINUTES
    parts = [_lasting(exercise, dose) if exact else dose_words(exercise, level)]
    parts += [_("{seconds} seconds of rest between", seconds=number(dose.rest_s))] if dose.rest_s and pauses > 1 else []
    parts += [dose.note] if dose.note else []
    return ", ".join(parts)


def _lasting(exercise: Exercise, dose: Dose) -> str:
    """Return a length to the half minute: levels that differ must not read alike."""
    minutes = round(2 * dose.hold_s / _MINUTE_S) / 2
    length = _("1 minute") if minutes == 1 else _("{minutes} minutes", minutes=number(minutes))
    if minutes * _MINUTE_S != dose.hold_s:
        length = _("about {length}", length=length)
    if dose.hold_s < _MINUTE_S:
        length = _("{seconds} seconds", seconds=number(dose.hold_s))
    return _("{length} a side", length=length) if exercise.sides > 1 else length


def latest_words(latest_min: int) -> str:
    """Return how late in the evening a movement may end."""
    if not latest_min:
        return _("Any time until lights-out.")
    hours, rest = divmod(latest_min, _HOUR_MIN)
    if rest:
        return _("Be done {minutes} minutes before bed. That gap is our caution; no study sets it.", minutes=latest_min)
    return ngettext(
        "Be done {count} hour before bed. That gap is our caution; no study sets it.",
        "Be done {count} hours before bed. That gap is our caution; no study sets it.",
        hours,
    )


def _steps(exercise: Exercise, steps: tuple[Step, ...]) -> tuple[ShownStep, ...]:
    return tuple(ShownStep(step.show, picture(exercise, step.pose) if step.pose else "") for step in steps)


def _doses(exercise: Exercise) -> tuple[ShownDose, ...]:
    levels = range(1, len(exercise.doses) + 1)
    return tuple(
        ShownDose(level, dose_told(exercise, level), exercise_seconds(exercise, level) / _MINUTE_S) for level in levels
    )


def _instead(library: Library, exercise: Exercise, may: Allowed) -> Exercise | None:
    other = library.exercises.get(exercise.seated or "")
    return other if other and other.key != exercise.key and may.reason_against(other) is None else None
