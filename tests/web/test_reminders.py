"""The page of reminders: everything off at first, turned on and off, tried out; and what a notification answers."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.web.receivers import Browser, Mail, Web
from tests.web.reminding import BERLIN, begins, listens, person

from quietlegs.library.load import load_library
from quietlegs.plan.reminding import Manners
from quietlegs.records.moment import moment
from quietlegs.web.links.answering import sign
from quietlegs.web.store import channels, leases
from quietlegs.web.store.health import findings
from quietlegs.web.store.models import ChannelRow, DeliveryRow
from quietlegs.web.worker.round import Rounds

NIGHT = date(2026, 11, 20)
PAGE = "/reminders/"


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None, database: Path) -> None:
    """The channels speak over real sockets, on this machine alone."""


def text(client: Client) -> str:
    return client.get(PAGE).content.decode()


def subscribe(client: Client, service: Web) -> Browser:
    phone = Browser(service)
    assert client.post(f"{PAGE}on/push/", phone.subscription() | {"contact": "you@example.org"}).status_code == 302
    return phone


def test_it_is_all_off_at_first_and_says_so(client: Client) -> None:
    said = text(client)

    assert "All reminders are off. Nothing leaves this machine until you turn one on." in said
    assert "Send me a test now" not in said
    assert channels.channels() == ()


def test_it_is_found_under_more(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/library/").content.decode()


def test_it_sends_a_test_and_tells_when_it_was_taken_on(client: Client, service: Web) -> None:
    phone = subscribe(client, service)
    assert "Nothing was sent this way yet." in text(client)

    client.post(f"{PAGE}{channels.channels()[0].id}/test/")

    [(told, _)] = phone.received()
    assert told["title"] == "A test: reminders arrive here"
    assert "Last taken on by its service:" in text(client)


def test_it_sends_a_test_by_mail_and_by_ntfy(client: Client, service: Web, post: Mail) -> None:
    server = {"to": "me@example.org", "host": "127.0.0.1", "port": str(post.port), "security": "none"}
    client.post(f"{PAGE}on/mail/", server)
    client.post(f"{PAGE}on/ntfy/", {"url": f"{service.url}/topic"})
    for one in channels.channels():
        client.post(f"{PAGE}{one.id}/test/")

    assert len(post.letters) == len(service.posted) == 1
    assert text(client).count("Last taken on by its service:") == 2


def test_it_tells_when_and_why_a_reminder_did_not_arrive(client: Client, service: Web) -> None:
    client.post(f"{PAGE}on/ntfy/", {"url": f"{service.url}/topic"})
    service.status = 507
    client.post(f"{PAGE}{channels.channels()[0].id}/test/")

    assert re.search(r"It did not arrive on .*: the other side answered 507", text(client))
    service.status = 200
    client.post(f"{PAGE}{channels.channels()[0].id}/test/")
    assert "It did not arrive" not in text(client)


def test_it_says_that_a_subscription_is_dead_and_offers_another_way(client: Client, service: Web) -> None:
    subscribe(client, service)
    service.status = 410
    client.post(f"{PAGE}{channels.channels()[0].id}/test/")

    said = text(client)
    assert "This address no longer works" in said
    assert "choose another way below" in said
    assert "Send me a test now" not in said


def test_it_lives_again_when_the_device_subscribes_again(client: Client, service: Web) -> None:
    subscribe(client, service)
    ChannelRow.objects.update(gone=True, failed_at=datetime.now(UTC), why="gone")
    subscribe(client, service)

    [one] = channels.channels()
    assert (one.gone, one.failed_at) == (False, None)


def test_it_forgets_an_address_that_is_turned_off(client: Client, service: Web) -> None:
    subscribe(client, service)
    client.post(f"{PAGE}{channels.channels()[0].id}/off/")

    assert channels.channels() == ()


def test_it_never_shows_a_password_or_a_token_again(client: Client, service: Web) -> None:
    secret = {"user": "me", "password": "open sesame", "security": "tls", "host": "mail.example.org", "port": "465"}
    client.post(f"{PAGE}on/mail/", secret | {"to": "me@example.org"})
    client.post(f"{PAGE}on/ntfy/", {"url": f"{service.url}/topic", "token": "tk_secret"})

    assert "open sesame" not in text(client)
    assert "tk_secret" not in text(client)


def test_it_asks_for_a_contact_once(client: Client, service: Web) -> None:
    refused = client.post(f"{PAGE}on/push/", Browser(service).subscription())
    assert refused.status_code == 400
    assert "cannot be the contact" in refused.content.decode()
    assert 'id="contact"' in text(client)

    subscribe(client, service)
    assert 'id="contact"' not in text(client)


def test_it_knows_no_other_service(client: Client) -> None:
    assert client.post(f"{PAGE}on/pigeon/").status_code == 404
    assert client.post(f"{PAGE}12345/test/").status_code == 404


def test_it_keeps_quiet_hours_and_the_most_a_day(client: Client) -> None:
    client.post(f"{PAGE}manners/", {"quiet_from": "21:00", "quiet_until": "08:30", "most_a_day": "1"})

    wished = channels.manners()
    assert (f"{wished.quiet_from:%H:%M}", f"{wished.quiet_until:%H:%M}", wished.most_a_day) == ("21:00", "08:30", 1)
    assert 'value="21:00"' in text(client)


@pytest.mark.parametrize("wrong", [{"quiet_from": "late"}, {"most_a_day": "many"}, {"most_a_day": "9"}])
def test_it_refuses_manners_that_make_no_sense(client: Client, wrong: dict[str, str]) -> None:
    good = {"quiet_from": "21:00", "quiet_until": "08:30", "most_a_day": "1"}

    assert client.post(f"{PAGE}manners/", good | wrong).status_code == 400


def test_it_says_when_tonights_routine_lies_in_the_quiet_hours(client: Client, service: Web) -> None:
    client.post("/safety/", {"none": "1"})
    subscribe(client, service)
    assert "You are reminded when your routine begins: tonight at" in text(client)

    client.post(f"{PAGE}manners/", {"quiet_from": "12:00", "quiet_until": "11:59", "most_a_day": "1"})
    assert "in your quiet hours: nothing reminds you" in text(client)


def test_it_says_when_nobody_sends(client: Client, service: Web) -> None:
    subscribe(client, service)
    assert "Nobody sends" not in text(client)
    ChannelRow.objects.update(began_at=datetime.now(UTC) - timedelta(minutes=6))
    assert "Nobody sends your reminders right now." in text(client)

    channels.worked(datetime.now(UTC))
    assert "Nobody sends" not in text(client)


def test_it_says_what_was_left_out_and_why(client: Client, service: Web) -> None:
    person()
    listens("ntfy", {"url": f"{service.url}/topic"})
    Rounds(lambda: begins(NIGHT) + timedelta(hours=1), load_library()).go()

    assert "The one for Fri 20 Nov was left out: this machine was asleep or off" in text(client)


@pytest.fixture
def reminded(service: Web) -> dict[str, str]:
    """A notification that was shown on Friday evening, with the token in it."""
    person()
    phone = Browser(service)
    listens("push", phone.subscription() | {"contact": "you@example.org"})
    Rounds(lambda: begins(NIGHT), load_library()).go()
    told: dict[str, str] = phone.received()[0][0]
    # No hour is quiet, and the hour of these tests is anybody's guess.
    channels.keep_manners(Manners(time.min, time.min), BERLIN)
    return told


def answer(token: str, what: str) -> int:
    """Answer as a notification does: without cookies, and without a form's token."""
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    return client.post(f"{PAGE}answer/", {"token": token, "what": what}).status_code


