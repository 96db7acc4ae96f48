"""How letters about accounts leave the server: by one address in the environment."""

import os
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

VARIABLE = "QUIETLEGS_MAIL_URL"
_ALLOWED = (
    "smtps://name:password@mail.example.org?from=legs@example.org, smtp:// for STARTTLS on port 587,"
    " or console: for letters that are printed and go nowhere"
)
_PORTS = {"smtp": 587, "smtps": 465}
_PATIENCE_S = 10


def mail_settings() -> dict[str, Any]:
    """Return Django's settings for letters; the address may hold a password, which no sentence repeats."""
    told = os.environ.get(VARIABLE, "")
    if told == "console:":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend", "DEFAULT_FROM_EMAIL": "quietlegs"}
    parts = urlsplit(told)
    sender = parse_qs(parts.query).get("from", [""])[0]
    if parts.scheme not in _PORTS or not parts.hostname or not _is_address(sender):
        found = f"an address that begins with {parts.scheme!r} and has {sender!r} as its sender" if told else "nothing"
        raise ImproperlyConfigured(f"{VARIABLE} holds {found}; allowed: {_ALLOWED}")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        # On the way to a mail server of this very machine nobody listens.
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not _is_here(parts.hostname),
        "EMAIL_TIMEOUT": _PATIENCE_S,
        "DEFAULT_FROM_EMAIL": sender,
        "SERVER_EMAIL": sender,
    }


def _is_address(sender: str) -> bool:
    try:
        validate_email(sender)
    except ValidationError:
        return False
    return True


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
