"""A pose as a drawing: one side view in SVG, readable when small, in any theme, by a screen reader too.

Body and scenery take the page's text colour; the page may colour the classes fig-accent, fig-arrow and fig-ground, and
give fig-gap the stroke of its own background, so that an arm in front of the trunk is seen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from html import escape

import svg

from quietlegs.library.canvas import SIDE, Canvas, canvas_around, unit
from quietlegs.library.exercise import Accent, Pose
from quietlegs.library.scenery import arrow, arrow_ends, ground, reach_of, towel
from quietlegs.library.skeleton import HEAD_RADIUS, Arm, Leg, Point, Skeleton, joints, leaning

_MARGIN = 0.04
_THIGH, _SHANK, _TRUNK, _ARM, _NECK, _HAND, _SOLE, _GAP = 0.064, 0.056, 0.08, 0.046, 0.05, 0.038, 0.034, 0.009
_TRUNK_OUTLINE = ((0.0, -0.014), (0.0, 0.005), (0.13, 0.01), (0.25, 0.018), (0.27, 0.0), (0.25, -0.014), (0.12, -0.01))
_ACCENT = "#d9730d"


def figure(pose: Pose, *, title: str, desc: str | None = None, among: Iterable[Pose] = ()) -> str:
    """Draw a pose as SVG; `among` are the poses it shares a page with, so that all keep one scale and one floor."""
    body = joints(pose)
    canvas = canvas_around(point for each in (pose, *among) for point in _outline(each))
    words: list[svg.Element] = [svg.Title(text=escape(title))]
    words += [svg.Desc(text=escape(desc))] if desc else []
    return str(
        svg.SVG(
            viewBox=svg.ViewBoxSpec(0, 0, SIDE, SIDE),
            class_=["fig"],
            extra={"role": "img"},
            elements=[*words, *_layers(pose, body, canvas)],
        )
    )


def _outline(pose: Pose) -> Iterator[Point]:
    """Give every point that has to be inside the picture, with room for the width of limbs."""
    body = joints(pose)
    parts = (body.working, body.other, body.near_arm, body.far_arm)
    points = [getattr(part, field.name) for part in parts for field in fields(part)]
    points += [body.head + HEAD_RADIUS * turn - _MARGIN * turn for turn in (1, -1, 1j, -1j)]
    for point in (*points, *reach_of(pose, body)):
        yield point + complex(_MARGIN, _MARGIN)
        yield point - complex(_MARGIN, _MARGIN)


def _layers(pose: Pose, body: Skeleton, canvas: Canvas) -> list[svg.Element]:
    """Give the same groups for every pose, empty where it has nothing, so that a page can move one into another."""
    far = [*_leg(body.other, canvas), *_arm(body.far_arm, canvas)]
    near = [*_leg(body.working, canvas), *_trunk(body, pose.lean, canvas)]
    gaps = [_gap(body.near_arm, canvas)] if body.near_arm == body.far_arm else []
    muscles = [_muscle(*_accent_on(pose.accent, body), canvas)] if pose.accent else []
    return [
        _group("fig-ground", ground(pose, body, canvas), opacity=0.5),
        _group("fig-limb fig-far", far, opacity=0.5),
        _group("fig-limb", near),
        _group("fig-prop", [towel(body, canvas)] if pose.towel else [], opacity=0.75),
        _group("fig-accent", muscles, stroke="none", fill=_ACCENT),
        _group("fig-gap", gaps, stroke="none"),
        _group("fig-limb", _arm(body.near_arm, canvas)),
        _group("fig-arrow", [arrow(*ends, canvas) for ends in arrow_ends(pose, body)], stroke=_ACCENT),
    ]


def _group(
    names: str,
    elements: list[svg.Element],
    *,
    stroke: str = "currentColor",
    fill: str = "none",
    opacity: float | None = None,
) -> svg.G:
    return svg.G(
        class_=names.split(),
        opacity=opacity,
        extra={"fill": fill, "stroke": stroke, "stroke-linecap": "round", "stroke-linejoin": "round"},
        elements=elements,
    )


def _leg(leg: Leg, canvas: Canvas) -> list[svg.Element]:
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


def _arm(arm: Arm, canvas: Canvas) -> list[svg.Element]:
    return [
        canvas.line(_bones(arm), _ARM),
        canvas.line([arm.wrist, arm.fingers], _HAND),
    ]


def _bones(arm: Arm) -> list[Point]:
    return [arm.shoulder, arm.elbow, arm.wrist]


def _gap(arm: Arm, canvas: Canvas) -> svg.Element:
    """Free the arm from the body behind it, but neither from its own shoulder nor from what the hand touches."""
    below = arm.shoulder + 0.35 * (arm.elbow - arm.shoulder)
    return canvas.line([below, arm.elbow, arm.elbow + 0.8 * (arm.wrist - arm.elbow)], _ARM + 2 * _GAP)


def _trunk(body: Skeleton, lean_deg: float, canvas: Canvas) -> list[svg.Element]:
    up = leaning(lean_deg)
    x, y = canvas.at(body.head)
    return [
        canvas.shape([body.hip + up * complex(along, -forward) for along, forward in _TRUNK_OUTLINE], _TRUNK),
        canvas.line([body.shoulder - 0.02 * up, body.head], _NECK),
        svg.Circle(cx=x, cy=y, r=canvas.width(HEAD_RADIUS), fill="currentColor", stroke="none"),
    ]


def _accent_on(accent: Accent, body: Skeleton) -> tuple[Point, Point, Point]:
    """Give where the muscle begins and ends, and to which side of that line it swells."""
    leg, hip, trunk = body.working, body.hip, body.shoulder - body.hip
    thigh = leg.knee - hip
    return {
        Accent.CALF: (leg.knee, leg.ankle, -1j),
        Accent.SHIN: (leg.knee, leg.ankle, 1j),
        Accent.FOOT: (leg.heel, leg.toe, 1j),
        Accent.THIGH_FRONT: (hip, leg.knee, 1j),
        Accent.THIGH_BACK: (hip, leg.knee, -1j),
        Accent.HIP_FRONT: (hip + 0.25 * trunk, hip + 0.5 * thigh, 1j),
        Accent.BUTTOCK: (hip + 0.25 * trunk, hip + 0.5 * thigh, -1j),
        Accent.CHEST: (body.shoulder, hip + 0.4 * trunk, 1j),
    }[accent]


def _muscle(start: Point, end: Point, side: Point, canvas: Canvas) -> svg.Element:
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
