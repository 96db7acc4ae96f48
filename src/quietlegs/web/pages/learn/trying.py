"""A trial from its first question to its start: what, how long, what is worth it; and its early end."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
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
from quietlegs.plan.believed import Believed
from quietlegs.plan.evening import SAID
from quietlegs.plan.first_turn import first_turn_on
from quietlegs.plan.kept import running_all, started
from quietlegs.plan.rest import resting
from quietlegs.plan.same_lot import same_lot
from quietlegs.plan.side_by_side import has_place, next_beside, no_room, tried_in
from quietlegs.plan.stage import remarks
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import Moment, night_of
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
    if request.method == "GET" and not has_room(library, diary, moment_now(request)):
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
    _check_room(wanted, facts, library, first)
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
        facts = diary.facts(NightRating, Practice, TrialStart, TrialEnd)
        first = first_turn_on(wanted.tried, facts, library, now=moment_now(request))
        if set(wanted.tried) & set(tried_in(running_all(facts, first))):
            return _to_the_trial()
        _check_room(wanted, facts, library, first)
        schedule = begin(wanted, comparator, facts, tonight=first, seed=secrets.randbits(SEED_BITS))
        schedule = same_lot(schedule, diary.all_facts(TrialStart), facts)
        fact = fact_from(request, started(schedule, worthwhile=wanted.worthwhile), night=first)
        day.log(diary, fact)
    return back_to(fact)


@dataclass(frozen=True, slots=True)
class Beside:
    """What could be tried beside what is on trial."""

    key: str
    name: str


def beside(diary: StoredDiary, beliefs: Believed) -> Beside | None:
    """Return what the plan would try beside the trials that run; None without any, in a break, and without room."""
    facts, library = diary.facts(*SAID), beliefs.library
    if not day.safety(library, diary).asked or resting(facts, beliefs.on):
        return None
    key = next_beside(library, facts, beliefs.on, beliefs)
    return Beside(key, called((key,), library)[key]) if key else None


def has_room(library: Library, diary: StoredDiary, now: Moment) -> bool:
    """Whether anything more may be tried now, offered or not: nothing is on trial, or a place is free beside it."""
    return has_place(diary.facts(TrialStart, TrialEnd), library, night_of(now))


def _check_room(wanted: Wanted, facts: Iterable[Fact], library: Library, first: date) -> None:
    if why := no_room(wanted.tried, facts, library, first):
        raise RangeError(_("what is tried"), ", ".join(called(wanted.tried, library).values()), why)


def _to_the_trial() -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('learn:index')}#your-trial")


@require_POST
def trial_stop(request: HttpRequest, start: UUID) -> HttpResponse:
    """End the trial that the page showed; one that is over already stays as it is."""
    diary = StoredDiary()
    trials = running_all(diary.facts(TrialStart, TrialEnd), night_of(moment_now(request)))
    if start not in {one.id for one in trials}:
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
