"""Reminders in a real browser: a push is shown and answered by the worker, and a browser that takes none is told so."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Worker, expect
from tests.browser.carrying import visit
from tests.browser.conftest import PHONE, RunningServer, phone_in_the_dark
from tests.browser.reminded import answer_page, token_of
from tests.browser.test_learn_library import check

pytestmark = pytest.mark.browser

REMINDER = {
    "title": "Time for your routine",
    "tag": "one-reminder",
    "lang": "en",
    "token": "not-a-token",
    "actions": [{"action": "snooze", "title": "In 15 minutes"}, {"action": "not_tonight", "title": "Not tonight"}],
}
# This browser has no screen to draw notifications on and refuses them all: a list stands for that screen alone, and
# behaves as the standard says (one of the same tag takes the place of the one before).
SCREEN = """() => {
  self.screen = new Map();
  registration.showNotification = async (title, options) => {
    screen.set(options.tag, { title, ...options, close: () => screen.delete(options.tag) });
  };
}"""
SHOWN = """() => [...screen.values()].map(({ title, tag, lang, data, actions }) =>
  ({ title, tag, lang, token: data.token, actions: actions.map((one) => one.action) }))"""
CLICK = """async (action) => {
  const [notification] = screen.values();
  const asked = [];
  const real = self.fetch;
  self.fetch = (url, options) => { asked.push([String(url), String(options.body)]); return real(url, options); };
  const done = [];
  const waitUntil = (promise) => done.push(promise);
  dispatchEvent(Object.assign(new Event("notificationclick"), { notification, action, waitUntil }));
  const closed = !screen.has(notification.tag);
  await Promise.all(done);
  self.fetch = real;
  return { asked, closed };
}"""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    yield from phone_in_the_dark(chromium, worker="allow")


@pytest.fixture
def screen(phone: BrowserContext, server: RunningServer) -> Page:
    screen = phone.new_page()
    visit(screen, server.url)
    worker_of(phone).evaluate(SCREEN)
    return screen


def worker_of(phone: BrowserContext) -> Worker:
    return phone.service_workers[0]


class PushService:
    """Hands a push to the worker as the browser's own push service does."""

    def __init__(self, phone: BrowserContext, screen: Page, url: str) -> None:
        self.url = url
        self.devtools: CDPSession = phone.new_cdp_session(screen)
        found: list[str] = []
        self.devtools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
        )
        self.devtools.send("ServiceWorker.enable")
        while not found:
            screen.wait_for_timeout(50)
        self.registration = found[0]

    def deliver(self, data: str) -> None:
        told = {"origin": self.url, "registrationId": self.registration, "data": data}
        self.devtools.send("ServiceWorker.deliverPushMessage", told)


def shown(phone: BrowserContext, screen: Page, count: int = 1) -> list[dict[str, object]]:
    for _ in range(100):
        told: list[dict[str, object]] = worker_of(phone).evaluate(SHOWN)
        if len(told) == count:
            return told
        screen.wait_for_timeout(50)
    return told


def test_it_shows_what_is_pushed_with_its_two_answers(
    phone: BrowserContext, screen: Page, server: RunningServer
) -> None:
    PushService(phone, screen, server.url).deliver(json.dumps(REMINDER))

    [told] = shown(phone, screen)
    assert (told["title"], told["tag"]) == ("Time for your routine", "one-reminder")
    assert told["actions"] == ["snooze", "not_tonight"]


def test_it_shows_a_reminder_once_that_came_twice(phone: BrowserContext, screen: Page, server: RunningServer) -> None:
    service = PushService(phone, screen, server.url)
    for _ in range(2):
        service.deliver(json.dumps(REMINDER))
    shown(phone, screen)
    screen.wait_for_timeout(300)

    assert len(worker_of(phone).evaluate(SHOWN)) == 1


def test_it_shows_something_whatever_was_pushed(phone: BrowserContext, screen: Page, server: RunningServer) -> None:
    PushService(phone, screen, server.url).deliver("{")

    [told] = shown(phone, screen)
    assert told["title"] == "Time for your routine"


