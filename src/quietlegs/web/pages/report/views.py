"""The doctor's page: a preview, the sheet to keep, and the same numbers as a table."""

from collections.abc import Callable
from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quietlegs.library.load import load_library
from quietlegs.records.bounds import RangeError
from quietlegs.report.report import Report, needed, reported
from quietlegs.sheet.numbers import numbers
from quietlegs.sheet.page import page
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.report.asked import PAPERS, Asked, asked, lengths
from quietlegs.web.store.diary import StoredDiary

_PREVIEW_PPI = 96


def _answered(show: Callable[[HttpRequest, Asked], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let a view answer a wish that can be met; one that cannot says what is allowed."""

    @require_GET
    @never_cache
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            wish = asked(request)
        except RangeError as error:
            return refuse(request, f"{error}.")
        return show(request, wish)

    return answer


@_answered
def index(request: HttpRequest, wish: Asked) -> HttpResponse:
    """Show the page as it would be printed, and all of it in words."""
    words = {
        "sheet": page(_report(wish), version=version("quietlegs")),
        "wish": wish,
        "lengths": lengths(),
        "papers": PAPERS,
    }
    return render(request, "report/index.html", words)


@_answered
def as_pdf(_request: HttpRequest, wish: Asked) -> HttpResponse:
    """Give the page to be kept, printed or sent."""
    # Typst takes a moment to load; the other pages shall not wait for it.
    from quietlegs.sheet.printed import Paper, pdf  # noqa: PLC0415  # as the comment above says

    sheet = page(_report(wish), version=version("quietlegs"), with_nights=wish.every_night)
    written = pdf(sheet, Paper(wish.paper), made_on=wish.made_on)
    return _kept(HttpResponse(written, content_type="application/pdf"), wish, "pdf")


@_answered
def as_picture(_request: HttpRequest, wish: Asked) -> HttpResponse:
    """Give the first page as a picture, for the preview."""
    from quietlegs.sheet.printed import Paper, picture  # noqa: PLC0415  # as above

    sheet = page(_report(wish), version=version("quietlegs"))
    return HttpResponse(picture(sheet, Paper(wish.paper), ppi=_PREVIEW_PPI), content_type="image/png")


@_answered
def as_csv(_request: HttpRequest, wish: Asked) -> HttpResponse:
    """Give the same numbers as a table."""
    written = numbers(_report(wish), with_nights=wish.every_night)
    return _kept(HttpResponse(written, content_type="text/csv; charset=utf-8"), wish, "csv")


def _report(wish: Asked) -> Report:
    return reported(needed(StoredDiary(), wish.period), load_library(), wish.period, wish.made_on)


def _kept(response: HttpResponse, wish: Asked, ending: str) -> HttpResponse:
    name = f"quietlegs-{wish.period.first}-{wish.period.last}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
