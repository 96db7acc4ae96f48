"""The SQLite that Django gets: recent enough that several processes can write without harm."""

import sys
from typing import Any

import pysqlite3

OLDEST = (3, 51, 3)


class SqliteTooOldError(pysqlite3.DatabaseError):  # type: ignore[misc]  # the package carries no types
    """The SQLite at hand may corrupt a file in write-ahead mode when several processes write."""

    def __init__(self, found: str) -> None:
        wanted = ".".join(map(str, OLDEST))
        super().__init__(f"SQLite is {found}; allowed: {wanted} or newer. Run `make setup` to install it.")


def swap_in() -> Any:
    """Put the packaged SQLite in the place of Python's own, before Django loads its backend."""
    if pysqlite3.sqlite_version_info < OLDEST:
        raise SqliteTooOldError(pysqlite3.sqlite_version)
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    return pysqlite3
