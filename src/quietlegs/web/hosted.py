"""Whether a group hosts these diaries, and at which address: decided by the environment, before Django is set up."""

import os
import re
from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from quietlegs.web.store.home import HOSTED_VARIABLE, is_demo

VARIABLE = HOSTED_VARIABLE
_ALLOWED = "an address such as https://legs.example.org, with a port where it is not 443 and nothing behind it"
# A passkey belongs to a name, never to a number; the last part of a name is no number.
_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_NEEDED = ("allauth", "argon2", "fido2", "qrcode")


@dataclass(frozen=True, slots=True)
class Origin:
    """The public https address: what people type, and what their browsers hold passkeys and cookies for."""

    name: str
    port: int | None = None

    def __str__(self) -> str:
        return f"https://{self.name}" + (f":{self.port}" if self.port else "")


def origin() -> Origin | None:
    """Return the public address; None in personal mode, and for the simulated person, who has no account."""
    told = os.environ.get(VARIABLE, "")
    if not told or is_demo():
        return None
    found = _read(told)
    if found is None:
        raise ImproperlyConfigured(f"{VARIABLE} holds {told!r}; allowed: {_ALLOWED}")
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise ImproperlyConfigured(f"{VARIABLE} needs {', '.join(missing)} too: pip install 'quietlegs[hosted]'")
    return found


def _read(told: str) -> Origin | None:
    try:
        parts = urlsplit(told)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    shape = f"https://{parts.netloc}" in (told, told.removesuffix("/")) and "@" not in parts.netloc
    return Origin(name, port) if shape and _NAME.fullmatch(name) else None
