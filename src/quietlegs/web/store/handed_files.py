"""Where a file lies that was handed over: in the data folder, under a name that nobody chose, a day at most.

In a group it is sealed.
"""

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quietlegs.web.store import handed_over, sealed_files
from quietlegs.web.store.home import home

_FOUND = ".found"
_TOKEN = re.compile(r"[0-9a-f]{32}")
_LONGEST_NAME = 60
_STRANGE = re.compile(r"[^\w. -]|^[. ]+", flags=re.ASCII)
_KEPT_S = handed_over.KEPT_FOR.total_seconds()


def folder() -> Path:
    """Return the folder of all of them, made for its owner alone."""
    found = home() / "handed-over"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def keep(arrived: Path, name: str) -> str:
    """Keep a file that has arrived in `folder`; return the token by which it is found."""
    token = secrets.token_hex(16)
    own = folder() / token
    own.mkdir(mode=0o700)
    # Some readers go by its ending; what else stands in a name decides nothing, and is no path.
    arrived.rename(own / (_STRANGE.sub("_", name[-_LONGEST_NAME:]) or "file"))
    return token


def find(token: str) -> Path:
    """Return the file of a token; FileNotFoundError where there is none any more."""
    for file in _own(token).iterdir():
        if not file.name.startswith(_FOUND):
            return file
    raise FileNotFoundError(token)


@contextmanager
def opened(token: str) -> Iterator[Path]:
    """Give a place where the file of a token can be read, until the block has ended; FileNotFoundError as `find`."""
    with sealed_files.opened(find(token), token) as place:
        yield place


def found_in(token: str) -> Path:
    """Return where is kept what was found in a file."""
    return _own(token) / _FOUND


def let_go(token: str) -> None:
    """Delete a file, and what was found in it."""
    with suppress(FileNotFoundError):
        _remove(_own(token))
    sealed_files.close_all(token)


def tidy() -> None:
    """Delete what belongs to nobody any more."""
    there = [one for one in folder().iterdir() if time.time() - one.stat().st_mtime > _KEPT_S]
    wanted = handed_over.known([one.name for one in there])
    for one in there:
        if one.name not in wanted:
            _remove(one)
            sealed_files.close_all(one.name)


def _own(token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise FileNotFoundError(token)
    return folder() / token


def _remove(gone: Path) -> None:
    # Another tap, or a worker, may have been quicker.
    with suppress(FileNotFoundError, OSError):
        if gone.is_dir():
            for file in gone.iterdir():
                file.unlink(missing_ok=True)
            gone.rmdir()
        else:
            gone.unlink()
