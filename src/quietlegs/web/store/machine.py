"""What of the machine around a diary is unsafe or missing, for `quietlegs doctor`."""

import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.db import DatabaseError, connection
from django.db.models import Max

import quietlegs
from quietlegs.web.store.channels import channels, whereabouts
from quietlegs.web.store.home import HOSTED_VARIABLE, home, is_hosted
from quietlegs.web.store.models import DiaryRow, FactRow

Found = tuple[str, str, bool]
_OTHERS = 0o077
_LEAST_FREE = 100_000_000
# A copy needs as much room again, and SQLite some while it writes.
_TIMES_THE_DIARY = 3
_CLOCK_OFF_AT_MOST = timedelta(days=1)
_WORKER_SILENT_AT_MOST = timedelta(minutes=10)
_MOST_SHOWN = 5


def around(now: datetime) -> Iterator[Found]:
    """Yield what was looked at, what was found, and whether it is good."""
    yield _permissions()
    yield _room()
    try:
        yield _clock(now)
        yield from _line_to_the_database()
        if not is_hosted():
            # In a group each diary has reminders of its own, and each is sealed.
            yield from _group_without_address()
            yield from _worker(now)
            yield from _reminders_in_the_clear()
    except DatabaseError as error:
        yield "surroundings", str(error), False


def _permissions() -> Found:
    """Look whether others on this machine can read the diary, its copies or its keys."""
    everything = [home(), *home().rglob("*")]
    open_to_others = [one for one in everything if not one.is_symlink() and stat.S_IMODE(one.stat().st_mode) & _OTHERS]
    if not open_to_others:
        return "data folder", f"{home()}, for its owner alone", True
    named = ", ".join(str(one) for one in open_to_others[:_MOST_SHOWN])
    return "data folder", f"others can read {named}; chmod -R go= {home()}", False


def _room() -> Found:
    free = shutil.disk_usage(home()).free
    held = sum(one.stat().st_size for one in home().glob("quietlegs.sqlite3*"))
    enough = free >= max(_LEAST_FREE, _TIMES_THE_DIARY * held)
    return "room on the disk", f"{free / 1e6:,.0f} MB free" + ("" if enough else ": nearly full"), enough


def _clock(now: datetime) -> Found:
    """Look whether the clock is behind what was noted, or behind this very program."""
    made = datetime.fromtimestamp(Path(quietlegs.__file__).stat().st_mtime, UTC)
    noted = FactRow.everyones.aggregate(newest=Max("at"))["newest"]
    latest = max(made, noted or made)
    good = now >= latest - _CLOCK_OFF_AT_MOST
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    return "clock", told if good else f"{told}, but something here is of {latest:%Y-%m-%d %H:%M} UTC", good


def _worker(now: datetime) -> Iterator[Found]:
    """Look whether somebody sends the reminders that were asked for."""
    where = whereabouts()
    if where is None or not channels():
        return
    seen = where.worked_at
    good = seen is not None and now - seen <= _WORKER_SILENT_AT_MOST
    told = f"looked {seen:%Y-%m-%d %H:%M} UTC" if seen else "has never looked"
    hint = "" if good else "; no reminder comes while neither quietlegs serve nor quietlegs worker runs"
    yield "worker", told + hint, good


def _group_without_address() -> Iterator[Found]:
    """Look whether a group's diaries are opened as one person's, where nobody is asked who they are."""
    count = DiaryRow.objects.exclude(locked_key="").count()
    if count:
        yield "hosting", f"{count} diaries of a group are here, and {HOSTED_VARIABLE} is not set", False


def _line_to_the_database() -> Iterator[Found]:
    """Look whether what is asked of a database elsewhere goes there in the clear."""
    if connection.vendor == "postgresql" and connection.settings_dict["HOST"] not in ("", "localhost", "127.0.0.1"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT inet_server_addr() IS NULL OR ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            [(safe,)] = cursor.fetchall()
        yield "line to the database", "encrypted" if safe else "in the clear; add ?sslmode=verify-full", bool(safe)


def _reminders_in_the_clear() -> Iterator[Found]:
    for one in channels():
        host = _in_the_clear(one.service, one.address)
        if host:
            yield f"reminder by {one.service}", f"goes to {host} in the clear", False


def _in_the_clear(service: str, address: object) -> str:
    """Return the host to which a reminder goes unencrypted; nothing where it stays at home or is encrypted."""
    told = dict(address) if isinstance(address, dict) else {}
    if service == "ntfy" and urlsplit(told.get("url", "")).scheme == "http":
        host = urlsplit(told["url"]).hostname or ""
    elif service == "mail" and told.get("security") == "none":
        host = told.get("host", "")
    else:
        return ""
    return "" if _is_at_home(host) else host


def _is_at_home(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".home.arpa"))
