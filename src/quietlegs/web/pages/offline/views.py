"""What a phone asks for to work without a network: the worker, the pages it keeps, and the page that leads to them."""

import json
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_GET

import quietlegs
from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.records.moment import night_of
from quietlegs.records.person import SafetyAnswers
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.offline.assets import carried, version
from quietlegs.web.pages.offline.kept import kept_pages
from quietlegs.web.store.diary import StoredDiary, read_once
from quietlegs.web.store.health import place
from quietlegs.words.language import language

_WORKER = Path(__file__).parent / "static" / "offline" / "worker.js"
_PACKAGE = Path(quietlegs.__file__).parent
_REASONS = ("", "unsent", "answers")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Say that a page cannot be reached, and lead to those that this phone keeps."""
    why = request.GET.get("why", "")
    words = {"why": why if why in _REASONS else "", "may": day.safety(load_library(), StoredDiary())}
    return render(request, "offline/index.html", words)


@require_GET
@condition(etag_func=lambda _request: f'"{version()}"')
def worker(_request: HttpRequest) -> HttpResponse:
    """Give the worker, with the files it is to fetch; a browser installs it anew when a byte of it has changed."""
    packed = {"version": version(), "prefix": settings.STATIC_URL, "assets": carried()}
    script = f"self.packed = {json.dumps(packed)};\n{_WORKER.read_text(encoding='utf-8')}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@never_cache
@require_GET
def pages(request: HttpRequest) -> HttpResponse:
    """Give the pages that this phone is to keep and does not hold yet; nothing when all are as they were."""
    library, diary = load_library(), StoredDiary()
    state = _state(request, diary)
    if request.GET.get("have") == state:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    told: dict[str, object] = {
        "version": version(),
        "answers": " ".join(str(fact.id) for fact in diary.facts(SafetyAnswers)),
    }
    # An older worker has no files for newer pages; it only has to know whether its own are still safe.
    if request.GET.get("version") != version():
        return JsonResponse(told)
    with read_once():
        kept = kept_pages(request, library, diary)
    bodies, parts = kept.lacking(request.GET.get("held", "").split(","))
    told |= {
        "state": state,
        "blanks": kept.blanks,
        "pages": [
            asdict(page) | {"night": page.night.isoformat() if page.night is not None else None, "body": mark}
            for page, mark in kept.index
        ],
        "bodies": bodies,
        "parts": parts,
    }
    return JsonResponse(told, json_dumps_params={"separators": (",", ":")})


def _state(request: HttpRequest, diary: StoredDiary) -> str:
    """Return a mark that changes with everything the pages are made from; the diary only ever grows."""
    get_token(request)  # a device without the token's cookie is about to get one
    now, cookies = moment_now(request), request.COOKIES | {settings.CSRF_COOKIE_NAME: request.META["CSRF_COOKIE"]}
    known = (_made_of(), place(), diary.mark(), night_of(now), now.zone, language(), sorted(cookies.items()))
    return sha256(repr(known).encode()).hexdigest()


@cache
def _made_of() -> str:
    """Return a mark of this very program, its texts and templates included."""
    files = sorted(file for file in _PACKAGE.rglob("*") if file.is_file() and file.suffix != ".pyc")
    return repr([(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files])
