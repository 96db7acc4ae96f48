"""The card of a decision that waits, for a page that stands before the verdict is known."""

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from quietlegs.library.load import load_library
from quietlegs.plan.kept import running_all
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.tried import TrialEnd, TrialStart
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.learn.names import things
from quietlegs.web.pages.learn.staged import waiting
from quietlegs.web.store.diary import StoredDiary

_NO_CONTENT = 204
_A_DAY_S = 24 * 60 * 60


@require_GET
def card(request: HttpRequest) -> HttpResponse:
    """Give the card; nothing where nothing waits, or no trial runs."""
    words = _words(request)
    return render(request, "learn/stage_card.html", words) if words else HttpResponse(status=_NO_CONTENT)


def _words(request: HttpRequest) -> dict[str, object] | None:
    """Return what the card says, None where nothing waits; one state of the diary is judged once a night."""
    diary, now = StoredDiary(), moment_now(request)
    trials = running_all(diary.facts(TrialStart, TrialEnd), night_of(now))
    if not trials:
        return None
    asked = f"stage-card:{get_language()}:{trials[-1].id}:{night_of(now)}:{diary.mark()}"
    # What is tried and how it stands is written down nowhere but in the diary.
    return caches["memory"].get_or_set(asked, lambda: _judged(diary, now, several=len(trials) > 1), _A_DAY_S)


def _judged(diary: StoredDiary, now: Moment, *, several: bool) -> dict[str, object] | None:
    library = load_library()
    found = waiting(library, diary, now)
    if found is None:
        return None
    return {"at_once": found.review.at_once, "asking": things(found.kept, library) if several else ""}
