"""The words of the cues: short to show, easy to speak."""

from quietlegs.cues.cue import Side
from quietlegs.library.exercise import Dose, DoseKind, Exercise
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.numbers import number

HALF_WAY = later("Half way.")
LAST_MINUTE = later("About a minute left.")
STAY = later("Stay, quiet breaths")
SAY_STAY = later("Stay. Quiet breaths.")
READY = later("Get ready")
BREATHE_IN = later("Breathe in by the nose")
SAY_BREATHE_IN = later("Breathe in through the nose.")
BREATHE_OUT = later("Breathe out by the mouth")
SAY_BREATHE_OUT = later("Breathe out through the mouth.")
SAY_BREATHE_OUT_HOLD = later("Breathe out through the mouth, into the stretch.")
KEEP_ON = later("Calm and easy, breathe freely")
SAY_KEEP_ON = later("Begin. Calm and easy, breathe freely.")
SWITCH = later("Change legs")
DONE = later("Done")
SAY_DONE = later("That is all for now.")

_WORD_S = 0.45
_START = {
    Side.LEFT: later("Start with the left leg."),
    Side.RIGHT: later("Start with the right leg."),
}
_SWITCH = {
    Side.LEFT: later("Change legs. Now the left leg."),
    Side.RIGHT: later("Change legs. Now the right leg."),
}
_REST = {
    Side.LEFT: later("Rest. Then the left leg."),
    Side.RIGHT: later("Rest. Then the right leg."),
}


def sentence(text: str) -> str:
    """Return the text with a capital first letter and a full stop."""
    text = text.strip()
    return text if not text else text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def together(*texts: str) -> str:
    """Join what is to be said, leaving out silence."""
    return " ".join(text for text in texts if text)


def show_prepare(exercise: Exercise) -> str:
    """Name the movement and what it needs."""
    if not exercise.needs:
        return exercise.name
    return _("{movement} - you need {things}", movement=exercise.name, things=_listed(exercise.needs))


def say_prepare(exercise: Exercise, dose: Dose, side: Side, *, within_s: float) -> str:
    """Name the movement; the side it starts with, what is special and what it needs, as far as time allows."""
    start = _start(side)
    needs = _("You need {things}.", things=_listed(exercise.needs)) if exercise.needs else ""
    note = sentence(dose.note or "")
    ways = [(needs, note, start), (note, start), (start,), ()]
    said = [together(sentence(exercise.name), *more) for more in ways]
    return next((text for text in said if speaking_seconds(text) <= within_s), said[-1])


def say_ready(side: Side) -> str:
    """Say that it begins, after the steps were shown."""
    return together(_("Get ready."), _start(side))


def speaking_seconds(text: str) -> float:
    """Return how long a text takes to be spoken calmly."""
    return _WORD_S * len(text.split())


def say_switch(side: Side) -> str:
    """Name the side that comes next."""
    return _(_SWITCH[side])


def show_rest(done: int, of: int) -> str:
    """Tell how far the movement is, while resting after `done` of `of` rounds."""
    return _("Rest, then {next} of {of}", next=done + 1, of=of)


def say_rest(side: Side, *, side_changes: bool) -> str:
    """Say rest, and which leg follows when it is the other one."""
    return _(_REST[side]) if side_changes else _("Rest.")


def show_set(dose: Dose) -> str:
    """Tell how many repetitions at which beat; a note that begins with a number is the count itself."""
    if dose.note and dose.note[0].isdigit():
        return dose.note
    return f"{_pace(dose)} - {dose.note}" if dose.note else _pace(dose)


def say_set(dose: Dose) -> str:
    """Say how many repetitions at which beat."""
    count = dose.note if dose.note and dose.note[0].isdigit() else _pace(dose)
    return together(sentence(count), _("Slow and even."))


def show_work(kind: DoseKind, dose: Dose) -> str:
    """Tell what to do while time runs, where no breath is paced."""
    if dose.note:
        return sentence(dose.note)
    return _(STAY) if kind is DoseKind.HOLD else _(KEEP_ON)


def say_work(kind: DoseKind) -> str:
    """Say what to do as work begins, where no breath is paced."""
    return _(SAY_STAY) if kind is DoseKind.HOLD else _(SAY_KEEP_ON)


def _start(side: Side) -> str:
    return "" if side is Side.BOTH else _(_START[side])


def _pace(dose: Dose) -> str:
    seconds = number(dose.hold_s)
    return ngettext(
        "once, {seconds} seconds each", "{count} times, {seconds} seconds each", dose.repetitions, seconds=seconds
    )


def _listed(things: tuple[str, ...]) -> str:
    plain = [thing.rstrip(".") for thing in things]
    # Translators: a list such as "a wall, a chair, and a towel"; {things} is "a wall, a chair"
    return plain[0] if len(plain) == 1 else _("{things}, and {last}", things=", ".join(plain[:-1]), last=plain[-1])
