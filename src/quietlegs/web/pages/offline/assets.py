"""The static files that pages are made of, and a version that changes with any of them.

Settings read this before Django is set up: it imports nothing of Django.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

_PAGES = Path(__file__).parents[1]
_LENGTH = 12
# What a phone needs to show a page; icons are the system's own matter once the app is installed.
_SHOWN = {".css", ".js", ".svg"}
_WORKER = "offline/worker.js"
# Of pages that need the network anyhow; a first visit is small. Those of an account are not there for everybody.
_NEVER_OFFLINE = ("report/", "account/")


@cache
def files() -> dict[str, Path]:
    """Return every static file by its name below the static address, in order of names."""
    own = {file: folder for folder in _PAGES.glob("*/static") for file in folder.rglob("*") if file.is_file()}
    return dict(sorted((file.relative_to(folder).as_posix(), file) for file, folder in own.items()))


@cache
def assets() -> dict[str, str]:
    """Return the fingerprint of each static file by its name below the static address."""
    return {name: _fingerprint(file.read_bytes()) for name, file in files().items()}


@cache
def version() -> str:
    """Return the version of all static files together: it is part of their addresses, so these may be kept for ever."""
    return _fingerprint(repr(assets()).encode())


def carried() -> dict[str, str]:
    """Return the files that a phone keeps, and their fingerprints."""
    left_out = (_WORKER, *_NEVER_OFFLINE)
    return {
        name: mark for name, mark in assets().items() if Path(name).suffix in _SHOWN and not name.startswith(left_out)
    }


def _fingerprint(content: bytes) -> str:
    return sha256(content).hexdigest()[:_LENGTH]
