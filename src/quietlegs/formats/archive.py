"""Zip files from elsewhere, opened with care: nothing is unpacked onto the disk, and none grows without end."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from quietlegs.formats.reading import NotReadableError
from quietlegs.formats.watching import open_bytes
from quietlegs.words.catalogue import _

_MOST_MEMBERS = 10_000
_MOST_RATIO = 200
_MOST_BYTES = 16 * 2**30
_SMALL_BYTES = 2**20
_JUNK = "__MACOSX"


def members(file: Path) -> list[str]:
    """Return the names inside, without what macOS adds; empty where it is no zip file."""
    try:
        with zipfile.ZipFile(file) as archive:
            return [name for name in archive.namelist() if not _is_junk(name)]
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return []


def member(file: Path, name: str) -> str | None:
    """Return the first name inside whose last part is this one."""
    return next((one for one in members(file) if PurePosixPath(one).name == name), None)


@contextmanager
def opened(file: Path, name: str) -> Iterator[IO[bytes]]:
    """Open one member as a stream; NotReadableError where the archive is damaged, locked, or a bomb."""
    try:
        with open_bytes(file) as handle, zipfile.ZipFile(handle) as archive:
            _refuse_bomb(file, archive, archive.getinfo(name))
            with archive.open(name) as stream:
                yield stream
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        EOFError,
        zlib.error,
        UnicodeError,
        KeyError,
    ) as error:
        raise NotReadableError(_("{file} is damaged or locked: {reason}", file=file.name, reason=error)) from error


def _refuse_bomb(file: Path, archive: zipfile.ZipFile, wanted: zipfile.ZipInfo) -> None:
    if len(archive.infolist()) > _MOST_MEMBERS:
        found, allowed = f"{len(archive.infolist())} files", f"{_MOST_MEMBERS}"
    elif wanted.file_size > _MOST_BYTES:
        found, allowed = f"{wanted.file_size} bytes", f"{_MOST_BYTES}"
    elif wanted.file_size > _SMALL_BYTES and wanted.file_size > _MOST_RATIO * wanted.compress_size:
        found, allowed = f"{wanted.file_size} bytes out of {wanted.compress_size}", f"{_MOST_RATIO} times as many"
    else:
        return
    raise NotReadableError(
        _("{file} would unpack to {found}; allowed: {allowed}", file=file.name, found=found, allowed=allowed)
    )


def _is_junk(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return _JUNK in parts or (bool(parts) and parts[-1].startswith("._"))
