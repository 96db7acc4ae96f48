"""Whether the database is sound, for `quietlegs doctor`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from quietlegs.records.wire import WireError
from quietlegs.web.store.backup import dated
from quietlegs.web.store.channels import channels
from quietlegs.web.store.home import database, is_hosted
from quietlegs.web.store.invariants import invariants
from quietlegs.web.store.machine import around
from quietlegs.web.store.models import FactRow
from quietlegs.web.store.rows import fact_of
from quietlegs.web.store.sealing import SealedError

_MOST_SHOWN = 5
# A reminder a day is usual; after a week without one somebody should look.
_QUIET_AT_MOST = timedelta(days=7)


def findings(*, deep: bool = False) -> Iterator[tuple[str, str, bool]]:
    """Yield what was looked at, what was found, and whether it is good; `deep` looks at what must hold in every row."""
    yield "database", place(), True
    yield from (_file if is_own_file() else _server)()
    yield from _facts()
    yield from _copies()
    yield from _reminders(datetime.now(UTC))
    yield from around(datetime.now(UTC))
    if deep:
        yield from invariants()


def is_own_file() -> bool:
    """Whether the diary is a file of this machine, and no database of a group's host."""
    return connection.vendor == "sqlite"


def place() -> str:
    """Return where the diary lies, without a password."""
    if is_own_file():
        return str(database())
    told = connection.settings_dict
    return f"PostgreSQL, {told['NAME']} at {told['HOST'] or 'this machine'}"


def _file() -> Iterator[tuple[str, str, bool]]:
    for pragma, good in (("journal_mode", "wal"), ("synchronous", "2"), ("mmap_size", "0")):
        found = _ask(f"PRAGMA {pragma}")
        yield pragma, found, found == good
    integrity = _ask("PRAGMA integrity_check")
    yield "integrity", integrity, integrity == "ok"


def _server() -> Iterator[tuple[str, str, bool]]:
    """Look at what decides whether something acknowledged is on disk."""
    for name in ("fsync", "full_page_writes"):
        found = _ask(f"SHOW {name}")
        yield name, found, found == "on"
    found = _ask("SHOW synchronous_commit")
    yield "synchronous_commit", found, found != "off"


def _ask(statement: str) -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return "; ".join(str(row[0]) for row in cursor.fetchmany(_MOST_SHOWN))
    except DatabaseError as error:
        return str(error)


def _facts() -> Iterator[tuple[str, str, bool]]:
    """Read every fact back through records: a row that no longer says a fact is named."""
    sound = 0
    bad: list[str] = []
    try:
        for row in FactRow.everyones.select_related("diary").order_by("id").iterator():
            try:
                fact_of(row, row.diary)
                sound += 1
            except (WireError, SealedError, ImproperlyConfigured) as error:
                bad.append(f"row {row.pk}: {error}")
    except DatabaseError as error:
        bad.append(str(error))
    yield "facts", f"{sound} sound, {len(bad)} damaged", not bad
    for line in bad[:_MOST_SHOWN]:
        yield "damaged", line, False


def _copies() -> Iterator[tuple[str, str, bool]]:
    """Name the newest copy that was made by itself; a diary that is a week old should have one of this week."""
    if not is_own_file():
        return
    newest = max(dated(), default=None)
    if newest is None:
        oldest = FactRow.everyones.order_by("at").values_list("at", flat=True).first()
        old = oldest is not None and datetime.now(UTC) - oldest > _QUIET_AT_MOST
        yield "copy", "none yet; quietlegs makes one a day while it runs", not old
        return
    yield "copy", str(newest[1]), datetime.now(UTC) - newest[0] <= _QUIET_AT_MOST


def _reminders(now: datetime) -> Iterator[tuple[str, str, bool]]:
    """Name each way to be reminded and when it last arrived; wrong is one that did not, or not for long."""
    if is_hosted():
        return  # Whether somebody's reminders arrived is told on their own page.
    try:
        for one in channels():
            last = one.accepted_at or one.shown_at
            found = f"arrived {last:%Y-%m-%d %H:%M} UTC" if last else "nothing arrived yet"
            if one.failed_last and one.failed_at is not None:
                found += f"; did not arrive {one.failed_at:%Y-%m-%d %H:%M} UTC: {one.why}"
            quiet_for = now - (last or one.began_at)
            yield f"reminder by {one.service}", found, not one.failed_last and quiet_for <= _QUIET_AT_MOST
    except DatabaseError as error:
        yield "reminders", str(error), False
