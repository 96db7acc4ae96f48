"""The door's own clock and its source of identifiers."""

import secrets
from datetime import UTC, date, datetime
from uuid import UUID

from tzlocal import get_localzone_name

from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.moment import Moment, moment


def now() -> Moment:
    """Return this moment in this machine's zone."""
    return moment(datetime.now(UTC), get_localzone_name() or "UTC")


def noted(payload: Payload, *, night: date | None = None, supersedes: UUID | None = None) -> Fact:
    """Make a fact noted now."""
    return note(payload, now(), secrets.token_bytes(10), night=night, supersedes=supersedes)
