"""A movement made shorter or longer than its levels."""

from dataclasses import replace

from quietlegs.library.exercise import LEVELS, Dose, DoseKind, Exercise
from quietlegs.records.bounds import RangeError

_MOST_REPETITIONS = 60


def lasting(exercise: Exercise, seconds: float) -> Exercise:
    """Return the movement with one dose at every level: so many seconds of work a side, in one go.

    Parameters
    ----------
    exercise : Exercise
    seconds : float
        Seconds a side, 1 to 1800. Repetitions keep their beat: as many as come nearest to it, 1 to 60.

    Raises
    ------
    RangeError
        A measure, which has no dose; seconds outside their range.

    Examples
    --------
    >>> from quietlegs.library.load import load_library
    >>> calf = load_library().exercises["calf_wall_straight"]
    >>> lasting(calf, 30).doses[0]
    Dose(hold_s=30, repetitions=1, sets=1, rest_s=0.0, note=None, pose='little')
    """
    if exercise.dose_kind is None:
        raise RangeError("exercise", exercise.key, "a movement with doses, not a measure")
    return replace(exercise, doses=tuple(_lasting(exercise, level, seconds) for level in range(LEVELS)))


def _lasting(exercise: Exercise, level: int, seconds: float) -> Dose:
    old = exercise.doses[level]
    once = Dose(hold_s=seconds, note=old.note, pose=old.pose)
    if exercise.dose_kind is not DoseKind.REPEAT:
        return once
    repetitions = min(_MOST_REPETITIONS, max(1, round(seconds / old.hold_s)))
    return replace(old, repetitions=repetitions, sets=1, rest_s=0.0)
