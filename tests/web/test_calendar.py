"""The calendar's address, read by a parser that has nothing in common with what writes it."""

from datetime import date, datetime, time, timedelta

import pytest
import vobject
from django.test import Client
from tests.web.reminding import BERLIN, person

from quietlegs.plan.reminding import Manners
from quietlegs.records.fact import note
from quietlegs.records.moment import moment, night_of
from quietlegs.records.rest import Rest
from quietlegs.web.links.calendar.views import NIGHTS
from quietlegs.web.links.calendar.write import Entry, calendar
from quietlegs.web.store import channels
from quietlegs.web.store.diary import StoredDiary


@pytest.fixture
def address(client: Client) -> str:
    person()
    client.post("/reminders/on/calendar/")
    return f"/calendar/{channels.channels('calendar')[0].address['token']}.ics"


def fetched(client: Client, address: str) -> "vobject.base.Component":
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return vobject.readOne(answer.content.decode())


def test_it_is_read_by_another_parser_evening_by_evening(client: Client, address: str) -> None:
    events = fetched(client, address).vevent_list

    assert len(events) == NIGHTS
    days = [event.dtstart.value.date() for event in events]
    assert days == [days[0] + timedelta(days=ahead) for ahead in range(NIGHTS)]
    assert len({event.uid.value for event in events}) == NIGHTS
    for event in events:
        assert event.summary.value == "Time for your routine"
        assert event.valarm.trigger.value == timedelta(0)
        assert event.duration.value > timedelta(minutes=5)


def test_it_floats_so_that_the_clock_on_the_wall_holds(client: Client, address: str) -> None:
    for event in fetched(client, address).vevent_list:
        assert event.dtstart.value.tzinfo is None
        assert "TZID" not in event.dtstart.params


@pytest.mark.parametrize("night", [date(2026, 3, 28), date(2026, 10, 24)])
def test_it_floats_over_a_change_of_clocks_too(night: date) -> None:
    nights = [night + timedelta(days=ahead) for ahead in range(3)]
    now = moment(datetime.fromisoformat("2026-03-01T12:00+00:00"), BERLIN).at
    entries = [Entry(one, datetime.combine(one, time(20, 40)), timedelta(minutes=18), rings=True) for one in nights]
    read = vobject.readOne(calendar(entries, now).decode())

    assert [event.dtstart.value for event in read.vevent_list] == [
        datetime.combine(one, time(20, 40)) for one in nights
    ]


def test_it_tells_nothing_about_legs(client: Client, address: str) -> None:
    told = client.get(address).content.decode()

    assert "legs" not in told.replace("-//quietlegs//", "")
    assert not any(word in told for word in ("calf", "stretch", "severity"))


def test_it_does_not_ring_in_quiet_hours(client: Client, address: str) -> None:
    channels.keep_manners(Manners(time(12), time(11, 59)), BERLIN)

    assert all("valarm" not in event.contents for event in fetched(client, address).vevent_list)


def test_it_has_no_evening_of_a_rest(client: Client, address: str) -> None:
    now = moment(datetime.now().astimezone(), BERLIN)
    StoredDiary().add([note(Rest(night_of(now) + timedelta(days=4)), now, bytes(10))])

    assert len(fetched(client, address).vevent_list) == NIGHTS - 5


def test_it_notes_when_it_was_fetched(client: Client, address: str) -> None:
    assert "No calendar has fetched it yet." in client.get("/reminders/").content.decode()
    client.get(address)
    assert "Last fetched:" in client.get("/reminders/").content.decode()


def test_it_leads_nowhere_once_taken_back_nor_at_any_guess(client: Client, address: str) -> None:
    assert client.get(address.replace(".ics", "x.ics")).status_code == 404
    assert client.get("/calendar/é.ics").status_code == 404
    client.post(f"/reminders/{channels.channels('calendar')[0].id}/off/")
    assert client.get(address).status_code == 404

    client.post("/reminders/on/calendar/")
    assert f"/calendar/{channels.channels('calendar')[0].address['token']}.ics" != address


def test_it_begins_with_the_night_of_now(client: Client, address: str) -> None:
    first = fetched(client, address).vevent_list[0].dtstart.value
    where = channels.whereabouts()
    assert where is not None

    assert first.date() == night_of(moment(datetime.now().astimezone(), where.zone))
