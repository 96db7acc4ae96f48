"""What stands on paper of a movement: its dose in words, its steps, and drawings that stand still."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from quietlegs.library.exercise import DoseKind, Exercise, Routine, Slot
from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.pictures import picture
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed, fitting
from quietlegs.web.pages.library.words import dose_told
from quietlegs.words.catalogue import _
from quietlegs.words.numbers import number

_IN_A_ROW = 2
_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class PrintedStep:
    """An instruction; its drawing is empty where there is none, or where the step before has the same one."""

    words: str
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class Printed:
    """One movement; `dose` is empty without a level, `drawings` are the few that tell it from others."""

    exercise: Exercise
    dose: str
    steps: tuple[PrintedStep, ...]
    drawings: tuple[SafeString, ...]


def printed(library: Library, key: str, level: int | None) -> Printed:
    """Gather what is printed of a movement, at one of its levels or at none."""
    one = library.exercises[key]
    poses = list(dict.fromkeys(step.pose for step in one.steps if step.pose))
    worked = [pose for pose in poses if one.poses and one.poses[pose].accent]
    told = [*poses[:1], *[pose for pose in (worked or poses) if pose != poses[0]][-1:]]
    return Printed(
        exercise=one,
        dose=dose_told(one, level) if level else "",
        steps=tuple(_steps(one)),
        drawings=tuple(_drawing(one, pose) for pose in told[:_IN_A_ROW]),
    )


def of_tonight(library: Library, slot: Slot) -> Printed:
    """Gather what is printed of a movement of tonight: its level, and its minutes where holds or moves are counted."""
    one = printed(library, slot.exercise, slot.level)
    if one.exercise.dose_kind is DoseKind.MINUTES:
        return replace(one, dose=_("level {level}: {dose}", level=slot.level, dose=one.dose))
    minutes = number(max(0.5, round(2 * exercise_seconds(one.exercise, slot.level) / _MINUTE_S) / 2))
    return replace(
        one, dose=_("level {level}, {minutes} min: {dose}", level=slot.level, minutes=minutes, dose=one.dose)
    )


def for_person(library: Library, routine: Routine, may: Allowed) -> Routine | None:
    """Put the seated form where a movement is not for this person, and leave out what has none; None: all of it."""
    found = [(slot, fitting(library.exercises[slot.exercise], may, library, seated=False)) for slot in routine.slots]
    slots = tuple(replace(slot, exercise=one.key) for slot, one in found if one)
    return replace(routine, slots=slots) if slots else None


def _steps(one: Exercise) -> Iterable[PrintedStep]:
    before = None
    for step in one.steps:
        same = step.pose is None or step.pose == before
        yield PrintedStep(step.show, SafeString("") if same else _drawing(one, step.pose or ""))
        before = step.pose


def _drawing(one: Exercise, pose: str) -> SafeString:
    return SafeString(picture(one, pose, still=True))
