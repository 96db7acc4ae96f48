"""Two measures of the calf, every two weeks: shown step by step, noted, and told without praise for chance."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.plan.evening import evenings_practised
from quietlegs.plan.measures import EXERCISE, mean_of_tries, measured, measures_due
from quietlegs.records.bounds import RangeError
from quietlegs.records.done import Practice
from quietlegs.records.fact import Withdrawal
from quietlegs.records.measured import BodyMeasure, Measure, Side
from quietlegs.records.moment import night_of
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import fact_from, ids_among
from quietlegs.web.pages.guide.show import stop_rules
from quietlegs.web.pages.library.words import sheet
from quietlegs.web.pages.measures.words import fields, shown, side_words, tries_of
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show both measures: what they said so far, and which is due."""
    library, diary = load_library(), StoredDiary()
    may, facts = day.safety(library, diary), diary.facts(BodyMeasure)
    known, tonight = measured(facts), night_of(moment_now(request))
    practised = evenings_practised(diary.facts(Practice))
    due = measures_due(library, facts, tonight, may, evenings=practised)
    words = {
        "rows": [shown(library, one, known, may, due=one in due) for one in EXERCISE],
        "saved": diary.untouched(ids_among(request.GET.getlist("saved"))),
    }
    return render(request, "measures/index.html", words)


@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """Guide one measure and take its numbers; nobody measures against their safety answers, or before them."""
    library, diary = load_library(), StoredDiary()
    if key not in list(Measure):
        raise Http404(key)
    may, one = day.safety(library, diary), library.exercises[EXERCISE[Measure(key)]]
    if not may.asked:
        return HttpResponseRedirect(f"{reverse('safety:questions')}?{urlencode({'then': request.path})}")
    against = may.reason_against(one)
    if against is not None:
        return render(request, "guide/closed.html", {"reason": against})
    if request.method == "POST":
        return _save(request, diary, Measure(key))
    return render(request, "measures/measure.html", _page(library, Measure(key), may))


def _page(library: Library, which: Measure, may: Allowed) -> dict[str, object]:
    one = library.exercises[EXERCISE[which]]
    return {
        "sheet": sheet(library, one, may),
        "sides": fields(which),
        "distance": which is Measure.KNEE_TO_WALL_CM,
        "rules": stop_rules(library, [one]),
    }


def _save(request: HttpRequest, diary: StoredDiary, which: Measure) -> HttpResponse:
    try:
        values = list(_values(request.POST, which))
        if not values:
            return refuse(request, _("Nothing was filled in."))
        facts = [
            fact_from(request, BodyMeasure(which, side, value), own_id=not place)
            for place, (side, value) in enumerate(values)
        ]
        day.log(diary, *facts)
    except ValueError as error:
        return refuse(request, str(error))
    return HttpResponseRedirect(f"{reverse('measures:index')}?{urlencode([('saved', fact.id) for fact in facts])}")


def _values(form: QueryDict, which: Measure) -> Iterator[tuple[Side, float]]:
    """Yield what was filled in of each side; a side left empty was not measured."""
    for side in Side:
        texts = [str(form.get(f"{side}_{place}", "")).strip() for place in range(1, tries_of(which) + 1)]
        if not any(texts):
            continue
        if not all(texts):
            raise RangeError(side_words(side), len([text for text in texts if text]), _("three tries a side"))
        numbers = [_number(text, side) for text in texts]
        yield side, mean_of_tries(numbers) if len(numbers) > 1 else numbers[0]


def _number(text: str, side: Side) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise RangeError(side_words(side), text, _("a number")) from error


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what one Save wrote; it stays in the file as withdrawn."""
    diary = StoredDiary()
    held = diary.stored(diary.untouched(ids_among(request.POST.getlist("saved"))))
    mine = [fact for fact in held.values() if isinstance(fact.payload, BodyMeasure)]
    try:
        made = [
            fact_from(request, Withdrawal(), night=fact.night, supersedes=fact.id, own_id=not place)
            for place, fact in enumerate(mine)
        ]
        day.log(diary, *made)
    except ValueError as error:
        return refuse(request, str(error))
    return HttpResponseRedirect(reverse("measures:index"))
