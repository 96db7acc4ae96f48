"""What a reminder is answered: shown, put off, or not tonight. It holds a token instead of a form's."""

from datetime import UTC, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from quietlegs.plan.reminding import Silence, snoozed_until
from quietlegs.records.moment import moment
from quietlegs.web.links.answering import ASK, NOT_TONIGHT, SHOWN, SNOOZE, address, opened, signed
from quietlegs.web.links.hearing import channel_of, hear, refused, take_up
from quietlegs.web.pages.frame.clock import machine_zone
from quietlegs.web.store import channels, leases
from quietlegs.words.catalogue import _, later
from quietlegs.words.language import language

_TITLES = {SNOOZE: later("In 15 minutes"), NOT_TONIGHT: later("Not tonight")}
_GONE = later("This reminder no longer waits for an answer.")
# What comes again is never late.
_WHY_NOT = {
    Silence.QUIET: later("It is quiet time by then; nothing more comes tonight."),
    Silence.ENOUGH: later("It cannot be put off: another one would be more than you want in a day."),
    Silence.DONE: later("Tonight's routine is done already; nothing more comes tonight."),
    Silence.NOT_TONIGHT: later("Nothing more comes tonight, as you wished."),
}


# A forged request would have to hold the token, which only the device that was reminded can read.
@csrf_exempt
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Do what the notification's button says, once; the quiet hours decide again when a reminder comes back."""
    key, what = signed(request.POST.get("token", "")), request.POST.get("what", "")
    now = datetime.now(UTC)
    if key is None or what not in (SNOOZE, NOT_TONIGHT, SHOWN):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if not take_up(key):
        return _told(_(_GONE))
    if what == SHOWN:
        channels.shown(channel_of(key), now)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    heard = hear(key, what, now, _zone())
    if heard.taken:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _told(_why_not(heard.refused) if heard.refused else _standing(key, now))


def _told(words: str) -> JsonResponse:
    """Let the notification say it: no page is open that could."""
    return JsonResponse({"title": words, "lang": language()})


# As above; here the address is the token, and each button has one of its own.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Show what may be answered to one reminder; only a press of a button does it, never the opening of a link."""
    known = opened(token)
    if known is None:
        gone = _("This link no longer works: it holds for 12 hours after the reminder.")
        return _page(request, _("Too late"), gone, status=HTTPStatus.NOT_FOUND)
    key, what = known
    if not take_up(key):
        return _page(request, _("Your reminder"), _(_GONE))
    if request.method == "POST" and what != ASK:
        done = _done(request, key, what)
        # The ntfy page in a browser wants to know whether it worked; there is nothing here to be read by strangers.
        done["Access-Control-Allow-Origin"] = "*"
        return done
    return _asked(request, key, (what,) if what != ASK else (SNOOZE, NOT_TONIGHT))


def _asked(request: HttpRequest, key: str, offered: tuple[str, ...]) -> HttpResponse:
    now = datetime.now(UTC)
    if leases.waiting(key) is None:
        return _answered(request, key, now)
    why = refused(key, now, _zone())
    if why in (Silence.DONE, Silence.NOT_TONIGHT):
        return _page(request, _("Your reminder"), _why_not(why))
    buttons = [(_(_TITLES[what]), address("", key, what)) for what in offered if what != SNOOZE or why is None]
    return _page(request, _("Time for your routine"), _offer(why, buttons), buttons=buttons)


def _offer(why: Silence | None, buttons: list[tuple[str, str]]) -> str:
    if why is None:
        return _("One tap is enough.")
    if why is Silence.QUIET and buttons:
        return _("This reminder can no longer be put off: in a quarter of an hour it is quiet time.")
    return _why_not(why)


def _done(request: HttpRequest, key: str, what: str) -> HttpResponse:
    now = datetime.now(UTC)
    heard = hear(key, what, now, _zone())
    if heard.refused:
        return _page(request, _("Your reminder"), _why_not(heard.refused), status=HTTPStatus.CONFLICT)
    if not heard.taken:
        # A button without words of its own must not look done where something else stands.
        return _answered(request, key, now, HTTPStatus.OK if heard.agrees else HTTPStatus.CONFLICT)
    if what == NOT_TONIGHT:
        return _page(request, _("Not tonight"), _("No more reminders tonight, by any way. Tomorrow as usual."))
    return _page(request, _("Put off"), _again(snoozed_until(now)))


def _answered(request: HttpRequest, key: str, now: datetime, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """Say what stands already; what was put off and has not come may still be ended."""
    coming = leases.put_off_to(key)
    ends = coming is not None and coming.due_at > now and not leases.ended(key)
    buttons = [(_(_TITLES[NOT_TONIGHT]), address("", key, NOT_TONIGHT))] if ends else []
    return _page(request, _("Your reminder"), _standing(key, now), buttons=buttons, status=status)


def _standing(key: str, now: datetime) -> str:
    """Say what an earlier answer left."""
    if leases.ended(key):
        return _why_not(Silence.NOT_TONIGHT)
    coming = leases.put_off_to(key)
    if coming is None:
        return _(_GONE)
    if coming.due_at > now:
        return _again(coming.due_at)
    return _("You put it off, and it came again about {time}.", time=_clock(coming.due_at))


def _again(at: datetime) -> str:
    return _("You are reminded again about {time}.", time=_clock(at))


def _clock(at: datetime) -> str:
    return f"{moment(at, _zone()).wall:%H:%M}"


def _why_not(why: Silence) -> str:
    return _(_WHY_NOT[why])


def _zone() -> str:
    where = channels.whereabouts()
    return where.zone if where else machine_zone()


def _page(
    request: HttpRequest,
    title: str,
    said: str,
    *,
    buttons: list[tuple[str, str]] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    words = {"title": title, "said": said, "buttons": buttons or []}
    return render(request, "reminders/reply.html", words, status=status)
