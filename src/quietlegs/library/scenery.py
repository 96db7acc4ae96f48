"""What stands around a pose: floor, wall, counter, chair, stool, towel, and the arrows that show where to go."""

from collections.abc import Iterator

import svg

from quietlegs.library.canvas import Canvas, unit
from quietlegs.library.exercise import Arrow, Pose
from quietlegs.library.skeleton import COUNTER_TOP, SEAT_DEPTH, Leg, Point, Skeleton

_LINE, _BOARD, _ARROW = 0.014, 0.028, 0.026
_CHAIR_BACK = 0.3j
_COUNTER_FRONT, _COUNTER_LEG = -0.02, 0.17


def reach_of(pose: Pose, body: Skeleton) -> Iterator[Point]:
    """Give the outer points of scenery and arrows, which have to be inside the picture."""
    yield complex(body.hip.real, 0)
    if body.wall_x is not None:
        yield complex(body.wall_x + (_COUNTER_LEG if pose.counter else 0), COUNTER_TOP if pose.counter else 0)
    if body.seat is not None:
        yield from (body.seat, body.seat - SEAT_DEPTH + _CHAIR_BACK)
    if pose.stool:
        yield from _stool_top(body.working)
    for ends in arrow_ends(pose, body):
        yield from ends


def ground(pose: Pose, body: Skeleton, canvas: Canvas) -> list[svg.Element]:
    """Draw the floor and whatever stands on it."""
    wall_x = body.wall_x if pose.wall and body.wall_x is not None else None
    edge = canvas.right if wall_x is None else wall_x + _LINE / 2
    below = complex(0, -_LINE / 2)
    found = [canvas.line([canvas.left + below, edge + below], _LINE)]
    if wall_x is not None:
        found.append(canvas.line([complex(edge, 0), complex(edge, canvas.top)], _LINE))
    if pose.counter:
        found += _table([complex(x, COUNTER_TOP - _LINE) for x in (_COUNTER_FRONT, _COUNTER_LEG)], canvas)[:2]
    if body.seat:
        back = body.seat - SEAT_DEPTH
        found += [canvas.line([back + _CHAIR_BACK, back], _BOARD), *_table([body.seat - 0.01, back], canvas)]
    if pose.stool:
        found += _table(_stool_top(body.working), canvas)
    return found


def towel(body: Skeleton, canvas: Canvas) -> svg.Element:
    """Draw it round the ball of the foot, both ends in the hands."""
    leg, hand = body.working, body.near_arm.fingers
    over = leg.ball + 0.03j * unit(leg.ball - leg.heel)
    return canvas.line([hand, leg.ball, over, hand], _LINE)


def arrow_ends(pose: Pose, body: Skeleton) -> Iterator[tuple[Point, Point]]:
    """Give start and end of each arrow: behind the heel that presses, behind the back that moves."""
    if pose.press:
        beside = body.working.heel - 0.07
        yield beside + 0.2j, beside + 0.03j
    if pose.arrow:
        beside = body.hip + 0.3 * (body.shoulder - body.hip) - 0.13
        yield {
            Arrow.FORWARD: (beside - 0.15, beside),
            Arrow.BACK: (beside, beside - 0.15),
            Arrow.UP: (beside - 0.08j, beside + 0.08j),
            Arrow.DOWN: (beside + 0.08j, beside - 0.08j),
        }[pose.arrow]


def arrow(start: Point, end: Point, canvas: Canvas) -> svg.Element:
    """Draw an arrow with an open head."""
    back = unit(start - end) * 0.055
    points = (start, end, end + back * (1 + 0.8j), end + back * (1 - 0.8j))
    tail, tip, left, right = (canvas.at(point) for point in points)
    path: list[svg.PathData] = [svg.M(*tail), svg.L(*tip), svg.M(*left), svg.L(*tip), svg.L(*right)]
    return svg.Path(d=path, stroke_width=canvas.width(_ARROW))


def _stool_top(leg: Leg) -> list[Point]:
    middle = complex(leg.ankle.real - 0.03, max(min(leg.heel.imag, leg.ankle.imag) - _LINE, _LINE))
    return [middle - 0.08, middle + 0.08]


def _table(top: list[Point], canvas: Canvas) -> list[svg.Element]:
    """Draw a board on two legs, the leg below its second end first."""
    first, second = top
    legs = [canvas.line([end, complex(end.real, 0)], _LINE) for end in (second, first)]
    return [canvas.line(top, _BOARD), *legs]
