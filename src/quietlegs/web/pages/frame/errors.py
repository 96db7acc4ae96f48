"""What a person sees when something went wrong: what happened, and what to do next."""

import logging
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quietlegs.web.pages.frame.trouble import trouble_of
from quietlegs.words.catalogue import _

logger = logging.getLogger(__name__)

BAD_REQUEST = 400
FORBIDDEN = 403
NOT_FOUND = 404
BROKEN = 500
UNAVAILABLE = 503
_AGAIN_AFTER_S = 30


def refuse(
    request: HttpRequest, reason: str, status: int = BAD_REQUEST, *, back: tuple[str, str] | None = None
) -> HttpResponse:
    """Answer that the entry was not understood; nothing was stored.

    `back` are the address where it is tried again, and the button's words; else the browser's own way back is best, as
    it keeps what was typed.
    """
    again = _("Nothing was changed.") if back else _("Nothing was changed. Go back and try again.")
    words = {"title": _("That did not work"), "what": reason, "next": again, "back": back}
    return render(request, "frame/error.html", words, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense; why is for developers."""
    logger.info("request refused: %s", exception)
    return refuse(request, _("The page was asked for something it does not know."))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was open too long or came from elsewhere; the framework's `reason` is for developers."""
    logger.warning("form refused: %s", reason)
    if settings.CSRF_COOKIE_NAME not in request.COOKIES:
        words = {
            "title": _("Not written down"),
            "what": _("This browser keeps no cookies from this page, and without them nothing can be written down."),
            "next": _("Allow cookies for this address, open the page again, and try once more. They go nowhere else."),
        }
        return render(request, "frame/error.html", words, status=FORBIDDEN)
    return refuse(request, _("This page was open for a long time, or the form came from somewhere else."), FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere; why is for developers."""
    logger.info("nothing here: %s", exception)
    words = {
        "title": _("Nothing here"),
        "what": _("This address leads nowhere."),
        "next": _("Tonight's page knows the way."),
    }
    return render(request, "frame/error.html", words, status=NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the program itself failed, or the machine did not let it write."""
    trouble = trouble_of(sys.exc_info()[1])
    if trouble is not None:
        what, do = trouble
        answer = render(
            request, "frame/error.html", {"title": _("Not now"), "what": what, "next": do}, status=UNAVAILABLE
        )
        answer.headers["Retry-After"] = str(_AGAIN_AFTER_S)
        return answer
    words = {
        "title": _("Something broke"),
        "what": _("The program made a mistake. What you wrote down before is safe."),
        "next": _("Try again. If it stays so, run the command quietlegs doctor."),
    }
    return render(request, "frame/error.html", words, status=BROKEN)
