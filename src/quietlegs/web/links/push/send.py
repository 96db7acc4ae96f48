"""A reminder by web push: encrypted for one browser, and handed to the push service of that browser's maker."""

import json
import os
import re
from base64 import urlsafe_b64decode
from binascii import Error as NoBase64Error
from collections.abc import Mapping
from urllib.parse import urlsplit

import requests
from django.core.exceptions import ImproperlyConfigured

from quietlegs.web.links.message import AddressError, Message
from quietlegs.web.links.post import PATIENCE_S, Straight, refuse_bad_answer, refuse_unless_web, unreachable
from quietlegs.web.links.push.keys import vapid
from quietlegs.words.catalogue import _

CONTACT_VARIABLE = "QUIETLEGS_CONTACT"
_MAIL = re.compile(r"[^\s@<>:]+@[^\s@<>:]+\.[a-z]{2,}", re.IGNORECASE)
_NOBODY = (".invalid", ".local", ".localhost", ".test")
_KEY_BYTES = {"p256dh": 65, "auth": 16}


def contact_of(text: str) -> str:
    """Return the address at which a push service may write to whoever runs this; it refuses to work without one."""
    said = text.strip().removeprefix("mailto:")
    host = urlsplit(said).hostname or "" if said.startswith("https://") else said.rpartition("@")[2]
    reachable = "." in host and not host.lower().endswith(_NOBODY)
    if reachable and _MAIL.fullmatch(said):
        return f"mailto:{said}"
    if reachable and said.startswith("https://"):
        return said
    wanted = _("an e-mail address or a web page of yours, such as you@example.org or https://example.org/")
    raise AddressError(_("{address} cannot be the contact; allowed: {wanted}", address=repr(text), wanted=wanted))


def contact_given() -> str:
    """Return the contact that the host of this installation has set, nothing where they have not."""
    return os.environ.get(CONTACT_VARIABLE, "")


def refuse_bad_contact() -> None:
    """Refuse to start with a contact that no push service could write to, before a reminder fails for it."""
    if contact_given():
        try:
            contact_of(contact_given())
        except AddressError as error:
            raise ImproperlyConfigured(f"{CONTACT_VARIABLE}: {error}") from error


def address_of(posted: Mapping[str, str]) -> dict[str, str]:
    """Return a browser's subscription as it is kept; AddressError when it is none."""
    held = {name: posted.get(name, "") for name in ("endpoint", *_KEY_BYTES)}
    refuse_unless_web(held["endpoint"], secure=True)
    for name, length in _KEY_BYTES.items():
        if _bytes_in(held[name]) != length:
            raise AddressError(_("The browser's answer was not understood: its key {name} is damaged.", name=name))
    return held | {"contact": contact_of(posted.get("contact", "") or contact_given())}


def send(address: Mapping[str, str], message: Message) -> None:
    """Encrypt the reminder and hand it over; UndeliveredError says why it was not taken."""
    # It brings a second web library along, a third of a second to load: no page and no start shall wait for it.
    from pywebpush import WebPushException, webpush  # noqa: PLC0415 - as the comment above says

    told = {
        "title": message.text, "tag": message.id, "lang": message.language, "token": message.token,
        "actions": [{"action": key, "title": title} for key, title in message.actions],
    }  # fmt: skip
    keys = {name: address[name] for name in _KEY_BYTES}
    try:
        with Straight() as web:
            webpush(
                {"endpoint": address["endpoint"], "keys": keys},
                json.dumps(told),
                vapid_private_key=vapid(),
                vapid_claims={"sub": address["contact"]},
                timeout=PATIENCE_S,
                ttl=int(message.lasts.total_seconds()),
                # What has the same topic takes the place of what still waits at the push service.
                headers={"Topic": message.id, "Urgency": "high"},
                requests_session=web,
            )
    except WebPushException as error:
        if error.response is None:
            raise unreachable(error) from error
        refuse_bad_answer(error.response.status_code, error.response.reason)
        raise
    except requests.RequestException as error:
        raise unreachable(error) from error


def name_of(address: Mapping[str, str]) -> str:
    """Return what the page calls this address: whose push service it is."""
    return _("A browser, by way of {host}", host=urlsplit(address["endpoint"]).hostname)


def _bytes_in(text: str) -> int:
    try:
        return len(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (NoBase64Error, ValueError):
        return 0
