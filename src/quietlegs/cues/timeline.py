"""A routine laid out in time."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from quietlegs.cues import wording
from quietlegs.cues.cue import Cue, CueKind, Side, Span
from quietlegs.cues.stages import Movement, Stage
from quietlegs.library.exercise import LEVELS, DoseKind, Exercise, Routine, Slot
from quietlegs.records.bounds import Between, RangeError, check_value
from quietlegs.words.catalogue import _

# What a diary can hold for one side of one movement: two hours.
_MOST_WORK_S = 7200


def timeline(
    routine: Routine,
    levels: Mapping[str, int],
    *,
    exercises: Mapping[str, Exercise],
    teach: AbstractSet[str] = frozenset(),
    first_side: Side = Side.LEFT,
) -> tuple[Cue, ...]:
    """Lay a routine out in time: cues from 0 without gap or overlap, the last one ``DONE`` with length 0.

    Parameters
    ----------
    routine : Routine
    levels : mapping of str to int
        Level 1-5 of a movement; a movement without an entry keeps the level of its slot.
    exercises : mapping of str to Exercise
    teach : set of str
        Movements whose steps are shown one by one first; their seconds come on top of the dose.
    first_side : Side
        The side that starts, left or right.

    Raises
    ------
    RangeError
        An unknown movement, a measure (it has no dose), a level outside 1-5, no side to start with.

    Examples
    --------
    >>> from quietlegs.library.load import load_library
    >>> exercises = load_library().exercises
    >>> walk = Routine("walk", "Easy walk", "A walk.", (Slot("walk", 1, "To begin."),))
    >>> [(cue.kind.value, cue.start_s) for cue in timeline(walk, {}, exercises=exercises)][-1]
    ('done', 300.0)
    """
    if first_side is Side.BOTH:
        raise RangeError("first_side", first_side.value, "left or right")
    sides = (first_side, Side.RIGHT if first_side is Side.LEFT else Side.LEFT)
    laid: list[Cue] = []
    at = 0
    for number, slot in enumerate(routine.slots, 1):
        exercise = _known(slot, exercises)
        movement, level = _dosed(exercise, levels.get(exercise.key, slot.level), sides[: exercise.sides])
        for stage in movement.stages(teach=exercise.key in teach):
            laid += _lay(stage, at, number, exercise.key, level)
            at += sum(tile.length_ms for tile in stage.tiles)
    return (*laid, _done(at, laid))


def _known(slot: Slot, exercises: Mapping[str, Exercise]) -> Exercise:
    if slot.exercise not in exercises:
        raise RangeError("Slot.exercise", slot.exercise, ", ".join(exercises) or "none")
    return exercises[slot.exercise]


def _dosed(exercise: Exercise, level: int, sides: tuple[Side, ...]) -> tuple[Movement, int]:
    """Pick the dose of a level, and check that a diary can hold the work."""
    if exercise.dose_kind is None:
        raise RangeError("Slot.exercise", exercise.key, "a movement with doses, not a measure")
    check_value(f"levels[{exercise.key}]", level, Between(1, LEVELS), whole=True)
    dose = exercise.doses[level - 1]
    times = {DoseKind.HOLD: dose.repetitions, DoseKind.REPEAT: dose.repetitions * dose.sets, DoseKind.MINUTES: 1}
    work_s = dose.hold_s * times[exercise.dose_kind]
    if work_s > _MOST_WORK_S:
        raise RangeError(f"{exercise.key} at level {level}", f"{work_s:g} s a side", f"up to {_MOST_WORK_S} s a side")
    order = sides if len(sides) > 1 else (Side.BOTH,)
    return Movement(exercise, exercise.dose_kind, dose, order), level


def _lay(stage: Stage, at_ms: int, slot: int, key: str, level: int) -> Iterator[Cue]:
    """Place a stage's cues in time, one after the other."""
    length = sum(tile.length_ms for tile in stage.tiles)
    span = Span(slot, at_ms / 1000, length / 1000, stage.works, stage.repetitions)
    for tile in stage.tiles:
        yield Cue(
            start_s=at_ms / 1000,
            length_s=tile.length_ms / 1000,
            kind=tile.kind,
            side=stage.side,
            show=tile.show,
            say=tile.say,
            exercise=key,
            level=level,
            pose=stage.pose,
            part=span,
        )
        at_ms += tile.length_ms


def _done(at_ms: int, laid: list[Cue]) -> Cue:
    last = laid[-1]
    span = Span(last.part.slot, at_ms / 1000, 0.0)
    return replace(
        last,
        start_s=at_ms / 1000,
        length_s=0.0,
        kind=CueKind.DONE,
        show=_(wording.DONE),
        say=_(wording.SAY_DONE),
        pose=None,
        part=span,
    )
