"""The routine made from slots: what each slot holds tonight, in the form that this person may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from quietlegs.library.exercise import Exercise, Position, Slot
from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.shelf import Library
from quietlegs.plan import ladder_rules as rules
from quietlegs.plan.allowed import Allowed, forms
from quietlegs.plan.ladder import Ladder
from quietlegs.words.catalogue import _, later
from quietlegs.words.lists import within_sentence

IN_TURN = ("quad", "figure_four", "hip_flexor")
_QUIET, _LEGS_UP = "breath_circles", "legs_up_wall"
_CORE = ("pump", "calf_straight", "quiet")
_MOST_REST = 4
_WHY = {
    "warm": later("Warms the legs up."),
    "pump": later("Moves the blood in the calves along."),
    "strengthen": later("Strength for the calves, and on some evenings for the thighs."),
    "calf_straight": later("The main stretch, for the large calf muscle."),
    "calf_bent": later("The same for the deep calf muscle below it."),
    "hamstring": later("The back of the thigh."),
    "in_turn": later("Front of the thigh, buttock and hip take turns."),
    "quiet": later("A quiet end, nothing to do."),
}


class Pace(IntEnum):
    """How far the first weeks have gone: all easy, level 2 one by one, 15 minutes, then the full routine."""

    FIRST_WEEK = 0
    SECOND_WEEK = 1
    SHORT = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What tonight's slots have to fit: the answers, sitting or not, the arms of a trial, and what a trial dropped.

    `moderate` says that bedtime is known, without which nothing moderate is asked for.
    """

    may: Allowed
    seated: bool
    arms: tuple[str, ...] = ()
    dropped: frozenset[str] = frozenset()
    moderate: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """Tonight's slots, those of them that count on a bad evening, and what had to stay out and why."""

    slots: tuple[Slot, ...]
    core: frozenset[str]
    left_out: tuple[str, ...]


def pace(evenings: int) -> Pace:
    """Return how far the first weeks have gone, by the evenings done: one week each, and then it stays.

    Examples
    --------
    >>> pace(6).name, pace(7).name, pace(30).name
    ('FIRST_WEEK', 'SECOND_WEEK', 'FULL')
    """
    return Pace(
        sum(evenings >= rules_from for rules_from in (rules.GENTLE_EVENINGS, rules.SHORT_FROM, rules.FULL_FROM))
    )


def lay(library: Library, ladder: Ladder, asked: Asked, tonight: date) -> Laid:
    """Fill the slots of an evening.

    Parameters
    ----------
    library : Library
    ladder : Ladder
        Levels, what is left out for a while, and what was done last.
    asked : Asked
    tonight : date
        Tells whether it is an evening of strength.
    """
    slots: list[Slot] = []
    core: set[str] = set()
    left_out: list[str] = []
    for name, wanted in _wanted(library, ladder, asked, tonight):
        found = _form(library, ladder, asked, library.exercises[wanted])
        if found is None:
            left_out += _told_out(library.exercises[wanted], ladder, asked)
        elif found.key not in {slot.exercise for slot in slots}:
            slots.append(Slot(found.key, ladder.level(found.key), _(_WHY[name])))
            core |= {found.key} if name in _CORE else set()
    return Laid(tuple(slots), frozenset(core), tuple(left_out))


def within_minutes(library: Library, ladder: Ladder, laid: Laid, *, keeps: frozenset[str]) -> Laid:
    """Keep an evening within 20 minutes, and let a quiet end of the right length bring it to 15.

    What is too much takes turns: the movements done last wait for another evening. The three of a bad evening and
    tonight's turns of trials always stay. `keeps` are those turns.
    """
    slots = _quiet_as(library, ladder, laid.slots, keeps, least=True)
    waiting: list[str] = []
    while _minutes(library, slots) > rules.MOST_MINUTES:
        optional = [slot for slot in slots if slot.exercise not in laid.core | keeps]
        if not optional:
            break
        out = max(optional, key=lambda slot: (ladder.last_done.get(slot.exercise, date.min), slot.level, slot.exercise))
        slots = tuple(slot for slot in slots if slot is not out)
        waiting.append(within_sentence(library.exercises[out.exercise].name))
    if _minutes(library, slots) > rules.MOST_MINUTES and any(rules.is_rest(key) for key in keeps):
        # A turn of rest is a quiet end enough.
        slots = tuple(slot for slot in slots if slot.exercise in keeps or not rules.is_rest(slot.exercise))
    told = [_("Not tonight, so that it stays within 20 minutes: {movement}.", movement=one) for one in waiting]
    return Laid(_quiet_as(library, ladder, slots, keeps, least=False), laid.core, (*laid.left_out, *told))


