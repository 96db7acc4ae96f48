"""Who read and who changed what of this diary, newest first."""

from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.trail.wording import told
from quietlegs.web.store import trail

_MOST = 50
_LONGEST_NUMBER = 5
_DAYS_A_MONTH = 30.5

Told = list[tuple[str, str]]


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show a page of it, each day with its hours, as the clock on the wall showed them."""
    page = _page(request)
    found = trail.steps((page - 1) * _MOST, _MOST + 1)
    words = {
        "days": _by_day(found[:_MOST], ZoneInfo(moment_now(request).zone)),
        "newer": page - 1,
        "older": page + 1 if len(found) > _MOST else 0,
        "months": round(trail.KEPT.days / _DAYS_A_MONTH),
    }
    return render(request, "trail/index.html", words)


def _page(request: HttpRequest) -> int:
    said = request.GET.get("page", "")
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) <= _LONGEST_NUMBER else 1


def _by_day(found: tuple[trail.Step, ...], zone: ZoneInfo) -> list[tuple[date, Told]]:
    days: dict[date, Told] = {}
    for step in found:
        at = step.at.astimezone(zone)
        days.setdefault(at.date(), []).append((f"{at:%H:%M}", told(step)))
    return list(days.items())
