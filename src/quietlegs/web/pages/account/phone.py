"""Signing in on a phone by a picture on this screen, which the phone's camera reads."""

from http import HTTPStatus

import qrcode
from allauth.account.decorators import reauthentication_required
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from qrcode.image.svg import SvgPathImage

from quietlegs.web import hosted
from quietlegs.web.accounts import logbook, pairing
from quietlegs.web.accounts.models import Account
from quietlegs.words.catalogue import _

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@reauthentication_required
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Say what the picture does; then show one, this once."""
    person = request.user
    if not isinstance(person, Account):
        raise PermissionDenied
    words: dict[str, object] = {"minutes": int(pairing.GOOD_FOR.total_seconds() // 60)}
    if request.method == "POST":
        address = f"{hosted.origin()}{reverse('account:phone_come', args=[pairing.offer(person)])}"
        words |= {"address": address, "picture": _picture(address)}
    return render(request, "account/phone.html", words)


@never_cache
@require_http_methods(["GET", "POST"])
def come(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on the phone, so that opening an address signs nobody in; then let it in."""
    person = pairing.take(token) if request.method == "POST" else pairing.offered(token)
    if person is None:
        what = _("This picture was used, or is more than a few minutes old. Show a new one on the other device.")
        words = {"title": _("Too late"), "what": what}
        return render(request, "account/said.html", words, status=HTTPStatus.GONE)
    if request.method == "POST":
        login(request, person, backend=_BACKEND)
        logbook.came_by_a_picture(person.pk)
        return HttpResponseRedirect(reverse("tonight:index"))
    return render(request, "account/phone_come.html", {"person": person})


def _picture(address: str) -> SafeString:
    made = qrcode.make(address, image_factory=SvgPathImage, box_size=10, border=2)
    # It is drawn by the library from an address of our own making.
    return mark_safe(made.to_string(encoding="unicode"))  # noqa: S308 - as the comment above says
