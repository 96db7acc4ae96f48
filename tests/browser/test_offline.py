"""No network: the night goes on. What the phone keeps is right, or it is not shown."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.carrying import (
    answered_elsewhere,
    come_back,
    days_later,
    go_dark,
    kept,
    ledgers,
    says,
    silent,
    the_worker,
    until,
    upgrade,
    visit,
)
from tests.browser.conftest import RunningServer, phone_in_the_dark
from tests.browser.guiding import (
    MINUTE_MS,
    THREE_AT_NIGHT,
    arrived,
    everything,
    holding,
    play_into_work,
    play_to_end,
    rate,
    restart,
)

pytestmark = pytest.mark.browser

NIGHT_PAGES = {
    "/": "Tonight",
    "/log/": "Nights",
    "/guide/calm/": "How bad, right now?",
    "/guide/calm/?level=4": "How bad, right now?",
    "/guide/calm/choose/": "Choose a movement",
    "/guide/calm/?movement=calf_towel": "How bad, right now?",
    "/guide/routine/": "The first week",
    "/guide/movement/heel_raise_seated/": "Start",
    "/library/exercise/ankle_pumps/": "Step by step",
    "/safety/help/": "If life feels too hard",
    "/safety/help/?answered": "If life feels too hard",
}
WAIT = "Wait with the movements"


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone in the dark that lets the worker in."""
    yield from phone_in_the_dark(chromium, worker="allow")


@pytest.fixture
def screen(phone: BrowserContext) -> Page:
    return phone.new_page()


def test_it_can_be_installed(server: RunningServer, phone: BrowserContext, screen: Page) -> None:
    visit(screen, server.url)
    devtools = phone.new_cdp_session(screen)

    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["manifest"]["display"] == "kStandalone"
    assert len(manifest["manifest"]["shortcuts"]) == 2
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []


def test_it_shows_everything_the_night_needs_without_a_network(
    server: RunningServer, phone: BrowserContext, screen: Page
) -> None:
    visit(screen, server.url)
    go_dark(phone, server)

    for address, words in NIGHT_PAGES.items():
        answer = screen.goto(server.url + address)
        assert answer is not None
        assert (answer.status, answer.from_service_worker) == (200, True), address
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        says(screen, words)


def test_it_leads_from_a_page_that_is_not_kept_to_what_works(
    server: RunningServer, phone: BrowserContext, screen: Page
) -> None:
    visit(screen, server.url)
    go_dark(phone, server)

    screen.goto(server.url + "/learn/")
    says(screen, "This page cannot be reached")
    screen.get_by_role("link", name="Calm my legs now").click()
    says(screen, "How bad, right now?")


def test_it_says_that_a_form_was_not_sent(server: RunningServer, phone: BrowserContext, screen: Page) -> None:
    visit(screen, server.url)
    screen.goto(server.url + "/wishes/")
    go_dark(phone, server)

    screen.locator("form .main-button").click()

    says(screen, "Not written down yet")


def guided(screen: Page, server: RunningServer) -> dict[str, datetime]:
    """A stretch at 3 AM with its three ratings; when each was tapped."""
    screen.clock.install(time=THREE_AT_NIGHT)
    screen.goto(server.url + "/guide/calm/")
    expect(screen.locator("#ready:enabled")).to_be_visible()
    taps = {}
    for stage, rating in (("before", 7), ("after", 3), ("later", 2)):
        taps[stage] = datetime.fromtimestamp(screen.evaluate("Date.now()") / 1000, UTC)
        rate(screen, stage, rating)
        if stage == "before":
            play_to_end(screen)
        elif stage == "after":
            screen.clock.run_for(10 * MINUTE_MS + 1000)
            expect(screen.locator("#later")).to_be_visible()
    return taps


def logged(screen: Page, server: RunningServer) -> datetime:
    """The night, written down; when Save was tapped."""
    screen.goto(server.url + "/log/")
    screen.locator("input[name=severity][value='6']").check()
    tapped = datetime.fromtimestamp(screen.evaluate("Date.now()") / 1000, UTC)
    screen.get_by_role("button", name="Save", exact=True).click()
    says(screen, "Saved on this phone.")
    return tapped


