"""Who else may read which parts of a diary, until when: offered by a link, taken once, revoked at any time, logged."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from quietlegs.records.bounds import Length, RangeError, check_value
from quietlegs.web.store import trail
from quietlegs.web.store.models import GrantRow, TrailRow
from quietlegs.words.catalogue import _

PARTS = ("report", "nights", "tried")
LONGEST = timedelta(days=365)
# The link that offers it is good for so long; then it has to be offered anew.
TAKEN_WITHIN = timedelta(days=14)
_ONE_READING = timedelta(minutes=1)
_NAME = Length(1, 80)
_BYTES = 32
_NEWEST = 50


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody may read, as it may be shown; `reader` is their account, None until they have taken it."""

    id: int
    diary: int
    reader_name: str
    owner_name: str
    parts: tuple[str, ...]
    until: date
    made_at: datetime
    reader: int | None = None
    taken_at: datetime | None = None
    revoked_at: datetime | None = None
    read_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether something may be read by it now, or once it is taken."""
        return self.revoked_at is None and now.date() <= self.until


@dataclass(frozen=True, slots=True)
class Reading:
    """That a part was read, by whom, when."""

    reader_name: str
    part: str
    at: datetime


def offer(reader_name: str, owner_name: str, parts: Iterable[str], until: date, now: datetime) -> str:
    """Offer parts of the diary in hand; return the secret of the link, the only time that it can be seen.

    Raises
    ------
    RangeError
        A name that is empty or too long, no part, or a last day that is over or more than a year ahead.
    """
    for field, name in (("reader_name", reader_name), ("owner_name", owner_name)):
        check_value(field, name.strip(), _NAME)
    wanted = [part for part in PARTS if part in set(parts)]
    if not wanted:
        raise RangeError("parts", "", ", ".join(PARTS))
    first, last = now.date(), now.date() + LONGEST
    if not first <= until <= last:
        raise RangeError("until", until.isoformat(), _("from {first} to {last}", first=first, last=last))
    secret = secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        row = GrantRow.objects.create(
            reader_name=reader_name.strip(), owner_name=owner_name.strip(), parts=wanted, until=until, made_at=now,
            digest=_digest(secret),
        )  # fmt: skip
        trail.leave(trail.SHARED, about=row.pk, at=now)
    return secret


def offered(secret: str, now: datetime) -> Grant | None:
    """Return what a link offers; None where it was taken, revoked or is over."""
    fresh = GrantRow.everyones.filter(digest=_digest(secret), reader=None, made_at__gt=now - TAKEN_WITHIN)
    row = fresh.select_related("diary").first()
    found = _grant(row) if row else None
    return found if found and found.holds(now) else None


def invites(secret: str, now: datetime) -> bool:
    """Whether whoever holds the link may make an account by it: once, while it offers something."""
    found = offered(secret, now)
    if found is None:
        return False
    return bool(GrantRow.everyones.filter(pk=found.id, invited_at=None).update(invited_at=now))


def take(secret: str, reader: int, now: datetime) -> Grant | None:
    """Let this account read what the link offers, and no other from now on; None as with `offered`."""
    found = offered(secret, now)
    if found is None:
        return None
    mine = GrantRow.everyones.filter(pk=found.id, reader=None, revoked_at=None)
    with transaction.atomic():
        if not mine.update(reader=reader, taken_at=now):
            return None
        trail.leave(trail.SHARE_TAKEN, about=found.id, diary=found.diary, at=now)
    return found


def grants() -> tuple[Grant, ...]:
    """Return everything that was offered of the diary in hand, newest first."""
    read = trail.last_read()
    return tuple(
        replace(_grant(row), read_at=read.get(row.pk))
        for row in GrantRow.objects.select_related("diary").order_by("-pk")
    )


def revoke(number: int, now: datetime) -> None:
    """Let nothing more be read by it; revoked once, it stays so."""
    with transaction.atomic():
        if GrantRow.objects.filter(pk=number, revoked_at=None).update(revoked_at=now):
            trail.leave(trail.SHARE_ENDED, about=number, at=now)


def readings() -> tuple[Reading, ...]:
    """Return what was read of the diary in hand by others, newest first, the last fifty."""
    rows = list(TrailRow.objects.filter(what=trail.READ).order_by("-pk")[:_NEWEST])
    names = dict(GrantRow.objects.filter(pk__in={row.about for row in rows}).values_list("pk", "reader_name"))
    return tuple(Reading(names.get(row.about or 0, ""), row.word, row.at) for row in rows)


def readable(reader: int, now: datetime) -> tuple[Grant, ...]:
    """Return what this account may read now, of any diary."""
    rows = GrantRow.everyones.filter(until__gte=now.date(), reader=reader, revoked_at=None)
    return tuple(_grant(row) for row in rows.select_related("diary").order_by("-pk"))


def read(number: int, reader: int, part: str, now: datetime) -> Grant | None:
    """Return what lets this account read a part now, and note that it did; None where nothing does.

    A page, its picture and its file within a minute are noted as one reading.
    """
    for grant in readable(reader, now):
        if grant.id == number and part in grant.parts:
            noted = TrailRow.everyones.filter(diary=grant.diary, what=trail.READ, about=number, word=part)
            if not noted.filter(at__gt=now - _ONE_READING, at__lte=now).exists():
                trail.leave(trail.READ, part, about=number, diary=grant.diary, at=now)
            return grant
    return None


def _digest(secret: str) -> str:
    # As with keys: 256 random bits need no slow digest.
    return sha256(secret.encode()).hexdigest()


def _grant(row: GrantRow) -> Grant:
    return Grant(
        row.pk, row.diary.pk, row.reader_name, row.owner_name, tuple(row.parts), row.until, row.made_at,
        row.reader, row.taken_at, row.revoked_at,
    )  # fmt: skip
