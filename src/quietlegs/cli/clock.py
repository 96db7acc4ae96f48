"""The door's own clock, and its source of identifiers and of lots."""

import secrets
from datetime import UTC, date, datetime
from uuid import UUID

import numpy as np
from tzlocal import get_localzone_name

from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.moment import Moment, moment


def now() -> Moment:
    """Return this moment in this machine's zone."""
    return moment(datetime.now(UTC), get_localzone_name() or "UTC")


def noted(payload: Payload, *, night: date | None = None, supersedes: UUID | None = None) -> Fact:
    """Make a fact noted now."""
    return note(payload, now(), secrets.token_bytes(10), night=night, supersedes=supersedes)


def lots() -> np.random.Generator:
    """Return a source of lots that nobody can foretell."""
    return np.random.default_rng(secrets.randbits(128))
