"""A break from the routine: begun for any time and any reason, changed, ended by being back, and taken back."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quietlegs import day
from quietlegs.plan.rest import ends, pauses, resting, undone
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import State
from quietlegs.records.fact import Fact
from quietlegs.records.moment import night_of
from quietlegs.records.rest import Rest
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import fact_from, ids_among, noted
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _

_TONIGHT, _UNTIL = "tonight", "until"


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Ask how long and, for who likes to say it, why; or begin the break, or change the one that lasts."""
    diary = StoredDiary()
    rests = diary.facts(Rest)
    if request.method == "POST":
        return _begin(request, diary, rests)
    tonight = night_of(moment_now(request))
    words = {
        "held": resting(rests, tonight),
        "ahead": [one for one in pauses(rests) if one.first > tonight],
        "reasons": _reasons(),
    }
    return render(request, "pause/index.html", words)


@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """End every break that has tonight."""
    diary = StoredDiary()
    try:
        ended = ends(diary.facts(Rest), night_of(noted(request)))
        facts = [
            fact_from(request, payload, night=pause.first, supersedes=pause.id, own_id=not place)
            for place, (pause, payload) in enumerate(ended)
        ]
        day.log(diary, *facts)
    except ValueError as error:
        return refuse(request, str(error))
    return _to_tonight(*facts)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the beginning, the change or the end of a break; what held before it holds again."""
    diary = StoredDiary()
    known = diary.stored(diary.untouched(ids_among(request.POST.getlist("noted"))))
    earlier = diary.stored(fact.supersedes for fact in known.values() if fact.supersedes)
    try:
        facts = [
            fact_from(request, payload, night=fact.night, supersedes=fact.id, own_id=not place)
            for place, (fact, payload) in enumerate(undone(known.values(), earlier))
        ]
        day.log(diary, *facts)
    except ValueError as error:
        return refuse(request, str(error))
    return HttpResponseRedirect(reverse("tonight:index"))


def _begin(request: HttpRequest, diary: StoredDiary, rests: tuple[Fact, ...]) -> HttpResponse:
    """Write the break down, in the place of the one that has tonight."""
    # The same form sent again has begun this very break before.
    sent = diary.stored(ids_among([request.POST.get("fact_id", "")]))
    if sent:
        return _to_tonight(*sent.values())
    try:
        tonight = night_of(noted(request))
        held = resting(rests, tonight)
        first = held.first if held else _first(request.POST, tonight)
        rest = Rest(_until(request.POST, first, tonight), _because(request.POST))
        made = fact_from(request, rest, night=first, supersedes=held.id if held else None)
        day.log(diary, made)
    except ValueError as error:
        return refuse(request, str(error))
    return _to_tonight(made)


def _first(form: QueryDict, tonight: date) -> date:
    """Return the night on which it begins; what has gone by stays as it was noted, or a trial could be bent."""
    first = _date(form, "first") or tonight
    if first < tonight:
        raise RangeError(_("the first night of a break"), first.isoformat(), _("tonight or later"))
    return first


def _until(form: QueryDict, first: date, tonight: date) -> date | None:
    lasts = form.get("lasts", "")
    if lasts == _TONIGHT:
        return max(first, tonight)
    if lasts != _UNTIL:
        return None
    until = _date(form, "until")
    if until is None or until < max(first, tonight):
        raise RangeError(
            _("the last night of a break"), until.isoformat() if until else _("nothing"), _("the first night or later")
        )
    return until


def _date(form: QueryDict, name: str) -> date | None:
    text = str(form.get(name, "")).strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RangeError(name, text, _("a day such as 2026-11-20")) from error


def _because(form: QueryDict) -> State | None:
    text = form.get("because", "")
    return State(text) if text else None


def _reasons() -> list[tuple[str, str]]:
    return [
        ("", _("Just a break")),
        (State.SICK, _("I am ill")),
        (State.TRAVEL, _("I am travelling")),
        (State.COULD_NOT, _("It does not fit right now")),
    ]


def _to_tonight(*facts: Fact) -> HttpResponse:
    """Go to tonight, which offers to take these back."""
    return HttpResponseRedirect(f"{reverse('tonight:index')}?{urlencode([('noted', fact.id) for fact in facts])}")
