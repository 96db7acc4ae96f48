"""The experiment on relief: choose what is drawn, start it, stop it, and take either back."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.plan.calming import COMPARATOR, MOST, choosable, chosen, usual
from quietlegs.plan.evening import SAID
from quietlegs.plan.set_aside import SINCE
from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact, Withdrawal
from quietlegs.records.felt import NightRating, Relief
from quietlegs.records.moment import night_of
from quietlegs.records.tried import ReliefStart, TrialEnd, TrialStart
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import fact_from
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _, later

_TOO_FEW_OR_MANY = later("Tick 1 to {most} movements. Slow breathing is always there beside them.")


@require_http_methods(["GET", "POST"])
def calm(request: HttpRequest) -> HttpResponse:
    """Ask which movements are to be drawn, the usual ones ticked; or start with those."""
    library, diary = load_library(), StoredDiary()
    if not day.safety(library, diary).asked:
        return HttpResponseRedirect(f"{reverse('safety:questions')}?then={request.path}")
    if request.method == "POST":
        return _start(request, diary)
    facts, tonight = diary.facts(*SAID), night_of(moment_now(request))
    lately = diary.facts(Practice, Relief, since=tonight - SINCE)
    ticked = usual(library, facts + lately, tonight=tonight)
    found = choosable(library, facts)
    running = day.experiment(diary)
    words = {
        "usual": [one for one in found if one.key in ticked and one.key != COMPARATOR],
        "more": [one for one in found if one.key not in ticked and one.key != COMPARATOR],
        "comparator": next((one for one in found if one.key == COMPARATOR), None),
        "most": MOST - 1,
        "running": running is not None and not running.ended,
    }
    return render(request, "learn/choose.html", words)


def _start(request: HttpRequest, diary: StoredDiary) -> HttpResponse:
    ticked = dict.fromkeys(key for key in request.POST.getlist("movement") if key != COMPARATOR)
    if not 1 <= len(ticked) < MOST:
        return refuse(request, _(_TOO_FEW_OR_MANY, most=MOST - 1))
    try:
        start = chosen(load_library(), diary.facts(*SAID), [*ticked, COMPARATOR])
        fact = fact_from(request, start)
        day.log(diary, fact)
    except ValueError as error:
        return refuse(request, str(error))
    return back_to(fact)


@require_POST
def stop(request: HttpRequest, start: UUID) -> HttpResponse:
    """End the experiment that the page showed; one that has ended already stays as it is."""
    diary = StoredDiary()
    running = day.experiment(diary)
    if running is None or running.ended or running.id != start:
        return HttpResponseRedirect(reverse("learn:index"))
    try:
        fact = fact_from(request, TrialEnd(start))
        day.log(diary, fact)
    except ValueError as error:
        return refuse(request, str(error))
    return back_to(fact)


@require_POST
def undo(request: HttpRequest, fact_id: UUID) -> HttpResponse:
    """Take a start or a stop back; it stays in the file as withdrawn."""
    diary = StoredDiary()
    fact = just_noted(diary, str(fact_id))
    try:
        if fact is not None:
            day.log(diary, fact_from(request, Withdrawal(), night=fact.night, supersedes=fact.id))
    except ValueError as error:
        return refuse(request, str(error))
    return HttpResponseRedirect(reverse("learn:index"))


def just_noted(diary: StoredDiary, text: str) -> Fact | None:
    """Return the start or stop that an address names, while it can be taken back."""
    with suppress(ValueError):
        for fact in diary.stored(diary.untouched([UUID(text)])).values():
            if isinstance(fact.payload, ReliefStart | TrialStart | TrialEnd) and not _lived(diary, fact.payload):
                return fact
    return None


def _lived(diary: StoredDiary, start: ReliefStart | TrialStart | TrialEnd) -> bool:
    """Whether a night with a turn was rated under a trial: it happened, and can be stopped but not undone."""
    if not isinstance(start, TrialStart):
        return False
    first = start.starts_on + timedelta(days=start.run_in_nights)
    rated = (one.payload for one in diary.facts(NightRating, since=first))
    return any(isinstance(one, NightRating) and one.severity is not None for one in rated)


def back_to(fact: Fact) -> HttpResponse:
    """Go back to the page, which says what was noted and offers to take it back."""
    return HttpResponseRedirect(f"{reverse('learn:index')}?noted={fact.id}")
