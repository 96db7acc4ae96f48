"""Copies of the whole diary: made while it is in use, opened before they count as made, and put back."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pysqlite3
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from quietlegs.web.store import trail
from quietlegs.web.store.home import database, home
from quietlegs.web.store.models import DiaryRow, FactRow
from quietlegs.words.catalogue import _

EVERY = timedelta(days=1)
_DAYS, _WEEKS = 7, 4
# The copy of a week is let go when four newer weeks have one, and where they have none, after this at the latest; so is
# what a restore kept of before.
LONGEST = timedelta(weeks=5)
_STAMP = "%Y-%m-%d-%H%M%S-%f"
_DAILY, _BEFORE = "quietlegs", "before-restore"
_APP = "store"


class BackupError(ValueError):
    """A copy could not be made or cannot be put back, and why; the diary is as it was."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds: how many facts, and the last night of them, None where there are none."""

    file: Path
    facts: int
    last_night: date | None


def folder() -> Path:
    """Return where copies are kept that nobody gave another place."""
    return home() / "backups"


def backup(file: Path | None = None) -> Copy:
    """Copy the diary as it is at this moment, while it may be written to; nothing is overwritten.

    The copy counts once it was opened, read through and is on disk; BackupError says what kept it from that.
    """
    _refuse_server()
    made = _new_name() if file is None else file
    if made.exists():
        raise _taken(made)
    made.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = made.with_name(f".{made.name}.{os.getpid()}.part")
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [os.fspath(part)])
        look_at(part)
        _to_disk(part)
        os.link(part, made)
        _to_disk(made.parent)
    except FileExistsError as error:
        raise BackupError(
            _("{file} exists already; choose another name, nothing is overwritten.", file=made)
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return look_at(made)


def look_at(file: Path) -> Copy:
    """Open a copy and read it through; BackupError where it is none, is damaged, or is of a later version."""
    try:
        with _opened(file) as copy:
            wrong = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if wrong != "ok":
                raise BackupError(_("{file} is damaged: {reason}", file=file, reason=wrong))
            applied = {name for (name,) in copy.execute("SELECT name FROM django_migrations WHERE app = ?", [_APP])}
            count, last = copy.execute("SELECT count(*), max(night) FROM fact").fetchone()
    except pysqlite3.DatabaseError as error:
        raise BackupError(_("{file} is no copy of a diary: {reason}", file=file, reason=error)) from error
    known = {name for app, name in MigrationLoader(connection).disk_migrations if app == _APP}
    if applied - known:
        raise BackupError(_("{file} was made by a later version of quietlegs; install that one first.", file=file))
    return Copy(file, count, date.fromisoformat(last) if last else None)


def restore(file: Path) -> Copy:
    """Put a copy in the place of the diary, as one change; return the copy that was made of what was there.

    Whoever is reading or writing meanwhile sees the one or the other, never a mixture.
    """
    look_at(file)
    before = backup(_new_name(_BEFORE))
    connection.ensure_connection()
    with _opened(file) as copy:
        copy.backup(connection.connection)
    # A copy of an earlier version knows fewer tables.
    call_command("migrate", verbosity=0, interactive=False)
    for diary in DiaryRow.objects.values_list("pk", flat=True):
        trail.leave(trail.RESTORED, diary=diary)
    return before


def now_kept() -> Copy:
    """Return what the diary itself holds."""
    last = FactRow.everyones.order_by("-night").values_list("night", flat=True).first()
    return Copy(database(), FactRow.everyones.count(), last)


def keep_copies(now: datetime) -> Copy | None:
    """Copy the diary where the newest copy is a day old, and let go of the old ones; None where none was due."""
    if connection.vendor != "sqlite":
        return None
    newest = max(dated(), default=None)
    made = None
    if newest is None or now - newest[0] >= EVERY:
        made = backup(_new_name(at=now))
        for file in superfluous(dated()):
            file.unlink(missing_ok=True)
    for file in _overdue(now.date()):
        file.unlink(missing_ok=True)
    return made


def goes_by_itself(file: Path) -> bool:
    """Whether a copy in the folder of copies is let go in time, without anybody's doing."""
    return any(file == one for what in (_DAILY, _BEFORE) for _at, one in dated(what))


def superfluous(dated: list[tuple[datetime, Path]]) -> list[Path]:
    """Return the copies that may go: all but the newest of each of the last seven days and of the last four weeks."""
    newest_first = sorted(dated, reverse=True)
    kept: set[Path] = set()
    for most, of in ((_DAYS, "%Y-%j"), (_WEEKS, "%G-%V")):
        newest: dict[str, Path] = {}
        for at, file in newest_first:
            newest.setdefault(at.strftime(of), file)
        kept |= set(list(newest.values())[:most])
    return [file for _, file in newest_first if file not in kept]


def _overdue(today: date) -> list[Path]:
    """Return the copies whose last day is here, however seldom quietlegs runs; the newest daily one is none of them."""
    all_but_newest = sorted(dated())[:-1]
    return [file for at, file in (*all_but_newest, *dated(_BEFORE)) if at.date() + LONGEST <= today]


def dated(what: str = _DAILY) -> list[tuple[datetime, Path]]:
    """Return the copies that were made by themselves or without a name, each with its moment."""
    found = []
    for file in folder().glob(f"{what}-*.sqlite3"):
        try:
            at = datetime.strptime(file.stem.removeprefix(f"{what}-"), _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue  # Somebody else's name: it is left alone.
        found.append((at, file))
    return found


def _taken(file: Path) -> BackupError:
    return BackupError(_("{file} exists already; choose another name, nothing is overwritten.", file=file))


def _new_name(what: str = _DAILY, at: datetime | None = None) -> Path:
    return folder() / f"{what}-{at or datetime.now(UTC):{_STAMP}}.sqlite3"


def _refuse_server() -> None:
    if connection.vendor != "sqlite":
        raise BackupError(_("The diary lies in PostgreSQL; copy it with pg_dump, and put it back with pg_restore."))


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    """Open a file for reading alone; nothing is made beside it."""
    if not file.is_file():
        raise BackupError(_("There is no file {file}.", file=file))
    address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(pysqlite3.connect(address, uri=True)) as opened:
        yield opened


def _to_disk(place: Path) -> None:
    """Wait until a file, or a folder's list of files, is on disk."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
