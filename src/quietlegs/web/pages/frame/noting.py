"""Facts from a posted form: noted when and where the person tapped, not when the server heard of it."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.http import HttpRequest

from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.moment import Moment, moment, refuse_ahead
from quietlegs.web.pages.frame.clock import device_zone, moment_now
from quietlegs.words.catalogue import _


def noted(request: HttpRequest) -> Moment:
    """Return the moment of the tap: the device's, where its script sent it, else now."""
    sent = request.POST.get("noted_at", "")
    if not sent:
        return moment_now(request)
    try:
        at = datetime.fromisoformat(sent)
    except ValueError as error:
        raise RangeError("noted_at", sent, _("an instant such as 2026-01-31T02:00:00Z")) from error
    if at.tzinfo is None:
        raise RangeError("noted_at", sent, _("an instant with its offset"))
    refuse_ahead(at, datetime.now(UTC))
    return moment(at.astimezone(UTC), request.POST.get("zone") or device_zone(request))


def fact_from(
    request: HttpRequest,
    payload: Payload,
    *,
    night: date | None = None,
    supersedes: UUID | None = None,
    own_id: bool = True,
) -> Fact:
    """Make a fact of what was posted; a device that made the id itself may send the form twice without harm.

    A form that becomes several facts gives its id to the one made with `own_id`.
    """
    when = noted(request)
    made = note(payload, when, secrets.token_bytes(10), night=night, supersedes=supersedes)
    sent = request.POST.get("fact_id", "")
    if not sent or not own_id:
        return made
    try:
        return replace(made, id=UUID(sent))
    except ValueError as error:
        raise RangeError("fact_id", sent, _("a UUID of version 7")) from error


def ids_among(texts: Iterable[str]) -> list[UUID]:
    """Return the ids among what an address or a form named; anything else is nobody's entry."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found
