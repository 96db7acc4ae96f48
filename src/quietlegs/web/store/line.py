"""SQLite takes one writer at a time and leaves the others to try again by chance; here they stand in a line."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import OperationalError, connection

_ENDING = ".line"


@contextmanager
def in_line() -> Iterator[None]:
    """Wait for those who came before, of this process and of others; who stands within a transaction waits no more.

    Raises
    ------
    OperationalError
        It took as long as the database itself would wait: whoever holds it does not let go.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    place = Path(connection.settings_dict["NAME"]).with_suffix(_ENDING)
    longest = connection.settings_dict["OPTIONS"]["timeout"]
    began = time.monotonic()
    # The system hands a lock on in the order in which it was asked for, and takes it from who has died.
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if time.monotonic() - began >= longest:
            raise OperationalError("database is locked")
        yield
    finally:
        os.close(descriptor)
