"""Each arm's effect as a picture: a point, its interval, no difference, and the smallest difference worth having."""

import svg

from quietlegs.trials import marks
from quietlegs.trials.estimated import ArmEstimate
from quietlegs.trials.nights import TooFewNightsError
from quietlegs.trials.scale import Axis, Scale, scale
from quietlegs.trials.verdict import Answer, ArmVerdict, Setting
from quietlegs.trials.wording import nights_answered, ranged
from quietlegs.words.catalogue import _
from quietlegs.words.numbers import number

_TOP, _SIDE, _ROW = 4, 26, 103


def effects_picture(answer: Answer, *, axis: Axis, width_px: int = 640) -> str:
    """Draw each arm less the comparator as SVG text, with 95 % intervals; arms without an estimate are left out.

    The dashed line is no difference, the shade is where a difference is worth having.

    Parameters
    ----------
    answer : Answer
        What `judge` gave.
    axis : Axis
        Name and unit of the answers.
    width_px : int, optional
        The width it is made for.

    Raises
    ------
    TooFewNightsError
        No arm has an estimate.
    """
    found = [(one, one.estimate) for one in answer.arms if one.estimate]
    if not found:
        raise TooFewNightsError("estimates", 0, "1 or more")
    setting = answer.setting
    wanted = -setting.worthwhile if setting.lower_is_better else setting.worthwhile
    x = _across(wanted, [each for _, each in found], width_px)
    name, room = axis.difference, width_px - 16
    against = _("compared with {comparator}", comparator=setting.comparator.name)
    heads = [marks.shortened(name, room_px=room), *marks.wrapped(against, room_px=room)]
    above = _TOP + marks.LINE_PX * len(heads)
    foot = above + _ROW * len(found) + 10
    elements: list[svg.Element] = [marks.words(told, 8, 18 + marks.LINE_PX * row) for row, told in enumerate(heads)]
    elements += _frame(x, foot, setting)
    for place, (one, each) in enumerate(found):
        top = above + _ROW * place
        lines = enumerate((one.nights.name, _size(each), _counted(one)))
        elements += [marks.words(marks.shortened(told, room_px=room), 8, top + 22 + 21 * row) for row, told in lines]
        elements += _interval(each, x, wanted, top + 87)
    told = _told(setting, wanted)
    foots = enumerate(marks.shortened(text, room_px=room) for text in told)
    elements += [marks.words(text, 8, foot + 66 + row * marks.LINE_PX) for row, text in foots]
    desc = ". ".join([*(f"{one.nights.name}: {_size(each)}, {_counted(one)}" for one, each in found), *told]) + "."
    height = foot + 78 + marks.LINE_PX * (len(told) - 1)
    return marks.sheet(elements, size=(width_px, height), title=f"{name}, {against}", desc=desc)


def _across(wanted: float, found: list[ArmEstimate], width_px: int) -> Scale:
    """Return the scale on which no difference, the difference worth having and all intervals have room."""
    ends = [0.0, wanted * 1.25, *(end for each in found for end in (each.effect.low, each.effect.high))]
    return scale(min(ends), max(ends), start=_SIDE, end=width_px - _SIDE, most=max(3, width_px // 90))


def _size(each: ArmEstimate) -> str:
    effect = each.effect
    return ranged(effect.mean, effect.low, effect.high)


def _counted(one: ArmVerdict) -> str:
    return nights_answered(one.nights)


def _told(setting: Setting, wanted: float) -> list[str]:
    edge = number(wanted, sign=True)
    shaded = _("Shaded: worth having, {edge} or lower", edge=edge)
    if not setting.lower_is_better:
        shaded = _("Shaded: worth having, {edge} or higher", edge=edge)
    return [
        _("Compared with: {nights}", nights=nights_answered(setting.comparator)),
        _("Bars: 95 % ranges of the estimate"),
        shaded,
        _("Dashed: no difference"),
    ]


def _interval(each: ArmEstimate, x: Scale, wanted: float, y: float) -> list[svg.Element]:
    """Draw one arm's bar over no difference and over what is worth having."""
    low, high, zero, edge = x.at(each.effect.low), x.at(each.effect.high), x.at(0.0), x.at(wanted)
    far = x.start if wanted < 0 else x.end
    return [
        marks.area([(far, y - 12), (edge, y - 12)], [(far, y + 12), (edge, y + 12)], kind="worthwhile"),
        marks.line((edge, y - 12), (edge, y + 12), kind="worthwhile", dashes="1 4"),
        marks.line((zero, y - 12), (zero, y + 12), kind="zero", dashes="4 3"),
        marks.line((low, y), (high, y), kind="interval"),
        *(marks.line((end, y - 5), (end, y + 5), kind="interval") for end in (low, high)),
        marks.points([(x.at(each.effect.mean), y)], marks.LOOKS[1], radius=5),
    ]


def _frame(x: Scale, foot: float, setting: Setting) -> list[svg.Element]:
    lower, higher = _("lower: better"), _("higher: worse")
    if not setting.lower_is_better:
        lower, higher = _("lower: worse"), _("higher: better")
    elements: list[svg.Element] = [marks.line((x.start, foot), (x.end, foot), kind="axis")]
    for tick in x.ticks:
        place = x.at(tick)
        elements.append(marks.line((place, foot), (place, foot + 5), kind="axis"))
        elements.append(marks.words(x.label(tick), place, foot + 21, anchor="middle"))
    elements.append(marks.words(f"\N{LEFTWARDS ARROW} {lower}", x.start - 18, foot + 43))
    elements.append(marks.words(f"{higher} \N{RIGHTWARDS ARROW}", x.end + 18, foot + 43, anchor="end"))
    return elements
