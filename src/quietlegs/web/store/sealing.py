"""What is sealed in a hosted database: each diary has a key of its own, locked by a key that is not in the database.

A stolen database or backup alone shows when something of which kind was noted, and nothing of what it says. AES-GCM
with a random nonce; the diary and the fact are bound to the text, so that no sealed text can be put elsewhere.
"""

import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from quietlegs.web.store.home import is_hosted

KEY_VARIABLE = "QUIETLEGS_SERVER_KEY"
FILE_VARIABLE = "QUIETLEGS_SERVER_KEY_FILE"
_HOW = f"{KEY_VARIABLE} or the file that {FILE_VARIABLE} names; `quietlegs server-key new` makes one"
_MARK = "gcm1:"
_NONCE_BYTES = 12
_MOST_KEYS = 4096


class SealedError(DatabaseError):
    """Something is sealed by a key that this server does not have, or was changed since."""


def new_server_key() -> str:
    """Return a fresh key for the server."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 - one's own machine seals nothing and shall start fast

    return Fernet.generate_key().decode("ascii")


def server_keys() -> tuple[str, ...]:
    """Return the server's keys, the one that locks first; the others open what was locked before a rotation.

    Raises
    ------
    ImproperlyConfigured
        There is none, or one that is no key; the text of a key is never repeated.
    """
    from cryptography.fernet import Fernet  # noqa: PLC0415 - as above

    found = tuple(_said().replace(",", " ").split())
    if not found:
        raise ImproperlyConfigured(f"no server key; wanted: {_HOW}")
    for number, key in enumerate(found, 1):
        try:
            Fernet(key)
        except ValueError:
            wrong = f"server key {number} of {len(found)} is no key of 32 bytes in base64; wanted: {_HOW}"
            raise ImproperlyConfigured(wrong) from None
    return found


def _said() -> str:
    file = os.environ.get(FILE_VARIABLE)
    if not file:
        return os.environ.get(KEY_VARIABLE, "")
    try:
        return Path(file).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{FILE_VARIABLE} names {file}, which cannot be read: {error}") from error


def new_locked_key() -> str:
    """Return a fresh key for a diary, locked; empty on one's own machine, where nothing is sealed."""
    return _server().encrypt(secrets.token_bytes(32)).decode("ascii") if is_hosted() else ""


def locked_anew(locked: str) -> str:
    """Return the same diary's key, locked by the server's first key."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - as above

    try:
        return _server().rotate(locked.encode("ascii")).decode("ascii") if locked else ""
    except InvalidToken:
        raise SealedError(f"a diary's key was locked by another server key; wanted: {_HOW}") from None


def is_locked_by_first(locked: str) -> bool:
    """Whether the server's first key opens a diary's key: what an older one locked, a rotation locks anew."""
    from cryptography.fernet import Fernet, InvalidToken  # noqa: PLC0415 - as above

    try:
        Fernet(server_keys()[0]).decrypt(locked.encode("ascii"))
    except InvalidToken:
        return False
    return True


def seal(said: Any, locked: str, bound_to: str) -> Any:
    """Return what is stored in place of a JSON value: the value itself where the diary has no key."""
    if not locked:
        return said
    nonce = secrets.token_bytes(_NONCE_BYTES)
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return _MARK + b64encode(nonce + _cipher(locked).encrypt(nonce, text, bound_to.encode())).decode("ascii")


def unseal(stored: Any, locked: str, bound_to: str) -> Any:
    """Return the JSON value of what was stored.

    Raises
    ------
    SealedError
        It was sealed by another key, or changed since.
    """
    return json.loads(unsealed(stored, locked, bound_to)) if isinstance(stored, str) and is_sealed(stored) else stored


def is_sealed(stored: str) -> bool:
    """Return whether a text, or the JSON of one, is something sealed."""
    return stored.startswith((_MARK, f'"{_MARK}'))


def unsealed(stored: str, locked: str, bound_to: str) -> str:
    """Return the JSON that was sealed, of the sealed text or of the JSON of it; SealedError as `unseal`."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above

    if not locked:
        raise SealedError("something is sealed, and its diary has no key any more")
    raw = b64decode(stored.strip('"').removeprefix(_MARK))
    try:
        return str(_cipher(locked).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], bound_to.encode()), "utf-8")
    except InvalidTag:
        raise SealedError(f"{bound_to} was changed since it was sealed, or belongs to another diary") from None


def digest_by(text: str, locked: str) -> str:
    """Return what is stored in place of a name that is only looked for; the name itself where the diary has no key."""
    return "hmac1:" + hmac.digest(_key(locked), text.encode(), "sha256").hex() if locked else text


@lru_cache(maxsize=_MOST_KEYS)
def _cipher(locked: str) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    return AESGCM(_key(locked))


@lru_cache(maxsize=_MOST_KEYS)
def _key(locked: str) -> bytes:
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - as above

    try:
        return bytes(_server().decrypt(locked.encode("ascii")))
    except InvalidToken:
        raise SealedError(f"a diary's key was locked by another server key; wanted: {_HOW}") from None


def _server() -> Any:
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415 - as above

    return MultiFernet([Fernet(key) for key in server_keys()])
