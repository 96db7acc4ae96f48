"""The drawings of an exercise, each under the name of its pose, all that belong together in one scale."""

from quietlegs.library.exercise import Exercise, Step
from quietlegs.library.figure import figure


def picture(exercise: Exercise, name: str, *, still: bool = False) -> str:
    """Draw the pose of this name, or unless still the movement that leads to it, as large as its neighbours."""
    *before, pose = exercise.key_poses(name)
    steps = (exercise.steps, exercise.other_ways)
    rows = [names for names in map(_named, steps) if name in names] or [[name]]
    among = [one for key in rows[0] for one in exercise.key_poses(key)]
    return figure(pose, title=pose.caption or exercise.name, before=[] if still else before, among=among)


def _named(steps: tuple[Step, ...]) -> list[str]:
    return [step.pose for step in steps if step.pose]
