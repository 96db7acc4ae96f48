"""A posted night turned into facts; only what was answered becomes one."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from django.http import HttpRequest, QueryDict

from quietlegs.records.bounds import RangeError
from quietlegs.records.done import NightState, State
from quietlegs.records.fact import Fact, Payload
from quietlegs.records.felt import BodyPart, NightRating
from quietlegs.records.moment import Moment, instant_in, night_of
from quietlegs.records.slept import Intake, Sleep, Substance, Unit
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.noting import noted

E = TypeVar("E", bound=StrEnum)


def night_from(request: HttpRequest) -> date:
    """Return the night that the form is about; not one that lies ahead."""
    text = request.POST.get("night", "")
    # The page asked by this machine's clock; a device whose clock is behind must still be able to answer.
    now = max(night_of(noted(request)), night_of(moment_now(request)))
    try:
        night = date.fromisoformat(text)
    except ValueError as error:
        raise RangeError("night", text, "a date such as 2026-01-31") from error
    if night > now:
        raise RangeError("night", text, f"up to tonight, {now.isoformat()}")
    return night


def payloads_from(post: QueryDict, night: date, zone_of: Callable[[type[Payload]], str]) -> Iterator[Payload]:
    """Yield the rating, the sleep and the state that were answered; `zone_of` a kind is where its clock stood."""
    severity = whole_from(post, "severity")
    began = instant_from(post, "began", night, zone_of(NightRating))
    where = tuple(_choice(BodyPart, part, "where") for part in post.getlist("where"))
    if severity is not None or began is not None or where:
        yield NightRating(severity, None if severity == 0 else began, () if severity == 0 else where)
    zone = zone_of(Sleep)
    sleep = Sleep(
        lights_out_at=instant_from(post, "lights_out", night, zone),
        asleep_at=instant_from(post, "asleep", night, zone),
        up_at=instant_from(post, "up", night, zone),
        awakenings=whole_from(post, "awakenings"),
        quality=whole_from(post, "quality"),
    )
    if sleep != Sleep():
        yield sleep
    if post.get("state"):
        yield NightState(_choice(State, post.get("state", ""), "state"))


def rating_from(post: QueryDict, held: Fact | None) -> NightRating:
    """Return the rating of one tap; an hour and a place noted before stay."""
    severity = whole_from(post, "severity")
    if severity is None:
        raise RangeError("severity", post.get("severity", ""), "a whole number, 0 to 10")
    before = held.payload if held else None
    return before.rated(severity) if isinstance(before, NightRating) else NightRating(severity)


def intake_from(post: QueryDict, night: date, tap: Moment) -> Intake:
    """Return what was taken; "now" is the moment of the tap, and of a night that is over nobody knows the hour."""
    if post.get("taken") == "now":
        taken_at = tap.at if night_of(tap) == night else None
    else:
        taken_at = instant_from(post, "taken", night, tap.zone)
    return Intake(
        substance=_choice(Substance, post.get("substance", ""), "substance"),
        amount=amount_from(post),
        unit=_choice(Unit, post.get("unit", ""), "unit"),
        taken_at=taken_at,
        name=post.get("name", "").strip() or None,
    )


def amount_from(post: QueryDict) -> float:
    """Return how much it was; a comma is a decimal mark too."""
    text = post.get("amount", "").strip().replace(",", ".")
    try:
        return float(text)
    except ValueError as error:
        raise RangeError("amount", text, "a number such as 80") from error


def whole_from(post: QueryDict, name: str) -> int | None:
    """Return the whole number of a field, None where it is empty."""
    text = post.get(name, "").strip()
    if not text:
        return None
    try:
        return int(text)
    except ValueError as error:
        raise RangeError(name, text, "a whole number") from error


def instant_from(post: QueryDict, name: str, night: date, zone: str) -> datetime | None:
    """Return the instant at which the clock showed a field's time in that night, None where it is empty."""
    text = post.get(name, "").strip()
    if not text:
        return None
    try:
        return instant_in(night, time.fromisoformat(text), zone)
    except ValueError as error:
        raise RangeError(name, text, "a time such as 21:30") from error


def _choice(kind: type[E], text: str, name: str) -> E:
    try:
        return kind(text)
    except ValueError as error:
        raise RangeError(name, text, ", ".join(kind)) from error
