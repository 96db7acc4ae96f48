"""What works: the nights, what can be said of them, and what cannot."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.plan.believed import believed
from quietlegs.plan.evening import SAID
from quietlegs.plan.noticed import KINDS, noticed
from quietlegs.plan.side_by_side import tried_in
from quietlegs.plan.stage import remarks
from quietlegs.records.moment import night_of
from quietlegs.records.tried import Decision, TrialStart
from quietlegs.trials.turns_picture import Turns
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.pages.learn.calm import calmed, shown
from quietlegs.web.pages.learn.choosing import just_noted
from quietlegs.web.pages.learn.compared import OUTCOME, answers
from quietlegs.web.pages.learn.names import things
from quietlegs.web.pages.learn.nights import chart, weeks
from quietlegs.web.pages.learn.staged import waits
from quietlegs.web.pages.learn.trial import shown_trial
from quietlegs.web.pages.learn.trying import beside, has_room
from quietlegs.web.store.diary import StoredDiary
from quietlegs.words.catalogue import _


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show what the diary says so far; an empty diary is told what to do."""
    diary, library, now = StoredDiary(), load_library(), moment_now(request)
    nights = day.learn(diary)
    found = tuple(day.trials(library, diary, now))
    turns = [Turns(own, answer.setting.comparator.name) for _kept, own, answer in found]
    trials = [shown_trial(one, library, diary, now) for one in found]
    said, beliefs = diary.facts(*SAID), believed(day.read(diary, now), library, night_of(now))
    waiting = next((told for one in found if (told := waits(one[0], one[2], said, beliefs))), None)
    words = {
        "waiting": waiting,
        "asking": things(waiting.kept, library) if waiting and len(found) > 1 else "",
        "at_once": waiting is not None and waiting.review.at_once,
        "trials": trials,
        "full": not has_room(library, diary, now),
        "on_trial": tried_in(one[0] for one in found if not one[0].is_over(night_of(now))),
        "beside": None if waiting else beside(diary, beliefs),
        "chart": chart(nights, library, turns) if nights else None,
        "answers": answers(nights, library) if nights and not trials else (),
        "weeks": weeks(nights, now) if nights else (),
        "remarks": remarks(diary.facts(TrialStart, Decision)),
        "noticed": noticed(diary.facts(*KINDS), library, outcome=_(OUTCOME)),
        "calmed": calmed(day.reliefs(diary), library),
        "drawn": shown(day.experiment(diary), library),
        "just_noted": just_noted(diary, request.GET.get("noted", "")),
    }
    return render(request, "learn/index.html", words)
