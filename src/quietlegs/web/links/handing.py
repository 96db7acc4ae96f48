"""A reminder is written in the person's language, handed to its channel, and what came of it is noted."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from quietlegs.web.links import answering
from quietlegs.web.links.answering import ASK, NOT_TONIGHT, SALT, SNOOZE, sign
from quietlegs.web.links.carriers import CARRIERS
from quietlegs.web.links.message import Message, UndeliveredError
from quietlegs.web.store.channels import Channel, accepted, failed
from quietlegs.words.catalogue import _
from quietlegs.words.language import speaking

# Where the person opened the page when they turned the channel on: what can be answered leads there.
HERE = "here"
_ID_BYTES = 18


def reminder(key: str, by: Channel, *, lasts: timedelta, snooze: bool) -> Message:
    """Write the reminder of a delivery; its text tells nobody what the routine is for."""
    language, here = by.language, by.address.get(HERE, "")
    with speaking(language):
        actions = [(SNOOZE, _("In 15 minutes"))] if snooze else []
        actions.append((NOT_TONIGHT, _("Not tonight")))
        message = Message(_id(key), _("Time for your routine"), language, lasts, sign(key), tuple(actions))
    return _with_addresses(message, here, key) if here else message


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


def _with_addresses(message: Message, here: str, key: str) -> Message:
    """Add an address for each answer, and one for all of them, where quietlegs is reached."""
    buttons = tuple((title, answering.address(here, key, what)) for what, title in message.actions)
    return replace(message, buttons=buttons, page=answering.address(here, key, ASK))


def _id(key: str) -> str:
    """Return an id that is the same for the same delivery, and tells nothing about it."""
    return urlsafe_b64encode(salted_hmac(SALT, key, algorithm="sha256").digest()[:_ID_BYTES]).decode()
