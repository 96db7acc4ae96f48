"""What the guide's page is given: cues, drawings, instructions, rules that stop a movement."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from quietlegs.cues.cue import Cue
from quietlegs.cues.wire import to_wire
from quietlegs.library.exercise import DoseKind, Exercise, Routine
from quietlegs.library.pictures import picture
from quietlegs.library.safety import StopRule
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.web.pages.guide.words import length_words, needs_words, script_words

HURT_RULE = "pain_above_3"


def page_words(library: Library, routine: Routine, cues: Sequence[Cue], may: Allowed) -> dict[str, Any]:
    """Return what the template shows for any routine, one movement alone included."""
    exercises = [library.exercises[slot.exercise] for slot in routine.slots]
    pictures = drawings(library, cues)
    return {
        "name": routine.name,
        "paper": reverse("paper:movement", args=[exercises[0].key]),
        "length": length_words(cues[-1].start_s),
        "needs": needs_words(exercises[0].needs) if len(exercises) == 1 else "",
        "exercises": [(one.name, needs_words(one.needs)) for one in exercises],
        "steps_pages": exercises,
        "stop_rules": stop_rules(library, exercises),
        "hurt_rule": next((rule for rule in library.safety.stop_rules if rule.key == HURT_RULE), None),
        "pictures": pictures,
        "end_picture": next((_still(library, cue) for cue in cues if cue.works and cue.pose), None),
        "may": may,
    }


def player_data(library: Library, cues: Sequence[Cue], may: Allowed, *, calm: bool) -> dict[str, Any]:
    """Return what the page's script needs, in JSON's own types."""
    keys = dict.fromkeys(cue.exercise for cue in cues)
    return {
        "cues": to_wire(cues),
        "movements": {key: _movement(library, library.exercises[key], may, calm=calm) for key in keys},
        "facts_url": reverse("api:store_facts"),
        "offer": None,
        "routine": None,
        "lot": None,
        "words": script_words(),
    }


def drawings(library: Library, cues: Iterable[Cue]) -> dict[str, SafeString]:
    """Draw each pose of the cues once, by the id that the page finds it with; one movement keeps one scale."""
    found: dict[str, SafeString] = {}
    for cue in cues:
        poses = library.exercises[cue.exercise].poses or {}
        if cue.pose in poses and _drawing(cue) not in found:
            # Drawn by this program from numbers; its texts are escaped by the drawing.
            found[_drawing(cue)] = SafeString(picture(library.exercises[cue.exercise], cue.pose))
    return found


def stop_rules(library: Library, exercises: Iterable[Exercise]) -> list[StopRule]:
    """Return the rules that stop any of these movements, in the order of the safety table."""
    wanted = {key for exercise in exercises for key in exercise.stop}
    return [rule for rule in library.safety.stop_rules if rule.key in wanted]


def _still(library: Library, cue: Cue) -> SafeString:
    return SafeString(picture(library.exercises[cue.exercise], cue.pose or "", still=True))


def _drawing(cue: Cue) -> str:
    return f"pose-{cue.exercise}-{cue.pose}"


def _movement(library: Library, exercise: Exercise, may: Allowed, *, calm: bool) -> dict[str, Any]:
    """Return its name, the last instruction for each drawing of a hold, and its seated form where there is another."""
    steps = (*exercise.other_ways, *exercise.steps) if exercise.dose_kind is DoseKind.HOLD else ()
    seated = library.exercises.get(exercise.seated or "")
    offered = seated is not None and seated.key != exercise.key and may.reason_against(seated) is None
    return {
        "name": exercise.name,
        "steps": {step.pose: step.show for step in steps if step.pose},
        "seated": {"name": seated.name, "url": _address(seated, calm=calm)} if seated and offered else None,
    }


def _address(exercise: Exercise, *, calm: bool) -> str:
    if calm:
        return f"{reverse('guide:calm')}?movement={exercise.key}"
    return reverse("guide:movement", args=[exercise.key])
