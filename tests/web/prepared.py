"""Django on a home of its own, set up once in this process: pages import models, and those need it.

So this module is imported before any module of the pages. The migrated file is never written to: who wants to write
takes a copy (`on_a_copy`).
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FOLDER = tempfile.TemporaryDirectory(prefix="quietlegs-test-")
atexit.register(_FOLDER.cleanup)
os.environ["QUIETLEGS_HOME"] = _FOLDER.name
# Browser tests in the same process leave an event loop running, which Django would take for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from quietlegs.web.start import prepare  # noqa: E402 - after the folder is chosen

prepare()

from django.db import connections  # noqa: E402 - after Django is set up
from django.test.utils import setup_test_environment  # noqa: E402 - as above

connections.close_all()
setup_test_environment()
_MIGRATED = Path(_FOLDER.name) / "quietlegs.sqlite3"


@contextmanager
def on_a_copy(folder: Path) -> Iterator[Path]:
    """Use a fresh database file in this folder."""
    file = folder / "quietlegs.sqlite3"
    shutil.copy(_MIGRATED, file)
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(file)
    yield file
    connection.close()
    connection.settings_dict["NAME"] = before
