"""What the page tells: tonight's reminder, and of each way when it arrived last, or why it did not."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.plan.reminding import Manners, Silence, is_quiet, reminds
from quietlegs.records.moment import moment, night_of
from quietlegs.records.rest import Rest
from quietlegs.web.links.carriers import CALENDAR, CARRIERS
from quietlegs.web.links.handing import HERE
from quietlegs.web.links.mail.send import SECURITIES
from quietlegs.web.links.push.keys import public_key
from quietlegs.web.links.push.send import contact_given
from quietlegs.web.pages.frame.clock import device_zone, moment_now
from quietlegs.web.store.channels import Channel, channels, manners, whereabouts
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.leases import FAILED, last_unsaid
from quietlegs.words.catalogue import _, later
from quietlegs.words.dates import short_day

MOST = 5
_WORKER_LOOKS_WITHIN = timedelta(minutes=5)
_UNSAID = {
    Silence.LATE: later(
        "The one for {night} was left out: this machine was asleep or off, and later it would only disturb."
    ),
    Silence.QUIET: later("The one for {night} was left out: it fell into your quiet hours."),
    Silence.DONE: later("The one for {night} was not needed: the routine was done already."),
    Silence.ENOUGH: later("The last one for {night} was left out: you wanted no more that day."),
    FAILED: later("The one for {night} did not arrive."),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be reminded as the page shows it."""

    id: int
    service: str
    name: str
    address: str
    went: tuple[str, ...]
    wrong: str
    gone: bool
    leads: str


def shown(request: HttpRequest) -> dict[str, object]:
    """Return the words of the page."""
    zone = device_zone(request)
    ways = [_way(one, zone, request) for one in channels()]
    of = {service: [one for one in ways if one.service == service] for service in (*CARRIERS, CALENDAR)}
    wished = manners()
    return {
        "of": of,
        "any_on": bool(ways),
        "tonight": _tonight(request, wished) if ways else "",
        "nobody_looks": _nobody_looks(datetime.now(UTC)),
        "wished": wished,
        "numbers": range(1, MOST + 1),
        "key": public_key(),
        "contact": contact_given() or next((one.address["contact"] for one in channels("push")), ""),
        "securities": zip(SECURITIES, ("STARTTLS", "TLS", _("none")), strict=True),
    }


def _way(one: Channel, zone: str, request: HttpRequest) -> Way:
    if one.service == CALENDAR:
        address = request.build_absolute_uri(reverse("calendar:fetch", args=[one.address["token"]]))
        name = _("Your calendar")
    else:
        address, name = one.address.get("endpoint", ""), CARRIERS[one.service].name_of(one.address)
    wrong = _wrong(one, zone) if one.failed_last else ""
    return Way(one.id, one.service, name, address, tuple(_went(one, zone)), wrong, one.gone, one.address.get(HERE, ""))


def _went(one: Channel, zone: str) -> list[str]:
    """Say when it arrived last, and what was left out since."""
    if one.service == CALENDAR:
        at = one.accepted_at
        return [_("Last fetched: {when}.", when=_when(at, zone)) if at else _("No calendar has fetched it yet.")]
    told = []
    if one.shown_at:
        told.append(_("Last shown on the device: {when}.", when=_when(one.shown_at, zone)))
    if one.accepted_at:
        told.append(_("Last taken on by its service: {when}.", when=_when(one.accepted_at, zone)))
    unsaid = last_unsaid(one.id)
    if unsaid:
        told.append(_(_UNSAID[unsaid[1]], night=short_day(unsaid[0], weekday=True)))
    if not told and one.failed_at is None:
        told.append(_("Nothing was sent this way yet."))
    return told


def _wrong(one: Channel, zone: str) -> str:
    if one.failed_at is None:
        return ""
    return _("It did not arrive on {when}: {why}.", when=_when(one.failed_at, zone), why=one.why)


def _tonight(request: HttpRequest, wished: Manners) -> str:
    evening = day.tonight(load_library(), StoredDiary(), moment_now(request))
    at = f"{evening.start:%H:%M}"
    if not reminds(evening, StoredDiary().facts(Rest), night_of(moment_now(request))):
        return _("There is no routine tonight, so nothing reminds you.")
    if is_quiet(evening.start, wished):
        return _("Your routine begins about {time}, in your quiet hours: nothing reminds you.", time=at)
    return _("You are reminded when your routine begins: tonight at {time}.", time=at)


def _nobody_looks(now: datetime) -> bool:
    """Whether reminders were asked for, and the worker has had time to look and did not."""
    asked = min((one.began_at for one in channels(*CARRIERS)), default=now)
    where = whereabouts()
    last = where.worked_at if where and where.worked_at else asked
    return now - last > _WORKER_LOOKS_WITHIN


def _when(at: datetime, zone: str) -> str:
    wall = moment(at, zone).wall
    return _("{on}, {at}", on=short_day(wall.date(), weekday=True), at=f"{wall:%H:%M}")
