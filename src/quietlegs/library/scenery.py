"""What stands around a pose: floor, wall, counter, chair, stool, towel, and the arrows that show where to go."""

from collections.abc import Iterator

import svg

from quietlegs.library.canvas import Canvas, unit
from quietlegs.library.front import floor_of, seat_corners, seen
from quietlegs.library.pose import Arrow, Pose, View
from quietlegs.library.skeleton import COUNTER_GAP, COUNTER_TOP, SEAT_DEPTH, TABLE_TOP, Leg, Point, Skeleton

_LINE, _BOARD, _ARROW = 0.014, 0.028, 0.026
_CHAIR_BACK = 0.3j
_COUNTER_FRONT, _COUNTER_LEG = -0.02, 0.17
_TABLE_HALF = 0.3
_ROUND = 0.065
_ROUND_ARROWS = (Arrow.OUTWARD, Arrow.INWARD)


def reach_of(pose: Pose, body: Skeleton) -> Iterator[Point]:
    """Give the outer points of scenery and arrows, which have to be inside the picture."""
    if pose.view is View.FRONT:
        yield from _front_reach(pose, body)
    else:
        yield from _side_reach(pose, body)
    for start, end in arrow_ends(pose, body):
        yield from (start, end)
    for middle, _ in _rounds(pose, body):
        yield from (middle - _ROUND * (1 + 1j), middle + _ROUND * (1 + 1j))


def _side_reach(pose: Pose, body: Skeleton) -> Iterator[Point]:
    yield complex(body.hip.real, 0)
    if body.wall_x is not None:
        yield complex(body.wall_x + (_COUNTER_LEG if pose.counter else 0), _top(pose) if pose.counter else 0)
    if body.seat is not None:
        yield from (body.seat, body.seat - SEAT_DEPTH + _CHAIR_BACK)
    if body.stool is not None:
        yield from _stool_top(pose, body.stool)


def _front_reach(pose: Pose, body: Skeleton) -> Iterator[Point]:
    yield complex(0, floor_of(pose))
    if body.wall_x is not None:
        yield complex(body.wall_x, 0)
    if pose.chair:
        yield from (corner + up for corner in seat_corners(pose)[1:] for up in (0, _CHAIR_BACK))
    if pose.counter:
        yield from (-_TABLE_HALF, _TABLE_HALF)


def ground(pose: Pose, body: Skeleton, canvas: Canvas) -> list[svg.Element]:
    """Draw the floor and whatever stands on it."""
    wall_x = body.wall_x if pose.wall and body.wall_x is not None else None
    edge = canvas.right if wall_x is None else wall_x + _LINE / 2
    below = complex(0, -_LINE / 2)
    found = [canvas.line([canvas.left + below, edge + below], _LINE)]
    if wall_x is not None:
        found.append(canvas.line([complex(edge, 0), complex(edge, canvas.top)], _LINE))
    if pose.counter:
        found += _table([complex(x, _top(pose) - _LINE) for x in (_COUNTER_FRONT, _COUNTER_LEG)], canvas)[:2]
    if body.seat:
        back = body.seat - SEAT_DEPTH
        found += _table([body.seat - 0.01, back + 0.01 * pose.sideways], canvas)
        upright = [canvas.line([back + _CHAIR_BACK, back], _BOARD)]
        found += _sideways_back(body.seat, canvas) if pose.sideways else upright
    if body.stool is not None:
        found += _table(_stool_top(pose, body.stool), canvas)
    return found


def front_ground(pose: Pose, body: Skeleton, canvas: Canvas) -> list[svg.Element]:
    """Draw floor, wall and chair as they are seen from the front, behind the body."""
    floor = 1j * floor_of(pose)
    left = canvas.left if body.wall_x is None else body.wall_x
    found = [canvas.line([left + floor, canvas.right + floor], _LINE)]
    if body.wall_x is not None:
        found.append(canvas.line([body.wall_x + floor, complex(body.wall_x, canvas.top)], _LINE))
    if pose.chair:
        right, left_corner, back_left, back_right = seat_corners(pose)
        found += [canvas.line([end, complex(end.real, floor.imag)], _LINE) for end in (right, left_corner)]
        found.append(canvas.line([back_left, left_corner, right, back_right], _LINE))
        start, end = (left_corner, back_left) if pose.sideways else (back_left, back_right)
        found.append(canvas.line([start, start + _CHAIR_BACK, end + _CHAIR_BACK, end], _LINE))
    return found


def front_table(pose: Pose, canvas: Canvas) -> list[svg.Element]:
    """Draw the counter between the one who looks and the body, open below."""
    if not pose.counter:
        return []
    top = seen(complex(pose.wall_gap or COUNTER_GAP, _top(pose) - _LINE), 0)
    floor = 1j * floor_of(pose)
    ends = [top - _TABLE_HALF, top + _TABLE_HALF]
    return [canvas.line(ends, _BOARD), *(canvas.line([end, end.real + floor], _LINE) for end in ends)]


