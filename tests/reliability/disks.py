"""A disk that is too small, or that lets nothing be written any more: a real one where that may be made."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

_SIZE = "8m"


@dataclass
class Disk:
    """A folder on a disk of its own, and what can be done to the disk."""

    folder: Path
    fill: Callable[[], None]
    free: Callable[[], None]
    shut: Callable[[], None]
    open: Callable[[], None]


@contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    """Give a small disk of its own; where none may be mounted, a database that is told to behave as on one."""
    folder.mkdir(exist_ok=True)
    if _run("mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "none", os.fspath(folder)):
        try:
            yield _mounted(folder)
        finally:
            connection.close()
            _run("umount", "-l", os.fspath(folder))
    else:
        yield _told(folder)


def _mounted(folder: Path) -> Disk:
    filler = folder / "filler"

    def fill() -> None:
        with suppress(OSError), filler.open("wb", buffering=0) as handle:
            while True:
                handle.write(bytes(4096))

    def remount(how: str) -> None:
        # A disk is made read-only by the machine while a file on it is open, not by a command; so it is let go first.
        connection.close()
        assert _run("mount", "-o", f"remount,{how}", os.fspath(folder))

    return Disk(folder, fill, filler.unlink, lambda: remount("ro"), lambda: remount("rw"))


def _told(folder: Path) -> Disk:
    def say(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return Disk(
        folder,
        lambda: say("PRAGMA max_page_count = 1"),
        lambda: say("PRAGMA max_page_count = 1073741823"),
        lambda: say("PRAGMA query_only = ON"),
        lambda: say("PRAGMA query_only = OFF"),
    )


def _run(*command: str) -> bool:
    with suppress(OSError):
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False
