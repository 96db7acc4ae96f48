"""Who has just signed in stays signed in, though an older question of the same browser is answered after it."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse


class Sessions(SessionMiddleware):
    """Django's, but the browser forgets its session only where one ends.

    Signing in ends the session before it. Django answers a question that still carries the old one by letting the
    browser forget its cookie, and that is the new one by then: the phone asks for pages by itself all the time.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Take back the wish to forget where this request ended nothing."""
        ended = request.session.modified
        answer = super().process_response(request, response)
        if not ended and request.session.is_empty():
            answer.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return answer
