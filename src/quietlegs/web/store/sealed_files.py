"""Files that lie sealed on a group's server: in pieces, by a key of their own, which the diary's key locks.

On one's own machine nothing is sealed, and a file is itself. Readers want a whole file at a place of its own: it is
opened for as long as it is read, in memory where there is room for it.
"""

import os
import secrets
import shutil
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from quietlegs.web.store.home import home, is_hosted
from quietlegs.web.store.models import DiaryRow
from quietlegs.web.store.sealing import SealedError, seal, unseal
from quietlegs.web.store.whose import diary_in_hand

_PIECE = 2**20
_TAG_BYTES = 16
_KEY_BYTES = 32
_MARK = b"quietlegs sealed 1\n"
_BOUND_TO = "file"
_OPEN = "opened-"
# A folder of the system that is no disk; a container gives it as much.
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it, for its owner alone
_MOST_IN_MEMORY = 32 * 2**20


class Writer:
    """Writes a file piece by piece, sealed where the diary in hand has a key."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._kept = bytearray()
        self._count = 0
        self._cipher: Any = None
        locked = key_in_hand()
        if locked:
            key = secrets.token_bytes(_KEY_BYTES)
            self._cipher = _cipher(key)
            out.write(_MARK + str(seal(b64encode(key).decode("ascii"), locked, _BOUND_TO)).encode("ascii") + b"\n")

    def write(self, piece: bytes) -> None:
        """Write more of it."""
        if self._cipher is None:
            self._out.write(piece)
            return
        self._kept += piece
        while len(self._kept) > _PIECE:
            self._seal(bytes(self._kept[:_PIECE]))
            del self._kept[:_PIECE]

    def finish(self) -> None:
        """Write the last piece, which is marked as such: what was cut off is noticed."""
        if self._cipher is not None:
            self._seal(bytes(self._kept), last=True)
        self._out.flush()

    def _seal(self, piece: bytes, *, last: bool = False) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._count, last=last), piece, None))
        self._count += 1


def pieces(file: Path) -> Iterator[bytes]:
    """Yield what is in a file of the diary in hand.

    Raises
    ------
    SealedError
        It was sealed by another key, changed, or cut off.
    """
    with file.open("rb") as sealed:
        if sealed.read(len(_MARK)) != _MARK:
            sealed.seek(0)
            yield from iter(lambda: sealed.read(_PIECE), b"")
            return
        key = unseal(sealed.readline().rstrip().decode("ascii"), key_in_hand(), _BOUND_TO)
        yield from _unsealed(sealed, _cipher(b64decode(key)))


def _unsealed(sealed: IO[bytes], cipher: Any) -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - one's own machine seals nothing

    size = _PIECE + _TAG_BYTES
    count, piece = 0, sealed.read(size)
    while True:
        then = sealed.read(size)
        try:
            yield cipher.decrypt(_nonce(count, last=not then), piece, None)
        except InvalidTag:
            raise SealedError("a file was changed or cut off since it was sealed") from None
        if not then:
            return
        count, piece = count + 1, then


def key_in_hand() -> str:
    """Return the locked key of the diary in hand; nothing on one's own machine."""
    return str(DiaryRow.objects.values_list("locked_key", flat=True).get(pk=diary_in_hand())) if is_hosted() else ""


@contextmanager
def opened(file: Path, token: str) -> Iterator[Path]:
    """Give a place where readers find what is in a file, until the block has ended."""
    with file.open("rb") as begun:
        is_sealed = begun.read(len(_MARK)) == _MARK
    if not is_sealed:
        yield file
        return
    place = _room_for(file.stat().st_size) / f"{_OPEN}{token}-{secrets.token_hex(4)}"
    place.mkdir(mode=0o700)
    try:
        # Some readers go by its ending.
        with (place / file.name).open("wb") as out:
            out.writelines(pieces(file))
        yield place / file.name
    finally:
        shutil.rmtree(place, ignore_errors=True)


def close_all(token: str = "") -> None:
    """Delete what a process left open that was killed: of one file, or of all."""
    for place in (_MEMORY, home()):
        for left in place.glob(f"{_OPEN}{token}*"):
            shutil.rmtree(left, ignore_errors=True)


def _room_for(size: int) -> Path:
    in_memory = size <= _MOST_IN_MEMORY and os.access(_MEMORY, os.W_OK)
    return _MEMORY if in_memory and size < shutil.disk_usage(_MEMORY).free else home()


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    return AESGCM(key)


def _nonce(count: int, *, last: bool) -> bytes:
    """Return a piece's own: the key seals this file alone, so its number is enough; the last byte marks the last."""
    return count.to_bytes(11, "big") + bytes([last])
