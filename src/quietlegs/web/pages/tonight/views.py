"""Tonight: calm the legs now, the routine, a ten-second check-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quietlegs import day
from quietlegs.library.called import called
from quietlegs.library.load import load_library
from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.shelf import Library
from quietlegs.plan.evening import Evening
from quietlegs.plan.kept import SHOWN_FROM, is_shown
from quietlegs.records.moment import Moment
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.log.words import check_in
from quietlegs.web.store.diary import StoredDiary


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the one large button, tonight's routine and the check-in."""
    diary, library, now = StoredDiary(), load_library(), moment_now(request)
    may = day.safety(library, diary)
    plan = day.tonight(library, diary, now)
    waits = plan.drawn is not None and not is_shown(plan.drawn, now, library)
    words = {
        "may": may,
        "blocked": may.everything_blocked,
        "plan": plan,
        "drawn": called((plan.drawn,), library)[plan.drawn] if plan.drawn and not waits else "",
        "waits_s": _until(now, SHOWN_FROM) if waits else None,
        "minutes": _minutes(library, diary, plan),
        "slots": _slots(plan, hidden=plan.drawn if waits else None),
        "saved": "saved" in request.GET,
        **check_in(diary, now),
    }
    return render(request, "tonight/index.html", words)


def _until(now: Moment, hour: int) -> int:
    """Return the seconds until an hour of this day."""
    return int((now.wall.replace(hour=hour, minute=0, second=0, microsecond=0) - now.wall).total_seconds())


def _minutes(library: Library, diary: StoredDiary, plan: Evening) -> int:
    """Return how long the guide will take, the steps of movements that are still new included."""
    return round(day.cues(library, diary, plan.routine)[-1].start_s / 60) if plan.routine else 0


def _slots(plan: Evening, *, hidden: str | None) -> list[tuple[str, str, float]]:
    """Return key, name and minutes of each movement; a hidden one has no key and no name of its own."""
    if plan.routine is None:
        return []
    exercises = load_library().exercises
    return [
        ("", "", 0.0)
        if slot.exercise == hidden
        else (slot.exercise, exercises[slot.exercise].name, exercise_seconds(exercises[slot.exercise], slot.level) / 60)
        for slot in plan.routine.slots
    ]
