"""One sheet of paper for a routine or a movement: for a wall, a kitchen table, a night without a screen."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.plan.turns import hidden_of
from quietlegs.records.moment import night_of
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.guide.show import stop_rules
from quietlegs.web.pages.library.words import dose_told
from quietlegs.web.pages.paper.sheets import for_person, of_tonight, printed
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _
from quietlegs.words.dates import short_day


@require_GET
def routine(request: HttpRequest, key: str) -> HttpResponse:
    """Show a routine, each movement in the form that this person's safety answers allow."""
    library = load_library()
    if key not in library.routines:
        raise Http404(key)
    chosen = for_person(library, library.routines[key], day.safety(library, StoredDiary()))
    if chosen is None:
        return refuse(request, _("Nothing in this routine fits your safety answers."))
    sheets = [printed(library, slot.exercise, slot.level) for slot in chosen.slots]
    words = {
        "title": chosen.name,
        "in_short": chosen.in_short,
        "sheets": sheets,
        "needs": dict.fromkeys(thing for sheet in sheets for thing in sheet.exercise.needs),
        "rules": stop_rules(library, [sheet.exercise for sheet in sheets]),
    }
    alone = len(sheets) == 1
    return render(request, "paper/movement.html" if alone else "paper/routine.html", {**words, "sheet": sheets[0]})


@require_GET
def tonight(request: HttpRequest) -> HttpResponse:
    """Show tonight's routine as it is due, level by level; a turn of a trial that may not be seen yet stays unseen."""
    library, now = load_library(), moment_now(request)
    plan = day.tonight(library, StoredDiary(), now)
    if plan.pause:
        return HttpResponseRedirect(reverse("tonight:index"))
    if plan.routine is None:
        return refuse(request, _("Nothing fits your answers tonight."))
    hidden = hidden_of(plan.drawn, now, library)
    seen = [slot for slot in plan.routine.slots if slot.exercise not in hidden]
    sheets = [of_tonight(library, slot) if slot in seen else None for slot in plan.routine.slots]
    exercises = [library.exercises[slot.exercise] for slot in seen]
    words = {
        "title": _("Tonight: {routine}", routine=plan.routine.name),
        "in_short": _(
            "{day}, from about {start}.", day=short_day(night_of(now), weekday=True), start=f"{plan.start:%H:%M}"
        ),
        "around": " ".join(told for told in (plan.around, plan.walk.told if plan.walk else "") if told),
        "sheets": sheets,
        "needs": dict.fromkeys(thing for one in exercises for thing in one.needs),
        # The stop rules of the unseen turn alone would tell which one it is.
        "rules": library.safety.stop_rules if hidden else stop_rules(library, exercises),
    }
    return render(request, "paper/routine.html", words)


@require_GET
def movement(request: HttpRequest, key: str) -> HttpResponse:
    """Show one movement with all its drawings, and whether it may be offered to this person."""
    library = load_library()
    if key not in library.exercises:
        raise Http404(key)
    one = library.exercises[key]
    words = {
        "title": one.name,
        "in_short": one.in_short,
        "sheet": printed(library, key, None),
        "doses": [dose_told(one, level) for level in range(1, len(one.doses) + 1)],
        "against": day.safety(library, StoredDiary()).reason_against(one),
        "rules": stop_rules(library, [one]),
    }
    return render(request, "paper/movement.html", words)
