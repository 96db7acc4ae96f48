"""A night's square: the fuller, the worse; signs differ by shape, so that colour is never needed."""

import svg
from django.utils.safestring import SafeString

from quietlegs.records.done import State
from quietlegs.web.pages.log.month import Night

# The square stands above, the dot of practice below it, where it hides nothing.
_WIDTH, _HEIGHT = 36, 46
_EDGE, _INSIDE = 5, 26
_DOT_AT = 41
_GAP = 2
_WORST = 10


def square(night: Night) -> SafeString:
    """Draw a night; its name stands beside it in words. What was not noted at all is left empty."""
    # Drawn from numbers alone: nothing that a person wrote is in it.
    return SafeString(
        svg.SVG(
            viewBox=svg.ViewBoxSpec(0, 0, _WIDTH, _HEIGHT),
            class_=["square"],
            extra={"aria-hidden": "true"},
            elements=_signs(night),
        )
    )


def _signs(night: Night) -> list[svg.Element]:
    signs: list[svg.Element] = []
    if night.severity is not None:
        signs.append(_rect(_EDGE, _INSIDE, "frame", round_px=4))
        signs += _fill(night.severity)
    if night.practised:
        signs.append(svg.Circle(cx=_WIDTH / 2, cy=_DOT_AT, r=3.5, class_=["dot"]))
    if night.at_rest or {State.SICK, State.TRAVEL} & set(night.states):
        signs.append(_rect(1, _WIDTH - 2, "ring", round_px=8))
    if night.added_later:
        right, top = _EDGE + _INSIDE, _EDGE
        corner = [svg.M(right - 10, top), svg.L(right, top), svg.L(right, top + 10), svg.ClosePath()]
        signs.append(svg.Path(d=list(corner), class_=["corner"]))
    return signs


def _rect(start: float, size: float, kind: str, *, round_px: float) -> svg.Rect:
    return svg.Rect(x=start, y=start, width=size, height=size, rx=round_px, class_=[kind])


def _fill(severity: int) -> list[svg.Element]:
    if not severity:
        return []
    room = _INSIDE - 2 * _GAP
    height = round(room * severity / _WORST, 1)
    low = _EDGE + _GAP
    return [svg.Rect(x=low, y=round(low + room - height, 1), width=room, height=height, rx=1, class_=["fill"])]
