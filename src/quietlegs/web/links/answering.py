"""What a person may answer to a reminder, and the tokens and addresses by which the answer is known to be theirs."""

from django.core import signing
from django.urls import reverse

SNOOZE, NOT_TONIGHT, SHOWN = "snooze", "not_tonight", "shown"
# Leads to a page that offers what may be answered, for what carries a link and no buttons.
ASK = "ask"
SALT = "quietlegs.reminder"
_ADDRESS_SALT = "quietlegs.reminder.address"
_WITHIN_S = 12 * 60 * 60


def sign(key: str) -> str:
    """Return the token that lets a notification answer for this delivery, once."""
    return signing.dumps(key, salt=SALT)


def signed(token: str) -> str | None:
    """Return the delivery's key that a token stands for; None when it is none of ours, or too old."""
    try:
        return str(signing.loads(token, salt=SALT, max_age=_WITHIN_S))
    except signing.BadSignature:
        return None


def address(here: str, key: str, what: str) -> str:
    """Return the address for one answer to one delivery, where quietlegs is `here`; it is good for half a day."""
    token = signing.dumps([key, what], salt=_ADDRESS_SALT)
    return here.rstrip("/") + reverse("reminders:reply", args=[token])


def opened(token: str) -> tuple[str, str] | None:
    """Return the delivery's key and the answer that an address stands for; None as with `signed`."""
    try:
        key, what = signing.loads(token, salt=_ADDRESS_SALT, max_age=_WITHIN_S)
    except signing.BadSignature:
        return None
    return str(key), str(what)