def test_it_answers_an_old_notification_kindly_where_a_snooze_falls_into_the_quiet_hours(
    reminded: dict[str, str], service: Web, client: Client
) -> None:
    begin = moment(datetime.now(UTC) + timedelta(minutes=10), BERLIN).wall
    channels.keep_manners(Manners(begin.time(), (begin + timedelta(hours=2)).time()), BERLIN)
    told = {"token": reminded["token"], "what": "snooze"}

    said = client.post(f"{PAGE}answer/", told)
    assert said.json() == {"title": "It is quiet time by then; nothing more comes tonight.", "lang": "en"}
    assert list(DeliveryRow.objects.values_list("number", "state")) == [(0, "not_tonight")]
    assert Rounds(lambda: begins(NIGHT) + timedelta(minutes=15), load_library()).go() == 0
    assert len(service.posted) == 1
    assert answer(reminded["token"], "snooze") == 200


def test_it_says_in_the_language_of_the_device_why_no_more_than_wanted_come(
    reminded: dict[str, str], client: Client
) -> None:
    channels.keep_manners(Manners(time.min, time.min, most_a_day=1), BERLIN)
    client.cookies["language"] = "de"

    said = client.post(f"{PAGE}answer/", {"token": reminded["token"], "what": "snooze"}).json()
    assert said["lang"] == "de"
    assert said["title"].startswith("Sie lässt sich nicht verschieben")
    assert answer(reminded["token"], "not_tonight") == 204


