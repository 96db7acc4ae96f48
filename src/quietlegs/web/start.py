"""How the command line and the server come to a running Django: the only ways in from outside this room."""

import os
from collections.abc import Iterator

import django
from django.core.management import call_command

from quietlegs.records.diary import Diary
from quietlegs.web.store.home import DEMO_VARIABLE

_FOR_ITS_OWNER_ALONE = 0o077


def prepare(*, demo: bool = False) -> None:
    """Load Django on the person's own database, or on the simulated person's, and bring its tables up to date."""
    os.umask(_FOR_ITS_OWNER_ALONE)
    os.environ[DEMO_VARIABLE] = "1" if demo else "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quietlegs.web.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def diary(*, demo: bool = False) -> Diary:
    """Return the diary of this machine."""
    prepare(demo=demo)
    from quietlegs.web.store.diary import StoredDiary  # noqa: PLC0415 - models exist only once Django is set up

    return StoredDiary()


def examine(*, demo: bool = False) -> Iterator[tuple[str, str, bool]]:
    """Return what there is to know about the store: what, found, whether it is good."""
    prepare(demo=demo)
    from quietlegs.web.store.health import findings  # noqa: PLC0415 - as above

    return findings()


def serve(port: int, *, demo: bool = False) -> None:
    """Serve the pages on this machine's own address until Ctrl-C."""
    prepare(demo=demo)
    from quietlegs.web.server import Server  # noqa: PLC0415 - loads the pages

    Server(port).run()
