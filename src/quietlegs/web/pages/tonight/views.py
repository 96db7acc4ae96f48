"""Tonight: calm the legs now, the routine, a ten-second check-in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quietlegs import day
from quietlegs.library.called import called
from quietlegs.library.exercise import Slot
from quietlegs.library.load import load_library
from quietlegs.library.minutes import exercise_seconds
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.plan.evening import Evening, evenings_practised
from quietlegs.plan.kept import SHOWN_FROM, running
from quietlegs.plan.measures import measures_due
from quietlegs.plan.turns import hidden_of, told_of
from quietlegs.records.done import Practice
from quietlegs.records.fact import Withdrawal
from quietlegs.records.measured import BodyMeasure
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.rest import Rest
from quietlegs.records.tried import TrialEnd, TrialStart
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.noting import ids_among
from quietlegs.web.pages.log.words import check_in
from quietlegs.web.pages.tonight.on_trial import on_trial
from quietlegs.web.store.diary import StoredDiary, read_once
from quietlegs.words.catalogue import _
from quietlegs.words.lists import together


@dataclass(frozen=True, slots=True)
class ShownSlot:
    """A movement in tonight's list: why it is at its level, and whether it is enough on a bad evening."""

    key: str = ""
    name: str = ""
    minutes: float = 0.0
    at_level: str = ""
    why: str = ""
    enough: bool = False


@require_GET
@read_once()
def index(request: HttpRequest) -> HttpResponse:
    """Show the one large button, tonight's routine and the check-in."""
    diary, library, now = StoredDiary(), load_library(), moment_now(request)
    may = day.safety(library, diary)
    plan = day.tonight(library, diary, now)
    hidden = hidden_of(plan.drawn, now, library)
    seen = tuple(turn for turn in plan.drawn if turn not in hidden)
    slots = _slots(library, plan, hidden=hidden)
    words = {
        "may": may,
        "blocked": may.everything_blocked,
        "plan": plan,
        "drawn": together(list(called(told_of(seen, library), library).values())) if seen else "",
        "several": len(told_of(seen, library)) > 1,
        "asks": day.asks(library, diary, plan, now),
        "trial": on_trial(library, diary, now),
        "waits_s": _until(now, SHOWN_FROM) if hidden else None,
        "minutes": day.minutes(library, diary, plan.routine),
        "slots": slots,
        "whys": _whys(slots),
        "measures_due": not plan.pause and _measures_due(library, diary, may, now),
        "saved": "saved" in request.GET,
        **_break(request, diary),
        **check_in(diary, now),
    }
    return render(request, "tonight/index.html", words)


def _break(request: HttpRequest, diary: StoredDiary) -> dict[str, object]:
    """Return what has just been noted of a break and can be taken back, and whether it was the end of one."""
    known = diary.stored(diary.untouched(ids_among(request.GET.getlist("noted"))))
    noted = [fact for fact in known.values() if isinstance(fact.payload, Rest | Withdrawal)]
    return {"break_noted": [fact.id for fact in noted], "is_back": any(fact.supersedes for fact in noted)}


def _until(now: Moment, hour: int) -> int:
    """Return the seconds until an hour of this day."""
    return int((now.wall.replace(hour=hour, minute=0, second=0, microsecond=0) - now.wall).total_seconds())


def _measures_due(library: Library, diary: StoredDiary, may: Allowed, now: Moment) -> bool:
    """Whether a measure is due; while a trial runs only the lot may change an evening."""
    night = night_of(now)
    if running(diary.facts(TrialStart, TrialEnd), night):
        return False
    practised = evenings_practised(diary.facts(Practice))
    return bool(measures_due(library, diary.facts(BodyMeasure), night, may, evenings=practised))


def _slots(library: Library, plan: Evening, *, hidden: frozenset[str]) -> list[ShownSlot]:
    """Return each movement; a hidden one has no key and no name of its own."""
    slots = plan.routine.slots if plan.routine else ()
    return [
        ShownSlot() if slot.exercise in hidden else _shown(library, slot, step, enough=slot.exercise in plan.enough)
        for slot, step in zip(slots, plan.steps if slots else (), strict=True)
    ]


def _shown(library: Library, slot: Slot, step: str, *, enough: bool) -> ShownSlot:
    one = library.exercises[slot.exercise]
    at_level = _("{movement}, level {level}", movement=one.name, level=slot.level)
    return ShownSlot(one.key, one.name, exercise_seconds(one, slot.level) / 60, at_level, step, enough)


def _whys(slots: Iterable[ShownSlot]) -> list[tuple[str, str]]:
    """Return each reason for a level once, with the movements that it holds for."""
    found: dict[str, list[str]] = {}
    for slot in slots:
        if slot.key:
            found.setdefault(slot.why, []).append(slot.at_level)
    return [("; ".join(at_level), why) for why, at_level in found.items()]
