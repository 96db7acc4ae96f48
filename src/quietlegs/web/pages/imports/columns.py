"""What the columns of a table mean: our guess, the first nights by it, and what the person says."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from quietlegs.formats.plain_csv.meaning import (
    ORDERS,
    SAID,
    Column,
    Columns,
    Meaning,
    from_json,
    header_of,
    wrong_with,
)
from quietlegs.web.pages.frame.errors import BAD_REQUEST, refuse
from quietlegs.web.pages.imports.preview import Shown, first_nights
from quietlegs.web.pages.imports.working import at_once
from quietlegs.web.store import handed_files, handed_over
from quietlegs.web.store.handed_over import Handed
from quietlegs.words.catalogue import _

_LONGEST_HOW = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A column as it is asked about."""

    place: int
    column: Column
    firsts: list[str]


def asked(request: HttpRequest, handed: Handed) -> HttpResponse:
    """Ask what the columns mean, with our guess chosen, or what was said before."""
    return _page(request, handed, from_json(handed.columns or handed.told["table"]["guess"]))


@require_POST
def chosen(request: HttpRequest, token: str) -> HttpResponse:
    """Read the table by what was said; or show only how its first nights would be."""
    handed = handed_over.find(token)
    if handed is None or "table" not in handed.told:
        return gone(request)
    columns = _said(request, handed)
    wrong = _wrong(handed, columns)
    if wrong or "try" in request.POST:
        return _page(request, handed, columns, wrong)
    now = datetime.now(UTC)
    if handed_over.read_again(token, columns.to_json(), now):
        handed_over.remember(header_of([one.name for one in columns.columns]), columns.to_json(), now)
        at_once(token)
    return HttpResponseRedirect(reverse("imports:show", args=[token]))


@require_POST
def ask(_request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more what the columns mean."""
    handed_over.ask_again(token)
    return HttpResponseRedirect(reverse("imports:show", args=[token]))


def gone(request: HttpRequest) -> HttpResponse:
    """Say that a file is not here any more."""
    return not_this_one(request, _("That file is not here any more. Choose it again."))


def not_this_one(request: HttpRequest, why: str) -> HttpResponse:
    """Say why a file is not taken, and lead to where another one is chosen."""
    return refuse(request, f"{why.rstrip('.')}.", back=(reverse("imports:index"), _("Choose another file")))


def _said(request: HttpRequest, handed: Handed) -> Columns:
    names = [one.name for one in from_json(handed.told["table"]["guess"]).columns]
    order = request.POST.get("order", "")
    return Columns(tuple(_column(request, *each) for each in enumerate(names)), order if order in ORDERS else "")


def _column(request: HttpRequest, place: int, name: str) -> Column:
    meaning = request.POST.get(f"meaning-{place}", Meaning.LEAVE)
    how = request.POST.get(f"how-{place}", "")[:_LONGEST_HOW].strip()
    known = Meaning(meaning) if meaning in set(Meaning) else Meaning.LEAVE
    return Column(name, known, how if known is not Meaning.LEAVE else "")


def _wrong(handed: Handed, columns: Columns) -> list[str]:
    unsaid = handed.told["table"]["unsure"] and not columns.order
    return [*([_("Which comes first in your dates: the day, or the month?")] if unsaid else []), *wrong_with(columns)]


def _page(request: HttpRequest, handed: Handed, columns: Columns, wrong: list[str] | None = None) -> HttpResponse:
    table = handed.told["table"]
    each = [Asked(place, *both) for place, both in enumerate(zip(columns.columns, table["firsts"], strict=True))]
    can_be_read = not _wrong(handed, columns)
    words = {
        "handed": handed,
        "table": table,
        "columns": each,
        "order": columns.order,
        "meanings": [(one.value, _(said)) for one, said in SAID.items()],
        "wrong": wrong or [],
        "nights": _first_nights(handed, columns) if can_be_read else None,
        "tried": "try" in request.POST,
    }
    return render(request, "imports/columns.html", words, status=BAD_REQUEST if wrong else 200)


def _first_nights(handed: Handed, columns: Columns) -> Shown:
    with handed_files.opened(handed.token) as file:
        return first_nights(file, columns, handed.zone)
