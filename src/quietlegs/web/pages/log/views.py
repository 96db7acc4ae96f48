"""Nights: write one down, see those that were, take an entry back."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.records.done import State
from quietlegs.records.fact import Fact, Payload, Withdrawal
from quietlegs.records.felt import BodyPart
from quietlegs.records.slept import Substance, Unit
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import fact_from, noted
from quietlegs.web.pages.log.entry import intake_from, night_from, payloads_from, rating_from
from quietlegs.web.pages.log.words import SEVERITIES, check_in, held_night, nights_shown
from quietlegs.web.store.diary import StoredDiary

_HALF_HOURS = [f"{minutes // 60 % 24:02}:{minutes % 60:02}" for minutes in range(17 * 60, 31 * 60, 30)]


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show one night to fill in, and the last four weeks; or write the night down."""
    diary, now = StoredDiary(), moment_now(request)
    if request.method == "POST":
        return _save(request, diary)
    asked = check_in(diary, now)
    night = _wanted(request.GET.get("night", "")) or day.night_to_rate(now)[0]
    words = {
        **asked,
        "night": night,
        "held": held_night(diary, night),
        "severities": SEVERITIES,
        "half_hours": _HALF_HOURS,
        "parts": list(BodyPart),
        "states": [(state.value, state.value.replace("_", " ")) for state in State],
        "substances": list(Substance),
        "units": list(Unit),
        "nights": nights_shown(diary, load_library(), now),
        "nothing": "nothing" in request.GET,
        "saved": _wanted_fact(request.GET.get("saved", "")),
    }
    return render(request, "log/index.html", words)


def _save(request: HttpRequest, diary: StoredDiary) -> HttpResponse:
    try:
        night = night_from(request)
        payloads = list(payloads_from(request.POST, night, noted(request).zone))
        facts = [_correcting(request, diary, payload, night, first=not k) for k, payload in enumerate(payloads)]
        day.log(diary, *facts)
    except ValueError as error:
        return refuse(request, str(error))
    saved = f"?saved={facts[0].id}" if facts else "?nothing"
    return HttpResponseRedirect(reverse("log:index") + saved)


def _correcting(request: HttpRequest, diary: StoredDiary, payload: Payload, night: date, *, first: bool) -> Fact:
    """Make a fact that replaces the night's earlier one of its kind; the form's own id goes to the first fact.

    The same form sent again finds its fact in the diary and changes nothing.
    """
    held = diary.facts(type(payload), since=night, until=night)
    made = fact_from(request, payload, night=night, own_id=first)
    for fact in held:
        if fact.id == made.id and fact.payload == payload:
            return fact
    return replace(made, supersedes=held[-1].id) if held else made


@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Write the severity of one night down, by one tap."""
    diary, now = StoredDiary(), moment_now(request)
    try:
        night = night_from(request)
        rating = rating_from(request.POST, day.rating_of(diary, night))
        day.log(diary, _correcting(request, diary, rating, night, first=True))
    except ValueError as error:
        return refuse(request, str(error))
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(reverse("tonight:index"))
    return render(request, "log/check_in.html", {**check_in(diary, now), "just_saved": True})


@require_POST
def taken(request: HttpRequest) -> HttpResponse:
    """Write down something that was drunk, smoked or taken."""
    diary = StoredDiary()
    try:
        night = night_from(request)
        fact = fact_from(request, intake_from(request.POST, night, noted(request).zone), night=night)
        day.log(diary, fact)
    except ValueError as error:
        return refuse(request, str(error))
    return HttpResponseRedirect(f"{reverse('log:index')}?saved={fact.id}")


@require_POST
def undo(request: HttpRequest, fact_id: UUID) -> HttpResponse:
    """Take one entry back; it stays in the file as withdrawn."""
    diary = StoredDiary()
    held = next((fact for fact in diary.facts() if fact.id == fact_id), None)
    if held is not None:
        try:
            day.log(diary, fact_from(request, Withdrawal(), night=held.night, supersedes=fact_id))
        except ValueError as error:
            return refuse(request, str(error))
    if request.headers.get("HX-Request"):
        return render(request, "log/check_in.html", check_in(diary, moment_now(request)))
    return HttpResponseRedirect(reverse("log:index"))


def _wanted(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _wanted_fact(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
