"""Who has just signed in stays signed in, though an older question of the same browser is answered after it."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from quietlegs.web.accounts.sessions import OfCookie


class Sessions(SessionMiddleware):
    """Django's, but the browser forgets its session only where one ends.

    Signing in ends the session before it. Django answers a question that still carries the old one by letting the
    browser forget its cookie, and that is the new one by then: the phone asks for pages by itself all the time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self.SessionStore = OfCookie

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Take back the wish to forget where this request ended nothing."""
        ended = request.session.modified
        answer = super().process_response(request, response)
        if not ended and request.session.is_empty():
            answer.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return answer
