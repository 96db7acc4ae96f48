"""Each arm's effect as a picture: a point, its interval, no difference, and the smallest difference worth having."""

import svg

from quietlegs.trials import marks
from quietlegs.trials.estimated import ArmEstimate
from quietlegs.trials.nights import TooFewNightsError
from quietlegs.trials.scale import Axis, Scale, scale
from quietlegs.trials.verdict import Answer, ArmVerdict

_TOP, _SIDE, _ROW = 46, 26, 74


def effects_picture(answer: Answer, *, axis: Axis, width_px: int = 640) -> str:
    """Draw each arm less the comparator as SVG text, with 95 % intervals; arms without an estimate are left out.

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
    ends = [end for _, each in found for end in (each.effect.low, each.effect.high)]
    x = scale(
        min(0.0, wanted, *ends), max(0.0, wanted, *ends), start=_SIDE, end=width_px - _SIDE, most=max(3, width_px // 90)
    )
    foot = _TOP + _ROW * len(found) + 10
    name = f"Difference in {axis.name[:1].lower()}{axis.name[1:]} ({axis.step})"
    against = f"compared with {setting.comparator.name}"
    elements: list[svg.Element] = [
        marks.words(marks.shortened(name, room_px=width_px - 16), 8, 18),
        marks.words(marks.shortened(against, room_px=width_px - 16), 8, 18 + marks.LINE_PX),
        *_frame(x, foot, wanted),
    ]
    for place, (one, each) in enumerate(found):
        elements += _arm(one, each, x, _TOP + _ROW * place, width_px - 16)
    told = ["Bars: 95 % ranges of the estimate", f"Dotted: worth having, {wanted:+g}"]
    for row, text in enumerate(told):
        elements.append(marks.words(text, 8, foot + 66 + row * marks.LINE_PX))
    desc = ". ".join([*(_told(one, each) for one, each in found), *told]) + "."
    return marks.sheet(elements, size=(width_px, foot + 78 + marks.LINE_PX), title=f"{name}, {against}", desc=desc)


def _told(one: ArmVerdict, each: ArmEstimate) -> str:
    return f"{one.nights.name}: {_size(each)}"


def _size(each: ArmEstimate) -> str:
    effect = each.effect
    return f"{effect.mean:+.2f} ({effect.low:+.2f} to {effect.high:+.2f})"


def _arm(one: ArmVerdict, each: ArmEstimate, x: Scale, top: float, room: float) -> list[svg.Element]:
    y, effect = top + 58, each.effect
    low, high = x.at(effect.low), x.at(effect.high)
    return [
        marks.words(marks.shortened(one.nights.name, room_px=room), 8, top + 22),
        marks.words(_size(each), 8, top + 22 + marks.LINE_PX),
        marks.line((low, y), (high, y), kind="interval"),
        *(marks.line((end, y - 5), (end, y + 5), kind="interval") for end in (low, high)),
        marks.points([(x.at(effect.mean), y)], marks.LOOKS[1], radius=5),
        marks.line((x.at(0.0), y - 11), (x.at(0.0), y + 11), kind="zero", dashes="4 3"),
    ]


def _frame(x: Scale, foot: float, wanted: float) -> list[svg.Element]:
    elements: list[svg.Element] = [
        marks.line((x.start, foot), (x.end, foot), kind="axis"),
        marks.line((x.at(wanted), foot - 12), (x.at(wanted), foot + 5), kind="worthwhile", dashes="2 3"),
    ]
    for tick in x.ticks:
        place = x.at(tick)
        elements.append(marks.line((place, foot), (place, foot + 5), kind="axis"))
        elements.append(marks.words(x.label(tick), place, foot + 21, anchor="middle"))
    elements.append(marks.words("\N{LEFTWARDS ARROW} lower", x.start - 18, foot + 43))
    elements.append(marks.words("higher \N{RIGHTWARDS ARROW}", x.end + 18, foot + 43, anchor="end"))
    return elements