def towel(body: Skeleton, canvas: Canvas) -> svg.Element:
    """Draw it round the ball of the foot, both ends in the hands."""
    leg, hand = body.working, body.near_arm.fingers
    over = leg.ball + 0.03j * unit(leg.ball - leg.heel)
    return canvas.line([hand, leg.ball, over, hand], _LINE)


def arrows(pose: Pose, body: Skeleton, canvas: Canvas) -> Iterator[svg.Element]:
    """Draw where to press, where the body goes, and how a foot turns."""
    for start, end in arrow_ends(pose, body):
        yield _straight(start, end, canvas)
    for middle, clockwise in _rounds(pose, body):
        yield _circling(middle, clockwise, canvas)


def arrow_ends(pose: Pose, body: Skeleton) -> Iterator[tuple[Point, Point]]:
    """Give start and end of each straight arrow: behind the heel that presses, behind the back that moves."""
    if pose.press:
        beside = body.working.heel - 0.07
        yield beside + 0.2j, beside + 0.03j
    if pose.arrow is Arrow.TOES:
        yield from (_ahead(leg) for leg in (body.working, body.other))
    elif pose.arrow and pose.arrow not in _ROUND_ARROWS:
        beside = body.hip + 0.3 * (body.shoulder - body.hip) - 0.13
        yield {
            Arrow.FORWARD: (beside - 0.15, beside),
            Arrow.BACK: (beside, beside - 0.15),
            Arrow.UP: (beside - 0.08j, beside + 0.08j),
            Arrow.DOWN: (beside + 0.08j, beside - 0.08j),
        }[pose.arrow]


def _ahead(leg: Leg) -> tuple[Point, Point]:
    """Give an arrow that goes on from the toes, as a foot that was drawn longer would."""
    along = unit(leg.toe - leg.heel)
    return leg.toe + 0.045 * along, leg.toe + 0.12 * along


def _rounds(pose: Pose, body: Skeleton) -> Iterator[tuple[Point, bool]]:
    """Give the middle of each round arrow, and whether it turns clockwise; the feet of both sides are mirrored."""
    if pose.arrow not in _ROUND_ARROWS:
        return
    outward = pose.arrow is Arrow.OUTWARD
    yield body.working.toe, outward
    if pose.view is View.FRONT and pose.other in (None, pose.working):
        yield body.other.toe, not outward


def _straight(start: Point, end: Point, canvas: Canvas) -> svg.Element:
    """Draw an arrow with an open head."""
    return svg.Path(d=_headed(start, end, unit(start - end), canvas), stroke_width=canvas.width(_ARROW), fill="none")


def _headed(start: Point, end: Point, back: Point, canvas: Canvas) -> list[svg.PathData]:
    points = (start, end, end + 0.055 * back * (1 + 0.8j), end + 0.055 * back * (1 - 0.8j))
    tail, tip, left, right = (canvas.at(point) for point in points)
    return [svg.M(*tail), svg.L(*tip), svg.M(*left), svg.L(*tip), svg.L(*right)]


def _circling(middle: Point, clockwise: bool, canvas: Canvas) -> svg.Element:  # noqa: FBT001 - one of two directions
    """Draw three quarters of a circle with an open head."""
    radius = canvas.width(_ROUND)
    start, end = (middle + _ROUND * turn for turn in ((-1j, -1 + 0j) if not clockwise else (-1j, 1 + 0j)))
    tail, tip = canvas.at(start), canvas.at(end)
    arc: list[svg.PathData] = [
        svg.M(*tail),
        svg.Arc(radius, radius, 0, large_arc=True, sweep=clockwise, x=tip[0], y=tip[1]),
    ]
    return svg.Path(d=[*arc, *_headed(end, end, 1j, canvas)], stroke_width=canvas.width(_ARROW * 0.8), fill="none")


def _top(pose: Pose) -> float:
    return TABLE_TOP if pose.chair else COUNTER_TOP


def _stool_top(pose: Pose, stool: Point) -> list[Point]:
    half = 0.08 if pose.chair else 0.14
    return [stool - half, stool + half]


def _sideways_back(seat: Point, canvas: Canvas) -> list[svg.Element]:
    """Draw the back of a chair that is seen from behind: two posts and a rail."""
    left, right = seat - SEAT_DEPTH + 0.02, seat - 0.02
    return [canvas.line([left, left + _CHAIR_BACK, right + _CHAIR_BACK, right], _LINE)]


def _table(top: list[Point], canvas: Canvas) -> list[svg.Element]:
    """Draw a board on two legs, the leg below its second end first."""
    first, second = top
    legs = [canvas.line([end, complex(end.real, 0)], _LINE) for end in (second, first)]
    return [canvas.line(top, _BOARD), *legs]
