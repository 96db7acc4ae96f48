"""Whether the library's files agree with one another: every name they use exists, every promise holds."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from quietlegs.library.evidence import Tag, Verdict
from quietlegs.library.exercise import Exercise, Routine
from quietlegs.library.minutes import routine_seconds
from quietlegs.library.pose import Pose
from quietlegs.library.shelf import Library

Names = dict[str, set[str]]

EVERYTHING = "all"


def disagreements(library: Library, names: Names, *, safety_read: bool) -> list[str]:
    """List what the files say of one another that is not so.

    `names` holds the names of all files, also of those that could not be read: one wrong file is not reported again by
    every file that refers to it.
    """
    problems: list[str] = []
    for exercise in library.exercises.values():
        problems += _exercise(exercise, names)
        problems += _safety_keys(exercise, library) if safety_read else []
    for routine in library.routines.values():
        problems += _routine(routine, library, names)
    problems += _cited(library, names)
    problems += _signs(library, names)
    problems += _unread_sources(library)
    return problems


def _unknown(place: str, wanted: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for key in wanted:
        if key not in known:
            yield f"{place} is {key!r}; allowed: {', '.join(sorted(known)) or 'none'}"


def _exercise(exercise: Exercise, names: Names) -> Iterator[str]:
    file = f"exercises/{exercise.key}.toml"
    yield from _unknown(f"{file}: evidence.source", [one.source for one in exercise.evidence], names["sources"])
    yield from _unknown(f"{file}: seated", [exercise.seated] if exercise.seated else [], names["exercises"])
    for field, steps in (("steps", exercise.steps), ("other_ways", exercise.other_ways)):
        for index, step in enumerate(steps):
            poses = [step.pose] if step.pose else []
            yield from _unknown(f"{file}: {field}[{index}].pose", poses, exercise.poses or {})
    for index, dose in enumerate(exercise.doses):
        own = [dose.pose] if dose.pose else []
        yield from _unknown(f"{file}: doses[{index}].pose", own, exercise.poses or {})
    for name, pose in (exercise.poses or {}).items():
        yield from _movement(f"{file}: poses.{name}.after", name, pose, exercise.poses or {})


def _movement(place: str, name: str, pose: Pose, poses: Mapping[str, Pose]) -> Iterator[str]:
    """Say where a movement leads through poses that are not there, that are seen from elsewhere, or nowhere."""
    yield from _unknown(place, pose.after, poses)
    if pose.after[-1:] == (name,):
        yield f"{place} is {name!r}; allowed: another pose than the one it leads to"
    views = {poses[key].view for key in pose.after if key in poses}
    if views - {pose.view}:
        yield f"{place} is {', '.join(pose.after)}; allowed: poses with the view {pose.view}"


def _safety_keys(exercise: Exercise, library: Library) -> Iterator[str]:
    file = f"exercises/{exercise.key}.toml"
    rules = [rule.key for rule in library.safety.stop_rules]
    yield from _unknown(f"{file}: stop", exercise.stop, rules)
    yield from _unknown(f"{file}: ask_first", exercise.ask_first, library.safety.ask_first)


def _routine(routine: Routine, library: Library, names: Names) -> Iterator[str]:
    file = f"routines/{routine.key}.toml"
    wanted = [slot.exercise for slot in routine.slots]
    yield from _unknown(f"{file}: slots.exercise", wanted, names["exercises"])
    measures = [key for key in wanted if key in library.exercises and library.exercises[key].is_test]
    yield from (f"{file}: slots.exercise is {key!r}; allowed: a movement, not a measure" for key in measures)
    if routine.from_min is None or routine.to_min is None:
        yield f"{file}: from_min or to_min is missing; allowed: the minutes that the routine promises"
    elif not measures and all(key in library.exercises for key in wanted):
        minutes = routine_seconds(library, routine) / 60
        if not routine.from_min <= minutes <= routine.to_min:
            yield f"{file}: slots take {minutes:.1f} min; allowed: {routine.from_min:g} to {routine.to_min:g} min"


def _citations(library: Library) -> Iterator[tuple[str, Iterable[str]]]:
    """Give every place that cites sources directly to a person, or through evidence."""
    for habit in library.habits.values():
        yield f"habits/{habit.key}.toml: evidence.source", [one.source for one in habit.evidence]
    for claim in library.claims.values():
        yield f"claims/{claim.key}.toml: sources", claim.sources
    for topic in library.topics.values():
        for index, part in enumerate(topic.parts):
            yield f"topics/{topic.key}.toml: parts[{index}].sources", part.sources
    for sign in library.safety.signs:
        yield f"safety.toml: signs[{sign.key}].sources", sign.sources


def _cited(library: Library, names: Names) -> Iterator[str]:
    for place, sources in _citations(library):
        yield from _unknown(place, sources, names["sources"])


def _signs(library: Library, names: Names) -> Iterator[str]:
    for sign in library.safety.signs:
        yield from _unknown(f"safety.toml: signs[{sign.key}].blocks", sign.blocks, {*names["exercises"], EVERYTHING})
    for field, given in (("signs", library.safety.signs), ("stop_rules", library.safety.stop_rules)):
        repeated = [key for key, times in Counter(one.key for one in given).items() if times > 1]
        yield from (f"safety.toml: {field}.key is {key!r} again; allowed: each key once" for key in repeated)


def _unread_sources(library: Library) -> Iterator[str]:
    """Pages of text and safety signs speak to a person directly, so each source of theirs was read itself."""
    for place, sources in _citations(library):
        if place.startswith(("topics/", "safety.toml")):
            unread = [key for key in sources if key in library.sources and not library.shown_sources([key])]
            yield from (f"{place} is {key!r}; allowed: sources tagged {Tag.VERIFIED}" for key in unread)
    for claim in library.claims.values():
        known = [key for key in claim.sources if key in library.sources]
        bare = len(known) == len(claim.sources) and not library.shown_sources(known)
        if bare and claim.verdict is not Verdict.UNSUPPORTED:
            yield f"claims/{claim.key}.toml: sources is {known}; allowed: at least one tagged {Tag.VERIFIED}"
