"""What the log says of signing in: that it was done or refused, never by which address of a person or which words.

Who was refused is told by the address of the network, so that a host can shut them out; who came in is told by the
number of the account alone.
"""

import logging
from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_out
from django.dispatch import Signal
from django.http import HttpRequest

logger = logging.getLogger("quietlegs.sign_in")
_CHANGES: tuple[tuple[Signal, str], ...] = (
    (account.password_set, "set a password"),
    (account.password_changed, "changed the password"),
    (account.password_reset, "set a new password by a letter"),
    (account.email_changed, "changed the address"),
)


def connect() -> None:
    """Hear of what happens to accounts; called once, when they are known."""
    account.user_logged_in.connect(_came, dispatch_uid="logbook came")
    user_logged_out.connect(_left, dispatch_uid="logbook left")
    mfa.authentication_failed.connect(_wrong_code, dispatch_uid="logbook code")
    mfa.authenticator_added.connect(_added, dispatch_uid="logbook added")
    mfa.authenticator_removed.connect(_removed, dispatch_uid="logbook removed")
    for signal, what in _CHANGES:
        signal.connect(_changing(what), weak=False, dispatch_uid=f"logbook {what}")


def refused(why: str, address: str) -> None:
    """Tell that somebody was not let in."""
    logger.warning("refused at sign-in from %s: %s", address, why)


def came_by_a_picture(number: int) -> None:
    """Tell that a device was let in by a picture on another screen; allauth knows nothing of that way."""
    logger.info("account %d signed in by a picture", number)


def _came(request: HttpRequest, user: Any, **_more: Any) -> None:
    ways = [str(one.get("type") or one.get("method")) for one in get_authentication_records(request, user)]
    logger.info("account %d signed in by %s", user.pk, ", ".join(ways) or "an invitation")


def _left(user: Any, **_more: Any) -> None:
    if user is not None:
        logger.info("account %d signed out", user.pk)


def _wrong_code(user: Any, **_more: Any) -> None:
    logger.warning("account %d: a wrong code", user.pk)


def _added(user: Any, authenticator: Any, **_more: Any) -> None:
    logger.info("account %d added %s", user.pk, authenticator.type)


def _removed(user: Any, authenticator: Any, **_more: Any) -> None:
    logger.info("account %d removed %s", user.pk, authenticator.type)


def _changing(what: str) -> Any:
    def changed(user: Any, **_more: Any) -> None:
        logger.info("account %d %s", user.pk, what)

    return changed
