"""The questions before the first movement, and the page that is always one tap away."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.library.safety import Urgency
from quietlegs.records.person import SafetyAnswers
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import fact_from
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Ask which signs are there; nothing ticked is an answer too."""
    library, diary = load_library(), StoredDiary()
    asked = [sign for sign in library.safety.signs if sign.question]
    if request.method == "POST":
        return _answer(request, diary, [sign.key for sign in asked])
    held = day.safety(library, diary)
    words = {
        "questions": asked,
        "yes": [sign.key for sign in held.signs],
        "then": _safe(request.GET.get("then", "")),
        "answered": held.asked,
    }
    return render(request, "safety/questions.html", words)


def _answer(request: HttpRequest, diary: StoredDiary, asked: list[str]) -> HttpResponse:
    ticked = request.POST.getlist("yes")
    if not ticked and "none" not in request.POST:
        return refuse(request, _("Nothing was ticked. If none of it is true, tap None of these."))
    try:
        day.log(diary, fact_from(request, SafetyAnswers(tuple(asked), tuple(ticked))))
    except ValueError as error:
        return refuse(request, str(error))
    if ticked:
        return HttpResponseRedirect(reverse("safety:help") + "?answered")
    return HttpResponseRedirect(_safe(request.POST.get("then", "")) or reverse("tonight:index"))


def _safe(path: str) -> str:
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


@require_GET
def get_help(request: HttpRequest) -> HttpResponse:
    """Show the person's own signs first, then all signs by urgency, then the crisis lines."""
    library = load_library()
    by_urgency = [(urgency, [s for s in library.safety.signs if s.urgency is urgency]) for urgency in Urgency]
    words = {
        "safety": library.safety,
        "by_urgency": [(urgency, signs) for urgency, signs in by_urgency if signs],
        "yes": day.safety(library, StoredDiary()).signs,
        "answered": "answered" in request.GET,
    }
    return render(request, "safety/help.html", words)
