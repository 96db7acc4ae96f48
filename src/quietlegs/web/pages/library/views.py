"""More: every movement, what is known, and the way to everything else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.web.pages.library.evidence import by_grade, of_claims, of_topic
from quietlegs.web.pages.library.words import rows, sheet
from quietlegs.web.store.diary import StoredDiary


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the way to everything that is not tonight, the nights or what works."""
    topics = sorted(load_library().topics.values(), key=lambda topic: topic.order)
    return render(request, "library/index.html", {"topics": topics})


@require_GET
def exercises(request: HttpRequest) -> HttpResponse:
    """List the movements, all or those done sitting."""
    only_seated = request.GET.get("how") == "seated"
    words = {"rows": rows(load_library(), only_seated=only_seated), "only_seated": only_seated}
    return render(request, "library/exercises.html", words)


@require_GET
def exercise(request: HttpRequest, key: str) -> HttpResponse:
    """Show one movement, and whether it may be offered to this person."""
    library = load_library()
    if key not in library.exercises:
        raise Http404(key)
    words = {"sheet": sheet(library, library.exercises[key], day.safety(library, StoredDiary()))}
    return render(request, "library/exercise.html", words)


@require_GET
def claims(request: HttpRequest) -> HttpResponse:
    """Show what the article promises beside what is known."""
    return render(request, "library/claims.html", {"claims": of_claims(load_library())})


@require_GET
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """Show one short page of text."""
    library = load_library()
    if key not in library.topics:
        raise Http404(key)
    return render(request, "library/topic.html", {"shown": of_topic(library, library.topics[key])})


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """List every source that was read, by its grade."""
    return render(request, "library/sources.html", {"groups": by_grade(load_library())})
