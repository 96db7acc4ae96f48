"""Nights: write one down, see those that were, take an entry back."""

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.plan.dose import ENOUGH_MIN, calves_stretched
from quietlegs.plan.onset import usual_onset
from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact, Payload, Withdrawal
from quietlegs.records.felt import Relief
from quietlegs.records.moment import Moment, moment, night_of
from quietlegs.records.remark import Remark
from quietlegs.records.slept import Intake
from quietlegs.sheet.names import part_words, state_words, substance_words, unit_words
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import fact_from, ids_among, noted
from quietlegs.web.pages.log.calendar import calendar_words
from quietlegs.web.pages.log.entries import entries, taken_words
from quietlegs.web.pages.log.entry import intake_from, night_from, payloads_from, rating_from
from quietlegs.web.pages.log.favourites import favourites
from quietlegs.web.pages.log.script import script_data
from quietlegs.web.pages.log.words import (
    FORM_KINDS,
    SEVERITIES,
    half_hours,
    held_night,
    missing_night,
    night_name,
)
from quietlegs.web.store.diary import StoredDiary

_LISTED = (Relief, Practice, Intake)
_A_YEAR = timedelta(days=366)
_A_WEEK = timedelta(days=7)


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show one night to fill in, and the month it lies in; or write the night down."""
    diary, now = StoredDiary(), moment_now(request)
    if request.method == "POST":
        return _save(request, diary)
    (rated, going_on), tonight = day.night_to_rate(now), night_of(now)
    asked = _wanted(request.GET.get("night", ""), tonight)
    night = asked or rated
    saved = diary.untouched(ids_among(request.GET.getlist("saved")))
    words = {
        **_night_words(diary, night, now),
        "going_on": going_on and night == rated,
        "taken_night": asked or tonight,
        "missing": missing_night(diary, rated) if going_on and not asked else None,
        "favourites": [(taken_words(one), one) for one in favourites(diary.facts(Intake, since=night - _A_YEAR))],
        "entries": entries(diary.facts(*_LISTED, since=night, until=asked or tonight), load_library()),
        "remarks": entries(diary.facts(Remark, since=night, until=night), load_library()),
        "nothing": "nothing" in request.GET,
        "saved": saved,
        "written": bool(saved) or request.GET.get("saved") == "",
        "stretched": calves_stretched(diary.facts(Practice, since=tonight - _A_WEEK), tonight),
        "enough_min": ENOUGH_MIN,
        "data": script_data(diary, now, night),
        **calendar_words(diary, asked, request.GET.get("month", ""), tonight),
    }
    return render(request, "log/index.html", words)


def _night_words(diary: StoredDiary, night: date, now: Moment) -> dict[str, object]:
    """Return what the form of one night shows."""
    held = held_night(diary, night)
    usual = usual_onset(day.read(diary, now), night, now.zone).usual
    return {
        "night": night,
        "which": night_name(night, now),
        "held": held,
        "severities": SEVERITIES,
        "half_hours": half_hours(held.began),
        "usual": f"{usual.hour:02}:{usual.minute // 30 * 30:02}",
        "parts": part_words().items(),
        "states": state_words().items(),
        "substances": substance_words().items(),
        "units": unit_words().items(),
    }


def _save(request: HttpRequest, diary: StoredDiary) -> HttpResponse:
    try:
        night = night_from(request)
        here = noted(request).zone
        zones = {type(fact.payload): fact.noted.zone for fact in _held(diary, *FORM_KINDS, night=night)}
        payloads = list(payloads_from(request.POST, night, lambda kind: zones.get(kind, here)))
        facts = [*_changed(request, diary, night, payloads), *_emptied(request, diary, night, payloads)]
        day.log(diary, *facts)
    except ValueError as error:
        return refuse(request, str(error))
    saved = urlencode([("saved", fact.id) for fact in facts]) or ("saved" if payloads else "nothing")
    if request.POST.get("then") == "tonight":
        return HttpResponseRedirect(reverse("tonight:index"))
    return HttpResponseRedirect(f"{reverse('log:index')}?{saved}")


def _changed(request: HttpRequest, diary: StoredDiary, night: date, payloads: list[Payload]) -> list[Fact]:
    """Make facts of what says something else than before; an Undo must not take back what was not touched."""
    new = [one for one in payloads if [f.payload for f in _held(diary, type(one), night=night)][-1:] != [one]]
    return [_correcting(request, diary, payload, night, first=not k) for k, payload in enumerate(new)]


def _emptied(request: HttpRequest, diary: StoredDiary, night: date, payloads: list[Payload]) -> list[Fact]:
    """Withdraw what the form showed and the person has emptied; what was noted elsewhere meanwhile stays."""
    shown = request.POST.getlist("shown")
    answered = {type(payload) for payload in payloads}
    return [
        fact_from(request, Withdrawal(), night=night, supersedes=fact.id, own_id=False)
        for fact in _held(diary, *FORM_KINDS, night=night)
        if str(fact.id) in shown and type(fact.payload) not in answered
    ]


def _held(diary: StoredDiary, *kinds: type[Payload], night: date) -> tuple[Fact, ...]:
    return diary.facts(*kinds, since=night, until=night)


def _correcting(request: HttpRequest, diary: StoredDiary, payload: Payload, night: date, *, first: bool) -> Fact:
    """Make a fact that replaces the night's earlier one of its kind; the form's own id goes to the first fact.

    The same form sent again finds its fact in the diary and changes nothing.
    """
    held = _held(diary, type(payload), night=night)
    made = fact_from(request, payload, night=night, own_id=first)
    for fact in held:
        if fact.id == made.id and fact.payload == payload:
            return fact
    return _instead_of(held[-1], made) if held else made


def _instead_of(held: Fact, made: Fact) -> Fact:
    """Let a fact replace another, told on the clock of the place where that night was lived."""
    return replace(made, supersedes=held.id, noted=moment(made.noted.at, held.noted.zone))


@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Write the severity of one night down, by one tap."""
    diary = StoredDiary()
    try:
        night = night_from(request)
        rating = rating_from(request.POST, day.rating_of(diary, night))
        day.log(diary, _correcting(request, diary, rating, night, first=True))
    except ValueError as error:
        return refuse(request, str(error))
    return HttpResponseRedirect(reverse("tonight:index"))


