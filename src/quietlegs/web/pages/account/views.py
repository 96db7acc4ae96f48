"""Coming in by an invitation, going out, and leaving for good."""

from http import HTTPStatus

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quietlegs.web.accounts import invitations
from quietlegs.web.accounts.mark import mark_of
from quietlegs.web.accounts.models import Account
from quietlegs.web.accounts.people import erase
from quietlegs.web.pages.erase.asking import ask, gone, typed
from quietlegs.web.store import erasing
from quietlegs.words.catalogue import _

# What the browser itself kept of pages; what our worker kept is cleared by it, and entries that wait stay.
_FORGET = '"cache"'


@never_cache
@require_safe
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Let in who has an invitation; the secret stands in no address after this one."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("tonight:index"))
    found = invitations.accept(request, token)
    if found is None:
        return render(request, "account/signup_closed.html", {"was_invited": True}, status=HTTPStatus.GONE)
    if found.proves_address:
        request.session["account_verified_email"] = found.email
    return HttpResponseRedirect(reverse("account_signup_by_passkey"))


@never_cache
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out, and let the browser forget the pages it kept."""
    answer = account.logout(request)
    if request.method == "POST":
        answer.headers["Clear-Site-Data"] = _FORGET
    return answer


@never_cache
@reauthentication_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Ask, then delete the diary, and the account too where that is wished."""
    person = request.user
    if not isinstance(person, Account):
        raise PermissionDenied
    if request.method != "POST":
        return ask(request)
    what, mark = request.POST.get("what"), mark_of(person.pk)
    if not typed(request) or what not in ("diary", "account"):
        return ask(request, wrong=True)
    if what == "diary":
        erasing.erase_own()
        return gone(request, mark=mark)
    erase(person)
    # Only then: who is still there, because something kept the database from it, is still in.
    logout(request)
    return gone(request, mark=mark, with_account=True)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer who asks too often, so that passwords and codes cannot be guessed by trying."""
    words = {
        "title": _("Please wait"),
        "what": _("This was tried very often in a short time."),
        "next": _("Wait five minutes, then try again."),
    }
    return render(request, "frame/error.html", words, status=HTTPStatus.TOO_MANY_REQUESTS)
