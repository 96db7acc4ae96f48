"""One entry, changed: a new fact replaces it, about the same night and on the clock of the same place."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.records.fact import Fact, Payload
from quietlegs.records.felt import Relief
from quietlegs.records.moment import moment
from quietlegs.records.slept import Intake
from quietlegs.sheet.names import unit_words
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import fact_from
from quietlegs.web.pages.log.entries import entries
from quietlegs.web.pages.log.entry import amount_from, instant_from, whole_from
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _

_RATED = ("before", "after", "after_10_min")


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, fact_id: UUID) -> HttpResponse:
    """Show one entry to be changed, or write the changed one down; one that was replaced leads to its night."""
    diary = StoredDiary()
    fact = diary.stored([fact_id]).get(fact_id)
    if fact is None or not isinstance(fact.payload, Relief | Intake):
        raise Http404(f"no entry {fact_id} that can be changed")
    back = f"{reverse('log:index')}?night={fact.night.isoformat()}"
    if fact_id not in diary.untouched([fact_id]):
        return HttpResponseRedirect(back)
    if request.method == "GET":
        return render(request, "log/change.html", _words(fact) | {"back": back})
    try:
        changed = _changed(fact, request.POST)
        made = fact_from(request, changed, night=fact.night, supersedes=fact.id)
        if changed != fact.payload:
            day.log(diary, replace(made, noted=moment(made.noted.at, fact.noted.zone)))
    except ValueError as error:
        return refuse(request, str(error))
    return HttpResponseRedirect(back)


def _changed(fact: Fact, post: QueryDict) -> Payload:
    payload = fact.payload
    if isinstance(payload, Relief):
        before, after, later = (whole_from(post, name) for name in _RATED)
        return replace(payload, before=before, after=after, after_10_min=later)
    if isinstance(payload, Intake):
        taken_at = instant_from(post, "taken", fact.night, fact.noted.zone)
        return replace(payload, amount=amount_from(post), taken_at=taken_at)
    return payload


def _words(fact: Fact) -> dict[str, object]:
    payload = fact.payload
    (entry,) = entries([fact], load_library())
    words: dict[str, object] = {"entry": entry, "night": fact.night}
    if isinstance(payload, Relief):
        titles = {"before": _("Before"), "after": _("After"), "after_10_min": _("Ten minutes later")}
        words["ratings"] = [(name, titles[name], getattr(payload, name)) for name in _RATED]
        words["scale"] = range(11)
    elif isinstance(payload, Intake):
        words["amount"] = f"{payload.amount:g}"
        words["unit"] = unit_words()[payload.unit]
        words["taken"] = f"{moment(payload.taken_at, fact.noted.zone).wall:%H:%M}" if payload.taken_at else ""
    return words
