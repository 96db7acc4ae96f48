"""Who is let in where: each request of a person who signed in has their diary in hand, and nobody else has one."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from quietlegs.web.accounts.devices import is_in
from quietlegs.web.accounts.models import Account
from quietlegs.web.store.whose import in_hand
from quietlegs.words.catalogue import _

HEALTHY = "/healthy/"
_API = "/api/"
# Views that ask nobody who they are: they show no diary, or their address is a secret that opens one.
OPEN = frozenset({
    "account_login", "account_logout", "account_signup", "account_signup_by_passkey", "account_inactive",
    "account_email_verification_sent", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "mfa_authenticate", "mfa_login_webauthn", "mfa_signup_webauthn", "account:invited", "account:phone_come",
    "sharing:take",
    "frame:theme", "frame:contrast", "frame:language", "offline:manifest", "offline:worker",
    "calendar:fetch", "reminders:answer", "reminders:reply",
})  # fmt: skip
# Programs and our own scripts read what they are told here; a page would tell them nothing.
_FOR_SCRIPTS = ("offline:pages",)


class Guard:
    """Django's middleware, behind those that know the session and its account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the person's own diary in hand."""
        account = request.user
        today = datetime.now(UTC).date()
        if isinstance(account, Account) and not is_in(request, account, today):
            logout(request)
            account = request.user
        if not isinstance(account, Account):
            return _unkept(self.get_response(request))
        _note_seen(account, today)
        with in_hand(account.diary_id):
            answer = self.get_response(request)
        if isinstance(answer, StreamingHttpResponse):
            # What is streamed is read from the diary while it is sent, when nothing is in hand any more.
            answer.streaming_content = _with_in_hand(account.diary_id, iter(answer))
        return _unkept(answer)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _options: object
    ) -> HttpResponseBase | None:
        """Send who has not signed in to the sign-in, unless what they ask for asks nobody."""
        if request.user.is_authenticated or _is_open(request):
            return None
        match = request.resolver_match
        if match is not None and (
            match.app_name in _FOR_SCRIPTS or match.view_name in _FOR_SCRIPTS or _is_api(request)
        ):
            return JsonResponse({"problems": [_("Nobody is signed in.")]}, status=HTTPStatus.UNAUTHORIZED)
        if request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
        return _signed_out(request)


def healthy(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer the question whether the server works before anything else is asked, under whichever name it is put."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if request.path != HEALTHY:
            return answer(request)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return HttpResponse("well\n", content_type="text/plain")

    return answered


def encrypted(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a program that comes by http: led on to https without a word, it would show its key in the clear again."""

    def answered(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_API) and not request.is_secure():
            return JsonResponse({"problems": [_("Come by https.")]}, status=HTTPStatus.FORBIDDEN)
        return answer(request)

    return answered


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    shows_key = _is_api(request) and "Authorization" in request.headers
    return shows_key or (match is not None and match.view_name in OPEN)


def _is_api(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.namespace == "api"


def _signed_out(request: HttpRequest) -> HttpResponse:
    words = {
        "title": _("You are signed out"),
        "what": _("So this was not written down."),
        "next": _("Sign in, then write it once more."),
    }
    return render(request, "frame/error.html", words, status=HTTPStatus.FORBIDDEN)


def _note_seen(account: Account, today: date) -> None:
    """Remember the day, no more: a host sees which accounts are in use, and nobody sees the hours of a night."""
    if account.seen_on != today:
        Account.objects.filter(pk=account.pk).update(seen_on=today)


def _unkept(answer: HttpResponseBase) -> HttpResponseBase:
    """Let no browser keep a page for whoever comes next; those for a night without a network have their own way."""
    if "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _with_in_hand(diary: int, parts: Iterable[Any]) -> Iterator[Any]:
    left = iter(parts)
    nothing = object()
    while True:
        with in_hand(diary):
            part = next(left, nothing)
        if part is nothing:
            return
        yield part
