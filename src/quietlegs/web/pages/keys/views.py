"""Keys for other programs: made and shown once, listed, revoked."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quietlegs.records.bounds import RangeError
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.store import tokens


@never_cache
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show the keys there are; or make one, and show it this once."""
    made = ""
    if request.method == "POST":
        try:
            made = tokens.make(request.POST.get("name", ""), request.POST.getlist("scopes"))
        except RangeError as error:
            return refuse(request, str(error))
    every = tokens.tokens()
    words = {
        "made": made,
        "good": [one for one in every if one.revoked_at is None],
        "revoked": [one for one in every if one.revoked_at is not None],
        "api": request.build_absolute_uri(reverse("api:store_facts")),
        "description": request.build_absolute_uri(reverse("api:openapi-json")),
    }
    return render(request, "keys/index.html", words)


@require_POST
def revoke(_request: HttpRequest, number: int) -> HttpResponse:
    """Let a key open nothing from now on."""
    tokens.revoke(number)
    return HttpResponseRedirect(reverse("keys:index"))
