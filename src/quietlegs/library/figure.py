"""A pose as a drawing, still or moving: one SVG, readable when small, in any theme, by a screen reader too.

Body and scenery take the page's text colour; the page may colour the classes fig-accent, fig-arrow and fig-ground, and
give fig-gap the stroke of its own background, so that an arm in front of the trunk is seen. A movement is a row of
frames, of which all but the last are hidden; a style sheet may show one after the other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from html import escape

import svg

from quietlegs.library import body as limbs
from quietlegs.library.canvas import SIDE, Canvas, canvas_around
from quietlegs.library.front import front_joints
from quietlegs.library.motion import Frame, frames
from quietlegs.library.pose import Pose, View
from quietlegs.library.scenery import arrows, front_ground, front_table, ground, reach_of, towel
from quietlegs.library.skeleton import HEAD_RADIUS, Leg, Point, joints

_MARGIN = 0.04
_ACCENT = "#d9730d"
_BODY = "currentColor"
_STROKES = {"fill": "none", "stroke": _BODY, "stroke-linecap": "round", "stroke-linejoin": "round"}


@dataclass(frozen=True, slots=True)
class _Layer:
    """What lies on one level of a drawing, with the classes and looks that its elements share."""

    names: str
    elements: list[svg.Element]
    stroke: str | None = None
    fill: str | None = None
    opacity: float | None = None


def figure(
    pose: Pose, *, title: str, desc: str | None = None, before: Sequence[Pose] = (), among: Iterable[Pose] = ()
) -> str:
    """Draw a pose, or the movement that leads to it through the poses `before`.

    `among` are the poses it shares a page with, so that all keep one scale and one floor.
    """
    shown = [_turned(frame) for frame in frames((*before, pose))]
    last = shown[-1]
    beside = [_turned((each, joints(each))) for each in among if each.view is pose.view]
    canvas = canvas_around(point for frame in (*shown, *beside) for point in _outline(frame))
    words: list[svg.Element] = [svg.Title(text=escape(title))]
    words += [svg.Desc(text=escape(desc))] if desc else []
    moves = [f"fig-{pose.way}", f"fig-of-{len(shown)}"] if before else []
    return str(
        svg.SVG(
            viewBox=svg.ViewBoxSpec(0, 0, SIDE, SIDE),
            class_=["fig", *moves],
            extra={"role": "img", **_STROKES},
            elements=[*words, *_stacked([_layers(frame, canvas) for frame in shown]), _pointers(last, canvas)],
        )
    )


def _turned(frame: Frame) -> Frame:
    pose, body = frame
    return (pose, front_joints(pose)) if pose.view is View.FRONT else (pose, body)


def _outline(frame: Frame) -> Iterator[Point]:
    """Give every point that has to be inside the picture, with room for the width of limbs."""
    pose, body = frame
    parts = (body.working, body.other, body.near_arm, body.far_arm)
    points = [getattr(part, field.name) for part in parts for field in fields(part)]
    points += [body.head + HEAD_RADIUS * turn - _MARGIN * turn for turn in (1, -1, 1j, -1j)]
    for point in (*points, *reach_of(pose, body)):
        yield point + complex(_MARGIN, _MARGIN)
        yield point - complex(_MARGIN, _MARGIN)


def _stacked(drawn: list[list[_Layer]]) -> Iterator[svg.Element]:
    """Draw what is the same in all frames once, and the rest frame by frame, level by level."""
    for levels in zip(*drawn, strict=True):
        last = levels[-1]
        is_ground = last.names == "fig-ground"
        same, moving = _parted(
            [layer.elements for layer in levels[-1:] if is_ground] or [one.elements for one in levels]
        )
        groups: list[svg.Element] = [*same]
        for number, elements in enumerate(moving):
            hidden = 0 if number < len(moving) - 1 else None
            groups.append(svg.G(class_=["f", f"f{number}"], opacity=hidden, elements=elements))
        extra = {key: look for key, look in (("fill", last.fill), ("stroke", last.stroke)) if look}
        yield svg.G(class_=last.names.split(), opacity=last.opacity, extra=extra, elements=groups)


def _parted(rows: list[list[svg.Element]]) -> tuple[list[svg.Element], list[list[svg.Element]]]:
    """Part the elements of all frames into those that are alike throughout, and each frame's own."""
    texts = [[str(element) for element in row] for row in rows]
    still = [element for element, text in zip(rows[-1], texts[-1], strict=True) if all(text in row for row in texts)]
    kept = {str(element) for element in still}
    own = [[element for element in row if str(element) not in kept] for row in rows]
    return still, own if any(own) else []


