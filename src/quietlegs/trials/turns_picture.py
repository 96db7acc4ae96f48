"""The nights with several trials side by side: every answer above, and below it a row of turns for each trial."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import svg

from quietlegs.trials import marks
from quietlegs.trials.nights import Nights
from quietlegs.trials.picture import (
    BASE,
    Group,
    Plot,
    counted,
    days_of,
    frame,
    legend_of,
    plot_of,
    points_of,
    unanswered,
)
from quietlegs.trials.scale import Axis
from quietlegs.words.catalogue import _

_ROW_PX, _AIR_PX = 20, 10
_ANSWER = marks.Look("circle", 1.0, "none")


@dataclass(frozen=True, slots=True)
class Turns:
    """One trial's nights, each with what was drawn for it; what is compared with is drawn open and named first."""

    nights: Nights
    comparator: str


def turns_picture(nights: Nights, trials: Sequence[Turns], *, axis: Axis, width_px: int = 640) -> str:
    """Draw all nights as SVG text, and under them what each trial drew for each: no night belongs to one trial alone.

    Parameters
    ----------
    nights : Nights
        All of them; their own arms are passed over.
    trials : sequence of Turns
        Those that are drawn, each as a row of its own.
    axis : Axis
        Name, unit and, where known, the ends of the scale.
    width_px : int, optional
        The width it is made for.

    Raises
    ------
    TooFewNightsError
        No night was answered.
    """
    plot = plot_of(nights, axis, width_px)
    elements = [
        marks.words(marks.shortened(str(axis), room_px=width_px - 16), 8, 16),
        *frame(plot, nights),
        *points_of(Group("", _ANSWER, nights), plot),
        *unanswered(nights, plot),
    ]
    foot, told = plot.y.start + BASE + marks.LINE_PX, []
    for each in trials:
        groups = tuple(_groups(each))
        elements += [one for group in groups for one in _row(group, plot, foot + _AIR_PX)]
        elements += [one for row, group in enumerate(groups) for one in legend_of(group, foot + _ROW_PX, row, width_px)]
        told += [f"{group.name}: {group.told}." for group in groups]
        foot += _ROW_PX + 2 * marks.LINE_PX * len(groups) + _AIR_PX
    lines = counted(nights)
    elements += [marks.words(text, 8, foot + (row + 1) * marks.LINE_PX) for row, text in enumerate(lines)]
    size = (width_px, round(foot + len(lines) * marks.LINE_PX + 12))
    desc = " ".join([*told, *(f"{text}." for text in lines)])
    return marks.sheet(elements, size=size, title=_("{outcome}, night by night", outcome=axis.shown), desc=desc)


def _groups(each: Turns) -> Iterator[Group]:
    names = sorted(each.nights.arm_names, key=lambda name: name != each.comparator)
    for place, name in enumerate(names):
        own = each.nights.where(each.nights.having(name))
        if len(own):
            yield Group(name, marks.LOOKS[place % len(marks.LOOKS)], own, has_line=False)


def _row(group: Group, plot: Plot, y: float) -> list[svg.Element]:
    days = [day for day in days_of(group.nights) if plot.x.low <= day <= plot.x.high]
    return [marks.points([(plot.x.at(day), y) for day in days], group.look, radius=plot.radius)] if days else []