def test_it_puts_a_reminder_off_once(reminded: dict[str, str]) -> None:
    before = datetime.now(UTC)
    assert answer(reminded["token"], "snooze") == 204
    assert answer(reminded["token"], "snooze") == 200

    again = DeliveryRow.objects.get(state="due")
    assert again.number == 1
    assert timedelta(minutes=15) <= again.due_at - before < timedelta(minutes=16)


def test_it_hears_not_tonight(reminded: dict[str, str]) -> None:
    assert answer(reminded["token"], "not_tonight") == 204

    assert leases.is_declined(NIGHT)
    assert not leases.is_declined(NIGHT + timedelta(days=1))


def test_it_hears_that_a_device_has_shown_it(reminded: dict[str, str], client: Client) -> None:
    assert answer(reminded["token"], "shown") == 204

    assert "Last shown on the device:" in text(client)


def test_it_takes_no_answer_without_a_token_of_its_own(reminded: dict[str, str]) -> None:
    for token in ("", "x", reminded["token"] + "x", reminded["token"][:-1]):
        assert answer(token, "not_tonight") == 400
    assert answer(reminded["token"], "delete") == 400
    assert answer(sign("routine:2026-11-20:0:999"), "not_tonight") == 200
    assert not leases.is_declined(NIGHT)


def test_it_is_said_from_where_the_device_is(client: Client, service: Web) -> None:
    client.cookies["zone"] = "America/New_York"
    subscribe(client, service)

    where = channels.whereabouts()
    assert where is not None
    assert where.zone == "America/New_York"


def test_it_carries_no_address_to_the_phones_that_keep_pages(client: Client, service: Web) -> None:
    subscribe(client, service)

    assert client.get("/offline/pages/").status_code == 200
    assert service.url not in client.get("/offline/pages/").content.decode()


def test_it_lets_the_doctor_name_a_way_that_does_not_arrive(client: Client, service: Web) -> None:
    subscribe(client, service)
    found = {what: (told, good) for what, told, good in findings()}
    assert found["reminder by push"] == ("nothing arrived yet", True)

    service.status = 503
    client.post(f"{PAGE}{channels.channels()[0].id}/test/")
    told, good = {what: (told, good) for what, told, good in findings()}["reminder by push"]
    assert not good
    assert "did not arrive" in told
    assert "answered 503" in told


def test_it_lets_the_doctor_name_a_way_that_was_silent_for_a_week(client: Client, service: Web) -> None:
    subscribe(client, service)
    ChannelRow.objects.update(began_at=datetime.now(UTC) - timedelta(days=8))

    assert ("reminder by push", "nothing arrived yet", False) in list(findings())
