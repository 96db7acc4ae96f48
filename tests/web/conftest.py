"""Django on a real SQLite file: one migrated file is made once, every test gets a copy of it."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Pages import models, which need Django set up: so this happens before any test module is read.
_FOLDER = tempfile.TemporaryDirectory(prefix="quietlegs-test-")
atexit.register(_FOLDER.cleanup)
os.environ["QUIETLEGS_HOME"] = _FOLDER.name
# Browser tests in the same process leave an event loop running, which Django would take for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from quietlegs.web.start import prepare  # noqa: E402 - after the folder is chosen

prepare()

from django.db import connections  # noqa: E402 - after Django is set up
from django.test import Client  # noqa: E402 - as above
from django.test.utils import setup_test_environment  # noqa: E402 - as above

from quietlegs.web.store.diary import StoredDiary  # noqa: E402 - as above

connections.close_all()
setup_test_environment()
_MIGRATED = Path(_FOLDER.name) / "quietlegs.sqlite3"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A fresh database file, in use."""
    file = tmp_path / "quietlegs.sqlite3"
    shutil.copy(_MIGRATED, file)
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(file)
    yield file
    connection.close()
    connection.settings_dict["NAME"] = before


@pytest.fixture
def diary(database: Path) -> StoredDiary:
    """The diary on the fresh file."""
    return StoredDiary()


@pytest.fixture
def client(database: Path) -> Client:
    """A browser without scripts, on the fresh file."""
    return Client(SERVER_NAME="localhost")
