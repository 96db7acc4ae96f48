"""The key by which push services know this installation: made at the first start, readable for its owner alone."""

import os
from base64 import urlsafe_b64encode
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from quietlegs.web.store.home import home

_FOR_ITS_OWNER_ALONE = 0o600


def make_key() -> None:
    """Make the key at the first start, so that every device that asks later is told the same one."""
    _make(_file())


def vapid() -> Vapid02:
    """Return the key, from its file."""
    return _read(_file())


def public_key() -> str:
    """Return the half that browsers are told, as they want it: base64url without padding."""
    point = vapid().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def _file() -> Path:
    return home() / "vapid.pem"


@cache
def _read(file: Path) -> Vapid02:
    """Read the key once in a process."""
    _make(file)
    return Vapid02.from_file(os.fspath(file))


def _make(file: Path) -> None:
    """Make the key unless it is there; written aside and linked, so that nobody ever reads half of it."""
    if file.exists():
        return
    made = Vapid02()
    made.generate_keys()
    aside = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FOR_ITS_OWNER_ALONE), "wb") as handle:
        handle.write(made.private_pem())
    try:
        os.link(aside, file)
    except FileExistsError:
        pass  # Another process was first; its key holds.
    finally:
        aside.unlink()
