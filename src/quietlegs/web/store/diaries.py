"""The diaries that this installation keeps: made, found, locked anew, erased as a whole."""

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max

from quietlegs.web.store import handed_files
from quietlegs.web.store.line import in_line
from quietlegs.web.store.models import (
    ApiTokenRow,
    ChannelRow,
    ColumnsRow,
    DeliveryRow,
    DiaryRow,
    FactRow,
    GrantRow,
    HandedOverRow,
    ImportedRow,
    ImportRow,
    MannersRow,
    TrailRow,
)
from quietlegs.web.store.sealing import locked_anew, new_locked_key, new_server_key, server_keys

__all__ = [
    "Erased", "after_erasing", "empty_log", "erase_diary", "erase_rows", "lock_anew", "new_diary", "new_server_key",
    "touched_since", "will_overwrite",
]  # fmt: skip
logger = logging.getLogger(__name__)
_SIDE_BY_SIDE = 200
_PATIENCE_S = 10
# Whatever belongs to a diary, each before what it points at.
_BELONGING = (
    ImportedRow, ImportRow, HandedOverRow, ColumnsRow, DeliveryRow, ChannelRow, ApiTokenRow, MannersRow, TrailRow,
    GrantRow, FactRow,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erased:
    """How many facts went with a diary, and by which tokens its files are found that were on their way in."""

    facts: int
    files: tuple[str, ...]


def new_diary() -> int:
    """Make an empty diary and return its number; in a group it gets a key of its own."""
    return int(DiaryRow.objects.create(locked_key=new_locked_key(), made_at=datetime.now(UTC)).pk)


def touched_since(mark: int) -> tuple[int, frozenset[int]]:
    """Return a newer mark, and the diaries in which something may have been noted since an earlier one.

    Diaries are written side by side, so a fact can be seen a moment after one with a higher number: the last rows are
    looked at again.
    """
    newest = FactRow.everyones.aggregate(newest=Max("pk", default=0))["newest"]
    rows = FactRow.everyones.filter(pk__gt=mark - _SIDE_BY_SIDE).values_list("diary_id", flat=True)
    return int(newest), frozenset(rows.distinct())


def lock_anew() -> int:
    """Lock every diary's key by the server's first key; return how many there were. What is sealed stays as it is."""
    server_keys()  # Says what is wrong with them even where nothing is to be locked.
    with transaction.atomic():
        rows = list(DiaryRow.objects.select_for_update().exclude(locked_key="").order_by("pk"))
        for row in rows:
            row.locked_key = locked_anew(row.locked_key)
        DiaryRow.objects.bulk_update(rows, ["locked_key"], batch_size=500)
    return len(rows)


def erase_diary(diary: int, *, begins_anew: bool = False) -> int:
    """Delete everything that belongs to a diary, its key first of all; return how many facts that were.

    One that `begins_anew` stands there empty afterwards, as if it had just been made.

    Copies that were made before hold it still, until they are deleted in their turn.
    """
    will_overwrite()
    with in_line(), transaction.atomic():
        gone = erase_rows(diary, begins_anew=begins_anew)
    after_erasing(gone)
    return gone.facts


def will_overwrite() -> None:
    """Have SQLite overwrite what is deleted from now on; it hears that outside of a transaction alone."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def erase_rows(diary: int, *, begins_anew: bool = False) -> Erased:
    """Delete the rows of a diary within a transaction, so that what else goes with it goes too, or nothing does."""
    DiaryRow.objects.filter(pk=diary).update(locked_key="", erased_at=datetime.now(UTC))
    facts = FactRow.everyones.filter(diary=diary).count()
    files = tuple(HandedOverRow.everyones.filter(diary=diary).values_list("token", flat=True))
    for belonging in _BELONGING:
        # Row by row would fill the memory: nothing here cascades, the order above sees to it.
        rows = belonging.everyones.filter(diary=diary)
        rows._raw_delete(rows.db)  # noqa: SLF001 - Django's own way to delete without collecting
    DiaryRow.objects.filter(pk=diary).delete()
    if begins_anew:
        DiaryRow.objects.create(pk=diary, locked_key=new_locked_key(), made_at=datetime.now(UTC))
    return Erased(facts, files)


def after_erasing(gone: Erased) -> None:
    """Delete what lies beside the rows, once it is certain that these are gone."""
    for token in gone.files:
        handed_files.let_go(token)
    empty_log()


def empty_log() -> bool:
    """Move what SQLite wrote beside its file into it; return whether that was done before patience ended."""
    if connection.vendor != "sqlite":
        return True
    until = time.monotonic() + _PATIENCE_S
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (waits_ms,) = cursor.fetchone()
        # It holds up whoever writes while it waits itself: so it asks, and lets them go on in between.
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            while not (is_done := _emptied(cursor)) and time.monotonic() < until:
                time.sleep(0.1)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {waits_ms}")
    if not is_done:
        logger.warning("somebody reads what was before; the log of the database is not empty yet")
    return is_done


def _emptied(cursor: CursorWrapper) -> bool:
    """Whether nobody read or wrote while it was asked for."""
    try:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except OperationalError:
        return False
    busy, _log, _moved = cursor.fetchone()
    return not busy
