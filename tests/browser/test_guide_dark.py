"""The guide when the screen is dark, and what a hand feels and the phone keeps lit."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import cues, go, grave, look_away, play_into_work, play_to_end, rate

pytestmark = pytest.mark.browser

# Keeps what the device was asked for; what it was asked is done all the same.
ASKED = """
  window.buzzed = [];
  const vibrate = navigator.vibrate;
  navigator.vibrate = (pattern) => { window.buzzed.push(pattern); return vibrate.call(navigator, pattern); };
  window.locks = [];
  const request = navigator.wakeLock.request;
  navigator.wakeLock.request = async (kind) => {
    const lock = await request.call(navigator.wakeLock, kind);
    window.locks.push(lock);
    return lock;
  };
"""
LIT = "() => window.locks.filter((lock) => !lock.released).length"
BRIGHTEST = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.closest("[inert]") && one.id !== "light" && one.clientWidth > 1)
  .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("theme", ["night", "dark", "light"])
def test_it_goes_on_in_the_dark(server: RunningServer, page: Page, theme: str) -> None:
    page.context.add_cookies([{"name": "theme", "value": theme, "url": server.url}])
    go(page, server)
    rate(page, "before", 7)
    page.locator("#dark").click()

    way_back = page.get_by_role("button", name="Show the screen")
    expect(way_back).to_be_focused()
    assert page.evaluate("getComputedStyle(document.getElementById('light')).backgroundColor") == "rgb(0, 0, 0)"
    assert way_back.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert page.evaluate(BRIGHTEST) == []
    assert grave(page) == []
    left = page.locator("#left").text_content()
    page.clock.run_for(3000)
    assert page.locator("#left").text_content() != left

    way_back.click(position={"x": 20, "y": 20})
    expect(way_back).to_be_hidden()
    expect(page.locator("#pause")).to_be_focused()


def test_it_stays_dark_after_the_end_until_a_tap(server: RunningServer, page: Page) -> None:
    go(page, server)
    rate(page, "before", 7)
    page.locator("#dark").click()

    play_to_end(page)
    expect(page.locator("#live")).to_have_text("That is all for now.")
    page.get_by_role("button", name="Show the screen").click()

    expect(page.locator("#after-title")).to_be_focused()


def test_it_can_be_paused_and_lit_again_by_keys(server: RunningServer, page: Page) -> None:
    go(page, server)
    rate(page, "before", 7)
    page.locator("#dark").click()

    page.keyboard.press("Escape")
    expect(page.locator("#light")).to_be_hidden()
    page.locator("#dark").click()
    page.keyboard.press("Space")

    expect(page.locator("#live")).to_have_text("Paused.")
    expect(page.locator("#player")).not_to_be_hidden()


def test_it_buzzes_once_for_a_new_stage_and_twice_for_the_other_leg(server: RunningServer, page: Page) -> None:
    page.add_init_script(ASKED)
    go(page, server, "/guide/calm/?level=1")
    rate(page, "before", 7)
    page.clock.run_for(1000)
    assert page.evaluate("window.buzzed") == []

    page.locator("#buzz").click()
    play_to_end(page)

    stages = list({cue["span_start_s"]: cue["signal"] for cue in reversed(cues(page)[:-1])}.values())[::-1][1:]
    assert page.evaluate("window.buzzed") == [[150, 100, 150] if sign == "side" else 150 for sign in stages]
    assert stages.count("side") == 1


def test_it_keeps_the_screen_lit_only_while_a_movement_plays(server: RunningServer, page: Page) -> None:
    page.context.grant_permissions(["screen-wake-lock"])
    page.add_init_script(ASKED)
    go(page, server)
    assert page.evaluate(LIT) == 0

    rate(page, "before", 7)
    play_into_work(page)
    assert page.evaluate(LIT) == 1
    page.locator("#pause").click()
    assert page.evaluate(LIT) == 0
    page.locator("#pause").click()
    page.clock.run_for(500)
    assert page.evaluate(LIT) == 1

    look_away(page, hidden=True)
    page.clock.fast_forward(600_000)
    look_away(page, hidden=False)
    expect(page.locator("#waiting")).to_be_visible()
    assert page.evaluate(LIT) == 0
