"""From body heights to a drawing: where a point lands in the picture, and lines and shapes of even width through it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import svg

from quietlegs.library.skeleton import Point

SIDE = 400
EDGE = 12
_SCALE = 450.0


@dataclass(frozen=True, slots=True)
class Canvas:
    """A square picture of `SIDE` units: `scale` units a body height, `origin` the floor below x = 0."""

    scale: float
    origin: Point

    @property
    def left(self) -> float:
        """The left edge, in body heights."""
        return (EDGE - self.origin.real) / self.scale

    @property
    def right(self) -> float:
        """The right edge, in body heights."""
        return (SIDE - EDGE - self.origin.real) / self.scale

    @property
    def top(self) -> float:
        """The upper edge, in body heights above the floor."""
        return (self.origin.imag - EDGE) / self.scale

    def at(self, point: Point) -> tuple[int, int]:
        """Give x and y, y downwards; a whole unit is half a pixel where the picture is 200 wide."""
        return round(self.origin.real + point.real * self.scale), round(self.origin.imag - point.imag * self.scale)

    def width(self, heights: float) -> int:
        """Give a length in drawing units."""
        return round(heights * self.scale)

    def line(self, points: Sequence[Point], width: float) -> svg.Element:
        """Draw through the points with round ends."""
        return svg.Polyline(points=self._flat(points), stroke_width=self.width(width))

    def shape(self, points: Sequence[Point], width: float) -> svg.Element:
        """Draw the outline through the points, rounded by half the width all round; its group fills it."""
        return svg.Polygon(points=self._flat(points), stroke_width=self.width(width))

    def _flat(self, points: Sequence[Point]) -> list[svg.Point]:
        return [svg.Point(*self.at(point)) for point in points]


def unit(vector: Point) -> Point:
    """Give the direction of a vector; downwards where it has none, as a limb that points at the one who looks."""
    return vector / abs(vector) if vector else -1j


def canvas_around(points: Iterable[Point]) -> Canvas:
    """Put the middle of the points into the middle of the picture, at the usual scale or as small as they need."""
    xs, ys = zip(*((point.real, point.imag) for point in points), strict=True)
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    room = SIDE - 2 * EDGE
    scale = min(_SCALE, room / (right - left), room / (high - low))
    return Canvas(scale, complex(SIDE - (left + right) * scale, SIDE + (low + high) * scale) / 2)