def lighter(library: Library, ladder: Ladder, asked: Asked, laid: Laid, late: frozenset[str]) -> Laid:
    """Put the seated form where a movement would end too near to bed."""
    slots: list[Slot] = []
    for slot in laid.slots:
        one = library.exercises[slot.exercise]
        form = _form(library, ladder, asked, library.exercises[one.seated or one.key]) if one.key in late else one
        if form is not None and form.key not in late and form.key not in {held.exercise for held in slots}:
            slots.append(slot if form is one else Slot(form.key, ladder.level(form.key), slot.why))
    core = frozenset(slot.exercise for slot in slots if slot.exercise in laid.core)
    told = [
        _("Without {movement}: it would end too near to bed.", movement=within_sentence(library.exercises[key].name))
        for key in sorted(late)
    ]
    return Laid(tuple(slots), core, (*laid.left_out, *told))


def _wanted(library: Library, ladder: Ladder, asked: Asked, tonight: date) -> Iterator[tuple[str, str]]:
    """Yield each slot's name and the movement that belongs there."""
    now = pace(ladder.evenings)
    yield "warm", "march_seated" if now is Pace.FIRST_WEEK else "march"
    yield "pump", "ankle_pumps"
    strong = now >= Pace.SHORT and rules.strength_due(tonight, ladder.strength_on)
    yield "strengthen", "heel_raise" if strong else "heel_raise_seated"
    if strong and asked.moderate:
        yield "strengthen", "sit_to_stand"
    yield "calf_straight", "calf_wall_straight"
    yield "calf_bent", "calf_wall_bent"
    yield "hamstring", "hamstring"
    turn = _in_turn(library, ladder, asked)
    if now is Pace.FULL and turn:
        yield "in_turn", turn
    # Slow breathing is what trials compare with: it must not be in both arms.
    yield "quiet", _LEGS_UP if now is Pace.FULL or asked.arms else _QUIET


def _in_turn(library: Library, ladder: Ladder, asked: Asked) -> str | None:
    """Return the one that was done longest ago of those that this person may do."""
    found = {key: _form(library, ladder, asked, library.exercises[key]) for key in IN_TURN}
    open_ = [key for key, one in found.items() if one is not None and key not in asked.dropped]
    last = {key: ladder.last_done.get(one.key, date.min) for key, one in found.items() if one}
    return min(open_, key=lambda key: (last[key], IN_TURN.index(key)), default=None)


def _form(library: Library, ladder: Ladder, asked: Asked, exercise: Exercise) -> Exercise | None:
    """Return the movement or the first of its seated forms that is wished, allowed, not resting and not on trial."""
    for one in forms(exercise, library):
        fits = not asked.seated or one.position is Position.SEATED
        free = one.key not in asked.arms and not ladder.is_out(one.key)
        # Answers may allow a standing form of a seated movement no more than the movement itself.
        if fits and free and asked.may.reason_against(one) is None:
            return one
    return None


def _told_out(exercise: Exercise, ladder: Ladder, asked: Asked) -> Iterator[str]:
    """Say why a slot stays empty; what a trial or the ladder leaves out is told by them."""
    if exercise.key in asked.arms or ladder.is_out(exercise.key):
        return
    because = asked.may.reason_against(exercise) or _("it has no seated form.")
    yield _("Without {movement}: {because}", movement=within_sentence(exercise.name), because=because)


def _quiet_as(
    library: Library, ladder: Ladder, slots: tuple[Slot, ...], keeps: frozenset[str], *, least: bool
) -> tuple[Slot, ...]:
    """Give the quiet end its length: short at first, later what brings the whole to 15 minutes."""
    if not slots or not rules.is_rest(slots[-1].exercise) or slots[-1].exercise in keeps:
        return slots
    quiet, now = slots[-1], pace(ladder.evenings)
    most = min(ladder.terms.ceiling, _MOST_REST)
    levels = range(1, most + 1)
    if now < Pace.SHORT:
        level = min(int(now) + 1, most)
    else:
        tried = ((*slots[:-1], Slot(quiet.exercise, level, quiet.why)) for level in levels)
        enough = [
            level for level, one in zip(levels, tried, strict=True) if _minutes(library, one) >= rules.LEAST_MINUTES
        ]
        level = 1 if least else min(enough, default=most)
    return (*slots[:-1], Slot(quiet.exercise, level, quiet.why))


def _minutes(library: Library, slots: tuple[Slot, ...]) -> float:
    return sum(exercise_seconds(library.exercises[slot.exercise], slot.level) for slot in slots) / 60
