"""A file between its receipt and the answer: kept in the data folder, under a name that nobody chose, for an hour."""

import re
import secrets
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

from django.core.files.uploadedfile import UploadedFile

from quietlegs.web.store.home import home

_KEPT_S = 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")
_LONGEST_NAME = 60


def keep(upload: "UploadedFile[bytes]") -> str:
    """Keep a file that was handed over; return the token by which it is found."""
    _tidy()
    token = secrets.token_hex(16)
    folder = _folder() / token
    folder.mkdir(mode=0o700)
    # The name is shown to the person and decides nothing; what it may hold is no path.
    name = quote((upload.name or "file")[-_LONGEST_NAME:], safe=" ")
    with (folder / name).open("wb") as handle:
        for chunk in upload.chunks():
            handle.write(chunk)
    return token


def find(token: str) -> Path:
    """Return the file of a token; FileNotFoundError where there is none any more."""
    if not _TOKEN.fullmatch(token):
        raise FileNotFoundError(token)
    file = next((_folder() / token).glob("*"), None)
    if file is None:
        raise FileNotFoundError(token)
    return file


def name_of(file: Path) -> str:
    """Return the name that the person's device gave it."""
    return unquote(file.name)


def let_go(token: str) -> None:
    """Forget a file."""
    if _TOKEN.fullmatch(token):
        _remove(_folder() / token)


def _tidy() -> None:
    for folder in _folder().iterdir():
        if time.time() - folder.stat().st_mtime > _KEPT_S:
            _remove(folder)


def _remove(folder: Path) -> None:
    for file in folder.glob("*"):
        file.unlink(missing_ok=True)
    # Another tap may have been quicker.
    with suppress(FileNotFoundError):
        folder.rmdir()


def _folder() -> Path:
    folder = home() / "handed-over"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
