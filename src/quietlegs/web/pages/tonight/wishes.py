"""Your evening: when the legs usually begin, when the routine may go, how to move, and where the sun sets."""

from dataclasses import replace
from datetime import time

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from quietlegs import day
from quietlegs.plan.around import AROUND, choices
from quietlegs.plan.sunset import SUNSET_WALK, cities, place_of
from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import newest
from quietlegs.records.person import AgeBand, Place, Posture, Wishes
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import fact_from
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _


@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest) -> HttpResponse:
    """Ask for what an evening allows; all of it can be skipped, and what a form did not ask stays as it was."""
    diary = StoredDiary()
    held = newest(diary.facts(Wishes), Wishes) or Wishes()
    if request.method == "GET":
        words = {
            "held": held,
            "walks": SUNSET_WALK in held.settings,
            "cities": cities(),
            "ages": _ages(),
            "around": choices(),
        }
        return render(request, "tonight/wishes.html", words)
    try:
        day.log(diary, fact_from(request, _said(request.POST, held)))
    except ValueError as error:
        return refuse(request, str(error))
    return HttpResponseRedirect(reverse("tonight:index") + "?saved")


def _ages() -> list[tuple[str, str]]:
    return [
        ("", _("I would rather not say")),
        (AgeBand.UNDER_65, _("Under 65")),
        (AgeBand.FROM_65, _("65 to 79")),
        (AgeBand.FROM_80, _("80 or older")),
    ]


def _said(form: QueryDict, held: Wishes) -> Wishes:
    said = replace(
        held,
        usual_onset=_hour(form, "usual_onset", held.usual_onset),
        earliest=_hour(form, "earliest", held.earliest),
        latest=_hour(form, "latest", held.latest),
        bedtime=_hour(form, "bedtime", held.bedtime),
        posture=Posture(_text(form, "posture") or held.posture),
        age=_age(form, held.age),
    )
    said = replace(said, settings=_settings(form, held.settings))
    return replace(said, place=_place(form, held.place)) if "city" in form else said


def _settings(form: QueryDict, held: tuple[str, ...]) -> tuple[str, ...]:
    """Return the pleasant things that are wished now; those that the form did not ask for stay."""
    asked = {*(AROUND if "asks_around" in form else ()), *([SUNSET_WALK] if "city" in form else [])}
    ticked = [*form.getlist("around"), *([SUNSET_WALK] if "walk" in form else [])]
    return (*(key for key in held if key not in asked), *(key for key in dict.fromkeys(ticked) if key in asked))


def _text(form: QueryDict, name: str) -> str:
    return str(form.get(name, "")).strip()


def _hour(form: QueryDict, name: str, held: time | None) -> time | None:
    text = _text(form, name)
    if not text:
        return None if name in form else held
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise RangeError(name, text, _("a time such as 21:30, or nothing")) from error


def _age(form: QueryDict, held: AgeBand | None) -> AgeBand | None:
    text = _text(form, "age")
    if not text:
        return None if "age" in form else held
    return AgeBand(text)


def _place(form: QueryDict, held: Place | None) -> Place | None:
    """Return the place that was typed anew, whichever way; the one that is held where nothing of it changed."""
    city, latitude, longitude = _text(form, "city"), _degrees(form, "latitude"), _degrees(form, "longitude")
    before = (held.name or "", held.latitude, held.longitude) if held else ("", None, None)
    if (city, latitude, longitude) == before:
        return held
    if (latitude, longitude) == before[1:] or latitude is None or longitude is None:
        return place_of(city) if city else None
    return Place(latitude, longitude, city if city and city != before[0] else None)


def _degrees(form: QueryDict, name: str) -> float | None:
    text = _text(form, name)
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError as error:
        raise RangeError(name, text, _("degrees such as 52.5, or nothing")) from error
