"""A reminder is written in the person's language, handed to its channel, and what came of it is noted."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import salted_hmac

from quietlegs.web.links.carriers import CARRIERS
from quietlegs.web.links.message import Message, UndeliveredError
from quietlegs.web.store.channels import Channel, accepted, failed
from quietlegs.words.catalogue import _
from quietlegs.words.language import speaking

SNOOZE, NOT_TONIGHT, SHOWN = "snooze", "not_tonight", "shown"
_SALT = "quietlegs.reminder"
_ANSWERED_WITHIN = timedelta(hours=12)
_ID_BYTES = 18


def reminder(key: str, language: str, *, lasts: timedelta, snooze: bool) -> Message:
    """Write the reminder of a delivery; its text tells nobody what the routine is for."""
    with speaking(language):
        actions = [(SNOOZE, _("In 15 minutes"))] if snooze else []
        actions.append((NOT_TONIGHT, _("Not tonight")))
        return Message(_id(key), _("Time for your routine"), language, lasts, sign(key), tuple(actions))


def trial_run(key: str, language: str) -> Message:
    """Write what is sent when the person wants to see whether reminders arrive."""
    with speaking(language):
        return Message(_id(key), _("A test: reminders arrive here"), language, timedelta(minutes=5), sign(key))


def hand_over(channel: Channel, message: Message) -> UndeliveredError | None:
    """Send by the channel; return what went wrong."""
    with speaking(channel.language):
        try:
            CARRIERS[channel.service].send(channel.address, message)
        except UndeliveredError as error:
            return error
    return None


def note(channel: Channel, wrong: UndeliveredError | None, now: datetime) -> None:
    """Note with the channel how it went, for the page to tell."""
    if wrong is None:
        accepted(channel.id, now)
    else:
        failed(channel.id, now, wrong.why, gone=wrong.gone)


def sign(key: str) -> str:
    """Return the token that lets a notification answer for this delivery, once."""
    return signing.dumps(key, salt=_SALT)


def signed(token: str) -> str | None:
    """Return the delivery's key that a token stands for; None when it is none of ours, or too old."""
    try:
        return str(signing.loads(token, salt=_SALT, max_age=_ANSWERED_WITHIN))
    except signing.BadSignature:
        return None


def _id(key: str) -> str:
    """Return an id that is the same for the same delivery, and tells nothing about it."""
    return urlsafe_b64encode(salted_hmac(_SALT, key, algorithm="sha256").digest()[:_ID_BYTES]).decode()
