"""Keys for other programs: shown once, kept as a digest, good for what they were made for until they are revoked."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import cast

from django.db import transaction

from quietlegs.records.bounds import Length, RangeError, check_value
from quietlegs.web.store import trail
from quietlegs.web.store.models import ApiTokenRow

SCOPES = ("read", "write")
_BYTES = 32
_NAME = Length(1, 80)
# When it was used last is told to the minute: it shall not cost a write at each request.
_USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Token:
    """A key as it may be shown, and whose diary it opens: everything but the key itself."""

    id: int
    diary: int
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


def make(name: str, scopes: Iterable[str]) -> str:
    """Make a key and return it, the only time that it can be seen; RangeError for a name or a scope there is not."""
    check_value("name", name, _NAME)
    wanted = [scope for scope in SCOPES if scope in set(scopes)]
    if not wanted:
        raise RangeError("scopes", sorted(scopes), ", ".join(SCOPES))
    key = secrets.token_urlsafe(_BYTES)
    now = datetime.now(UTC)
    with transaction.atomic():
        row = ApiTokenRow.objects.create(name=name.strip(), digest=_digest(key), scopes=wanted, made_at=now)
        trail.leave(trail.KEY_MADE, about=row.pk, at=now)
    return key


def known(key: str) -> Token | None:
    """Return what the key is good for, and remember that it was used; None for one that is unknown or revoked."""
    row = next(iter(ApiTokenRow.everyones.filter(digest=_digest(key), revoked_at=None)), None)
    if row is None:
        return None
    now = datetime.now(UTC)
    if row.used_at is None or now - row.used_at >= _USED_EVERY:
        _note_used(row, now)
    return _token(row)


def tokens() -> tuple[Token, ...]:
    """Return all keys that were made, newest first."""
    return tuple(_token(row) for row in ApiTokenRow.objects.order_by("-pk"))


def revoke(number: int) -> None:
    """Let a key be good for nothing from now on; revoked once, it stays so."""
    with transaction.atomic():
        if ApiTokenRow.objects.filter(pk=number, revoked_at=None).update(revoked_at=datetime.now(UTC)):
            trail.leave(trail.KEY_ENDED, about=number)


def _note_used(row: ApiTokenRow, now: datetime) -> None:
    """Remember when it was used last; the trail tells the first use of each day, and the last one of the day before."""
    before = row.used_at
    # Of several at once the first one leaves a step.
    mine = ApiTokenRow.everyones.filter(pk=row.pk, used_at=before).update(used_at=now)
    if not mine or (before is not None and before.date() == now.date()):
        return
    if before is not None:
        trail.leave(trail.KEY_USED, "last", about=row.pk, diary=row.diary.pk, at=before)
    trail.leave(trail.KEY_USED, "first", about=row.pk, diary=row.diary.pk, at=now)


def _digest(key: str) -> str:
    # A key of 256 random bits needs no slow digest: there is nothing to guess.
    return sha256(key.encode()).hexdigest()


def _token(row: ApiTokenRow) -> Token:
    # Each key is some diary's; only the stubs think that it may be nobody's.
    diary = cast("int", row.diary_id)
    return Token(row.pk, diary, row.name, tuple(row.scopes), row.made_at, row.used_at, row.revoked_at)
