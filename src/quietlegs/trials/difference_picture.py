"""Differences between arms as a picture: a point for each estimate and a bar for its interval."""

from collections.abc import Sequence

import svg

from quietlegs.trials import marks
from quietlegs.trials.compare import Comparison
from quietlegs.trials.interval import Difference
from quietlegs.trials.nights import TooFewNightsError
from quietlegs.trials.scale import Axis, Scale, scale
from quietlegs.trials.wording import ranged
from quietlegs.words.catalogue import _

_TOP, _SIDE, _ROW, _BLOCK = 32, 26, 48, 124
_BY_REGRESSION, _BY_MEANS = marks.LOOKS[1], marks.LOOKS[0]


def difference_picture(found: Sequence[Comparison], *, axis: Axis, width_px: int = 640) -> str:
    """Draw each arm less its comparator as SVG text: regression (filled) and plain means (open), 95 % intervals.

    Parameters
    ----------
    found : sequence of Comparison
        At least one; all in the axis's unit.
    axis : Axis
        Name and unit of the outcome; a difference is in the same unit.
    width_px : int, optional
        The width it is made for.

    Raises
    ------
    TooFewNightsError
        There is nothing to draw.

    Examples
    --------
    >>> from datetime import date
    >>> from quietlegs.trials.compare import compare
    >>> from quietlegs.trials.nights import nights_from
    >>> days, answers = [date(2026, 1, day) for day in range(1, 11)], [3, 5, 2, 6, 3, 4, 1, 6, 2, 5]
    >>> found = compare(nights_from(days, ["a", "b"] * 5, answers), arm="b", comparator="a")
    >>> difference_picture([found], axis=Axis("Severity")).count("chart-interval")
    6
    """
    if not found:
        raise TooFewNightsError("comparisons", 0, "1 or more")
    ends = [end for one in found for each in (one.difference, one.welch.difference) for end in (each.low, each.high)]
    x = scale(min(0.0, *ends), max(0.0, *ends), start=_SIDE, end=width_px - _SIDE, most=max(3, width_px // 90))
    foot = _TOP + _BLOCK * len(found) + 6
    name = axis.difference
    room = width_px - 16
    elements: list[svg.Element] = [marks.words(marks.shortened(name, room_px=room), 8, 18), *_frame(x, foot)]
    for place, one in enumerate(found):
        elements += _block(one, x, _TOP + _BLOCK * place, room)
    told = [
        _("{nights} answered nights in the regression", nights=found[0].ar1.used),
        _("Bars: 95 % intervals, for one look"),
    ]
    for row, text in enumerate(told):
        elements.append(marks.words(text, 8, foot + 68 + row * marks.LINE_PX))
    desc = ". ".join([*(f"{_pair(one)}: {told}" for one in found for told, *_ in _rows(one)), *told]) + "."
    return marks.sheet(elements, size=(width_px, foot + 80 + marks.LINE_PX), title=name, desc=desc)


def _pair(one: Comparison) -> str:
    return _("{arm} less {comparator}", arm=one.arm.name, comparator=one.comparator.name)


def _rows(one: Comparison) -> list[tuple[str, Difference, marks.Look]]:
    both = (
        (_("night after night"), one.difference, _BY_REGRESSION),
        (_("plain means"), one.welch.difference, _BY_MEANS),
    )
    return [(f"{told}: {ranged(d.estimate, d.low, d.high)}", d, look) for told, d, look in both]


def _block(one: Comparison, x: Scale, top: float, room: float) -> list[svg.Element]:
    elements: list[svg.Element] = [marks.words(marks.shortened(_pair(one), room_px=room), 8, top + 16)]
    for place, (told, difference, look) in enumerate(_rows(one)):
        y = top + 16 + _ROW * place
        elements.append(marks.words(told, 8, y + marks.LINE_PX))
        elements += _interval(difference, x, look, y + 38)
    return elements


def _frame(x: Scale, foot: float) -> list[svg.Element]:
    elements: list[svg.Element] = [marks.line((x.start, foot), (x.end, foot), kind="axis")]
    for tick in x.ticks:
        place = x.at(tick)
        elements.append(marks.line((place, foot), (place, foot + 5), kind="axis"))
        elements.append(marks.words(x.label(tick), place, foot + 21, anchor="middle"))
    elements.append(marks.words(f"\N{LEFTWARDS ARROW} {_('lower')}", x.start - 18, foot + 44))
    elements.append(marks.words(f"{_('higher')} \N{RIGHTWARDS ARROW}", x.end + 18, foot + 44, anchor="end"))
    return elements


def _interval(difference: Difference, x: Scale, look: marks.Look, y: float) -> list[svg.Element]:
    low, high, zero = x.at(difference.low), x.at(difference.high), x.at(0.0)
    return [
        # The line of no difference stays beside the bars, clear of the words above them.
        marks.line((zero, y - 11), (zero, y + 11), kind="zero", dashes="4 3"),
        marks.line((low, y), (high, y), kind="interval"),
        *(marks.line((end, y - 5), (end, y + 5), kind="interval") for end in (low, high)),
        marks.points([(x.at(difference.estimate), y)], look, radius=5),
    ]
