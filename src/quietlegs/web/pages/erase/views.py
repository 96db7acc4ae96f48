"""Everything deleted for good, as `quietlegs erase` does it; where a group is hosted the account has a page for it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quietlegs.web.pages.erase.asking import ask, gone, typed
from quietlegs.web.pages.frame.errors import UNAVAILABLE
from quietlegs.web.store import erasing
from quietlegs.web.store.home import is_demo, is_hosted
from quietlegs.words.catalogue import _


@never_cache
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Ask, then delete everything."""
    if is_hosted():
        return HttpResponseRedirect(reverse("account:delete"))
    if is_demo():
        words = {"title": _("A simulated person"), "what": _("None of this is real, so there is nothing to delete.")}
        return render(request, "frame/error.html", words)
    if request.method != "POST":
        return ask(request)
    if not typed(request):
        return ask(request, wrong=True)
    try:
        erasing.erase(with_copies=request.POST.get("copies") == "yes")
    except erasing.EraseError as error:
        words = {"title": _("Not everything is gone yet"), "what": f"{error}"}
        return render(request, "frame/error.html", words, status=UNAVAILABLE)
    return gone(request)
