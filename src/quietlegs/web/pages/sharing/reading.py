"""What others let me read: their diary is taken in hand for one page, which can only be looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quietlegs.library.load import load_library
from quietlegs.records.bounds import RangeError
from quietlegs.report.report import Report, needed, reported
from quietlegs.sheet.blocks import tried as tried_in_words
from quietlegs.sheet.night_rows import night_rows
from quietlegs.sheet.page import page
from quietlegs.sheet.parts import Sheet, Table
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.report.asked import Asked, asked, lengths
from quietlegs.web.pages.sharing.parts import parts
from quietlegs.web.pages.sharing.views import account, nothing_to_read
from quietlegs.web.store import grants
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.whose import in_hand
from quietlegs.words.catalogue import _

_PREVIEW_PPI = 96


@dataclass(frozen=True, slots=True)
class _Opened:
    """A part of somebody's diary that may be read now, and for which nights it was asked."""

    grant: grants.Grant
    wish: Asked
    report: Report


_Shown = Callable[[HttpRequest, _Opened], HttpResponse]


def _may_read(part: str) -> Callable[[_Shown], Callable[[HttpRequest, int], HttpResponse]]:
    """Let a view show a part to whoever may read it now, and note that it was read."""

    def guarded(show: _Shown) -> Callable[[HttpRequest, int], HttpResponse]:
        @require_GET
        @never_cache
        def answer(request: HttpRequest, number: int) -> HttpResponse:
            try:
                wish = asked(request)
            except RangeError as error:
                return refuse(request, f"{error}.")
            grant = grants.read(number, account(request), part, datetime.now(UTC))
            if grant is None:
                return nothing_to_read(request, _("It was taken back, is over, or was never meant for this account."))
            with in_hand(grant.diary):
                report = reported(needed(StoredDiary(), wish.period), load_library(), wish.period, wish.made_on)
            return show(request, _Opened(grant, wish, report))

        return answer

    return guarded


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show what others let me read now."""
    found = grants.readable(account(request), datetime.now(UTC))
    named = [(one, tuple(zip(one.parts, parts(one.parts), strict=True))) for one in found]
    return render(request, "sharing/with_me.html", {"found": named})


@_may_read("report")
def report(request: HttpRequest, opened: _Opened) -> HttpResponse:
    """Show the page for the doctor, as it would be printed and in words."""
    return render(request, "sharing/report.html", _words(opened) | {"sheet": _sheet(opened)})


@_may_read("report")
def as_pdf(_request: HttpRequest, opened: _Opened) -> HttpResponse:
    """Give the page for the doctor, to be printed or kept."""
    # Typst takes a moment to load; the other pages shall not wait for it.
    from quietlegs.sheet.printed import Paper, pdf  # noqa: PLC0415  # as the comment above says

    written = pdf(_sheet(opened), Paper(opened.wish.paper), made_on=opened.wish.made_on)
    answer = HttpResponse(written, content_type="application/pdf")
    period = opened.wish.period
    answer.headers["Content-Disposition"] = f'attachment; filename="quietlegs-{period.first}-{period.last}.pdf"'
    return answer


@_may_read("report")
def as_picture(_request: HttpRequest, opened: _Opened) -> HttpResponse:
    """Give the page for the doctor as a picture."""
    from quietlegs.sheet.printed import Paper, picture  # noqa: PLC0415  # as above

    shown = picture(_sheet(opened), Paper(opened.wish.paper), ppi=_PREVIEW_PPI)
    return HttpResponse(shown, content_type="image/png")


@_may_read("nights")
def nights(request: HttpRequest, opened: _Opened) -> HttpResponse:
    """Show every night as a row."""
    return _table(request, opened, night_rows(opened.report))


@_may_read("tried")
def tried(request: HttpRequest, opened: _Opened) -> HttpResponse:
    """Show what was tried, and what came of it."""
    return _table(request, opened, tried_in_words(opened.report))


def _table(request: HttpRequest, opened: _Opened, table: Table) -> HttpResponse:
    return render(request, "sharing/table.html", _words(opened) | {"part": table})


def _words(opened: _Opened) -> dict[str, object]:
    return {"grant": opened.grant, "wish": opened.wish, "lengths": lengths()}


def _sheet(opened: _Opened) -> Sheet:
    every_night = opened.wish.every_night and "nights" in opened.grant.parts
    return page(opened.report, version=version("quietlegs"), with_nights=every_night)
