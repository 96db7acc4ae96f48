"""Where an account is signed in: by allauth's own list of sessions, of which less is kept than it would.

Of a device the kind of browser and machine is kept and the day on which it was last here: no address of the network, no
hour, nothing by which somebody could be followed.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.db.models.signals import pre_save
from django.http import HttpRequest

from quietlegs.web.accounts.agents import in_words, shortened
from quietlegs.web.accounts.models import Account
from quietlegs.web.accounts.sessions import at_rest
from quietlegs.web.store import trail

# Signed in for so long in any case, and for so long without coming.
LONGEST = timedelta(days=60)
UNSEEN = timedelta(days=30)
_NO_ADDRESS = "::"
_MOST_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Device:
    """A browser in which the account is signed in, as it may be shown."""

    number: int
    name: str
    since: date
    seen_on: date
    is_this: bool


def devices(request: HttpRequest, account: Account) -> tuple[Device, ...]:
    """Return where the account is signed in now: this device first, then whichever was here last."""
    found = (
        Device(
            row.pk, in_words(row.user_agent), row.created_at.date(), row.last_seen_at.date(),
            row.session_key == _key(request),
        )
        for row in UserSession.objects.purge_and_list(account)
    )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.is_this, one.seen_on, one.number), reverse=True))


def end(account: Account, number: int) -> bool:
    """End one, at once; return whether it was there."""
    return bool(_ended(_of(account).filter(pk=number)))


def end_others(request: HttpRequest, account: Account) -> int:
    """End all but this one; return how many that were."""
    return _ended(_of(account).exclude(session_key=_key(request)))


def end_all(account: Account) -> None:
    """End every one."""
    _ended(_of(account))


def is_in(request: HttpRequest, account: Account, today: date) -> bool:
    """Whether this device is still signed in; once a day it is noted that it was here.

    Nothing is written into the session: two requests at once would undo what the other has put there.
    """
    agent = shortened(request.headers.get("User-Agent", ""))
    return _here(_key(request), account.pk, agent, today)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _here(session_key: str, account: int, agent: str, today: date) -> bool:
    told = {"user_id": account, "ip": _NO_ADDRESS, "user_agent": agent}
    row, _new = UserSession.objects.get_or_create(session_key=session_key, defaults=told)
    if today - row.created_at.date() > LONGEST or today - row.last_seen_at.date() > UNSEEN:
        row.end()
        return False
    UserSession.objects.filter(pk=row.pk).update(last_seen_at=datetime.combine(today, time.min, UTC))
    return True


def keep_little(sender: type[UserSession], instance: UserSession, **_told: Any) -> None:
    """Keep of a session what a person needs to know a device by, whoever writes it down."""
    del sender
    instance.session_key = at_rest(instance.session_key)
    instance.ip = _NO_ADDRESS
    instance.user_agent = shortened(instance.user_agent)
    instance.last_seen_at = datetime.combine(instance.last_seen_at.astimezone(UTC).date(), time.min, UTC)


def connect() -> None:
    """Have allauth's list keep little."""
    pre_save.connect(keep_little, sender=UserSession)


def _key(request: HttpRequest) -> str:
    return at_rest(str(request.session.session_key))


def _ended(rows: QuerySet[UserSession]) -> int:
    found = list(rows.select_related("user"))
    for row in found:
        row.end()
        trail.leave(trail.ENDED, row.user_agent, diary=row.user.diary_id)
    return len(found)


def _of(account: Account) -> QuerySet[UserSession]:
    rows: QuerySet[UserSession] = UserSession.objects.filter(user=account)
    return rows