def noted(server: RunningServer, kind: str) -> list[tuple[datetime, dict[str, Any]]]:
    """Every fact of a kind, in the order of the taps."""
    facts = [(datetime.fromisoformat(fact["at"]), fact["payload"]) for fact in everything(server, kind)]
    return sorted(facts, key=lambda fact: fact[0])


def has_each_once(server: RunningServer, taps: dict[str, datetime]) -> None:
    reliefs, nights = noted(server, "relief"), noted(server, "night_rating")
    names = ("before", "after", "after_10_min")
    assert [[told.get(name) for name in names] for _, told in reliefs] == [[7, None, None], [7, 3, None], [7, 3, 2]]
    assert [told["severity"] for _, told in nights] == [6]
    assert len(noted(server, "practice")) == 1
    for (at, _), tapped in zip([*reliefs, *nights], taps.values(), strict=True):
        assert abs(at - tapped) < timedelta(seconds=2)


@pytest.mark.parametrize("dies", [False, True], ids=["reached again", "the server dies while it is sent"])
def test_it_goes_through_a_night_without_a_network_and_hands_on_each_tap_once(
    server: RunningServer, phone: BrowserContext, screen: Page, *, dies: bool
) -> None:
    visit(screen, server.url)
    go_dark(phone, server)

    taps = guided(screen, server)
    taps["log"] = logged(screen, server)

    if dies:
        restart(server)
        screen.once("request", lambda _request: server.kill())
        phone.set_offline(False)
        screen.clock.run_for(MINUTE_MS)
        until(lambda: server.process.poll() is not None)
    come_back(phone, server)
    screen.clock.run_for(MINUTE_MS)
    arrived(screen)
    has_each_once(server, taps)


def test_it_offers_what_the_newest_safety_answers_allow(
    server: RunningServer, phone: BrowserContext, screen: Page
) -> None:
    visit(screen, server.url)
    before = ledgers(screen).popitem()[1]["answers"]
    tick_something(screen, server)
    until(lambda: ledgers(screen).popitem()[1]["answers"] != before)
    go_dark(phone, server)

    screen.goto(server.url + "/guide/movement/calf_wall_straight/")
    says(screen, "Not this movement")


def tick_something(screen: Page, server: RunningServer) -> None:
    screen.goto(server.url + "/safety/")
    screen.locator("fieldset").first.locator("input").first.check()
    screen.get_by_role("button", name="Save what I ticked").click()
    says(screen, "What you ticked")


def test_it_offers_nothing_while_the_phone_has_not_heard_what_new_answers_forbid(
    server: RunningServer, phone: BrowserContext, screen: Page
) -> None:
    visit(screen, server.url)
    # The answer arrives, and then the network is gone before the phone can ask what follows from it.
    the_worker(phone).evaluate(
        """() => {
          const real = self.fetch;
          const cut = (what) => String(what.url ?? what).includes("/offline/pages/");
          self.fetch = (what, ...more) => (cut(what) ? Promise.reject(new TypeError("cut")) : real(what, ...more));
        }"""
    )
    tick_something(screen, server)
    go_dark(phone, server)

    for address in ("/guide/calm/", "/guide/movement/walk/", "/guide/routine/", "/", "/library/exercise/walk/"):
        screen.goto(server.url + address)
        says(screen, WAIT)
    screen.get_by_role("link", name="When to get help").last.click()
    says(screen, "If life feels too hard")


def test_it_takes_a_page_back_when_it_hears_that_answers_were_given_elsewhere(
    server: RunningServer, screen: Page
) -> None:
    visit(screen, server.url)
    with silent(server):
        screen.goto(server.url + "/guide/calm/")
        expect(screen.locator("#ready:enabled")).to_be_visible()
        answered_elsewhere(server)

    says(screen, "Not this movement")


def test_it_waits_no_second_for_a_network_that_does_not_answer(server: RunningServer, screen: Page) -> None:
    visit(screen, server.url)
    with silent(server):
        screen.goto(server.url + "/guide/calm/")
        first = screen.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
        screen.goto(server.url + "/safety/help/")
        second = screen.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")

    assert first < 1500
    assert second < 700


