"""What of a group's installation is unsafe or missing, for `quietlegs doctor`."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from quietlegs.web.accounts.mail import VARIABLE as MAIL
from quietlegs.web.accounts.mail import mail_settings
from quietlegs.web.accounts.models import Account
from quietlegs.web.links.push.send import CONTACT_VARIABLE, contact_given
from quietlegs.web.store.home import home
from quietlegs.web.store.kept_for_all import (
    behind_the_first_key,
    in_the_clear,
    unread_since,
    without_an_owner,
    worked_last,
)
from quietlegs.web.store.sealing import FILE_VARIABLE, server_keys

Found = tuple[str, str, bool]
_OTHERS = 0o077
_MOST_SHOWN = 3
_SILENT_AT_MOST = timedelta(minutes=10)


def of_a_group(now: datetime, *, deep: bool = False) -> Iterator[Found]:
    """Yield what was looked at, what was found, and whether it is good; `deep` looks whose each diary is."""
    yield _server_key()
    yield _letters()
    contact = contact_given()
    yield "contact", contact or f"{CONTACT_VARIABLE} is not set: some push services send nothing then", bool(contact)
    try:
        yield _hosts()
        yield _sealed()
        yield from _locked()
        yield from _worker(now)
        if deep:
            yield _owned()
        if connection.vendor != "sqlite":
            yield "copy", "quietlegs makes none of a PostgreSQL; is pg_dump run every day?", True
    except DatabaseError as error:
        yield "accounts", str(error), False


def _server_key() -> Found:
    """Look whether the key is there, is one, and lies where neither others nor a copy of the data folder have it."""
    try:
        count = len(server_keys())
    except ImproperlyConfigured as error:
        return "server key", str(error), False
    told = os.environ.get(FILE_VARIABLE)
    if not told:
        return "server key", f"{count} in the environment", True
    file = Path(told).resolve()
    if stat.S_IMODE(file.stat().st_mode) & _OTHERS:
        return "server key", f"others can read {file}; chmod 600 {file}", False
    if file.is_relative_to(home().resolve()):
        return "server key", f"{file} lies in the data folder, so whoever has a copy of that reads the diaries", False
    return "server key", f"{count} in {file}", True


def _letters() -> Found:
    try:
        settings = mail_settings()
    except ImproperlyConfigured as error:
        return "letters", str(error), False
    if "EMAIL_HOST" not in settings:
        return "letters", f"are printed and go nowhere: {MAIL} holds console:", False
    return "letters", f"by {settings['EMAIL_HOST']}", True


def _hosts() -> Found:
    count = Account.objects.filter(is_host=True, is_active=True).count()
    hint = "" if count else "; nobody looks after the accounts: quietlegs accounts make-host EMAIL"
    return "accounts", f"{Account.objects.count()}, hosts among them: {count}{hint}", bool(count)


def _sealed() -> Found:
    count = in_the_clear()
    told = f"{count} facts were noted before a group was hosted here, and lie in the clear" if count else "all"
    return "sealed", told, not count


def _locked() -> Iterator[Found]:
    try:
        count = behind_the_first_key()
    except ImproperlyConfigured:
        return  # That is told already.
    told = f"{count} are locked by another key than the first: quietlegs server-key rotate" if count else "by one key"
    yield "diaries' keys", told, not count


def _owned() -> Found:
    found = without_an_owner(frozenset(Account.objects.values_list("diary_id", flat=True)))
    shown = ", ".join(map(str, found[:_MOST_SHOWN]))
    told = f"{len(found)} times not: diary {shown}, which nobody can reach or delete any more" if found else "holds"
    return "every diary is an account's", told, not found


def _worker(now: datetime) -> Iterator[Found]:
    """Look whether somebody sends reminders and reads files, where there are any."""
    hint = "is quietlegs worker running?"
    wanted, seen = worked_last()
    if wanted:
        good = seen is not None and now - seen <= _SILENT_AT_MOST
        told = f"looked {seen:%Y-%m-%d %H:%M} UTC" if seen else "has never looked"
        yield "worker", told if good else f"{told}; {hint}", good
    waits = unread_since()
    if waits is not None and now - waits > _SILENT_AT_MOST:
        yield "files", f"one waits since {waits:%Y-%m-%d %H:%M} UTC and nobody reads it; {hint}", False
