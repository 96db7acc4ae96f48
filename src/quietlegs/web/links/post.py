"""A way to post over the web that goes nowhere but to the address it was given, and waits for nobody long."""

from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

from quietlegs.web.links.message import AddressError, UndeliveredError
from quietlegs.web.links.reach import Outward, WithinError
from quietlegs.words.catalogue import _

PATIENCE_S = 10
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_GONE = frozenset({404, 410})
_DEEPEST = 8
_ANSWERED_WELL = range(200, 300)


class Straight(requests.Session):
    """Follows no redirection: an address that the person gave shall not lead the reminder to one they did not.

    Where strangers share a host it goes by no proxy either, and to nothing within: see `reach`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = not settings.HOSTED
        for scheme in ("http://", "https://"):
            self.mount(scheme, Outward())

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Ask as usual, of that address alone."""
        return super().request(*args, **(kwargs | {"allow_redirects": False}))


def refuse_unless_web(address: str, *, secure: bool = False) -> str:
    """Return a web address as it is; refuse what is none, and what is not https where that is asked.

    This very machine needs no https: nothing is on a wire.
    """
    parts = urlsplit(address)
    allowed = {"https"} if secure and parts.hostname not in _HERE else {"http", "https"}
    if parts.scheme not in allowed or not parts.hostname or parts.username or any(one.isspace() for one in address):
        wanted = _("an address that begins with https://") if secure else _("an address such as https://ntfy.sh/a-name")
        raise AddressError(_("{address} cannot be used; allowed: {wanted}", address=repr(address), wanted=wanted))
    return address


def refuse_bad_answer(status: int, reason: str) -> None:
    """Raise UndeliveredError unless the answer says that the reminder was taken."""
    if status not in _ANSWERED_WELL:
        told = _("the other side answered {status} {reason}", status=status, reason=reason).strip()
        raise UndeliveredError(told, gone=status in _GONE)


def unreachable(error: Exception) -> UndeliveredError:
    """Say that the other side could not be reached; the library's own words hold the address, which may be secret."""
    if isinstance(error, requests.Timeout):
        return UndeliveredError(_("the other side did not answer in {seconds} seconds", seconds=PATIENCE_S))
    if _is_within(error):
        return UndeliveredError(_("addresses within the host's own network are not allowed"))
    if isinstance(error, requests.exceptions.SSLError):
        return UndeliveredError(_("the other side could not prove who it is (its certificate is not right)"))
    return UndeliveredError(_("the other side cannot be reached"))


def _is_within(error: BaseException | None) -> bool:
    """Whether what lies behind an error is an address within."""
    seen = 0
    while error is not None and seen < _DEEPEST:
        reason = getattr(error.args[0], "reason", None) if error.args else None
        if isinstance(error, WithinError) or (isinstance(reason, BaseException) and _is_within(reason)):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False