def test_it_shows_the_right_night_or_none(server: RunningServer, phone: BrowserContext, screen: Page) -> None:
    visit(screen, server.url)
    go_dark(phone, server)
    wall = datetime.fromisoformat(
        screen.evaluate("new Date(Date.now() - 60000 * new Date().getTimezoneOffset()).toISOString()")
    )
    tonight = (wall - timedelta(hours=12)).date()

    days_later(phone, 3)
    screen.goto(server.url)
    says(screen, short(tonight + timedelta(days=3)))

    days_later(phone, 30)
    screen.goto(server.url)
    says(screen, "This page cannot be reached")
    screen.goto(server.url + "/guide/routine/")
    says(screen, "This page cannot be reached")
    screen.goto(server.url + "/guide/calm/")
    says(screen, "How bad, right now?")


def short(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"


FIRST_THEME = """new MutationObserver((_, seen) => {
  if (!document.body) return;
  window.paintedFirst = document.documentElement.dataset.theme;
  seen.disconnect();
}).observe(document, { childList: true, subtree: true });"""
THEMES = [("auto", 3, "night"), ("auto", 12, "auto"), ("light", 3, "light"), ("night", 12, "night")]


def test_it_paints_a_kept_page_in_the_theme_of_the_hour(
    server: RunningServer, phone: BrowserContext, screen: Page
) -> None:
    visit(screen, server.url)
    go_dark(phone, server)

    for chosen, hour, shown in THEMES:
        phone.add_cookies([{"name": "theme", "value": chosen, "url": server.url}])
        later = phone.new_page()
        later.clock.install(time=datetime(2026, 11, 20, hour - 1, tzinfo=UTC))
        later.add_init_script(FIRST_THEME)
        later.goto(server.url)
        assert later.evaluate("window.paintedFirst") == shown, (chosen, hour)


def test_it_lets_a_new_version_wait_until_nobody_is_guided(
    server: RunningServer, phone: BrowserContext, screen: Page, tmp_path: Path
) -> None:
    visit(screen, server.url)
    (old,) = ledgers(screen)
    screen.clock.install(time=THREE_AT_NIGHT)
    screen.goto(server.url + "/guide/movement/walk/")
    screen.locator("#start").click()
    play_into_work(screen)
    screen.evaluate("window.neverReloaded = true")

    upgrade(server, tmp_path / "newer")
    until(lambda: answers_to(screen))
    screen.evaluate("navigator.serviceWorker.ready.then((here) => here.update())")
    until(lambda: waits(screen))
    other = phone.new_page()
    for path in ("/safety/help/", "/"):
        other.goto(server.url + path)
    other.wait_for_timeout(2000)
    other.close()
    screen.clock.run_for(5000)

    assert waits(screen)
    assert screen.evaluate("window.neverReloaded")
    expect(screen.locator("body")).to_have_attribute("data-stage", "player")
    for path in ("/safety/help/", "/", "/safety/help/"):
        screen.goto(server.url + path)
    until(lambda: set(ledgers(screen)) - {old} and old not in ledgers(screen))
    until(lambda: "/guide/calm/" in kept(screen))
    server.kill()
    screen.goto(server.url + "/guide/calm/")
    says(screen, "How bad, right now?")
    names = screen.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert [name for name in names if f"/static/{old}/" in name] == []


def waits(screen: Page) -> bool:
    """Whether a newer worker is there and has not taken over."""
    return bool(screen.evaluate("navigator.serviceWorker.ready.then((here) => here.waiting?.state === 'installed')"))


def answers_to(screen: Page) -> bool:
    return bool(screen.evaluate("fetch('/safety/help/').then((answer) => answer.ok, () => false)"))


def test_it_fetches_no_file_again_that_did_not_change(
    server: RunningServer, phone: BrowserContext, screen: Page, tmp_path: Path
) -> None:
    visit(screen, server.url)
    (old,) = ledgers(screen)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))

    upgrade(server, tmp_path / "newer")
    until(lambda: answers_to(screen))
    screen.evaluate("navigator.serviceWorker.ready.then((here) => here.update())")
    until(lambda: set(ledgers(screen)) - {old})

    assert holding(server, "practice") == []
    assert [url.rsplit("/", 1)[1] for url in asked if "/static/" in url] == ["frame.css"]
