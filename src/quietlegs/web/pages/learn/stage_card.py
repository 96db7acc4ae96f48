"""The card of a decision that waits, for a page that stands before the verdict is known."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quietlegs.library.load import load_library
from quietlegs.plan.kept import running_all
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.tried import TrialEnd, TrialStart
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.learn.staged import waiting
from quietlegs.web.store.diary import StoredDiary

_NO_CONTENT = 204
_A_DAY_S = 24 * 60 * 60


@require_GET
def card(request: HttpRequest) -> HttpResponse:
    """Give the card; nothing where nothing waits, or no trial runs."""
    at_once = _at_once(request)
    if at_once is None:
        return HttpResponse(status=_NO_CONTENT)
    return render(request, "learn/stage_card.html", {"at_once": at_once})


def _at_once(request: HttpRequest) -> bool | None:
    """Whether what waits is harm, None where nothing waits; one state of the diary is judged once a night."""
    diary, now = StoredDiary(), moment_now(request)
    trials = running_all(diary.facts(TrialStart, TrialEnd), night_of(now))
    if not trials:
        return None
    asked = f"stage-card:{trials[-1].id}:{night_of(now)}:{diary.mark()}"
    return cache.get_or_set(asked, lambda: _judged(diary, now), _A_DAY_S)


def _judged(diary: StoredDiary, now: Moment) -> bool | None:
    found = waiting(load_library(), diary, now)
    return found.review.at_once if found else None
