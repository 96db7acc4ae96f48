"""Which database holds the diary: a SQLite file of one's own, or the PostgreSQL that a group's host names."""

import os
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from quietlegs.web import hosted
from quietlegs.web.store.home import database, is_demo

VARIABLE = "QUIETLEGS_DATABASE"
# Many programs read this name, and one person's diary shall not land in a database that was meant for another program.
# Whoever hosts a group has set quietlegs up on purpose, often where this is the only name that is offered.
_HOSTS_VARIABLE = "DATABASE_URL"
_SCHEMES = frozenset({"postgres", "postgresql"})
_KEPT_OPEN_S = 60


def chosen() -> dict[str, Any]:
    """Return Django's settings of the database; the simulated person always has a file."""
    variable = VARIABLE
    if not os.environ.get(VARIABLE) and hosted.origin() is not None:
        variable = _HOSTS_VARIABLE
    url = os.environ.get(variable, "")
    return _server(variable, url) if url and not is_demo() else _file()


def _file() -> dict[str, Any]:
    # WAL lets pages be read while one is written; FULL survives a power cut, which NORMAL does not;
    # IMMEDIATE takes the write lock at the start, so that two writers wait instead of failing half-way.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.fspath(database()),
        # To open it anew costs as much as to write a night; and whoever closes it as the last empties the log first.
        "CONN_MAX_AGE": _KEPT_OPEN_S,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;",
        },
    }


def _server(variable: str, url: str) -> dict[str, Any]:
    # The address may hold a password: no sentence repeats it.
    scheme = urlsplit(url).scheme
    if scheme not in _SCHEMES:
        found = f"an address that begins with {scheme!r}"
        raise ImproperlyConfigured(f"{variable} holds {found}; allowed: postgresql://name:password@host/database")
    if find_spec("dj_database_url") is None or find_spec("psycopg") is None:
        raise ImproperlyConfigured(f"{variable} needs two more packages: pip install 'quietlegs[postgres]'")
    import dj_database_url  # noqa: PLC0415 - is there only where a group is hosted

    return dict(dj_database_url.parse(url, conn_max_age=_KEPT_OPEN_S, conn_health_checks=True))
