"""The evidence so far as a picture: night by night how strong it looks, and how strong it must be."""

import math
from dataclasses import dataclass

import svg

from quietlegs.trials import marks
from quietlegs.trials.nights import TooFewNightsError
from quietlegs.trials.scale import Scale, scale
from quietlegs.trials.verdict import Answer

_TOP, _RIGHT, _HEIGHT = 40, 14, 190
_HIGHEST = 5.0


@dataclass(frozen=True, slots=True)
class _Paths:
    """Night by night: each arm's size, and the size from which it is claimed (None: none is enough yet)."""

    names: tuple[str, ...]
    nights: tuple[int, ...]
    sizes: tuple[tuple[float, ...], ...]
    limits: tuple[float | None, ...]
    last: int
    measure: str


def evidence_picture(answer: Answer, *, width_px: int = 640) -> str:
    """Draw each arm's evidence against the limit as SVG text, over the nights of the running stage.

    Parameters
    ----------
    answer : Answer
        With a claim or a wager.
    width_px : int, optional
        The width it is made for.

    Raises
    ------
    TooFewNightsError
        Nobody has looked yet, or nothing can be claimed.
    """
    paths = _paths(answer)
    left = 40.0
    x = Scale(0, paths.last, left, width_px - _RIGHT, ())
    limits = [limit for limit in paths.limits if limit is not None]
    top = min(max([_HIGHEST if limits else 3.0, *(size for row in paths.sizes for size in row)]), 2 * _HIGHEST)
    y = scale(0.0, top, start=_TOP + _HEIGHT, end=_TOP, most=5)
    elements: list[svg.Element] = [
        marks.words(marks.shortened(paths.measure, room_px=width_px - 16), 8, 18),
        *_frame(x, y),
        *_limit(paths, x, y),
    ]
    for place, name in enumerate(paths.names):
        look = marks.LOOKS[(place + 1) % len(marks.LOOKS)]
        elements += _path(paths, place, look, x, y)
        row = _TOP + _HEIGHT + 62 + marks.LINE_PX * place
        elements.append(marks.points([(26.0, row - 5)], look, radius=4.5))
        elements.append(marks.words(marks.shortened(name, room_px=width_px - 64), 54, row))
    foot = _TOP + _HEIGHT + 62 + marks.LINE_PX * len(paths.names)
    elements.append(marks.line((8, foot - 5), (44, foot - 5), kind="limit", dashes="7 5"))
    elements.append(marks.words("how strong it must be", 54, foot))
    desc = " ".join(
        f"{name}: {paths.sizes[-1][place]:.1f} after {paths.nights[-1]} nights."
        for place, name in enumerate(paths.names)
    )
    needed = f" Needed: {paths.limits[-1]:.1f}." if paths.limits[-1] else " Too early for any claim."
    return marks.sheet(elements, size=(width_px, foot + 14), title=paths.measure, desc=desc + needed)


def _paths(answer: Answer) -> _Paths:
    names = [one.nights.name for one in answer.arms]
    last = next((end for end in answer.setting.stage_ends if answer.setting.night <= end), answer.setting.night)
    if answer.claim and answer.claim.looks:
        looks = answer.claim.looks
        return _Paths(
            tuple(names),
            tuple(look.night for look in looks),
            tuple(tuple(abs(size) for size in look.strength) for look in looks),
            tuple(look.limit for look in looks),
            last,
            "How strong the evidence is, night by night",
        )
    if answer.wager and answer.wager.settled:
        settled = answer.wager.settled
        edge = math.log10(answer.wager.threshold)
        return _Paths(
            tuple(names),
            tuple(each.night for each in settled),
            tuple(tuple(max(0.0, math.log10(worth)) if worth else 0.0 for worth in each.worth) for each in settled),
            (edge,) * len(settled),
            answer.setting.night,
            "What a stake of 1 became (powers of ten)",
        )
    raise TooFewNightsError("looks", 0, "1 or more")


def _frame(x: Scale, y: Scale) -> list[svg.Element]:
    elements: list[svg.Element] = []
    for tick in y.ticks:
        place = y.at(tick)
        elements.append(marks.line((x.start, place), (x.end, place), kind="grid"))
        elements.append(marks.words(y.label(tick), x.start - 6, place + 5, anchor="end"))
    nights = scale(x.low, x.high, start=x.start, end=x.end, most=6)
    shown = [tick for tick in nights.ticks if tick <= x.high]
    elements += [marks.words(f"{tick:g}", x.at(tick), y.start + 20, anchor="middle") for tick in shown]
    elements.append(marks.words("nights", x.end, y.start + 38, anchor="end"))
    return elements


def _limit(paths: _Paths, x: Scale, y: Scale) -> list[svg.Element]:
    """Draw the limit where there is one; above the picture it would say nothing."""
    pairs = [
        (x.at(night), y.at(limit))
        for night, limit in zip(paths.nights, paths.limits, strict=True)
        if limit is not None and limit <= y.high
    ]
    if len(pairs) < 2:  # noqa: PLR2004  # a line needs two points
        return [marks.words("too early for any claim", x.start + 8, y.end + 14)]
    return [marks.path(pairs, kind="limit", dashes="7 5")]


def _path(paths: _Paths, place: int, look: marks.Look, x: Scale, y: Scale) -> list[svg.Element]:
    pairs = [(x.at(night), y.at(min(row[place], y.high))) for night, row in zip(paths.nights, paths.sizes, strict=True)]
    every = max(1, len(pairs) // 12)
    return [marks.path(pairs, kind="path"), marks.points([*pairs[:-1:every], pairs[-1]], look, radius=4)]