def test_it_sends_the_answer_with_the_token_and_brings_back_what_was_not_heard(
    phone: BrowserContext, screen: Page, server: RunningServer
) -> None:
    PushService(phone, screen, server.url).deliver(json.dumps(REMINDER))
    shown(phone, screen)

    done = worker_of(phone).evaluate(CLICK, "not_tonight")

    # The server does not know this token, so the answer did not count: the reminder must not vanish as if it had.
    assert done["closed"]
    assert done["asked"] == [["/reminders/answer/", "token=not-a-token&what=not_tonight"]]
    assert [one["tag"] for one in shown(phone, screen)] == ["one-reminder"]


def test_it_shows_silently_what_the_server_says_where_an_answer_cannot_be_done(
    phone: BrowserContext, screen: Page, server: RunningServer
) -> None:
    PushService(phone, screen, server.url).deliver(json.dumps(REMINDER))
    shown(phone, screen)
    words = json.dumps({"title": "Nothing more comes tonight.", "lang": "en"})
    phone.route("**/reminders/answer/", lambda route: route.fulfill(body=words, content_type="application/json"))

    worker_of(phone).evaluate(CLICK, "snooze")

    [told] = shown(phone, screen)
    assert (told["title"], told["tag"], told["actions"]) == ("Nothing more comes tonight.", "one-reminder", [])


def test_it_says_plainly_that_this_browser_takes_no_notifications(page: Page, shelf: RunningServer) -> None:
    page.add_init_script("delete window.PushManager")
    page.goto(f"{shelf.url}/reminders/")

    expect(page.get_by_text("This browser takes no notifications here.")).to_be_visible()
    expect(page.get_by_role("button", name="Remind me on this device")).to_be_hidden()


def test_it_says_plainly_that_notifications_are_not_allowed(phone: BrowserContext, server: RunningServer) -> None:
    screen = phone.new_page()
    visit(screen, server.url)
    screen.goto(f"{server.url}/reminders/")
    screen.get_by_label("Your e-mail address, or a web page of yours").fill("you@example.org")
    screen.get_by_role("button", name="Remind me on this device").click()

    expect(screen.get_by_text("This browser does not allow notifications from quietlegs.")).to_be_visible()


@pytest.mark.sweep
def test_it_is_readable_and_reachable(page: Page, shelf: RunningServer) -> None:
    check(page, shelf, "/reminders/")


@pytest.mark.sweep
def test_its_answer_page_is_readable_and_reachable_before_and_after(page: Page, server: RunningServer) -> None:
    path = answer_page(server.home)
    check(page, server, path)
    snooze, not_tonight = (page.get_by_role("button", name=name) for name in ("In 15 minutes", "Not tonight"))

    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    snooze.click()
    expect(page.get_by_text("You are reminded again about")).to_be_visible()
    check(page, server, path)
    expect(snooze).to_have_count(0)

    not_tonight.click()
    expect(page.get_by_text("No more reminders tonight, by any way.")).to_be_visible()
    check(page, server, path)
    expect(page.get_by_text("Nothing more comes tonight, as you wished.")).to_be_visible()
    expect(page.get_by_role("link", name="Back to tonight")).to_be_visible()


def test_it_is_answered_by_keyboard_alone_with_the_snooze_first(page: Page, server: RunningServer) -> None:
    page.goto(server.url + answer_page(server.home))

    reached: list[str] = []
    while not reached or reached[-1] != "Not tonight":
        assert len(reached) < 20
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    page.keyboard.press("Enter")

    assert reached[-2:] == ["In 15 minutes", "Not tonight"]
    expect(page.get_by_role("heading", name="Not tonight")).to_be_visible()


def test_it_shows_what_stands_where_a_notification_is_answered_twice(
    phone: BrowserContext, screen: Page, server: RunningServer
) -> None:
    token = token_of(server.home)
    told = REMINDER | {"token": token}
    service = PushService(phone, screen, server.url)
    for said in ([], ["Nothing more comes tonight, as you wished."]):
        service.deliver(json.dumps(told))
        shown(phone, screen)
        worker_of(phone).evaluate(CLICK, "not_tonight")
        assert [one["title"] for one in shown(phone, screen, len(said))] == said
