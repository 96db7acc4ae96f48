"""A trial from its first question to its start: what, how long, what is worth it; and its early end."""

import secrets
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import numpy as np
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quietlegs import day
from quietlegs.library.called import called
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.plan.begin import SEED_BITS, Wanted, begin, comparator_for, foresee
from quietlegs.plan.first_turn import first_turn_on
from quietlegs.plan.kept import running, started
from quietlegs.plan.same_lot import same_lot
from quietlegs.plan.stage import remarks
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import Practice
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import night_of
from quietlegs.records.tried import Decision, TrialEnd, TrialStart
from quietlegs.trials.plan_wording import plan_sentences
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import fact_from
from quietlegs.web.pages.learn.choosing import back_to
from quietlegs.web.pages.learn.offered import offered
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _, later

T = TypeVar("T")
_LENGTHS = {28: later("4 weeks"), 56: later("8 weeks"), 84: later("12 weeks")}
_USUAL_NIGHTS = 56
_WORTH = {0.5: later("half a point"), 1.0: later("1 point"), 2.0: later("2 points")}
# A habit lasts a day or two, so two nights in a row get the same.
_HABIT_BLOCK, _BLOCK = 2, 1


@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest) -> HttpResponse:
    """Ask what to try, how long and what is worth it; then show what that takes, and start."""
    library, diary = load_library(), StoredDiary()
    may = day.safety(library, diary)
    if not may.asked:
        return HttpResponseRedirect(f"{reverse('safety:questions')}?then={request.path}")
    if _runs(request, diary):
        return _to_the_trial()
    if request.method == "GET":
        return render(request, "learn/try.html", _choices(library, diary, may, request.GET.getlist("tried")))
    try:
        if "start" in request.POST:
            return _start(request, library, diary, may)
        return _asked(request, library, diary, may)
    except ValueError as error:
        return refuse(request, str(error))


def _asked(request: HttpRequest, library: Library, diary: StoredDiary, may: Allowed) -> HttpResponse:
    wanted = _wanted(request, library)
    comparator = comparator_for(library, wanted.tried, may)
    facts = diary.facts(NightRating, Practice, TrialStart, TrialEnd)
    first = first_turn_on(wanted.tried, facts, library, now=moment_now(request))
    foreseen = foresee(wanted, facts, first, np.random.default_rng(secrets.randbits(SEED_BITS)))
    names = called((*wanted.tried, comparator), library)
    words = {
        "wanted": wanted,
        "names": [names[key] for key in wanted.tried],
        "comparator": names[comparator],
        "length": _(_LENGTHS[wanted.nights]),
        "worth": _(_WORTH[wanted.worthwhile]),
        "sentences": plan_sentences(foreseen.plan, own=foreseen.from_diary),
        "run_in_left": foreseen.run_in_left,
        "first_on": first + timedelta(days=foreseen.run_in_left),
    }
    return render(request, "learn/try_it.html", words)


def _start(request: HttpRequest, library: Library, diary: StoredDiary, may: Allowed) -> HttpResponse:
    """Draw and note it; of two taps at once, or two phones, the second finds the trial that the first began."""
    wanted = _wanted(request, library)
    comparator = comparator_for(library, wanted.tried, may)
    with diary.alone():
        if _runs(request, diary):
            return _to_the_trial()
        facts = diary.facts(NightRating, Practice, TrialStart, TrialEnd)
        first = first_turn_on(wanted.tried, facts, library, now=moment_now(request))
        schedule = begin(wanted, comparator, facts, tonight=first, seed=secrets.randbits(SEED_BITS))
        schedule = same_lot(schedule, diary.all_facts(TrialStart))
        fact = fact_from(request, started(schedule, worthwhile=wanted.worthwhile), night=first)
        day.log(diary, fact)
    return back_to(fact)


def _runs(request: HttpRequest, diary: StoredDiary) -> bool:
    return running(diary.facts(TrialStart, TrialEnd), night_of(moment_now(request))) is not None


def _to_the_trial() -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('learn:index')}#your-trial")


@require_POST
def trial_stop(request: HttpRequest, start: UUID) -> HttpResponse:
    """End the trial that the page showed; one that is over already stays as it is."""
    diary = StoredDiary()
    found = running(diary.facts(TrialStart, TrialEnd), night_of(moment_now(request)))
    if found is None or found.id != start:
        return HttpResponseRedirect(reverse("learn:index"))
    try:
        fact = fact_from(request, TrialEnd(start))
        day.log(diary, fact)
    except ValueError as error:
        return refuse(request, str(error))
    return back_to(fact)


def _choices(library: Library, diary: StoredDiary, may: Allowed, wished: list[str]) -> dict[str, object]:
    return {
        "offered": offered(library, may, remarks(diary.facts(TrialStart, Decision)), wished),
        "comparator": next(one for one in library.exercises.values() if one.comparator),
        "lengths": [(nights, _(told)) for nights, told in _LENGTHS.items()],
        "usual_nights": _USUAL_NIGHTS,
        "worth": [(size, _(told)) for size, told in _WORTH.items()],
    }


def _wanted(request: HttpRequest, library: Library) -> Wanted:
    tried = tuple(dict.fromkeys(key for key in request.POST.getlist("tried") if key))
    if not tried:
        raise RangeError(_("what is tried"), _("nothing"), _("1 to 3 movements, or 1 to 3 habits; tick them first"))
    nights = _one_of(request.POST.get("nights", ""), {str(nights): nights for nights in _LENGTHS}, _("how long"))
    worth = _one_of(request.POST.get("worth", ""), {f"{size:g}": size for size in _WORTH}, _("what is worth it"))
    block = _HABIT_BLOCK if set(tried) <= set(library.habits) else _BLOCK
    return Wanted(tried, nights, block, worth)


def _one_of(text: str, allowed: dict[str, T], name: str) -> T:
    if text not in allowed:
        raise RangeError(name, text, ", ".join(allowed))
    return allowed[text]
