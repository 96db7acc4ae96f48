"""The evidence so far as a picture: night by night how strong it looks, and how strong it must be."""

import math
from dataclasses import dataclass
from itertools import groupby

import svg

from quietlegs.trials import marks
from quietlegs.trials.claim import Claim
from quietlegs.trials.nights import TooFewNightsError
from quietlegs.trials.scale import Scale, scale
from quietlegs.trials.verdict import Answer
from quietlegs.trials.wager import Wager
from quietlegs.words.catalogue import _
from quietlegs.words.numbers import grouped, number

_TOP, _RIGHT, _HEIGHT = 40, 14, 190
_LEAST_TOP, _HIGHEST_LIMIT = 3.0, 10.0
_FEWEST_DECADES, _MOST_DECADES = -3, 4
_SIGNS = 12

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Arm:
    """One arm's evidence at each look, what its end says, and the look that claimed it."""

    name: str
    sizes: tuple[float, ...]
    told: str
    claimed: int | None


@dataclass(frozen=True, slots=True)
class _Story:
    """All that is drawn: `limits` is None where no size is enough, `ends` are nights at which a stage ends."""

    title: str
    nights: tuple[int, ...]
    arms: tuple[_Arm, ...]
    limits: tuple[float | None, ...]
    ends: tuple[int, ...]
    last: int
    needed: str
    in_decades: bool


def evidence_picture(answer: Answer, *, width_px: int = 640) -> str:
    """Draw each arm's evidence against the limit as SVG text, over the nights up to the end of the running stage.

    A ring marks the night of a claim, shade the nights on which nothing could be claimed yet. Of an open-ended trial
    it draws what a stake of 1 has become, each line ten times the one below.

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
    story = _story(answer)
    y, labels = _heights(story)
    x = Scale(0, story.last, 16 + marks.width_of(labels), width_px - _RIGHT, ())
    elements: list[svg.Element] = [
        marks.words(marks.shortened(story.title, room_px=width_px - 16), 8, 18),
        *_shade(story, x, y),
        *_frame(x, y, labels),
        *(marks.line((x.at(end), y.start), (x.at(end), y.end), kind="stage", dashes="1 4") for end in story.ends),
        *_limit(story, x, y),
    ]
    for place, arm in enumerate(story.arms):
        elements += _path(arm, story.nights, _look(place), x, y)
    legend, foot = _legend(story, y.start + 62, width_px - 64)
    desc = " ".join(
        [
            *(f"{arm.name}: {arm.told}." for arm in story.arms),
            f"{story.needed}.",
            _("Last look: night {night}.", night=story.nights[-1]),
        ]
    )
    return marks.sheet([*elements, *legend], size=(width_px, round(foot)), title=story.title, desc=desc)


def _story(answer: Answer) -> _Story:
    names = [one.nights.name for one in answer.arms]
    if answer.claim and answer.claim.looks:
        return _of_claim(answer.claim, names, answer)
    if answer.wager and answer.wager.settled:
        return _of_wager(answer.wager, names, answer.setting.night)
    raise TooFewNightsError("looks", 0, "1 or more")


def _of_claim(found: Claim, names: list[str], answer: Answer) -> _Story:
    looks, setting = found.looks, answer.setting
    last = next((end for end in setting.stage_ends if setting.night <= end), setting.night)
    arms = []
    for name, code, strengths in zip(
        names, found.arms, zip(*(look.strength for look in looks), strict=True), strict=True
    ):
        claimed = found.of(code)
        size = number(abs(strengths[-1]), 1)
        told = _("{size} (lower) now", size=size) if strengths[-1] < 0 else _("{size} (higher) now", size=size)
        arms.append(_arm(name, [abs(size) for size in strengths], told, claimed.night if claimed else None))
    limit = looks[-1].limit
    return _Story(
        _("How strong the evidence is, night by night"),
        tuple(look.night for look in looks),
        tuple(arms),
        tuple(look.limit for look in looks),
        tuple(end for end in setting.stage_ends if end <= last),
        last,
        _("how strong it must be: {limit} now", limit=number(limit, 1)) if limit else _("how strong it must be"),
        in_decades=False,
    )


def _of_wager(found: Wager, names: list[str], last: int) -> _Story:
    arms = []
    for name, code, worths in zip(
        names, found.arms, zip(*(each.worth for each in found.settled), strict=True), strict=True
    ):
        claimed = found.of(code)
        told = _("{size} now", size=_worth(worths[-1]))
        powers = [math.log10(max(worth, 10.0**_FEWEST_DECADES)) for worth in worths]
        arms.append(_arm(name, powers, told, claimed.night if claimed else None))
    return _Story(
        _("What a stake of 1 became, night by night"),
        tuple(each.night for each in found.settled),
        tuple(arms),
        (math.log10(found.threshold),) * len(found.settled),
        (),
        last,
        _("what it must become: {size}", size=number(found.threshold)),
        in_decades=True,
    )


def _arm(name: str, sizes: list[float], told: str, claimed: int | None) -> _Arm:
    if claimed is not None:
        told = _("{size}, claimed on night {night}", size=told, night=claimed)
    return _Arm(name, tuple(sizes), told, claimed)


def _worth(size: float) -> str:
    if size < 10.0**_FEWEST_DECADES:
        return _("under {size}", size=number(10.0**_FEWEST_DECADES))
    if size > 10.0**_MOST_DECADES:
        return _("over {size}", size=grouped(10.0**_MOST_DECADES))
    return grouped(size) if size >= 100 else number(float(f"{size:.2g}"))  # noqa: PLR2004  # two digits are enough below


def _heights(story: _Story) -> tuple[Scale, list[str]]:
    """Return the upright axis and what its ticks say."""
    sizes = [size for arm in story.arms for size in arm.sizes]
    limits = [limit for limit in story.limits if limit is not None]
    if not story.in_decades:
        drawn = [limit for limit in limits if limit <= _HIGHEST_LIMIT]
        y = scale(0.0, max(_LEAST_TOP, *sizes, *drawn), start=_TOP + _HEIGHT, end=_TOP, most=5)
        return y, [y.label(tick) for tick in y.ticks]
    low = math.floor(min(0.0, *sizes))
    high = min(_MOST_DECADES, math.ceil(max(*sizes, *limits)))
    ticks = range(low, high + 1)
    y = Scale(low, high, _TOP + _HEIGHT, _TOP, tuple(float(tick) for tick in ticks))
    return y, [grouped(10.0**tick) if tick >= 0 else number(10.0**tick) for tick in ticks]


def _frame(x: Scale, y: Scale, labels: list[str]) -> list[svg.Element]:
    elements: list[svg.Element] = []
    for tick, label in zip(y.ticks, labels, strict=True):
        place = y.at(tick)
        elements.append(marks.line((x.start, place), (x.end, place), kind="grid"))
        elements.append(marks.words(label, x.start - 6, place + 5, anchor="end"))
    nights = scale(x.low, x.high, start=x.start, end=x.end, most=6)
    shown = [tick for tick in nights.ticks if tick <= x.high and tick == round(tick)]
    elements += [marks.words(number(tick), x.at(tick), y.start + 20, anchor="middle") for tick in shown]
    elements.append(marks.words(_("nights"), x.end, y.start + 38, anchor="end"))
    return elements


def _first_limit(story: _Story) -> float:
    """Return the night of the first look at which some size was enough; the end of the picture when none was."""
    pairs = zip(story.nights, story.limits, strict=True)
    return next((night - 0.5 for night, limit in pairs if limit is not None), float(story.nights[-1]))


def _shade(story: _Story, x: Scale, y: Scale) -> list[svg.Element]:
    """Shade the nights before anything could be claimed."""
    if story.in_decades:
        return []
    edge = x.at(_first_limit(story))
    return [marks.area([(x.start, y.end), (edge, y.end)], [(x.start, y.start), (edge, y.start)], kind="early")]


def _limit(story: _Story, x: Scale, y: Scale) -> list[svg.Element]:
    """Draw the limit, with a gap at looks that have none; what lies above the picture runs along its top."""
    drawn: list[svg.Element] = []
    pairs = zip(story.nights, story.limits, strict=True)
    for has, run in groupby(pairs, key=lambda pair: pair[1] is not None):
        places = [(x.at(night), y.at(min(limit or 0.0, y.high))) for night, limit in run]
        if has:
            # A limit between two gaps would be a line without length.
            ends = places if len(places) > 1 else [(places[0][0] + side, places[0][1]) for side in (-2, 2)]
            drawn.append(marks.path(ends, kind="limit", dashes="7 5"))
    return drawn


def _look(place: int) -> marks.Look:
    """Return how an arm looks; the first look is the comparator's."""
    return marks.LOOKS[(place + 1) % len(marks.LOOKS)]


