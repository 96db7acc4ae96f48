"""How long a movement and a routine take."""

from quietlegs.library.exercise import LEVELS, Dose, DoseKind, Exercise, Routine
from quietlegs.library.shelf import Library
from quietlegs.records.bounds import Between, RangeError, check_value
from quietlegs.words.catalogue import _


def exercise_seconds(exercise: Exercise, level: int) -> float:
    """Return the seconds of a movement at a level (1-5), getting ready and both sides included.

    RangeError for a measure, which has no dose, and for a level outside 1-5.
    """
    if not exercise.doses:
        raise RangeError("exercise", exercise.key, _("a movement with doses, not a measure"))
    check_value("level", level, Between(1, LEVELS), whole=True)
    return _work_s(exercise, exercise.doses[level - 1]) + exercise.setup_s


def routine_seconds(library: Library, routine: Routine) -> float:
    """Return the seconds of all movements of a routine, one after the other."""
    return sum(exercise_seconds(library.exercises[slot.exercise], slot.level) for slot in routine.slots)


def _work_s(exercise: Exercise, dose: Dose) -> float:
    if exercise.dose_kind is DoseKind.HOLD:
        return (dose.repetitions * dose.hold_s + (dose.repetitions - 1) * dose.rest_s) * exercise.sides
    if exercise.dose_kind is DoseKind.REPEAT:
        return dose.repetitions * dose.hold_s * dose.sets * exercise.sides + (dose.sets - 1) * dose.rest_s
    return dose.hold_s * exercise.sides
