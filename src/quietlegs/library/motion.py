"""From key poses to frames: the angles in between, so that no limb changes its length and no standing foot slides."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil

from quietlegs.library.pose import ArmAngles, LegAngles, Pose, View, Way
from quietlegs.library.skeleton import ON_FLOOR, SEAT_HIP, Leg, Skeleton, joints

FRAME_COUNTS = (4, 6, 8)
ROUND_FRAMES = 12
_STEP_DEG = 9.0
_SEATED = 0.02

Frame = tuple[Pose, Skeleton]


def frames(keys: Sequence[Pose]) -> list[Frame]:
    """Return the poses of a movement with their joints, the pose that it leads to last; one frame for a single pose.

    There and back is drawn one way only: the page plays it backwards. A round starts just after its last pose.
    """
    end = keys[-1]
    if len(keys) == 1:
        return [(end, joints(end))]
    path = [end, *keys] if end.way is Way.ROUND else list(keys)
    return [_placed(path, place, end) for place in _places(path)]


def _places(path: Sequence[Pose]) -> list[float]:
    """Spread the frames evenly over the degrees that the movement covers; 1.5 is half-way from key pose 1 to 2."""
    ways = [_furthest_deg(a, b) for a, b in pairwise(path)]
    total = sum(ways)
    is_round = path[0] is path[-1]
    wanted = ceil(total / _STEP_DEG) + 1
    count = ROUND_FRAMES if is_round else next((n for n in FRAME_COUNTS if n >= wanted), FRAME_COUNTS[-1])
    first, gaps = (1, count) if is_round else (0, count - 1)
    return [_place(ways, total * k / gaps) for k in range(first, first + count)]


def _place(ways: Sequence[float], gone: float) -> float:
    for index, way in enumerate(ways):
        if gone <= way + 1e-9:
            return index + (gone / way if way else 1.0)
        gone -= way
    return float(len(ways))


def _placed(path: Sequence[Pose], place: float, end: Pose) -> Frame:
    index = min(int(place), len(path) - 2)
    first, second, part = path[index], path[index + 1], place - index
    pose = between(first, second, part, end)
    start, finish, body = joints(first), joints(second), joints(pose)
    seat = joints(path[0]).seat
    if pose.view is View.FRONT:
        return pose, body
    if end.way is Way.ROUND:
        return pose, replace(joints(pose, hip_x=joints(end).hip.real), seat=seat)
    stool = joints(end).stool
    hip_x = start.hip.real + part * (finish.hip.real - start.hip.real)
    if pose.chair and max(start.hip.imag, finish.hip.imag) < SEAT_HIP + _SEATED:
        hip_x = joints(path[0]).hip.real
        stool = joints(end, hip_x=hip_x).stool
    for at_start, at_end, now in _standing(start, finish, body, pose):
        hip_x = at_start.ball.real + part * (at_end.ball.real - at_start.ball.real) - now.ball.real + body.hip.real
    return pose, replace(joints(pose, hip_x=hip_x), seat=seat, stool=stool)


def _standing(start: Skeleton, finish: Skeleton, body: Skeleton, pose: Pose) -> Iterator[tuple[Leg, Leg, Leg]]:
    """Give the stillest foot that stands from one pose to the other; nobody who sits or lies has one."""
    if pose.chair and max(start.hip.imag, finish.hip.imag) < SEAT_HIP + _SEATED:
        return
    legs = [(start.working, finish.working, body.working), (start.other, finish.other, body.other)]
    down = [one for one in legs if max(one[0].ball.imag, one[1].ball.imag) < ON_FLOOR]
    yield from sorted(down, key=lambda one: abs(one[0].ball - one[1].ball))[:1]


def between(first: Pose, second: Pose, part: float, end: Pose) -> Pose:
    """Mix two poses angle by angle; what is no angle, such as the accent, is that of the pose they lead to."""

    def mixed(a: float, b: float) -> float:
        return a + part * (b - a)

    def leg(a: LegAngles, b: LegAngles) -> LegAngles:
        return LegAngles(*(mixed(*pair) for pair in zip(_angles(a), _angles(b), strict=True)))

    def arm(a: ArmAngles | None, b: ArmAngles | None) -> ArmAngles | None:
        if a is None or b is None:
            return b if part > _HALF else a
        return ArmAngles(mixed(a.shoulder, b.shoulder), mixed(a.elbow, b.elbow), mixed(a.out, b.out))

    def number(a: float | None, b: float | None) -> float | None:
        return b if a is None or b is None else mixed(a, b)

    return replace(
        end,
        lean=mixed(first.lean, second.lean),
        working=leg(first.working, second.working),
        other=leg(first.other or first.working, second.other or second.working),
        arm=arm(first.arm, second.arm),
        other_arm=arm(first.other_arm or first.arm, second.other_arm or second.arm),
        hands_at=number(first.hands_at, second.hands_at),
        wall_gap=number(first.wall_gap, second.wall_gap),
    )


_HALF = 0.5


def _angles(leg: LegAngles) -> tuple[float, ...]:
    return leg.ankle, leg.knee, leg.hip, leg.foot, leg.out, leg.roll, leg.turn


def _furthest_deg(first: Pose, second: Pose) -> float:
    """Return by how much the joint turns that turns most."""
    legs = [(first.working, second.working), (first.other or first.working, second.other or second.working)]
    turns = [abs(a - b) for one, two in legs for a, b in zip(_angles(one), _angles(two), strict=True)]
    hands = 60 * abs((first.hands_at or 0) - (second.hands_at or 0))
    return max(*turns, abs(first.lean - second.lean), hands, 1.0)
