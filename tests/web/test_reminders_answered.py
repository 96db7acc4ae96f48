"""What ntfy's buttons and a letter's link lead to: an address that does one thing, once, and only when pressed."""

import json
import os
import re
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from time import time
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client
from tests.web.receivers import Mail, Web
from tests.web.reminding import BERLIN, begins, listens, person

from quietlegs.library.load import load_library
from quietlegs.plan.reminding import Manners
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.web.links.answering import ASK, NOT_TONIGHT, SNOOZE, address, sign
from quietlegs.web.store import channels, leases
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.models import ChannelRow, DeliveryRow
from quietlegs.web.worker.round import Rounds

NIGHT = date(2026, 11, 20)
# No hour is quiet, and the hour of these tests is anybody's guess.
ANY_HOUR = Manners(datetime.min.time(), datetime.min.time(), most_a_day=3)


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """The channels speak over real sockets, on this machine alone."""


def reminded(client: Client, service: str, posted: dict[str, str]) -> None:
    """Turn a way on by the page, and let its reminder of Friday arrive."""
    person()
    client.post(f"/reminders/on/{service}/", posted)
    channels.keep_manners(ANY_HOUR, BERLIN)
    ChannelRow.objects.update(began_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert Rounds(lambda: begins(NIGHT), load_library()).go() == 1


@pytest.fixture
def buttons(client: Client, service: Web) -> dict[str, str]:
    """The addresses behind ntfy's buttons, by their labels."""
    reminded(client, "ntfy", {"url": f"{service.url}/topic"})
    return {one["label"]: urlsplit(one["url"]).path for one in json.loads(service.posted[0].headers["X-Actions"])}


@pytest.fixture
def link(client: Client, post: Mail) -> str:
    """The address in a letter."""
    server = {"to": "me@example.org", "host": "127.0.0.1", "port": str(post.port), "security": "none"}
    reminded(client, "mail", server)
    [found] = re.findall(r"http://localhost/\S+", post.letters[0].get_content())
    return str(urlsplit(found).path)


def press(path: str) -> int:
    """Press a button as ntfy's app does: without cookies, and without a form's token."""
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post(path).status_code


def quiet_soon() -> None:
    """Let the quiet hours begin between now and what a snooze would wait for."""
    begin = moment(datetime.now(UTC) + timedelta(minutes=10), BERLIN).wall
    channels.keep_manners(Manners(begin.time(), (begin + timedelta(hours=2)).time(), most_a_day=3), BERLIN)


def left() -> list[tuple[int, str]]:
    return list(DeliveryRow.objects.order_by("number").values_list("number", "state"))


def test_it_puts_a_reminder_off_by_a_button_of_ntfy_once(buttons: dict[str, str]) -> None:
    before = datetime.now(UTC)
    assert press(buttons["In 15 minutes"]) == HTTPStatus.OK
    # The second press asks for what stands already, so it is no error and nothing new.
    assert press(buttons["In 15 minutes"]) == HTTPStatus.OK

    assert left() == [(0, "snoozed"), (1, "due")]
    assert timedelta(minutes=15) <= DeliveryRow.objects.get(number=1).due_at - before < timedelta(minutes=16)


def test_it_hears_not_tonight_by_a_button_of_ntfy(buttons: dict[str, str]) -> None:
    assert press(buttons["Not tonight"]) == HTTPStatus.OK
    assert leases.is_declined(NIGHT)


def test_it_ends_the_evening_by_a_reminder_that_was_put_off_and_says_what_stands(
    buttons: dict[str, str], client: Client
) -> None:
    press(buttons["In 15 minutes"])
    at = moment(DeliveryRow.objects.get(number=1).due_at, BERLIN).wall
    said = client.get(buttons["In 15 minutes"]).content.decode()
    assert f"You are reminded again about {at:%H:%M}." in said
    assert re.findall(r'class="answer"><button[^>]*>([^<]+)<', said) == ["Not tonight"]

    assert press(buttons["Not tonight"]) == press(buttons["Not tonight"]) == HTTPStatus.OK
    assert left() == [(0, "not_tonight"), (1, "not_tonight")]
    # The app of ntfy shows no words, so a snooze that nothing follows must not look done.
    late = client.post(buttons["In 15 minutes"])
    assert late.status_code == HTTPStatus.CONFLICT
    assert "Nothing more comes tonight, as you wished." in late.content.decode()
    assert 'class="answer"' not in late.content.decode()


def test_it_says_when_a_reminder_that_was_put_off_came_again(buttons: dict[str, str], client: Client) -> None:
    press(buttons["In 15 minutes"])
    came = datetime.now(UTC) - timedelta(minutes=3)
    DeliveryRow.objects.filter(number=1).update(due_at=came, state="arrived")

    said = client.post(buttons["In 15 minutes"]).content.decode()
    assert f"You put it off, and it came again about {moment(came, BERLIN).wall:%H:%M}." in said
    assert 'class="answer"' not in said


def test_it_tells_a_notification_what_stands_when_it_is_answered_twice(client: Client, buttons: dict[str, str]) -> None:
    assert buttons
    [delivery] = DeliveryRow.objects.all()
    first, second, other = (
        client.post("/reminders/answer/", {"token": sign(delivery.key), "what": what})
        for what in (NOT_TONIGHT, NOT_TONIGHT, SNOOZE)
    )

    assert first.status_code == HTTPStatus.NO_CONTENT
    for again in (second, other):
        assert again.json() == {"title": "Nothing more comes tonight, as you wished.", "lang": "en"}
    assert left() == [(0, "not_tonight")]


def test_it_changes_nothing_when_an_address_is_only_opened(buttons: dict[str, str], client: Client) -> None:
    before = left()
    for path in buttons.values():
        for look in (client.get, client.head):
            assert look(path).status_code == HTTPStatus.OK
        assert client.put(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED

    assert left() == before


def test_it_leads_from_a_letter_to_a_page_with_two_buttons(link: str, client: Client) -> None:
    page = client.get(link).content.decode()
    offered = re.findall(r'<form method="post" action="([^"]+)" class="answer"><button[^>]*>([^<]+)<', page)

    assert [name for _, name in offered] == ["In 15 minutes", "Not tonight"]
    # The link itself answers nothing, even when something posts to it.
    assert press(link) == HTTPStatus.OK
    assert left() == [(0, "arrived")]
    assert "You are reminded again about" in client.post(offered[0][0]).content.decode()
    assert left() == [(0, "snoozed"), (1, "due")]
    assert "You are reminded again about" in client.get(link).content.decode()


def test_it_says_that_no_more_comes_tonight(link: str, client: Client) -> None:
    paths = re.findall(r'action="([^"]+)" class="answer"', client.get(link).content.decode())

    assert "No more reminders tonight" in client.post(paths[1]).content.decode()
    assert left() == [(0, "not_tonight")]


def test_it_offers_no_snooze_into_the_quiet_hours(link: str, client: Client) -> None:
    quiet_soon()

    page = client.get(link).content.decode()
    assert "In 15 minutes" not in page
    assert "Not tonight" in page
    assert "This reminder can no longer be put off: in a quarter of an hour it is quiet time." in page
    # Ending the night is not what the page wants most.
    assert re.findall(r'class="[^"]*main-button" href="([^"]+)"', page) == ["/"]
    assert page.count("main-button") == 1
    assert left() == [(0, "arrived")]


def test_it_answers_a_snooze_into_the_quiet_hours_kindly_and_sends_nothing(
    buttons: dict[str, str], service: Web, client: Client
) -> None:
    quiet_soon()
    said = client.post(buttons["In 15 minutes"])

    assert said.status_code == HTTPStatus.CONFLICT
    assert "It is quiet time by then; nothing more comes tonight." in said.content.decode()
    assert left() == [(0, "not_tonight")]
    assert Rounds(lambda: begins(NIGHT) + timedelta(minutes=15), load_library()).go() == 0
    assert len(service.posted) == 1
    assert press(buttons["Not tonight"]) == HTTPStatus.OK


def test_it_ends_what_another_way_still_tries_when_it_says_that_nothing_more_comes(
    link: str, service: Web, client: Client
) -> None:
    channel = listens("ntfy", {"url": f"{service.url}/topic"})
    leases.add([leases.wanted(NIGHT, 0, channel.id, begins(NIGHT))])
    [snooze, _] = re.findall(r'action="([^"]+)" class="answer"', client.get(link).content.decode())
    quiet_soon()

    assert "nothing more comes tonight" in client.post(snooze).content.decode()
    assert Rounds(lambda: begins(NIGHT) + timedelta(minutes=2), load_library()).go() == 0
    assert service.posted == []


def test_it_offers_nothing_more_once_the_routine_is_done(link: str, client: Client) -> None:
    done = Practice("ankle_pumps", 1, Work(both_s=60), Work(both_s=60), routine="evening")
    StoredDiary().add([note(done, moment(begins(NIGHT), BERLIN), os.urandom(10))])

    page = client.get(link).content.decode()
    assert "routine is done already; nothing more comes tonight." in page
    assert 'class="answer"' not in page


@pytest.mark.parametrize("what", [ASK, SNOOZE, NOT_TONIGHT])
def test_it_leads_nowhere_after_half_a_day(
    what: str, buttons: dict[str, str], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert buttons
    [delivery] = DeliveryRow.objects.all()
    path = address("", delivery.key, what)
    later = time() + 12 * 3600 + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    for ask in (client.get, client.post):
        assert ask(path).status_code == HTTPStatus.NOT_FOUND
    assert left() == [(0, "arrived")]


def test_it_leads_nowhere_at_any_guess(buttons: dict[str, str], client: Client) -> None:
    path = buttons["Not tonight"]
    token = path.split("/")[-2]
    for wrong in (token[:-1], f"{token}x", "x", "é", signing.dumps(["routine:2026-11-20:0:1", NOT_TONIGHT])):
        assert client.post(f"/reminders/answer/{wrong}/").status_code == HTTPStatus.NOT_FOUND
    assert left() == [(0, "arrived")]


def test_it_says_where_the_buttons_lead_and_that_a_calendar_has_none(buttons: dict[str, str], client: Client) -> None:
    said = client.get("/reminders/").content.decode()

    assert buttons
    assert "it leads to http://localhost/." in said
    assert "A calendar cannot do that." in said
