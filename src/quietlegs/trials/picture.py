"""The nights as a picture: every answer, what was tried, each mean, and the nights without an answer."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import svg

from quietlegs.trials import marks
from quietlegs.trials.estimated import Line
from quietlegs.trials.nights import NO_ARM, Nights, TooFewNightsError
from quietlegs.trials.scale import Axis, Scale, day_ticks, scale
from quietlegs.words.catalogue import _, ngettext
from quietlegs.words.dates import short_day
from quietlegs.words.numbers import number

_TOP, _RIGHT, BASE = 32, 14, 24
PLAIN = marks.Look("circle", 1.0, "none")


@dataclass(frozen=True, slots=True)
class Group:
    """The nights that look alike: one arm, or those outside the trial."""

    name: str
    look: marks.Look
    nights: Nights
    has_line: bool = True

    @property
    def told(self) -> str:
        """The legend's words."""
        values = self.nights.outcomes[self.nights.answered]
        if not values.size:
            return ngettext("0 of {count} night", "0 of {count} nights", len(self.nights))
        return ngettext(
            "mean {mean}, {answered} of {count} night",
            "mean {mean}, {answered} of {count} nights",
            len(self.nights),
            mean=number(float(values.mean()), 2),
            answered=values.size,
        )


@dataclass(frozen=True, slots=True)
class Plot:
    """Where nights and values lie."""

    x: Scale
    y: Scale
    radius: float

    def place(self, day: float, value: float) -> tuple[float, float]:
        """Return the pixel of an answer."""
        return self.x.at(day), self.y.at(value)


def nights_picture(
    nights: Nights, *, axis: Axis, comparator: str | None = None, line: Line | None = None, width_px: int = 640
) -> str:
    """Draw the nights as SVG text, one point an answered night; arms differ by shape, shade and kind of line.

    Nights without an answer are ticks at the foot. Colours come from the page around it; without one it is
    black on nothing. It needs no style sheet, so a strict content security policy lets it pass.

    Parameters
    ----------
    axis : Axis
        Name, unit and, where known, the ends of the scale.
    comparator : str, optional
        The arm that is drawn open and named first.
    line : Line, optional
        The fitted line: each arm's nights are joined, with their band, in place of the arm's mean.
    width_px : int, optional
        The width it is made for: letters keep their size, so a phone gets its own picture (358).

    Raises
    ------
    TooFewNightsError
        No night was answered.

    Examples
    --------
    >>> from quietlegs.trials.nights import nights_from
    >>> from quietlegs.trials.scale import SEVERITY
    >>> two = nights_from([date(2026, 1, 5), date(2026, 1, 6)], ["calf", None], [4, None])
    >>> nights_picture(two, axis=SEVERITY).startswith("<svg")
    True
    """
    if not nights.answered.any():
        raise TooFewNightsError("answered nights", 0, "1 or more")
    groups = _groups(nights, comparator)
    plot = plot_of(nights, axis, width_px)
    foot = plot.y.start + BASE + marks.LINE_PX
    legend = [element for row, group in enumerate(groups) for element in legend_of(group, foot, row, width_px)]
    below = foot + marks.LINE_PX * (2 * len(groups)) + marks.LINE_PX
    told = counted(nights) + ([_("Lines: fitted, shaded: their 95 % range")] if line else [])
    elements = [
        marks.words(marks.shortened(str(axis), room_px=width_px - 16), 8, 16),
        *(element for group in groups for element in (_band(group, line, plot) if line else [])),
        *frame(plot, nights),
        *(element for group in groups for element in _lines(group, line, plot)),
        *(element for group in groups for element in points_of(group, plot)),
        *unanswered(nights, plot),
        *legend,
        *(marks.words(text, 8, below + row * marks.LINE_PX) for row, text in enumerate(told)),
    ]
    height = round(below + (len(told) - 1) * marks.LINE_PX + 12)
    desc = " ".join([*(f"{group.name}: {group.told}." for group in groups), *(f"{text}." for text in told)])
    return marks.sheet(
        elements, size=(width_px, height), title=_("{outcome}, night by night", outcome=axis.shown), desc=desc
    )


def _groups(nights: Nights, comparator: str | None) -> list[Group]:
    names = sorted(nights.arm_names, key=lambda name: name != comparator)
    looks = (marks.LOOKS[place % len(marks.LOOKS)] for place in range(len(names)))
    groups = [Group(name, look, nights.where(nights.having(name))) for name, look in zip(names, looks, strict=True)]
    outside = nights.where(nights.arms == NO_ARM)
    if len(outside):
        groups.append(Group(_("outside the trial") if names else _("all nights"), PLAIN, outside, has_line=not names))
    return groups


def days_of(nights: Nights) -> list[float]:
    """Return each night as a number of days."""
    return [float(day) for day in nights.on.astype(np.int64)]