def _path(arm: _Arm, nights: tuple[int, ...], look: marks.Look, x: Scale, y: Scale) -> list[svg.Element]:
    pairs = [(x.at(night), y.at(min(size, y.high))) for night, size in zip(nights, arm.sizes, strict=True)]
    every = max(1, len(pairs) // _SIGNS)
    drawn: list[svg.Element] = [
        marks.path(pairs, kind="path", dashes=look.dashes),
        marks.points([*pairs[:-1:every], pairs[-1]], look, radius=4),
    ]
    return [*drawn, _ring(pairs[nights.index(arm.claimed)])] if arm.claimed in nights else drawn


def _ring(place: Place) -> svg.Element:
    return marks.points([place], marks.LOOKS[0], radius=9)


def _legend(story: _Story, top: float, room: float) -> tuple[list[svg.Element], float]:
    """Return what the signs mean, and where the picture ends."""
    elements: list[svg.Element] = []
    for place, arm in enumerate(story.arms):
        look, y = _look(place), top + 2 * marks.LINE_PX * place
        elements.append(marks.line((8, y - 5), (44, y - 5), kind="path", dashes=look.dashes))
        elements.append(marks.points([(26.0, y - 5)], look, radius=4.5))
        elements.append(marks.words(marks.shortened(arm.name, room_px=room), 54, y))
        elements.append(marks.words(marks.shortened(arm.told, room_px=room), 54, y + marks.LINE_PX - 3))
    top += 2 * marks.LINE_PX * len(story.arms)
    signs = _signs(story)
    for row, (sign, told) in enumerate(signs):
        moved = svg.G(transform=[svg.Translate(8, top + row * marks.LINE_PX - 5)], elements=[sign])
        elements += [moved, marks.words(marks.shortened(told, room_px=room), 54, top + row * marks.LINE_PX)]
    return elements, top + (len(signs) - 1) * marks.LINE_PX + 12


def _signs(story: _Story) -> list[tuple[svg.Element, str]]:
    """Return what else is drawn, each sign 36 px wide around the height 0."""
    signs: list[tuple[svg.Element, str]] = [(marks.line((0, 0), (36, 0), kind="limit", dashes="7 5"), story.needed)]
    if any(arm.claimed for arm in story.arms):
        signs.append((_ring((18, 0)), _("claimed on this night")))
    if not story.in_decades:
        signs.append(
            (marks.area([(0, -6), (36, -6)], [(0, 6), (36, 6)], kind="early"), _("too early to claim anything"))
        )
    if story.ends:
        signs.append((marks.line((18, -8), (18, 8), kind="stage", dashes="1 4"), _("a stage ends")))
    return signs
