"""The diary's charts: bars week by week, and the hour of onset month by month."""

from collections.abc import Sequence
from math import ceil

import svg

from quietlegs.trials import marks
from quietlegs.trials.scale import Scale
from quietlegs.web.pages.log.weeks import Onsets, Week, clock
from quietlegs.words.catalogue import _
from quietlegs.words.dates import short_day, short_months
from quietlegs.words.numbers import number

_TOP, _BOTTOM, _LEFT, _RIGHT = 12, 132, 30, 8
_HEIGHT = 162
_ROW = 34
_HOUR = 60
_NIGHTS, _BEST = 7, 10


def free_picture(weeks: Sequence[Week], *, width_px: int) -> str:
    """Draw the nights without symptoms as full bars in front of the nights noted, week by week."""
    plot = _Bars(weeks, _NIGHTS, width_px)
    elements = [*plot.frame((0, 7))]
    for place, week in enumerate(weeks):
        elements += [*plot.bar(place, week.noted, "noted"), *plot.bar(place, week.free, "free")]
    title = _("Nights without symptoms, week by week")
    desc = " ".join(f"{short_day(week.first)}: {_free_words(week)}." for week in weeks)
    return marks.sheet(elements, size=(width_px, _HEIGHT), title=title, desc=desc)


def sleep_picture(weeks: Sequence[Week], *, width_px: int) -> str:
    """Draw the mean of how well each week's nights were slept, 0 to 10; a week without a note has no bar."""
    plot = _Bars(weeks, _BEST, width_px)
    elements = [*plot.frame((0, 5, 10))]
    for place, week in enumerate(weeks):
        elements += plot.bar(place, week.quality or 0, "free")
    told = [(week.first, number(week.quality, 1)) for week in weeks if week.quality is not None]
    desc = " ".join(f"{short_day(first)}: {quality}." for first, quality in told)
    return marks.sheet(elements, size=(width_px, _HEIGHT), title=_("Sleep, week by week, 0 to 10"), desc=desc)


def onset_picture(months: Sequence[Onsets], *, width_px: int) -> str:
    """Draw each month's middle onset as a point on the line that 8 of 10 nights lie on."""
    low = _HOUR * int(min(one.low for one in months) // _HOUR)
    high = max(_HOUR * ceil(max(one.high for one in months) / _HOUR), low + _HOUR)
    x = Scale(low, high, 60, width_px - 24, ())
    foot = _TOP + _ROW * len(months)
    step = _HOUR * ceil((high - low) / _HOUR / max(1, (width_px - 84) // 64))
    elements: list[svg.Element] = []
    for minutes in range(low, high + 1, step):
        elements.append(marks.line((x.at(minutes), _TOP - 4), (x.at(minutes), foot), kind="grid"))
        elements.append(marks.words(clock(minutes), x.at(minutes), foot + 20, anchor="middle"))
    for row, one in enumerate(months):
        y = _TOP + _ROW * row + _ROW / 2
        elements.append(marks.words(short_months()[one.month.month - 1], 4, y + 5))
        elements.append(marks.line((x.at(one.low), y), (x.at(one.high), y), kind="range"))
        elements.append(marks.points([(x.at(one.middle), y)], marks.LOOKS[1], radius=6))
    title = _("The hour at which it began, month by month")
    desc = " ".join(f"{short_months()[one.month.month - 1]}: {clock(one.middle)}." for one in months)
    return marks.sheet(elements, size=(width_px, foot + 30), title=title, desc=desc)


def _free_words(week: Week) -> str:
    return _("{free} of {noted} noted", free=week.free, noted=week.noted)


class _Bars:
    """Where the bars of these weeks stand."""

    def __init__(self, weeks: Sequence[Week], most: float, width_px: int) -> None:
        self.weeks = weeks
        self.y = Scale(0, most, _BOTTOM, _TOP, ())
        self.right = width_px - _RIGHT
        self.pitch = min((self.right - _LEFT) / len(weeks), 56)

    def frame(self, ticks: Sequence[int]) -> list[svg.Element]:
        """Draw the scale at the left and the first day of some weeks at the foot."""
        elements: list[svg.Element] = []
        for tick in ticks:
            elements.append(marks.line((_LEFT, self.y.at(tick)), (self.right, self.y.at(tick)), kind="grid"))
            elements.append(marks.words(str(tick), _LEFT - 6, self.y.at(tick) + 5, anchor="end"))
        every = ceil(60 / self.pitch)
        for place in range(len(self.weeks) - 1, -1, -every):
            x = max(_LEFT + 20, min(self.right - 22, self._middle(place)))
            elements.append(marks.words(short_day(self.weeks[place].first), x, _BOTTOM + 22, anchor="middle"))
        return elements

    def bar(self, place: int, value: float, kind: str) -> list[svg.Element]:
        """Draw one week's bar; nothing where there is nothing."""
        if not value:
            return []
        top, wide = self.y.at(value), round(self.pitch * 0.6, 1)
        return [
            svg.Rect(
                x=round(self._middle(place) - wide / 2, 1),
                y=top,
                width=wide,
                height=round(_BOTTOM - top, 1),
                rx=2,
                stroke=marks.INK,
                fill=marks.INK if kind == "free" else "none",
                class_=[f"chart-{kind}"],
            )
        ]

    def _middle(self, place: int) -> float:
        return _LEFT + self.pitch * (place + 0.5)