def plot_of(nights: Nights, axis: Axis, width_px: int) -> Plot:
    """Return where nights and values lie on a picture of this width."""
    values = nights.outcomes[nights.answered]
    low = float(values.min()) if axis.low is None else min(axis.low, float(values.min()))
    high = float(values.max()) if axis.high is None else max(axis.high, float(values.max()))
    bottom = _TOP + min(280.0, max(180.0, width_px * 0.36))
    y = scale(low, high, start=bottom, end=_TOP, most=5)
    left = 16 + marks.width_of([y.label(tick) for tick in y.ticks])
    days = days_of(nights)
    pitch = (width_px - left - _RIGHT) / (days[-1] - days[0] + 1)
    x = Scale(days[0] - 0.5, days[-1] + 0.5, left + 4, width_px - _RIGHT, ())
    return Plot(x, y, round(min(4.5, max(1.8, pitch * 0.6)), 1))


def frame(plot: Plot, nights: Nights) -> list[svg.Element]:
    """Draw both axes, with their values and days."""
    left, right, foot = plot.x.start - 4, plot.x.end, plot.y.start
    elements: list[svg.Element] = []
    for tick in plot.y.ticks:
        y = plot.y.at(tick)
        elements.append(marks.line((left, y), (right, y), kind="grid"))
        elements.append(marks.words(plot.y.label(tick), left - 6, y + 5, anchor="end"))
    first, last = (date.fromisoformat(str(nights.on[end])) for end in (0, -1))
    elements.append(marks.line((left, foot + 14), (right, foot + 14), kind="axis"))
    for day in day_ticks(first, last, most=max(1, int((right - left) / 90))):
        x = plot.x.at(float(np.datetime64(day, "D").astype(np.int64)))
        elements.append(marks.line((x, foot + 14), (x, foot + 19), kind="axis"))
        if x + 24 <= right + _RIGHT:
            elements.append(marks.words(short_day(day), max(x, left + 14), foot + 34, anchor="middle"))
    return elements


def points_of(group: Group, plot: Plot) -> list[svg.Element]:
    """Draw one point an answered night."""
    answered = group.nights.where(group.nights.answered)
    pairs = [plot.place(day, float(value)) for day, value in zip(days_of(answered), answered.outcomes, strict=True)]
    return [marks.points(pairs, group.look, radius=plot.radius)] if pairs else []


def _lines(group: Group, line: Line | None, plot: Plot) -> list[svg.Element]:
    """Draw an arm's fitted line, or its mean where nothing was fitted."""
    if line and group.has_line:
        fitted = _fitted(group, line, plot)
        return [marks.path([mean for mean, _, _ in fitted], kind="line", dashes=group.look.dashes)] if fitted else []
    values = group.nights.outcomes[group.nights.answered]
    if not values.size:
        return []
    y = plot.y.at(float(values.mean()))
    return _mean_line(group, (plot.x.start, y), (plot.x.end, y))


def _band(group: Group, line: Line, plot: Plot) -> list[svg.Element]:
    fitted = _fitted(group, line, plot)
    return [marks.area([high for _, _, high in fitted], [low for _, low, _ in fitted], kind="band")] if fitted else []


def _fitted(group: Group, line: Line, plot: Plot) -> list[tuple[tuple[float, float], ...]]:
    """Return where the line's mean, low and high lie on an arm's nights, within the picture."""
    own = set(group.nights.on.astype(str).tolist())
    rows = zip(line.on, line.mean, line.low, line.high, strict=True)
    held = [(on, np.clip(values, plot.y.low, plot.y.high).tolist()) for on, *values in rows if on in own]
    days = [float(np.datetime64(on, "D").astype(np.int64)) for on, _ in held]
    return [tuple(plot.place(day, value) for value in values) for day, (_, values) in zip(days, held, strict=True)]


def _mean_line(group: Group, start: tuple[float, float], end: tuple[float, float]) -> list[svg.Element]:
    return [marks.line(start, end, kind="mean", dashes=group.look.dashes)] if group.has_line else []


def unanswered(nights: Nights, plot: Plot) -> list[svg.Element]:
    """Draw a tick at the foot for each night without an answer."""
    missing = nights.where(~nights.answered)
    places = [plot.x.at(day) for day in days_of(missing)]
    return [marks.line((x, plot.y.start + 6), (x, plot.y.start + 13), kind="missing") for x in places]


def legend_of(group: Group, top: float, row: int, width_px: int) -> list[svg.Element]:
    """Draw two lines of words beside a group's sign, the rows counted from `top`."""
    y = top + marks.LINE_PX * (2 * row) + marks.LINE_PX
    room = width_px - 64
    return [
        *_mean_line(group, (8, y - 5), (44, y - 5)),
        marks.points([(26.0, y - 5)], group.look, radius=4.5),
        marks.words(marks.shortened(group.name, room_px=room), 54, y),
        marks.words(marks.shortened(group.told, room_px=room), 54, y + marks.LINE_PX - 3),
    ]


def counted(nights: Nights) -> list[str]:
    """Say from when to when the nights are, and how many were answered."""
    first, last = (date.fromisoformat(str(nights.on[end])) for end in (0, -1))
    answered = int(nights.answered.sum())
    lines = [
        _("{first} to {last}", first=short_day(first, year=True), last=short_day(last, year=True)),
        _("{answered} answered, {missing} not (ticks at the foot)", answered=answered, missing=len(nights) - answered),
    ]
    unlisted = ngettext("{count} date not in the diary", "{count} dates not in the diary", nights.unlisted)
    return [*lines, unlisted] if nights.unlisted else lines
