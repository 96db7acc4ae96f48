"""The guide: calm the legs now, tonight's routine, or one movement."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from quietlegs import day
from quietlegs.library.exercise import LEVELS, Exercise
from quietlegs.library.load import load_library
from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.plan.calming import choosable
from quietlegs.plan.evening import SAID
from quietlegs.plan.milestones import milestone_tonight
from quietlegs.records.bounds import Between, RangeError
from quietlegs.records.done import Practice
from quietlegs.records.moment import night_of
from quietlegs.web.pages.frame.clock import KEPT, moment_now
from quietlegs.web.pages.frame.errors import NOT_FOUND, refuse
from quietlegs.web.pages.guide.lot import lot_page
from quietlegs.web.pages.guide.show import page_words, player_data
from quietlegs.web.pages.guide.words import dose_words
from quietlegs.web.store.diary import StoredDiary, read_once
from quietlegs.words.catalogue import _

_LIGHT, _LONG = day.CALM_LEVEL, 4
_FIRST_LEVEL = 1


def _guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let nobody move before the safety questions, nor against their answers; name what is not known."""

    @require_GET
    def guarded(request: HttpRequest, **parts: str) -> HttpResponse:
        may = day.safety(load_library(), StoredDiary())
        if not may.asked:
            return HttpResponseRedirect(f"{reverse('safety:questions')}?then={quote(request.get_full_path())}")
        if may.everything_blocked:
            return _closed(request, may.everything_blocked.do)
        try:
            return view(request, may, **parts)
        except RangeError as error:
            return refuse(request, str(error), NOT_FOUND)

    return guarded


@_guarded
@read_once()
def calm(request: HttpRequest, may: Allowed) -> HttpResponse:
    """Guide one movement for legs that are restless now, with a rating before and after."""
    library, diary, now = load_library(), StoredDiary(), moment_now(request)
    wanted = request.GET.get("movement")
    asked_for = _movement(library, wanted) if wanted else library.exercises[day.CALM]
    level = _level(request, day.CALM_LEVEL)
    lot = None if wanted else day.lot(library, diary, now)
    if lot is not None:
        return render(request, "guide/guide.html", lot_page(library, diary, may, lot, level=level))
    offer = day.calm(library, diary, now, wanted)
    exercise = offer.exercise
    if exercise is None:
        return _closed(request, may.reason_against(asked_for) or _("Nothing fits your answers."))
    routine = day.alone(exercise, level)
    cues = day.cues(library, diary, routine)
    data = player_data(library, cues, may, calm=True)
    data["offer"] = {"movement": exercise.key, "because": offer.because.value, "probability": offer.probability}
    instead = may.reason_against(asked_for) is not None and exercise.key != asked_for.seated
    words = {
        **page_words(library, routine, cues, may),
        "calm": True,
        "data": data,
        "doses": _doses(request, exercise, level),
        "instead_of": asked_for if instead else None,
    }
    return render(request, "guide/guide.html", words)


@_guarded
def choose(request: HttpRequest, may: Allowed) -> HttpResponse:
    """List what may calm the legs at this hour, for who would rather choose."""
    library = load_library()
    found = choosable(library, StoredDiary().facts(*SAID))
    minutes = [round(exercise_seconds(one, day.CALM_LEVEL) / 60) for one in found]
    return render(request, "guide/choose.html", {"rows": list(zip(found, minutes, strict=True)), "may": may})


@_guarded
def routine(request: HttpRequest, may: Allowed) -> HttpResponse:
    """Guide tonight's routine."""
    library, diary = load_library(), StoredDiary()
    now = moment_now(request)
    plan = day.tonight(library, diary, now)
    chosen = plan.routine
    if plan.pause:
        return HttpResponseRedirect(reverse("tonight:index"))
    if chosen is None:
        return _closed(request, _("Nothing fits your answers tonight."))
    cues = day.cues(library, diary, chosen)
    data = {**player_data(library, cues, may, calm=False), "routine": chosen.key}
    words = {
        **page_words(library, chosen, cues, may),
        "paper": reverse("paper:tonight"),
        # A page that a phone keeps does not know what is practised until it is shown.
        "milestone": None if KEPT in request.META else milestone_tonight(diary.facts(Practice), night_of(now)),
    }
    return render(request, "guide/guide.html", {**words, "data": data})


@_guarded
def movement(request: HttpRequest, may: Allowed, key: str) -> HttpResponse:
    """Guide one movement of the library."""
    library, diary = load_library(), StoredDiary()
    exercise, level = _movement(library, key), _level(request, _FIRST_LEVEL)
    reason = may.reason_against(exercise)
    if reason is not None:
        return _closed(request, reason)
    alone = day.alone(exercise, level)
    cues = day.cues(library, diary, alone)
    words = {
        **page_words(library, alone, cues, may),
        "data": player_data(library, cues, may, calm=False),
        "dose": dose_words(exercise, level),
    }
    return render(request, "guide/guide.html", words)


def _closed(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "guide/closed.html", {"reason": reason})


def _movement(library: Library, key: str) -> Exercise:
    known = [one.key for one in library.exercises.values() if one.doses]
    if key not in known:
        raise RangeError("movement", key, ", ".join(known))
    return library.exercises[key]


def _level(request: HttpRequest, usual: int) -> int:
    text = request.GET.get("level", str(usual))
    levels = {str(level): level for level in range(1, LEVELS + 1)}
    if text not in levels:
        raise RangeError("level", text, str(Between(1, LEVELS)))
    return levels[text]


def _doses(request: HttpRequest, exercise: Exercise, level: int) -> list[dict[str, Any]]:
    """Return the light and the long dose to choose from, and the one asked for when it is neither."""
    return [
        {
            "words": dose_words(exercise, one),
            "query": urlencode({"level": one, **{k: v for k, v in request.GET.items() if k == "movement"}}),
            "chosen": one == level,
        }
        for one in sorted({_LIGHT, _LONG, level})
    ]
