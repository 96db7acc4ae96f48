"""Joints from angles: where each joint of a pose lies, seen from the side, in body heights above the floor.

A point is a complex number: the real part grows forwards (to the right), the imaginary part upwards, the floor is 0.
"""

from cmath import exp
from dataclasses import dataclass
from math import acos, cos, radians, sin

from quietlegs.library.pose import LegAngles, Pose

Point = complex

SHIN, THIGH, TRUNK = 0.246, 0.245, 0.29
UPPER_ARM, FOREARM, HAND = 0.18, 0.155, 0.065
HEEL, BALL, TOES = complex(-0.046, -0.04), complex(0.062, -0.04), 0.042
HEAD_CENTRE, HEAD_RADIUS = 0.109, 0.071
SEAT_HIP, SEAT_DROP, SEAT_DEPTH = 0.29, 0.05, 0.22
COUNTER_TOP, TABLE_TOP = 0.56, 0.42
WALL_GAP, COUNTER_GAP = 0.3, 0.2
PALM = 0.016
STOOL_BOARD = 0.014
_BODY_DEPTH = {"knee": 0.033, "hip": 0.06, "shoulder": 0.055, "head": HEAD_RADIUS}
ON_FLOOR = 0.03
_TOES_BEND_DEG = 45.0
_LYING_DEG = -45.0


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg from the hip down; heel and toe are points of the sole."""

    hip: Point
    knee: Point
    ankle: Point
    heel: Point
    ball: Point
    toe: Point


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm from the shoulder down."""

    shoulder: Point
    elbow: Point
    wrist: Point
    fingers: Point


@dataclass(frozen=True, slots=True)
class Skeleton:
    """All joints of a pose; the places of wall or counter, seat (its front edge), stool (its middle): None without."""

    hip: Point
    shoulder: Point
    head: Point
    working: Leg
    other: Leg
    near_arm: Arm
    far_arm: Arm
    wall_x: float | None
    seat: Point | None
    stool: Point | None


def leaning(lean_deg: float) -> Point:
    """One body height upwards, leaning forward by so many degrees."""
    return complex(sin(radians(lean_deg)), cos(radians(lean_deg)))


def joints(pose: Pose, *, hip_x: float | None = None) -> Skeleton:
    """Place a pose on the floor or its chair; without `hip_x` the standing foot, or the hip, is at its usual spot."""
    legs = _legs(pose, 0j)
    trunk = TRUNK * leaning(pose.lean)
    head = (TRUNK + HEAD_CENTRE) * leaning(pose.lean)
    deepest = min(_lowest(leg) for leg in legs)
    deepest = min(deepest, trunk.imag - _BODY_DEPTH["shoulder"], head.imag - _BODY_DEPTH["head"])
    height = max(-deepest, SEAT_HIP if pose.chair else 0.0)
    if hip_x is None:
        balls = [leg.ball.real for leg in legs if leg.ball.imag + height < ON_FLOOR]
        hip_x = (BALL.real - max(balls) if balls else 0.0) - _gap(pose)
    hip = complex(hip_x, height)
    working, other = _legs(pose, hip)
    near, far = _arms(pose, hip + trunk, working)
    return Skeleton(
        hip=hip,
        shoulder=hip + trunk,
        head=hip + head,
        working=working,
        other=other,
        near_arm=near,
        far_arm=far,
        wall_x=0.0 if pose.wall or pose.counter else None,
        seat=_seat(pose, hip, (working, other)) if pose.chair else None,
        stool=_stool(pose, working) if pose.stool else None,
    )


def _gap(pose: Pose) -> float:
    if not (pose.wall or pose.counter):
        return 0.0
    return pose.wall_gap or (WALL_GAP if pose.wall else COUNTER_GAP)


def _seat(pose: Pose, hip: Point, legs: tuple[Leg, Leg]) -> Point:
    """Sit deep when both thighs are level, near the edge when one points down; a chair left stands behind the heels."""
    on_both_feet = all(max(leg.heel.imag, leg.ball.imag) < ON_FLOOR for leg in legs)
    if on_both_feet and hip.imag > SEAT_HIP + ON_FLOOR:
        return complex(legs[0].ankle.real - 0.09, SEAT_HIP - SEAT_DROP)
    low = any(leg.knee.imag < hip.imag - SEAT_DROP and leg.knee.real > hip.real for leg in legs)
    if pose.sideways:
        return complex(hip.real + SEAT_DEPTH / 2, hip.imag - SEAT_DROP)
    return complex(hip.real + (0.0 if low else SEAT_DEPTH / 2), hip.imag - SEAT_DROP)


def _stool(pose: Pose, leg: Leg) -> Point:
    """Stand it below the heel, or below the calves of one who lies."""
    height = min(leg.heel.imag, leg.ankle.imag - _BODY_DEPTH["knee"]) - STOOL_BOARD
    return complex(leg.ankle.real - (0.11 if pose.lean < _LYING_DEG else 0.03), max(height, STOOL_BOARD))


