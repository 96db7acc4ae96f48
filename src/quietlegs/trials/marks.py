"""The signs that the pictures are made of: shapes, lines and words, in the colour of the page around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import svg

FONT_PX = 14
LINE_PX = 21
INK = "currentColor"
_CHARACTER_PX = 7.4
_UNPRINTABLE = dict.fromkeys((*range(32), 127, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), " ")
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Look:
    """How an arm is told apart without colour: its shape, how dark it is inside, and its kind of line."""

    shape: Literal["circle", "square", "triangle", "diamond"]
    fill_opacity: float
    dashes: str


LOOKS = (
    Look("circle", 0.0, "7 5"),
    Look("square", 1.0, "none"),
    Look("triangle", 0.45, "2 4"),
    Look("diamond", 0.0, "12 4 2 4"),
)


def words(text: str, x: float, y: float, *, anchor: Literal["start", "middle", "end"] = "start") -> svg.Text:
    """Write one line of text, made safe for markup."""
    return svg.Text(
        text=printable(text),
        x=x,
        y=y,
        text_anchor=anchor,
        font_size=FONT_PX,
        font_family="system-ui, sans-serif",
        fill=INK,
        class_=["chart-text"],
    )


def printable(text: str) -> str:
    """Return text that markup can hold: escaped, without control characters."""
    return escape(text.translate(_UNPRINTABLE))


def shortened(text: str, *, room_px: float) -> str:
    """Cut a text so that it stays inside `room_px`."""
    most = max(2, int(room_px / _CHARACTER_PX))
    return text if len(text) <= most else text[: most - 1] + _ELLIPSIS


def wrapped(text: str, *, room_px: float) -> list[str]:
    """Part a text between its words into lines that stay inside `room_px`; a word that does not is cut.

    Examples
    --------
    >>> wrapped("compared with slow breathing", room_px=120)
    ['compared with', 'slow breathing']
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if shortened(longer, room_px=room_px) == longer or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [shortened(one, room_px=room_px) for one in lines]


def width_of(texts: Sequence[str]) -> float:
    """Return about how many pixels the longest of these texts takes."""
    return max(map(len, texts), default=0) * _CHARACTER_PX


def line(start: tuple[float, float], end: tuple[float, float], *, kind: str, dashes: str = "none") -> svg.Line:
    """Draw a line; `kind` is its class, and an axis is thinner than what was measured."""
    wide, strong = {"grid": (1, 0.18), "axis": (1, 0.7)}.get(kind, (2, 1))
    return svg.Line(
        x1=start[0],
        y1=start[1],
        x2=end[0],
        y2=end[1],
        stroke=INK,
        stroke_width=wide,
        stroke_opacity=strong,
        class_=[f"chart-{kind}"],
        extra={} if dashes == "none" else {"stroke-dasharray": dashes},
    )


@dataclass
class _Steps(svg.PathData):
    """All steps of a path as text at once: made one by one, those of a year of nights take a page's time."""

    steps: str

    def __str__(self) -> str:
        """Return them as SVG has them."""
        return self.steps


def path(places: Sequence[tuple[float, float]], *, kind: str, dashes: str = "none") -> svg.Path:
    """Join places by one line."""
    return svg.Path(
        d=[_Steps(_joined(places))],
        fill="none",
        stroke=INK,
        stroke_width=1.5,
        stroke_opacity=0.8 if kind == "line" else 1,
        class_=[f"chart-{kind}"],
        extra={} if dashes == "none" else {"stroke-dasharray": dashes},
    )


def area(high: Sequence[tuple[float, float]], low: Sequence[tuple[float, float]], *, kind: str) -> svg.Path:
    """Fill what lies between two lines, lightly."""
    return svg.Path(
        d=[_Steps(f"{_joined([*high, *reversed(low)])} Z")], fill=INK, fill_opacity=0.13, class_=[f"chart-{kind}"]
    )


def points(places: Sequence[tuple[float, float]], look: Look, *, radius: float) -> svg.Path:
    """Draw one arm's points as a single path."""
    return svg.Path(
        d=[_Steps(" ".join(_outline(place, look, radius) for place in places))],
        fill=INK,
        fill_opacity=look.fill_opacity,
        stroke=INK,
        stroke_width=1.5 if radius > 2 else 1,  # noqa: PLR2004  # the thin line keeps small open shapes open
        class_=["chart-points", f"chart-{look.shape}"],
    )


def _outline(place: tuple[float, float], look: Look, radius: float) -> str:
    x, y = place
    if look.shape == "circle":
        half = f"a {radius} {radius} 0 1 0"
        return f"M {round(x - radius, 1)} {y} {half} {2 * radius} 0 {half} {-2 * radius} 0 Z"
    corners = {
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "triangle": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
        "diamond": ((0, -1.3), (1.1, 0), (0, 1.3), (-1.1, 0)),
    }[look.shape]
    return f"{_joined([(round(x + dx * radius, 1), round(y + dy * radius, 1)) for dx, dy in corners])} Z"


def _joined(places: Sequence[tuple[float, float]]) -> str:
    return f"M {' L '.join(f'{x} {y}' for x, y in places)}"


def sheet(elements: Sequence[svg.Element], *, size: tuple[int, int], title: str, desc: str) -> str:
    """Put the elements on a sheet that a screen reader can name and describe."""
    told: list[svg.Element] = [svg.Title(text=printable(title)), svg.Desc(text=printable(desc))]
    return str(
        svg.SVG(
            viewBox=svg.ViewBoxSpec(0, 0, *size),
            width=size[0],
            height=size[1],
            class_=["chart"],
            extra={"role": "img"},
            elements=[*told, *elements],
        )
    )
