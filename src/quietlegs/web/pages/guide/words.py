"""The words of the guide: doses and lengths in plain language."""

from quietlegs.library.exercise import Dose, DoseKind, Exercise
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.lists import together
from quietlegs.words.numbers import number

_TIMES = {
    1: later("once"),
    2: later("twice"),
    3: later("three times"),
    4: later("four times"),
    5: later("five times"),
}
_MINUTE_S = 60


def dose_words(exercise: Exercise, level: int) -> str:
    """Say what one level of a movement asks for, such as "10 seconds, three times a side"."""
    dose = exercise.doses[level - 1]
    said = {DoseKind.HOLD: _held, DoseKind.REPEAT: _repeated, DoseKind.MINUTES: _lasting}
    told = said[exercise.dose_kind or DoseKind.MINUTES](dose)
    return _("{length} a side", length=told) if exercise.sides > 1 else told


def length_words(seconds: float) -> str:
    """Say about how long something takes."""
    minutes = max(1, round(seconds / _MINUTE_S))
    return ngettext("about {count} minute", "about {count} minutes", minutes)


def needs_words(needs: tuple[str, ...]) -> str:
    """Say what has to be at hand; empty when nothing has."""
    if not needs:
        return ""
    things = together([", ".join(needs[:-1]), needs[-1]]) if len(needs) > 1 else needs[0]
    return _("You need {things}.", things=things)


def _held(dose: Dose) -> str:
    return _("{length}, {times}", length=_seconds(dose.hold_s), times=_times(dose.repetitions))


def _repeated(dose: Dose) -> str:
    moves = ngettext("{count} slow move", "{count} slow moves", dose.repetitions)
    return moves if dose.sets == 1 else _("{length}, {times}", length=moves, times=_times(dose.sets))


def _lasting(dose: Dose) -> str:
    return _seconds(dose.hold_s) if dose.hold_s < _MINUTE_S else length_words(dose.hold_s)


def _seconds(seconds: float) -> str:
    return _("1 second") if seconds == 1 else _("{seconds} seconds", seconds=number(seconds))


def _times(count: int) -> str:
    return _(_TIMES[count]) if count in _TIMES else ngettext("{count} time", "{count} times", count)
