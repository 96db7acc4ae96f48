"""Laboratory values and a clinician's scores, copied from paper: written down and never judged."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quietlegs import day
from quietlegs.records.bounds import RangeError
from quietlegs.records.fact import Fact, Withdrawal
from quietlegs.records.measured import ClinicianScore, LabValue
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.frame.noting import fact_from, ids_among
from quietlegs.web.pages.report.entered import entered
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _

KINDS = (LabValue, ClinicianScore)


@never_cache
@require_http_methods(["GET", "POST"])
def values(request: HttpRequest) -> HttpResponse:
    """Show what was entered, newest first, and take another value or score."""
    diary, today = StoredDiary(), moment_now(request).wall.date()
    if request.method == "POST":
        return _save(request, today)
    words = {
        "entered": entered(diary.facts(*KINDS)),
        "saved": diary.untouched(ids_among([request.GET.get("saved", "")])),
        "today": today,
    }
    return render(request, "report/values.html", words)


def _save(request: HttpRequest, today: date) -> HttpResponse:
    try:
        fact = fact_from(request, _READ[request.POST.get("kind", "")](request.POST, today))
        day.log(StoredDiary(), fact)
    except KeyError:
        return refuse(request, _("Nothing was filled in."))
    except ValueError as error:
        return refuse(request, f"{error}".rstrip(".") + ".")
    return HttpResponseRedirect(f"{reverse('report:values')}?saved={fact.id}")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take one entry back; it stays in the file as withdrawn."""
    diary = StoredDiary()
    held = diary.stored(diary.untouched(ids_among([request.POST.get("entry", "")])))
    for fact in held.values():
        if isinstance(fact.payload, KINDS):
            _take_back(request, diary, fact)
    return HttpResponseRedirect(reverse("report:values"))


def _take_back(request: HttpRequest, diary: StoredDiary, fact: Fact) -> None:
    day.log(diary, fact_from(request, Withdrawal(), night=fact.night, supersedes=fact.id))


def _lab(form: QueryDict, today: date) -> LabValue:
    return LabValue(
        name=_text(form, "name"),
        value=_number(form, "value"),
        unit=_text(form, "unit"),
        taken_on=_day(form, today),
        laboratory=_text(form, "laboratory") or None,
        method=_text(form, "method") or None,
    )


def _score(form: QueryDict, today: date) -> ClinicianScore:
    recall = _number(form, "recall_days") if _text(form, "recall_days") else None
    if recall is not None and not recall.is_integer():
        raise RangeError("recall_days", _text(form, "recall_days"), _("a whole number"))
    return ClinicianScore(
        instrument=_text(form, "name"),
        total=_number(form, "value"),
        scored_on=_day(form, today),
        recall_days=None if recall is None else int(recall),
    )


_READ: dict[str, Callable[[QueryDict, date], LabValue | ClinicianScore]] = {"lab": _lab, "score": _score}


def _text(form: QueryDict, name: str) -> str:
    return " ".join(str(form.get(name, "")).split())


def _number(form: QueryDict, name: str) -> float:
    text = _text(form, name)
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise RangeError(name, text, _("a number")) from error


def _day(form: QueryDict, today: date) -> date:
    text = _text(form, "on")
    try:
        on = date.fromisoformat(text)
    except ValueError as error:
        raise RangeError("on", text, _("a date such as 2026-01-31")) from error
    if on > today:
        raise RangeError("on", text, _("{day} or earlier", day=today.isoformat()))
    return on
