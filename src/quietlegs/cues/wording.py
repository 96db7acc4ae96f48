"""The words of the cues: short to show, easy to speak."""

from quietlegs.cues.cue import Side
from quietlegs.library.exercise import Dose, DoseKind, Exercise

HALF_WAY = "Half way."
LAST_MINUTE = "About a minute left."
STAY = "Stay, quiet breaths"
SAY_STAY = "Stay. Quiet breaths."
READY = "Get ready"
BREATHE_IN = "Breathe in by the nose"
SAY_BREATHE_IN = "Breathe in through the nose."
BREATHE_OUT = "Breathe out by the mouth"
SAY_BREATHE_OUT = "Breathe out through the mouth."
SAY_BREATHE_OUT_HOLD = "Breathe out through the mouth, into the stretch."
KEEP_ON = "Calm and easy, breathe freely"
SAY_KEEP_ON = "Begin. Calm and easy, breathe freely."
SWITCH = "Change legs"
DONE = "Done"
SAY_DONE = "That is all for now."

_WORD_S = 0.45
_LEG = {Side.LEFT: "the left leg", Side.RIGHT: "the right leg"}


def sentence(text: str) -> str:
    """Return the text with a capital first letter and a full stop."""
    text = text.strip()
    return text if not text else text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def together(*texts: str) -> str:
    """Join what is to be said, leaving out silence."""
    return " ".join(text for text in texts if text)


def show_prepare(exercise: Exercise) -> str:
    """Name the movement and what it needs."""
    return f"{exercise.name} - you need {_listed(exercise.needs)}" if exercise.needs else exercise.name


def say_prepare(exercise: Exercise, dose: Dose, side: Side, *, within_s: float) -> str:
    """Name the movement; the side it starts with, what is special and what it needs, as far as time allows."""
    start = _start(side)
    needs = f"You need {_listed(exercise.needs)}." if exercise.needs else ""
    note = sentence(dose.note or "")
    ways = [(needs, note, start), (note, start), (start,), ()]
    said = [together(sentence(exercise.name), *more) for more in ways]
    return next((text for text in said if speaking_seconds(text) <= within_s), said[-1])


def say_ready(side: Side) -> str:
    """Say that it begins, after the steps were shown."""
    return together("Get ready.", _start(side))


def speaking_seconds(text: str) -> float:
    """Return how long a text takes to be spoken calmly."""
    return _WORD_S * len(text.split())


def say_switch(side: Side) -> str:
    """Name the side that comes next."""
    return f"Change legs. Now {_LEG[side]}."


def show_rest(done: int, of: int) -> str:
    """Tell how far the movement is, while resting after `done` of `of` rounds."""
    return f"Rest, then {done + 1} of {of}"


def say_rest(side: Side, *, side_changes: bool) -> str:
    """Say rest, and which leg follows when it is the other one."""
    return f"Rest. Then {_LEG[side]}." if side_changes else "Rest."


def show_set(dose: Dose) -> str:
    """Tell how many repetitions at which beat; a note that begins with a number is the count itself."""
    if dose.note and dose.note[0].isdigit():
        return dose.note
    return f"{_pace(dose)} - {dose.note}" if dose.note else _pace(dose)


def say_set(dose: Dose) -> str:
    """Say how many repetitions at which beat."""
    count = dose.note if dose.note and dose.note[0].isdigit() else _pace(dose)
    return f"{sentence(count)} Slow and even."


def show_work(kind: DoseKind, dose: Dose) -> str:
    """Tell what to do while time runs, where no breath is paced."""
    if dose.note:
        return sentence(dose.note)
    return STAY if kind is DoseKind.HOLD else KEEP_ON


def say_work(kind: DoseKind) -> str:
    """Say what to do as work begins, where no breath is paced."""
    return SAY_STAY if kind is DoseKind.HOLD else SAY_KEEP_ON


def _start(side: Side) -> str:
    return "" if side is Side.BOTH else f"Start with {_LEG[side]}."


def _pace(dose: Dose) -> str:
    times = "once" if dose.repetitions == 1 else f"{dose.repetitions} times"
    return f"{times}, {dose.hold_s:g} seconds each"


def _listed(things: tuple[str, ...]) -> str:
    plain = [thing.rstrip(".") for thing in things]
    return plain[0] if len(plain) == 1 else f"{', '.join(plain[:-1])}, and {plain[-1]}"
