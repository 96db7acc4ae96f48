"""Where one is signed in, and how to end it from afar."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from quietlegs.web.accounts import devices as signed_in
from quietlegs.web.accounts.models import Account
from quietlegs.words.catalogue import _, ngettext


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show each device, this one first."""
    found = signed_in.devices(request, _account(request))
    words = {"devices": found, "others": len(found) - 1, "unseen": signed_in.UNSEEN.days}
    return render(request, "account/devices.html", words | {"longest": signed_in.LONGEST.days})


@never_cache
@reauthentication_required
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End one; a device that is signed out already is no matter."""
    if signed_in.end(_account(request), number):
        messages.success(request, _("That device is signed out."))
    return HttpResponseRedirect(reverse("account:devices"))


@never_cache
@reauthentication_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all but this one."""
    count = signed_in.end_others(request, _account(request))
    if count:
        said = ngettext("{count} device is signed out.", "{count} devices are signed out.", count)
        messages.success(request, said)
    return HttpResponseRedirect(reverse("account:devices"))


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user