def _layers(frame: Frame, canvas: Canvas) -> list[_Layer]:
    """Give the same levels for every pose of a view, empty where it has nothing."""
    return _front_layers(frame, canvas) if frame[0].view is View.FRONT else _side_layers(frame, canvas)


def _side_layers(frame: Frame, canvas: Canvas) -> list[_Layer]:
    pose, body = frame
    one_leg, one_arm = body.working == body.other, body.near_arm == body.far_arm
    far = [] if one_leg else limbs.leg(body.other, canvas)
    far_arm = [] if one_arm else limbs.arm(body.far_arm, canvas)
    return [
        _Layer("fig-ground", ground(pose, body, canvas), opacity=0.5),
        _Layer("fig-limb fig-far", far, fill=_BODY, opacity=0.5),
        _Layer("fig-limb fig-far", far_arm, opacity=0.5),
        _Layer("fig-limb", [*limbs.leg(body.working, canvas), *limbs.trunk(body, pose.lean, canvas)], fill=_BODY),
        _Layer("fig-prop", [towel(body, canvas)] if pose.towel else [], opacity=0.75),
        _accent(frame, canvas),
        _Layer("fig-gap", [limbs.arm_gap(body.near_arm, canvas)], stroke="none"),
        _Layer("fig-limb", limbs.arm(body.near_arm, canvas)),
    ]


def _front_layers(frame: Frame, canvas: Canvas) -> list[_Layer]:
    pose, body = frame
    arms = (body.near_arm, body.far_arm)
    table = front_table(pose, canvas)
    return [
        _Layer("fig-ground", front_ground(pose, body, canvas), opacity=0.5),
        _Layer("fig-limb", limbs.front_trunk(body, canvas), fill=_BODY),
        *_front_leg(body.other, canvas),
        *_front_leg(body.working, canvas),
        _Layer("fig-gap", [limbs.arm_gap(arm, canvas) for arm in arms], stroke="none"),
        _Layer("fig-limb", [one for arm in arms for one in limbs.arm(arm, canvas)]),
        _accent(frame, canvas),
        _Layer("fig-ground", table, opacity=0.5),
    ]


def _front_leg(leg: Leg, canvas: Canvas) -> list[_Layer]:
    return [
        _Layer("fig-gap", limbs.front_gap(leg.hip, leg.knee, canvas), stroke="none"),
        _Layer("fig-limb", limbs.front_thigh(leg, canvas)),
        _Layer("fig-gap", limbs.front_gap(leg.knee, leg.ankle, canvas), stroke="none"),
        _Layer("fig-limb", limbs.front_shank(leg, canvas), fill=_BODY),
    ]


def _pointers(frame: Frame, canvas: Canvas) -> svg.Element:
    """Draw the arrows where the movement leads to; they do not move with it."""
    return svg.G(class_=["fig-arrow"], extra={"stroke": _ACCENT}, elements=list(arrows(*frame, canvas)))


def _accent(frame: Frame, canvas: Canvas) -> _Layer:
    pose, body = frame
    draw = limbs.front_muscle if pose.view is View.FRONT else limbs.muscle
    found = [draw(pose.accent, body, canvas)] if pose.accent else []
    return _Layer("fig-accent", found, stroke="none", fill=_ACCENT)
