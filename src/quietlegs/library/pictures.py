"""The drawings of an exercise, each under the name of its pose, all that belong together in one scale."""

from functools import lru_cache

from quietlegs.library.exercise import Exercise, Step
from quietlegs.library.figure import figure
from quietlegs.library.pose import Pose

# All drawings in two languages; a phone asks for every one of them at once.
_REMEMBERED = 512


def picture(exercise: Exercise, name: str, *, still: bool = False) -> str:
    """Draw the pose of this name, or unless still the movement that leads to it, as large as its neighbours."""
    *before, pose = exercise.key_poses(name)
    steps = (exercise.steps, exercise.other_ways)
    rows = [names for names in map(_named, steps) if name in names] or [[name]]
    among = [one for key in rows[0] for one in exercise.key_poses(key)]
    return _drawn(pose, pose.caption or exercise.name, () if still else tuple(before), tuple(among))


@lru_cache(_REMEMBERED)
def _drawn(pose: Pose, title: str, before: tuple[Pose, ...], among: tuple[Pose, ...]) -> str:
    return figure(pose, title=title, before=before, among=among)


def _named(steps: tuple[Step, ...]) -> list[str]:
    return [step.pose for step in steps if step.pose]
