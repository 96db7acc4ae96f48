"""What must hold in the database whatever happened, for `quietlegs doctor --deep`: over all diaries, row by row."""

from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.db.models import Count, Exists, OuterRef

from quietlegs.records.fact import KINDS
from quietlegs.web.store.models import FactRow, ImportedRow

Found = tuple[str, str, bool]
_MOST_SHOWN = 3
_SQLITES = {"fact_no_update", "fact_no_delete", "trail_no_update", "trail_no_delete"}
_POSTGRES = {"fact_stays", "fact_goes", "trail_stays", "trail_goes"}
_TRIGGERS = {
    "sqlite": ("SELECT name FROM sqlite_master WHERE type = 'trigger'", _SQLITES),
    "postgresql": ("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'", _POSTGRES),
}
_VERSION = 7


def invariants() -> Iterator[Found]:
    """Yield each thing that must hold, what was found, and whether it holds."""
    for name, look in _LOOKS.items():
        try:
            broken = list(look())
        except DatabaseError as error:
            broken = [str(error)]
        shown = "; ".join(broken[:_MOST_SHOWN])
        yield name, "holds" if not broken else f"{len(broken)} times not: {shown}", not broken


def _unique() -> Iterator[str]:
    twice = FactRow.everyones.values("diary_id", "fact_id").annotate(rows=Count("pk")).filter(rows__gt=1)
    for one in twice:
        yield f"{one['fact_id']} stands {one['rows']} times in diary {one['diary_id']}"


def _ordered() -> Iterator[str]:
    """Yield ids that are none of ours: not of version 7, which begins with its time."""
    for fact_id, diary in FactRow.everyones.values_list("fact_id", "diary_id").iterator():
        if fact_id.version != _VERSION:
            yield f"{fact_id} in diary {diary} is no UUID of version {_VERSION}"


def _supersedes() -> Iterator[str]:
    there = FactRow.everyones.filter(diary=OuterRef("diary"), fact_id=OuterRef("supersedes"))
    lost = FactRow.everyones.exclude(supersedes=None).filter(~Exists(there))
    for fact_id, of in lost.values_list("fact_id", "supersedes"):
        yield f"{fact_id} replaces {of}, which is not there"


def _itself() -> Iterator[str]:
    """Yield facts that replace one another in a circle of one or two."""
    replacing = FactRow.everyones.exclude(supersedes=None)
    back = replacing.filter(diary=OuterRef("diary"), fact_id=OuterRef("supersedes"), supersedes=OuterRef("fact_id"))
    for fact_id, of in replacing.filter(Exists(back)).values_list("fact_id", "supersedes"):
        yield f"{fact_id} replaces {of} and is replaced by it"


def _imports() -> Iterator[str]:
    there = FactRow.everyones.filter(diary=OuterRef("diary"), fact_id=OuterRef("fact_id"))
    for fact_id, taken in ImportedRow.everyones.filter(~Exists(there)).values_list("fact_id", "taken_id"):
        yield f"{fact_id} of import {taken} is not there"


def _kinds() -> Iterator[str]:
    for kind in FactRow.everyones.exclude(kind__in=KINDS).values_list("kind", flat=True).distinct():
        yield f"there is no kind {kind!r}"


def _append_only() -> Iterator[str]:
    statement, wanted = _TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = {name for (name,) in cursor.fetchall()}
    for one in sorted(wanted - found):
        yield f"the trigger {one} is missing: facts could be changed"


def _belongs() -> Iterator[str]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_key_check")
            for table, row, of, _number in cursor.fetchall():
                yield f"row {row} of {table} points at {of}, where there is nothing"


_LOOKS = {
    "each id once": _unique,
    "ids carry their time": _ordered,
    "what is replaced is there": _supersedes,
    "nothing replaces itself": _itself,
    "what was imported is there": _imports,
    "every kind is known": _kinds,
    "facts cannot be changed": _append_only,
    "every row belongs to something": _belongs,
}
