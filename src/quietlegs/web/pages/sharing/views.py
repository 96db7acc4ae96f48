"""What a person lets others read of their diary: offered by a link, listed with every reading, revoked."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quietlegs.records.bounds import RangeError
from quietlegs.web.accounts import invitations
from quietlegs.web.accounts.models import Account
from quietlegs.web.pages.frame.errors import NOT_FOUND, refuse
from quietlegs.web.pages.sharing.parts import parts
from quietlegs.web.store import grants
from quietlegs.words.catalogue import _, later

_USUALLY = timedelta(days=30)
_USED = later("This link was used, was taken back, or is too old.")


@never_cache
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show who may read what; or offer something more, and show its link this once."""
    now, link = datetime.now(UTC), ""
    if request.method == "POST":
        try:
            secret = _offered(request, now)
        except RangeError as error:
            return refuse(request, f"{error}.")
        link = request.build_absolute_uri(reverse("sharing:take", args=[secret]))
    every = grants.grants()
    words = {
        "link": link,
        "holding": [(one, parts(one.parts)) for one in every if one.holds(now)],
        "over": [one for one in every if not one.holds(now)],
        "readings": [(one, parts((one.part,))) for one in grants.readings()],
        "parts": tuple(zip(grants.PARTS, parts(grants.PARTS), strict=True)),
        "usually": now.date() + _USUALLY,
        "today": now.date(),
        "last": now.date() + grants.LONGEST,
        "days": grants.TAKEN_WITHIN.days,
    }
    return render(request, "sharing/index.html", words)


@require_POST
def revoke(_request: HttpRequest, number: int) -> HttpResponse:
    """Let nothing more be read by it."""
    grants.revoke(number, datetime.now(UTC))
    return HttpResponseRedirect(reverse("sharing:index"))


@never_cache
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what a link offers; a press of the button takes it, once, for the account that is signed in."""
    now = datetime.now(UTC)
    found = grants.offered(secret, now)
    if found is None:
        return nothing_to_read(request, _(_USED))
    if not isinstance(request.user, Account):
        return _with_an_account_first(request, secret, found)
    if found.diary == request.user.diary_id:
        return refuse(request, _("This is your own diary. Send the link to the person who is to read it."))
    if request.method == "POST":
        taken = grants.take(secret, request.user.pk, now)
        return HttpResponseRedirect(reverse("sharing:with_me")) if taken else nothing_to_read(request, _(_USED))
    return render(request, "sharing/take.html", {"offer": found, "parts": parts(found.parts)})


def _with_an_account_first(request: HttpRequest, secret: str, offer: grants.Grant) -> HttpResponse:
    """Let whoever holds the link sign in, or make an account by it: the link is the invitation, once."""
    back = urlencode({"next": reverse("sharing:take", args=[secret])})
    if request.method == "POST":
        try:
            email = invitations.address(request.POST.get("email", ""))
        except RangeError as error:
            return refuse(request, f"{error}.")
        if not grants.invites(secret, datetime.now(UTC)):
            return refuse(
                request, _("An account was made by this link before. Sign in to it, and open the link again.")
            )
        invitations.accept(request, invitations.invite(email, by=None, proves_address=False))
        return HttpResponseRedirect(f"{reverse('account_signup_by_passkey')}?{back}")
    words = {"offer": offer, "parts": parts(offer.parts), "sign_in": f"{reverse('account_login')}?{back}"}
    return render(request, "sharing/come_in.html", words)


def nothing_to_read(request: HttpRequest, what: str) -> HttpResponse:
    """Say that there is nothing to read here, and what to do about it."""
    words = {
        "title": _("Nothing to read here"),
        "what": what,
        "next": _("Ask the person whose diary it is for a new link."),
    }
    return render(request, "frame/error.html", words, status=NOT_FOUND)


def account(request: HttpRequest) -> int:
    """Return the number of the account that is signed in."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return int(request.user.pk)


def _offered(request: HttpRequest, now: datetime) -> str:
    said = request.POST
    try:
        until = date.fromisoformat(said.get("until", ""))
    except ValueError as error:
        raise RangeError("until", said.get("until", ""), _("a date such as 2026-01-31")) from error
    return grants.offer(said.get("reader_name", ""), said.get("owner_name", ""), said.getlist("parts"), until, now)
