"""Coming evenings as a calendar: times without a zone, so that each holds by the clock on the wall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from quietlegs.words.catalogue import _

_ASKED_AGAIN = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Entry:
    """One evening: the night it belongs to, when it begins by the clock on the wall, and whether that may ring."""

    night: date
    begins: datetime
    lasts: timedelta
    rings: bool


def calendar(entries: Iterable[Entry], now: datetime) -> bytes:
    """Write the calendar; its texts tell nobody what the routine is for."""
    text = _("Time for your routine")
    whole = Calendar()
    whole.add("prodid", "-//quietlegs//reminders//EN")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", text)
    whole.add("refresh-interval", _ASKED_AGAIN, parameters={"value": "DURATION"})
    whole.add("x-published-ttl", "PT3H")
    for entry in entries:
        whole.add_component(_event(entry, text, now))
    written: bytes = whole.to_ical()
    return written


def _event(entry: Entry, text: str, now: datetime) -> Event:
    event = Event()
    # One id a night: an evening that is moved is moved in the calendar too, instead of standing there twice.
    event.add("uid", f"routine-{entry.night.isoformat()}@reminder.invalid")
    event.add("dtstamp", now)
    event.add("dtstart", entry.begins)
    event.add("duration", entry.lasts)
    event.add("summary", text)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if entry.rings:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", text)
        alarm.add("trigger", timedelta(0))
        event.add_component(alarm)
    return event
