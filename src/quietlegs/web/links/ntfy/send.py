"""A reminder by ntfy: posted to the topic that the person named, on ntfy.sh or on a server of their own."""

import json
from collections.abc import Mapping

import requests

from quietlegs.web.links.message import Message
from quietlegs.web.links.post import PATIENCE_S, Straight, refuse_bad_answer, refuse_unless_web, unreachable
from quietlegs.words.catalogue import _


def address_of(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the address as it is kept; AddressError when it is none.

    An address on this machine or in the home's network is allowed on purpose: whoever may open this page owns the
    machine, and many run ntfy at home.
    """
    return {
        "url": refuse_unless_web(posted.get("url", "").strip()),
        "token": posted.get("token", "").strip(),
    }


def send(address: Mapping[str, str], message: Message) -> None:
    """Post the reminder; UndeliveredError says why it did not arrive."""
    # A server of 2.16 or later shows what has the same sequence once, however often it is posted.
    headers = {"X-Sequence-ID": message.id, "Content-Type": "text/plain; charset=utf-8"}
    if message.page:
        headers |= {"X-Actions": _buttons(message), "X-Click": message.page}
    if address.get("token"):
        headers["Authorization"] = f"Bearer {address['token']}"
    try:
        with Straight() as web:
            answer = web.post(
                address["url"], data=message.text.encode(), headers=headers, timeout=PATIENCE_S, stream=True
            )
            answer.close()
    except requests.RequestException as error:
        raise unreachable(error) from error
    refuse_bad_answer(answer.status_code, answer.reason)


def _buttons(message: Message) -> str:
    """Return the buttons as ntfy takes them; JSON, so that a label in any language fits into a header."""
    buttons = [
        {"action": "http", "label": title, "url": url, "method": "POST", "clear": True}
        for title, url in message.buttons
    ]
    return json.dumps(buttons)


def name_of(address: Mapping[str, str]) -> str:
    """Return what the page calls this address."""
    return _("The topic {url}", url=address["url"])
