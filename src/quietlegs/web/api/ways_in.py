"""Who may use the API: quietlegs' own pages, and programs with a key."""

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from quietlegs.web.store.tokens import Token, known
from quietlegs.web.store.whose import take_in_hand


class OwnPage(APIKeyCookie):
    """A page of ours, which writes: it has the cookie of its forms and the token that goes with it."""

    param_name = settings.CSRF_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> str | None:
        """Look at the cookie only where no key was shown: a wrong key is not made good by it."""
        shows_key = "Authorization" in request.headers
        return None if shows_key else super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> str | None:
        """Let it in: Django found cookie and token to belong together."""
        return key


class Key(HttpBearer):
    """A program that was given a key, good for one scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """Let it in where its key is known and good for this, to the diary for which the key was made."""
        found = known(token)
        if found is None or self.scope not in found.scopes:
            return None
        take_in_hand(found.diary)
        return found
