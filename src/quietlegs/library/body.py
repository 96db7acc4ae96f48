"""A body in a drawing: rounded limbs of even width, a head without a face, the muscle that works."""

import svg

from quietlegs.library.canvas import Canvas, unit
from quietlegs.library.front import HIP_HALF, SHOULDER_HALF
from quietlegs.library.pose import Accent
from quietlegs.library.skeleton import HEAD_RADIUS, Arm, Leg, Point, Skeleton, leaning

Elements = list[svg.Element]

_THIGH, _SHANK, _TRUNK, _ARM, _NECK, _HAND, _SOLE, _GAP = 0.064, 0.056, 0.08, 0.046, 0.05, 0.038, 0.034, 0.009
_FRONT_TRUNK, _FRONT_FOOT, _FRONT_TOES = 0.06, 0.044, 0.018
_TRUNK_OUTLINE = ((0.0, -0.014), (0.0, 0.005), (0.13, 0.01), (0.25, 0.018), (0.27, 0.0), (0.25, -0.014), (0.12, -0.01))


def leg(leg: Leg, canvas: Canvas) -> Elements:
    """Draw a leg from the side."""
    across, shank = unit(leg.knee - leg.hip) * 1j, leg.ankle - leg.knee
    along, toes = unit(leg.ball - leg.heel), unit(leg.toe - leg.ball)
    inside = _SOLE / 2
    heel = leg.heel + along * inside + along * 1j * inside
    ball, toe = leg.ball + along * 1j * inside, leg.toe - toes * inside + toes * 1j * inside
    return [
        canvas.shape([leg.hip + 0.016 * across, leg.hip - 0.016 * across, leg.knee], _THIGH),
        canvas.shape([leg.knee, leg.knee + 0.34 * shank - 0.007j * unit(shank), leg.ankle], _SHANK),
        canvas.shape([leg.ankle, heel, ball, toe], _SOLE),
    ]


def front_thigh(leg: Leg, canvas: Canvas) -> Elements:
    """Draw a thigh from the front."""
    return [canvas.line([leg.hip, leg.knee], _THIGH + 0.008)]


def front_shank(leg: Leg, canvas: Canvas) -> Elements:
    """Draw what is below the knee, from the front."""
    aside = unit(leg.toe - leg.ankle) * 1j
    return [
        canvas.line([leg.knee, leg.ankle], _SHANK),
        canvas.shape([leg.ankle, leg.toe + _FRONT_TOES * aside, leg.toe - _FRONT_TOES * aside], _FRONT_FOOT),
    ]


def front_gap(start: Point, end: Point, canvas: Canvas) -> Elements:
    """Free a limb from what lies behind it, but not from the limb that it hangs on."""
    return [canvas.line([start + 0.5 * (end - start), end], _THIGH + 2 * _GAP)]


def arm(arm: Arm, canvas: Canvas) -> Elements:
    """Draw an arm."""
    return [canvas.line([arm.shoulder, arm.elbow, arm.wrist], _ARM), canvas.line([arm.wrist, arm.fingers], _HAND)]


def arm_gap(arm: Arm, canvas: Canvas) -> svg.Element:
    """Free the arm from the body behind it, but neither from its own shoulder nor from what the hand touches."""
    below = arm.shoulder + 0.35 * (arm.elbow - arm.shoulder)
    return canvas.line([below, arm.elbow, arm.elbow + 0.8 * (arm.wrist - arm.elbow)], _ARM + 2 * _GAP)


def trunk(body: Skeleton, lean_deg: float, canvas: Canvas) -> Elements:
    """Draw trunk, neck and head from the side."""
    up = leaning(lean_deg)
    outline = [body.hip + up * complex(along, -forward) for along, forward in _TRUNK_OUTLINE]
    neck = canvas.line([body.shoulder - 0.02 * up, body.head], _NECK)
    return [canvas.shape(outline, _TRUNK), neck, _head(body, canvas)]


def front_trunk(body: Skeleton, canvas: Canvas) -> Elements:
    """Draw trunk, neck and head from the front."""
    sides = ((body.shoulder - 0.015j, SHOULDER_HALF - 0.015), (body.hip + 0.02j, HIP_HALF - 0.002))
    (shoulder, wide), (hip, narrow) = sides
    outline = [shoulder - wide, shoulder + wide, hip + narrow, hip - narrow]
    neck = canvas.line([body.shoulder, body.head], _NECK)
    return [canvas.shape(outline, _FRONT_TRUNK), neck, _head(body, canvas)]


def _head(body: Skeleton, canvas: Canvas) -> svg.Element:
    x, y = canvas.at(body.head)
    return svg.Circle(cx=x, cy=y, r=canvas.width(HEAD_RADIUS), stroke="none")


def muscle(accent: Accent, body: Skeleton, canvas: Canvas) -> svg.Element:
    """Draw the part that works, swollen to its own side of the limb."""
    return _swollen(_accent_on(accent, body), canvas)


def _swollen(place: tuple[Point, Point, Point], canvas: Canvas) -> svg.Element:
    start, end, side = place
    along = end - start
    swell = unit(along) * side
    path = [
        start + 0.08 * along + 0.014 * swell,
        start + 0.2 * along + 0.078 * swell,
        start + 0.5 * along + 0.07 * swell,
        start + 0.86 * along + 0.014 * swell,
        start + 0.6 * along - 0.008 * swell,
        start + 0.26 * along - 0.018 * swell,
    ]
    first, *rest = [canvas.at(point) for point in path]
    curves = [svg.C(*rest[0], *rest[1], *rest[2]), svg.C(*rest[3], *rest[4], *first), svg.Z()]
    return svg.Path(d=[svg.M(*first), *curves])


def front_muscle(accent: Accent, body: Skeleton, canvas: Canvas) -> svg.Element:
    """Draw the part that works from the front; a buttock lies at the side of the hip."""
    hip = body.working.hip
    if accent is Accent.BUTTOCK:
        return _swollen((hip + 0.1j, hip - 0.08j, 1j), canvas)
    return muscle(accent, body, canvas)


def _accent_on(accent: Accent, body: Skeleton) -> tuple[Point, Point, Point]:
    """Give where the muscle begins and ends, and to which side of that line it swells."""
    leg, hip, trunk = body.working, body.working.hip, body.shoulder - body.hip
    thigh = leg.knee - hip
    return {
        Accent.CALF: (leg.knee, leg.ankle, -1j),
        Accent.SHIN: (leg.knee, leg.ankle, 1j),
        Accent.FOOT: (leg.heel, leg.toe, 1j),
        Accent.THIGH_FRONT: (hip, leg.knee, 1j),
        Accent.THIGH_BACK: (hip, leg.knee, -1j),
        Accent.HIP_FRONT: (hip + 0.25 * trunk, hip + 0.5 * thigh, 1j),
        Accent.BUTTOCK: (hip + 0.25 * trunk, hip + 0.5 * thigh, -1j),
        Accent.CHEST: (body.shoulder, body.hip + 0.4 * trunk, 1j),
    }[accent]
