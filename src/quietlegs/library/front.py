"""A pose seen from the front and a little above: its joints leave the plane of the side view.

A place in space is what the side view knows of it, forwards and upwards, and how far it lies out to its own side.
"""

from cmath import exp
from dataclasses import replace
from math import cos, radians, sin

from quietlegs.library.pose import ArmAngles, Arrow, LegAngles, Pose
from quietlegs.library.skeleton import HAND, SEAT_DEPTH, THIGH, Arm, Leg, Point, Skeleton, joints

HIP_HALF, SHOULDER_HALF, SEAT_HALF = 0.062, 0.1, 0.15
_FROM_ABOVE = radians(28.0)
_SIDEWAYS = -0.13
_IN_FRONT, _FOR_ARROWS = 0.1, 0.34


def seen(place: Point, across: float) -> Point:
    """Put a place (forwards and upwards) into the picture, so far to the right of its middle."""
    return complex(across, place.imag * cos(_FROM_ABOVE) - place.real * sin(_FROM_ABOVE))


def front_joints(pose: Pose) -> Skeleton:
    """Turn the joints of the side view; the working side is on the right of the picture."""
    body = joints(pose, hip_x=0.0)
    working = _leg(body.working, pose.working, 1)
    other = _leg(body.other, pose.other or pose.working, -1)
    arms = [
        _arm(pose, arm, angles, side)
        for arm, angles, side in (
            (body.near_arm, pose.arm, 1),
            (body.far_arm, pose.other_arm or pose.arm, -1),
        )
    ]
    if pose.wall and pose.wall_gap:
        arms[1] = _to_wall(arms[1], pose.wall_gap)
    return replace(
        body,
        hip=seen(body.hip, 0),
        shoulder=seen(body.shoulder, 0),
        head=seen(body.head, 0),
        working=working,
        other=other,
        near_arm=arms[0],
        far_arm=arms[1],
        wall_x=-pose.wall_gap if pose.wall and pose.wall_gap else None,
    )


def floor_of(pose: Pose) -> float:
    """Return how low in the picture the floor is drawn: before the toes that are nearest."""
    body = joints(pose, hip_x=0.0)
    nearest = max(leg.toe.real for leg in (body.working, body.other))
    room = _FOR_ARROWS if pose.arrow is Arrow.TOES else _IN_FRONT
    return seen(complex(nearest + room, 0), 0).imag


def seat_corners(pose: Pose) -> list[Point]:
    """Return the seat as it is seen: front right, front left, back left, back right.

    Whoever sits sideways has the working leg beside it.
    """
    seat = joints(pose, hip_x=0.0).seat or 0j
    aside = _SIDEWAYS if pose.sideways else 0.0
    return [
        seen(seat - back, aside + side * SEAT_HALF)
        for back, side in ((0, 1), (0, -1), (SEAT_DEPTH, -1), (SEAT_DEPTH, 1))
    ]


def _leg(leg: Leg, angles: LegAngles, side: int) -> Leg:
    thigh, shank = (leg.knee - leg.hip) / THIGH, leg.ankle - leg.knee
    shank /= abs(shank)

    def rolled(place: Point, across: float = 0.0) -> Point:
        along = (place - leg.hip) / thigh
        ahead, across = _turned(along.imag, across, angles.roll)
        down, across = _turned(along.real, across, angles.out)
        return seen(leg.hip + complex(down, ahead) * thigh, side * (HIP_HALF + across))

    def of_foot(place: Point) -> Point:
        along = (place - leg.ankle) / shank
        ahead, across = _turned(along.imag, 0.0, angles.turn)
        return rolled(leg.ankle + complex(along.real, ahead) * shank, across)

    return Leg(
        hip=rolled(leg.hip),
        knee=rolled(leg.knee),
        ankle=rolled(leg.ankle),
        heel=of_foot(leg.heel),
        ball=of_foot(leg.ball),
        toe=of_foot(leg.toe),
    )


def _turned(straight: float, across: float, degrees: float) -> tuple[float, float]:
    """Turn a pair of lengths, straight on and across, towards the outside."""
    turned = complex(straight, across) * exp(1j * radians(degrees))
    return turned.real, turned.imag


def _arm(pose: Pose, arm: Arm, angles: ArmAngles | None, side: int) -> Arm:
    """Hold the arms a little wider than the shoulders, the hands of one who sits above the thighs."""
    out = angles.out if angles else 6.0
    wrist = HIP_HALF + 0.03 if pose.chair and not angles else SHOULDER_HALF + 0.012
    across = [0.0, 0.03, wrist - SHOULDER_HALF, wrist - SHOULDER_HALF]
    if angles:
        across = [0.0, 0.0, 0.0, 0.0]
    places = []
    for place, beside in zip((arm.shoulder, arm.elbow, arm.wrist, arm.fingers), across, strict=True):
        down, aside = _turned(-(place - arm.shoulder).imag, beside, out if angles else 0.0)
        at = complex(place.real, arm.shoulder.imag - down)
        places.append(seen(at, side * (SHOULDER_HALF + aside)))
    return Arm(*places)


def _to_wall(arm: Arm, gap: float) -> Arm:
    """Lay the hand flat on a wall to the left, a little below the shoulder."""
    wrist = complex(-gap + 0.02, arm.shoulder.imag - 0.06)
    return Arm(arm.shoulder, (arm.shoulder + wrist) / 2 - 0.03j, wrist, wrist + 1j * HAND)
