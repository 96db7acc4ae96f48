"""Django on a real SQLite file: one migrated file is made once, every test gets a copy of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.web.hosting import group
from tests.web.prepared import on_a_copy
from tests.web.receivers import Mail, Web, mail, web

from quietlegs.web.store.diary import StoredDiary

__all__ = ["group"]

# Programs of their own, each with the settings of a group: this process has one person's.
collect_ignore = ["all_settings.py", "counted.py", "owned.py", "page_table.py", "url_table.py"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A fresh database file, in use."""
    with on_a_copy(tmp_path) as file:
        yield file


@pytest.fixture
def diary(database: Path) -> StoredDiary:
    """The diary on the fresh file."""
    return StoredDiary()


@pytest.fixture
def client(database: Path) -> Client:
    """A browser without scripts, on the fresh file."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def service(socket_enabled: None) -> Iterator[Web]:
    """A push and ntfy service on this machine."""
    with web() as told:
        yield told


@pytest.fixture
def post(socket_enabled: None) -> Iterator[Mail]:
    """A mail server on this machine."""
    with mail() as told:
        yield told
