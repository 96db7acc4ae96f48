"""Choices that hold for all pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from quietlegs.records.bounds import RangeError
from quietlegs.web.pages.frame.context import CONTRASTS, THEMES
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.words.language import LANGUAGES

_A_YEAR_S = 365 * 24 * 3600


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember this device's theme and go back to where the person was."""
    return _remember(request, "theme", THEMES)


@require_POST
def choose_contrast(request: HttpRequest) -> HttpResponse:
    """Remember this device's contrast and go back to where the person was."""
    return _remember(request, "contrast", CONTRASTS)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember this device's language, or that it should ask for its own, and go back to where the person was."""
    wanted = request.POST.get("language", "")
    if wanted not in (*LANGUAGES, ""):
        return refuse(request, str(RangeError("language", wanted, ", ".join(LANGUAGES))))
    if wanted:
        return _keep(request, settings.LANGUAGE_COOKIE_NAME, wanted, hidden=True)
    answer = _back(request)
    answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Strict")
    return answer


def _remember(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> HttpResponse:
    wanted = request.POST.get(name, "")
    if wanted not in allowed:
        return refuse(request, str(RangeError(name, wanted, ", ".join(allowed))))
    return _keep(request, name, wanted)


def _keep(request: HttpRequest, name: str, wanted: str, *, hidden: bool = False) -> HttpResponse:
    """Let the device remember a choice, over https alone where the page came that way; hidden, no script reads it."""
    answer = _back(request)
    secure = request.is_secure()
    answer.set_cookie(name, wanted, max_age=_A_YEAR_S, samesite="Strict", secure=secure, httponly=hidden)
    return answer


def _back(request: HttpRequest) -> HttpResponseRedirect:
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("library:index")
    return HttpResponseRedirect(back)
