"""A stage's end: accept what is proposed, keep it as it is, or decide later; and all of it taken back."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.plan.begin import SEED_BITS
from quietlegs.plan.rest import resting
from quietlegs.plan.stage_decide import Lot, accepted, as_it_is, carried_out, noted_together, undone
from quietlegs.plan.stage_wording import NEW_TRIAL
from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import UUID_VERSION, Fact, Withdrawal, note
from quietlegs.records.felt import NightRating
from quietlegs.records.ids import uuid7
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.rest import Rest
from quietlegs.records.tried import Decision, TrialEnd, TrialStart
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import ids_among
from quietlegs.web.pages.learn.staged import Waiting, mark_of, shown_decision, shown_stage, waiting
from quietlegs.web.store.diary import StoredDiary, read_once
from quietlegs.words.catalogue import _, later

_CONFLICT = 409
_RANDOM_BYTES = 10
# What a mark says where all of it is left as it is.
_ANY, _GOES_ON = re.compile(r":\w+:\w+"), ":go_on:None"
_CHOICES = {"accept": accepted, "keep": as_it_is}
_CHANGED = later("Something changed since you opened this page. Nothing was noted; please look again.")
_TOO_LATE = later("A night was noted since, so this stays as it is. Under What works you can stop a trial at any time.")


@require_http_methods(["GET", "POST"])
@read_once()
def stage(request: HttpRequest) -> HttpResponse:
    """Show what is proposed and why, or note what was decided."""
    library, diary, now = load_library(), StoredDiary(), moment_now(request)
    if request.method == "POST":
        try:
            return _decide(request, library, diary, now)
        except ValueError as error:
            return refuse(request, str(error))
    decisions = diary.facts(Decision, TrialStart, TrialEnd)
    asked = ids_among([request.GET.get("decided", "")])
    noted = noted_together(asked[0], decisions) if asked else ()
    words = {
        "decided": shown_decision(noted, library),
        "taken_back": "undone" in request.GET,
        "sorry": _(_CHANGED) if "changed" in request.GET else "",
    }
    return _page(request, words, None if noted else waiting(library, diary, now))


@require_POST
def stage_undo(request: HttpRequest, decision: UUID) -> HttpResponse:
    """Take back all that was noted in one go with a decision, until the first night under it is noted."""
    library, diary, now = load_library(), StoredDiary(), moment_now(request)
    facts = diary.facts(Decision, TrialStart, TrialEnd, NightRating)
    noted = noted_together(decision, facts)
    if noted:
        try:
            back = undone(decision, facts)
        except RangeError:
            return _page(request, {"decided": shown_decision(noted, library), "sorry": _(_TOO_LATE)}, None, _CONFLICT)
        random = secrets.token_bytes
        day.log(
            diary,
            *(note(Withdrawal(), now, random(_RANDOM_BYTES), night=one.night, supersedes=one.id) for one in back),
        )
    return _to("undone")


def _decide(request: HttpRequest, library: Library, diary: StoredDiary, now: Moment) -> HttpResponse:
    choice = request.POST.get("choice", "")
    if choice not in _CHOICES:
        raise RangeError(_("what you decide"), choice or _("nothing"), ", ".join(_CHOICES))
    first = next(iter(ids_among([request.POST.get("first_id", "")])), None)
    if first is None or first.version != UUID_VERSION:
        raise RangeError("first_id", request.POST.get("first_id", ""), _("a UUID of version 7"))
    if diary.stored([first]):
        return _to(f"decided={first}")
    before = _told(diary)
    found = waiting(library, diary, now)
    if found is None or found.mark != request.POST.get("shown", ""):
        shown = request.POST.get("shown", "")
        if same := _noted_elsewhere(diary, shown if choice == "accept" else _ANY.sub(_GOES_ON, shown)):
            return _to(f"decided={same}")
        return _page(request, {"sorry": _(_CHANGED)}, found, _CONFLICT)
    decisions = _CHOICES[choice](found.review)
    steps = carried_out(
        decisions,
        found.kept,
        day.read(diary, now),
        library,
        lot=Lot(now, secrets.randbits(SEED_BITS), before),
    )
    made = (note(one.payload, now, secrets.token_bytes(_RANDOM_BYTES), night=one.night) for one in steps)
    # The first id is the page's own, so that a second tap finds what the first one noted.
    facts = [replace(one, id=UUID(int=first.int ^ place)) for place, one in enumerate(made)]
    with diary.alone():
        if _told(diary) == before:
            day.log(diary, *facts)
            return _to(f"decided={first}")
    # A verdict takes a moment: another tap or another phone was quicker.
    same = _noted_elsewhere(diary, mark_of(decisions))
    return _to(f"decided={same}" if same else "changed")


def _noted_elsewhere(diary: StoredDiary, mark: str) -> UUID | None:
    """Return the decision that holds and says the same, as another tap or another phone noted it a moment ago."""
    told = [(one, one.payload) for one in diary.all_facts(Decision) if isinstance(one.payload, Decision)]
    last = [(one.id, decided) for one, decided in told if one.noted.at == told[-1][0].noted.at]
    holds = diary.untouched([fact_id for fact_id, _ in last])
    return holds[0] if holds and mark_of([decided for _, decided in last]) == mark else None


def _to(what: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('learn:stage')}?{what}")


def _told(diary: StoredDiary) -> tuple[Fact, ...]:
    """Return all that was ever noted of trials and decided about them; read anew each time."""
    return tuple(diary.all_facts(Decision, TrialEnd, TrialStart))


def _page(request: HttpRequest, words: Mapping[str, object], found: Waiting | None, status: int = 200) -> HttpResponse:
    """Show what waits, with an id that the decision will have."""
    now = moment_now(request)
    stage_ = shown_stage(found, load_library(), StoredDiary(), now) if found else None
    first_id = uuid7(now.at, secrets.token_bytes(_RANDOM_BYTES))
    rests = resting(StoredDiary().facts(Rest), night_of(now)) is not None
    told = {**words, "stage": stage_, "first_id": first_id, "new_trial": _(NEW_TRIAL), "resting": rests}
    return render(request, "learn/stage.html", told, status=status)