@require_POST
def taken(request: HttpRequest) -> HttpResponse:
    """Write down something that was drunk, smoked or taken."""
    diary = StoredDiary()
    try:
        night = night_from(request)
        fact = fact_from(request, intake_from(request.POST, night, noted(request)), night=night)
        day.log(diary, fact)
    except ValueError as error:
        return refuse(request, str(error))
    return HttpResponseRedirect(f"{reverse('log:index')}?saved={fact.id}")


@require_POST
def undo(request: HttpRequest, fact_id: UUID) -> HttpResponse:
    """Take an entry back, or all that one Save wrote; it stays in the file as withdrawn or replaced."""
    diary = StoredDiary()
    try:
        day.log(diary, *_taken_back(request, diary, fact_id))
    except ValueError as error:
        return refuse(request, str(error))
    return HttpResponseRedirect(reverse("log:index"))


def _taken_back(request: HttpRequest, diary: StoredDiary, fact_id: UUID) -> list[Fact]:
    """Make the facts that undo; after a Save what held before it holds again, on the first page nothing does."""
    saved = ids_among(request.POST.getlist("saved"))
    known = diary.stored(diary.untouched(saved or [fact_id]))
    earlier = diary.stored(fact.supersedes for fact in known.values() if fact.supersedes) if saved else {}
    return [
        _instead_of(
            fact, fact_from(request, _before(earlier, fact), night=fact.night, supersedes=fact.id, own_id=not k)
        )
        for k, fact in enumerate(known.values())
    ]


def _before(earlier: dict[UUID, Fact], fact: Fact) -> Payload:
    return earlier[fact.supersedes].payload if fact.supersedes in earlier else Withdrawal()


def _wanted(text: str, tonight: date) -> date | None:
    """Return the night that an address names, None where it is none or lies ahead."""
    try:
        night = date.fromisoformat(text)
    except ValueError:
        return None
    return night if night <= tonight else None
