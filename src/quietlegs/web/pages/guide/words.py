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


def script_words() -> dict[str, str]:
    """Return what the page's script says; it has no words of its own."""
    return {
        "breathe_in": _("In through the nose"),
        "breathe_out": _("Out through the mouth"),
        "left": _("LEFT leg"),
        "right": _("RIGHT leg"),
        "other": _("Other leg"),
        "count": _("{count} of {all}"),
        "movement": _("Movement"),
        "leg": _("Leg"),
        "pause": _("Pause"),
        "go_on": _("Go on"),
        "nearly": _("About 20 seconds left."),
        "paused": _("Paused."),
        "going_on": _("Going on."),
        "later": _("And now? How bad is it?"),
        "thanks": _("Thank you."),
        "written": _("Thank you. It is written down."),
        "writing": _("Writing it down ..."),
        "waits": _("Not in the diary yet - trying again. It is saved on this phone."),
        "waits_here": _("Not in the diary yet - trying again. Keep this page open."),
        "refused": _("This could not be written down: {why}."),
    }
