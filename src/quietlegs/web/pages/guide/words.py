"""The words of the guide: doses and lengths in plain language."""

from quietlegs.library.exercise import Dose, DoseKind, Exercise

_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times"}
_MINUTE_S = 60


def dose_words(exercise: Exercise, level: int) -> str:
    """Say what one level of a movement asks for, such as "10 seconds, three times a side"."""
    dose = exercise.doses[level - 1]
    said = {DoseKind.HOLD: _held, DoseKind.REPEAT: _repeated, DoseKind.MINUTES: _lasting}
    side = " a side" if exercise.sides > 1 else ""
    return said[exercise.dose_kind or DoseKind.MINUTES](dose) + side


def length_words(seconds: float) -> str:
    """Say about how long something takes."""
    minutes = max(1, round(seconds / _MINUTE_S))
    return f"about {minutes} minute{'' if minutes == 1 else 's'}"


def needs_words(needs: tuple[str, ...]) -> str:
    """Say what has to be at hand; empty when nothing has."""
    return f"You need {' and '.join([', '.join(needs[:-1]), needs[-1]] if len(needs) > 1 else needs)}." if needs else ""


def _held(dose: Dose) -> str:
    return f"{_seconds(dose.hold_s)}, {_times(dose.repetitions)}"


def _repeated(dose: Dose) -> str:
    sets = "" if dose.sets == 1 else f", {_times(dose.sets)}"
    return f"{dose.repetitions} slow move{'' if dose.repetitions == 1 else 's'}{sets}"


def _lasting(dose: Dose) -> str:
    return _seconds(dose.hold_s) if dose.hold_s < _MINUTE_S else length_words(dose.hold_s)


def _seconds(seconds: float) -> str:
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"


def _times(count: int) -> str:
    return _TIMES.get(count, f"{count} times")
