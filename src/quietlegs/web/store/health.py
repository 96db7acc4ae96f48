"""Whether the database is sound, for `quietlegs doctor`."""

from collections.abc import Iterator

from django.db import DatabaseError, connection

from quietlegs.records.wire import WireError
from quietlegs.web.store.home import database
from quietlegs.web.store.models import FactRow
from quietlegs.web.store.rows import fact_of

_MOST_SHOWN = 5


def findings() -> Iterator[tuple[str, str, bool]]:
    """Yield what was looked at, what was found, and whether it is good."""
    yield "database", str(database()), True
    for pragma, good in (("journal_mode", "wal"), ("synchronous", "2"), ("mmap_size", "0")):
        found = _ask(f"PRAGMA {pragma}")
        yield pragma, found, found == good
    integrity = _ask("PRAGMA integrity_check")
    yield "integrity", integrity, integrity == "ok"
    yield from _facts()


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
        for row in FactRow.objects.order_by("id").iterator():
            try:
                fact_of(row)
                sound += 1
            except WireError as error:
                bad.append(f"row {row.pk}: {error}")
    except DatabaseError as error:
        bad.append(str(error))
    yield "facts", f"{sound} sound, {len(bad)} damaged", not bad
    for line in bad[:_MOST_SHOWN]:
        yield "damaged", line, False
