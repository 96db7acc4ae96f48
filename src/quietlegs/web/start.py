"""How the command line and the server come to a running Django: the only ways in from outside this room."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from quietlegs.records.diary import Diary
from quietlegs.web import hosted
from quietlegs.web.binding import LOOPBACK, listening
from quietlegs.web.store.home import DEMO_VARIABLE

_FOR_ITS_OWNER_ALONE = 0o077


class NewerDatabaseError(DatabaseError):
    """The database was made by a later version of quietlegs."""

    def __init__(self, unknown: list[str]) -> None:
        super().__init__(
            f"the database knows {', '.join(unknown)}, this version does not; install the newer quietlegs again"
        )


def prepare(*, demo: bool = False) -> None:
    """Load Django on the person's own database, or on the simulated person's, and bring its tables up to date."""
    os.umask(_FOR_ITS_OWNER_ALONE)
    os.environ[DEMO_VARIABLE] = "1" if demo else "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quietlegs.web.settings")
    _set_up()
    _refuse_newer()
    call_command("migrate", verbosity=0, interactive=False)
    if hosted.origin() is not None:
        call_command("createcachetable", verbosity=0)


def _set_up() -> None:
    """Set Django up; it tells the whole process to be in its own zone, UTC, where the person is not."""
    zone = os.environ.get("TZ")
    django.setup()
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()


def _refuse_newer() -> None:
    """Touch nothing that a later version has made: it may keep facts in a way this one does not know."""
    loader = MigrationLoader(connection)
    unknown = sorted(
        name for app, name in set(loader.applied_migrations) - set(loader.disk_migrations) if app == "store"
    )
    if unknown:
        raise NewerDatabaseError(unknown)


def diary(*, demo: bool = False) -> Diary:
    """Return the diary of this machine."""
    prepare(demo=demo)
    from quietlegs.web.store.diary import StoredDiary  # noqa: PLC0415 - models exist only once Django is set up

    return StoredDiary()


def taken_out(form: str) -> None:
    """Let the trail of the diary that was opened tell in which form all of it was taken out."""
    from quietlegs.web.store import trail  # noqa: PLC0415 - as above

    if hosted.origin() is None:
        trail.leave_taken_out(form)


def examine(*, demo: bool = False, deep: bool = False) -> Iterator[tuple[str, str, bool]]:
    """Return what there is to know about the store: what, found, whether it is good."""
    prepare(demo=demo)
    from quietlegs.web.store.health import findings  # noqa: PLC0415 - as above

    yield from findings(deep=deep)
    if hosted.origin() is not None:
        from quietlegs.web.accounts.health import of_a_group  # noqa: PLC0415 - only a group has accounts

        yield from of_a_group(datetime.now(UTC), deep=deep)


def save(file: Path, *, demo: bool = False) -> None:
    """Write everything ever noted into a new SQLite file."""
    prepare(demo=demo)
    from quietlegs.web.store.diary import StoredDiary  # noqa: PLC0415 - as above
    from quietlegs.web.store.saved import save as written  # noqa: PLC0415 - as above

    written(StoredDiary(), file)
    taken_out("sqlite")


def copies() -> ModuleType:
    """Return what copies the diary of this machine, and puts copies back."""
    prepare()
    from quietlegs.web.store import backup  # noqa: PLC0415 - as above

    return backup


def erasing() -> ModuleType:
    """Return what deletes the diary of this machine."""
    prepare()
    from quietlegs.web.store import erasing as deleting  # noqa: PLC0415 - as above

    return deleting


def imports() -> ModuleType:
    """Return what takes files of other programs into the diary of this machine."""
    prepare()
    from quietlegs.web.store import imports as taking  # noqa: PLC0415 - as above

    return taking


def server_keys() -> ModuleType:
    """Return what makes the server's key, and what locks the diaries of a group with it."""
    prepare()
    from quietlegs.web.store import diaries  # noqa: PLC0415 - as above

    return diaries


def serve(port: int, *, host: str = LOOPBACK, demo: bool = False, reminders: bool = True) -> None:
    """Serve the pages until Ctrl-C: on this machine's own address, or for a group on another."""
    os.environ[DEMO_VARIABLE] = "1" if demo else "0"
    address = listening(host)
    prepare(demo=demo)
    if not demo:
        _make_ready_to_remind()
    if hosted.origin() is not None:
        _make_ready_for_a_group()
    from quietlegs.web.server import Server  # noqa: PLC0415 - loads the pages

    # The simulated person wants no reminders.
    Server(port, host=address, reminds=reminders and not demo).run()


def worker(every_s: float, *, once: bool = False) -> None:
    """Send the reminders that are due, until told to end."""
    told_to_end = threading.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, lambda *_: told_to_end.set())
    prepare()
    _make_ready_to_remind()
    from quietlegs.web.worker.files import Files  # noqa: PLC0415 - as above
    from quietlegs.web.worker.run import machine_clock, work  # noqa: PLC0415 - as above

    if once:
        Files(machine_clock, told_to_end.is_set).go()
    work(machine_clock, lambda: not once and not told_to_end.wait(every_s))


def accounts() -> ModuleType:
    """Return what makes accounts and hosts of a group."""
    if hosted.origin() is None:
        raise ImproperlyConfigured(f"there are no accounts here: {hosted.VARIABLE} is not set (docs/using/hosting.md)")
    prepare()
    from quietlegs.web.accounts import desk  # noqa: PLC0415 - as above

    return desk


def _make_ready_for_a_group() -> None:
    """Say at once when there is no key to seal diaries with or no way for letters, and throw old sessions away."""
    from quietlegs.web.accounts.mail import mail_settings  # noqa: PLC0415 - only a group has letters of this kind
    from quietlegs.web.store.sealing import server_keys as keys  # noqa: PLC0415 - as above

    keys()
    mail_settings()
    call_command("clearsessions", verbosity=0)


def _make_ready_to_remind() -> None:
    """Make this installation's key at the first start, and say at once when its contact is of no use."""
    from quietlegs.web.links.push import keys, send  # noqa: PLC0415 - as above

    send.refuse_bad_contact()
    keys.make_key()
