"""Reminders: turned on and off, tried out, and how each way went."""

from dataclasses import replace
from datetime import UTC, datetime, time

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from quietlegs.plan.reminding import Manners
from quietlegs.records.bounds import RangeError
from quietlegs.web.links.calendar.views import new_address
from quietlegs.web.links.carriers import ANSWERED_BY_ADDRESS, CALENDAR, CARRIERS
from quietlegs.web.links.handing import HERE, hand_over, note, trial_run
from quietlegs.web.links.message import AddressError
from quietlegs.web.pages.frame.clock import device_zone
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.reminders.show import shown
from quietlegs.web.store import channels as store
from quietlegs.web.store.home import is_demo
from quietlegs.words.catalogue import _
from quietlegs.words.language import language

_SEVERAL = {"push": "endpoint"}  # A service that has more than one address at a time, and what tells them apart.


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show each way, how it went, and what may be changed."""
    return render(request, "reminders/index.html", shown(request))


@require_POST
def turn_on(request: HttpRequest, service: str) -> HttpResponse:
    """Remind by this way from now on."""
    if is_demo():
        return refuse(request, _("Nothing is sent for the simulated person."))
    if service not in (*CARRIERS, CALENDAR):
        raise Http404
    try:
        address = new_address() if service == CALENDAR else CARRIERS[service].address_of(request.POST.dict())
    except AddressError as error:
        return refuse(request, f"{error}")
    if service in ANSWERED_BY_ADDRESS:
        address |= {HERE: request.build_absolute_uri("/")}
    # Where the person is decides when their evening begins.
    store.keep_manners(store.manners(), device_zone(request))
    store.turn_on(service, address, language(), one=address.get(_SEVERAL.get(service, ""), ""))
    return _back(service)


@require_POST
def turn_off(_request: HttpRequest, number: int) -> HttpResponse:
    """Forget this way and its address; a calendar's leads nowhere from now on."""
    found = store.channel(number)
    store.turn_off(number)
    return _back(found.service if found else "")


@require_POST
def test(_request: HttpRequest, number: int) -> HttpResponse:
    """Send a reminder now, to see whether it arrives."""
    found = store.channel(number)
    if found is None or found.service not in CARRIERS:
        raise Http404
    now = datetime.now(UTC)
    note(found, hand_over(found, trial_run(f"test:{now.isoformat()}:{number}", language())), now)
    return _back(found.service)


@require_POST
def manners(request: HttpRequest) -> HttpResponse:
    """Keep the quiet hours and the most reminders a day."""
    try:
        wished = replace(
            Manners(),
            quiet_from=_time("quiet_from", request.POST.get("quiet_from", "")),
            quiet_until=_time("quiet_until", request.POST.get("quiet_until", "")),
            most_a_day=_whole("most_a_day", request.POST.get("most_a_day", "")),
        )
    except RangeError as error:
        return refuse(request, str(error))
    store.keep_manners(wished, device_zone(request))
    return _back("manners")


def _back(part: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('reminders:index')}{f'#{part}' if part else ''}")


def _time(field: str, text: str) -> time:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise RangeError(field, text, _("a time such as 22:00")) from error


def _whole(field: str, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise RangeError(field, text, _("a whole number")) from error
