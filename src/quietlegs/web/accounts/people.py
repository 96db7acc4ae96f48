"""The accounts as a host sees them: who, since when, last seen on which day; nothing of any diary."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from quietlegs.web.accounts.devices import end_all
from quietlegs.web.accounts.models import Account, Invitation
from quietlegs.web.links.carriers import CALENDAR
from quietlegs.web.store import channels, tokens, trail
from quietlegs.web.store.diaries import after_erasing, erase_rows, will_overwrite
from quietlegs.web.store.line import in_line
from quietlegs.web.store.whose import in_hand

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Person:
    """One account, in what a host may know of it."""

    number: int
    email: str
    since: date
    seen_on: date | None
    is_host: bool
    is_active: bool


def people(part: str = "", after: str = "") -> tuple[Person, ...]:
    """Return accounts by their addresses, so many at once: those that hold a part, from behind one of them."""
    rows = Account.objects.filter(email__contains=part.strip().lower(), email__gt=after).order_by("email")[:MOST_SHOWN]
    return tuple(Person(one.pk, one.email, one.made_at.date(), one.seen_on, one.is_host, one.is_active) for one in rows)


def switch(number: int, *, on: bool) -> None:
    """Let somebody sign in, or not any more; who is switched off is out at once, with each device, key and address."""
    with in_line(), transaction.atomic():
        Account.objects.filter(pk=number).update(is_active=on)
        for account in Account.objects.filter(pk=number):
            trail.leave(trail.SWITCHED_ON if on else trail.SWITCHED_OFF, diary=account.diary_id)
            if not on:
                _put_out(account)


def _put_out(account: Account) -> None:
    """End whatever lets in, so that nothing of it does again, without a word, once the account is switched on."""
    end_all(account)
    with in_hand(account.diary_id):
        for key in tokens.tokens():
            tokens.revoke(key.id)
        for way in channels.channels(CALENDAR):
            channels.turn_off(way.id)


def erase(account: Account) -> None:
    """Delete an account and its diary: all of it, or nothing where something keeps the database from it."""
    will_overwrite()
    with in_line(), transaction.atomic():
        end_all(account)
        Invitation.objects.filter(email=account.email).delete()
        Account.objects.filter(pk=account.pk).delete()
        gone = erase_rows(account.diary_id)
    after_erasing(gone)