def _legs(pose: Pose, hip: Point) -> tuple[Leg, Leg]:
    return _leg(pose.working, pose.lean, hip), _leg(pose.other or pose.working, pose.lean, hip)


def _leg(angles: LegAngles, lean_deg: float, hip: Point) -> Leg:
    thigh_deg = lean_deg - angles.hip
    knee = hip - THIGH * leaning(thigh_deg)
    ankle = knee - SHIN * leaning(thigh_deg + angles.knee)
    turned = exp(-1j * radians(angles.foot))
    ball = ankle + BALL * turned
    return Leg(
        hip=hip,
        knee=knee,
        ankle=ankle,
        heel=ankle + HEEL * turned,
        ball=ball,
        toe=ball + TOES * exp(-1j * radians(angles.foot - _toes_bend_deg(angles.foot))),
    )


def _toes_bend_deg(foot_deg: float) -> float:
    """Toes stay flat while the heel rises; a foot that hangs or lies on its back is straight again."""
    if foot_deg <= _TOES_BEND_DEG:
        return max(foot_deg, 0.0)
    return max(2 * _TOES_BEND_DEG - foot_deg, 0.0)


def _lowest(leg: Leg) -> float:
    sole = min(leg.heel.imag, leg.ball.imag, leg.toe.imag)
    return min(sole, leg.knee.imag - _BODY_DEPTH["knee"], leg.hip.imag - _BODY_DEPTH["hip"])


def _arms(pose: Pose, shoulder: Point, leg: Leg) -> tuple[Arm, Arm]:
    if pose.arm:
        near, far = (
            _hanging(shoulder, arm.shoulder - pose.lean, arm.elbow) for arm in (pose.arm, pose.other_arm or pose.arm)
        )
        return near, far
    if pose.hands_at is not None:
        return _on_leg(shoulder, leg, pose.hands_at)
    if pose.wall and pose.lean > _LYING_DEG:
        palms = [complex(-PALM, shoulder.imag - HAND / 2 + up) for up in (-0.014, 0.022)]
        return _reaching(shoulder, palms[0], 1j), _reaching(shoulder, palms[1], 1j)
    arm = _arm(pose, shoulder, leg)
    return arm, arm


def _arm(pose: Pose, shoulder: Point, leg: Leg) -> Arm:
    if pose.counter:
        return _reaching(shoulder, complex(0.0, (TABLE_TOP if pose.chair else COUNTER_TOP) + PALM), 1 + 0j)
    if pose.towel:
        return _reaching(shoulder, shoulder + (FOREARM + 0.11) * _towards(shoulder, leg.ball), 0j)
    if pose.chair:
        along = _towards(leg.hip, leg.knee)
        return _reaching(shoulder, leg.hip + 0.62 * THIGH * along + 0.045j, along)
    return _hanging(shoulder, max(4.0, -pose.lean), 12.0 if pose.lean >= 0 else 0.0)


def _on_leg(shoulder: Point, leg: Leg, hands_at: float) -> tuple[Arm, Arm]:
    """Lay both hands round the leg, the far one a hand's breadth nearer to the body."""
    start, end, part = (leg.hip, leg.knee, hands_at) if hands_at < 1 else (leg.knee, leg.ankle, hands_at - 1)
    along = _towards(start, end)
    near, far = (_reaching(shoulder, start + (part - back) * (end - start), along) for back in (0.14, 0.34))
    return near, far


def _hanging(shoulder: Point, upper_deg: float, elbow_deg: float) -> Arm:
    """Angles are those of the upper arm from straight down, forwards +, and of the elbow."""
    elbow = shoulder - UPPER_ARM * leaning(-upper_deg)
    along = -leaning(-upper_deg - elbow_deg)
    return Arm(shoulder, elbow, elbow + FOREARM * along, elbow + (FOREARM + HAND) * along)


def _reaching(shoulder: Point, wrist: Point, fingers: Point) -> Arm:
    """Bend the elbow downwards so that the wrist lies where it is wanted, or as near as the arm is long."""
    along = _towards(shoulder, wrist)
    span = min(abs(wrist - shoulder), UPPER_ARM + FOREARM)
    span = max(span, abs(UPPER_ARM - FOREARM) + 1e-6)
    bend = acos(min(1.0, (UPPER_ARM**2 + span**2 - FOREARM**2) / (2 * UPPER_ARM * span)))
    elbow = shoulder + UPPER_ARM * along * exp(-1j * bend)
    wrist = shoulder + span * along
    return Arm(shoulder, elbow, wrist, wrist + HAND * (fingers or along))


def _towards(start: Point, end: Point) -> Point:
    return (end - start) / abs(end - start) if end != start else -1j
