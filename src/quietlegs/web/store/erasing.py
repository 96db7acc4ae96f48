"""One's own diary deleted for good: from the file, from what SQLite writes beside it, and from copies where wanted."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import connection

from quietlegs.web.store import trail
from quietlegs.web.store.backup import LONGEST, folder, goes_by_itself
from quietlegs.web.store.diaries import empty_log, erase_diary
from quietlegs.web.store.home import is_hosted
from quietlegs.web.store.models import FactRow
from quietlegs.web.store.whose import PERSONAL, diary_in_hand
from quietlegs.words.catalogue import _

_COPIES = "*.sqlite3*"


class EraseError(ValueError):
    """Not everything could be deleted, and why."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """A copy of the diary in its own folder, and the day of it."""

    file: Path
    on: date


def copies() -> list[Remaining]:
    """Return the copies in the folder of copies, oldest first; what was put elsewhere is not known here."""
    found = [
        Remaining(file, datetime.fromtimestamp(file.stat().st_mtime, UTC).date()) for file in folder().glob(_COPIES)
    ]
    return sorted(found, key=lambda one: (one.on, one.file))


def last_goes(remaining: list[Remaining]) -> date | None:
    """Return by when the last of these goes while quietlegs runs; None where one stays until it is deleted by hand."""
    if not all(goes_by_itself(one.file) for one in remaining):
        return None
    return max((one.on for one in remaining), default=datetime.now(UTC).date()) + LONGEST


def erase(*, with_copies: bool = False) -> int:
    """Delete everything that was ever noted, and begin an empty diary; return how many entries that were.

    Raises
    ------
    EraseError
        A group is hosted, where each account is deleted by its own person; or another program kept the old text.
    """
    if is_hosted():
        raise EraseError(_("A group is hosted here: each person deletes their own account."))
    gone = erase_diary(PERSONAL, begins_anew=True)
    trail.leave(trail.ERASED)
    _let_go_of_old_text()
    for one in copies() if with_copies else ():
        one.file.unlink(missing_ok=True)
    return gone


def erase_own() -> int:
    """Delete everything in the diary in hand, one of a group, and begin an empty one; return how many entries."""
    gone = erase_diary(diary_in_hand(), begins_anew=True)
    trail.leave(trail.ERASED)
    return gone


def entries() -> int:
    """Return how many entries there are in one's own diary; the database may hold those of accounts beside it."""
    return FactRow.everyones.filter(diary=PERSONAL).count()


def _let_go_of_old_text() -> None:
    """Write the file anew without what was deleted, and empty the log beside it."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    if not empty_log():
        raise EraseError(_("Another program is reading the diary. Stop quietlegs, then delete it once more."))
