"""A person who asked to be reminded, by real channels."""

import os
from datetime import UTC, date, datetime, time

from tests.web.receivers import Browser, Mail, Web

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.plan.reminding import Manners, due_at
from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.records.person import SafetyAnswers, Wishes
from quietlegs.web.links.carriers import CARRIERS
from quietlegs.web.store import channels
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.models import ChannelRow, MannersRow

BERLIN = "Europe/Berlin"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def person(onset: time = time(21, 45), zone: str = BERLIN) -> None:
    """Somebody whose legs usually begin at this hour, and who asked long ago to be reminded in this zone."""
    told = (SafetyAnswers(asked=("none",)), Wishes(onset))
    StoredDiary().add([note(one, moment(LONG_AGO, zone), os.urandom(10)) for one in told])
    channels.keep_manners(Manners(), zone)
    MannersRow.objects.update(zone_at=LONG_AGO)


def listens(service: str, posted: dict[str, str], *, language: str = "en") -> channels.Channel:
    """Turn a channel on, as long ago."""
    address = CARRIERS[service].address_of(posted)
    made = channels.turn_on(service, address, language, one=address.get("endpoint", ""))
    ChannelRow.objects.filter(pk=made.id).update(began_at=LONG_AGO)
    return made


def listens_everywhere(service: Web, post: Mail) -> Browser:
    """Turn push, ntfy and mail on; return the browser behind the push."""
    phone = Browser(service)
    listens("push", phone.subscription() | {"contact": "you@example.org"})
    listens("ntfy", {"url": f"{service.url}/topic"})
    server = {"host": "127.0.0.1", "port": str(post.port), "security": "none"}
    listens("mail", {"to": "me@example.org"} | server)
    return phone


def begins(night: date, zone: str = BERLIN) -> datetime:
    """Return when the routine of a night begins, as the plan says it now."""
    noon = moment(due_at(time(12), night, zone), zone)
    return due_at(day.tonight(load_library(), StoredDiary(), noon).start, night, zone)
