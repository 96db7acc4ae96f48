"""Choices that hold for all pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from quietlegs.web.pages.frame.context import THEMES
from quietlegs.web.pages.frame.errors import refuse

_A_YEAR_S = 365 * 24 * 3600


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember this device's theme and go back to where the person was."""
    wanted = request.POST.get("theme", "")
    if wanted not in THEMES:
        return refuse(request, f"theme is {wanted!r}; allowed: {', '.join(THEMES)}")
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("library:index")
    answer = HttpResponseRedirect(back)
    answer.set_cookie("theme", wanted, max_age=_A_YEAR_S, samesite="Strict")
    return answer
