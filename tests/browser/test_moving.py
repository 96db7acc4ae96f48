"""Drawings that move: slowly, when wanted, and never against a person's wish."""

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import RunningServer
from tests.browser.guiding import go

pytestmark = pytest.mark.browser

HEEL_RAISE = "/guide/movement/heel_raise/"
# What goes over the wire, packed and with nothing kept from before: 61 kB at first, 83 kB today.
FIRST_VISIT_MOST_BYTES = 90_000
RUNNING = """(place) => document.querySelector(place).getAnimations({ subtree: true })
  .filter((one) => one.playState === "running").length"""
SEEN = """(place) => [...document.querySelectorAll(`${place} .fig-limb > .f`)]
  .filter((one) => Number(getComputedStyle(one).opacity) > 0.5).map((one) => one.classList[1])"""
TO_MOVEMENT = "() => document.querySelector('#picture .fig-back')"


def to_movement(page: Page) -> None:
    """Skip through the steps until the drawing is one that moves there and back."""
    page.locator("#start").click()
    for _ in range(6):
        page.clock.run_for(500)
        if page.evaluate(f"Boolean(({TO_MOVEMENT})())"):
            return
        page.locator("#skip").click()
    raise AssertionError


def test_it_moves_the_drawing_in_the_guide_and_pauses_it(server: RunningServer, page: Page) -> None:
    go(page, server, HEEL_RAISE)
    assert page.evaluate(RUNNING, "#before") == 0
    to_movement(page)
    assert page.evaluate(RUNNING, "#picture") > 0

    page.locator("#pause").click()

    assert page.evaluate(RUNNING, "#picture") == 0


def test_it_shows_the_end_of_a_movement_to_those_who_want_no_motion(server: RunningServer, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    go(page, server, HEEL_RAISE)
    to_movement(page)

    assert page.evaluate(RUNNING, "#picture") == 0
    assert set(page.evaluate(SEEN, "#picture")) == {"f5"}


def test_it_moves_nothing_on_a_page_to_read_before_it_is_asked_for(server: RunningServer, page: Page) -> None:
    page.goto(server.url + "/library/exercise/heel_raise/")
    assert page.evaluate(RUNNING, ".steps") == 0
    assert set(page.evaluate(SEEN, ".steps")) == {"f5"}

    page.get_by_label("Let the drawings move").check()

    assert page.evaluate(RUNNING, ".steps") > 0


def test_it_never_shows_nothing_while_it_moves(server: RunningServer, page: Page) -> None:
    page.goto(server.url + "/library/exercise/march/")
    page.get_by_label("Let the drawings move").check()
    ahead = "(ms) => document.getAnimations().forEach((one) => { one.pause(); one.currentTime = ms })"
    for ms in range(6000, 12000, 130):
        page.evaluate(ahead, ms)
        opacities = page.evaluate(
            "[...document.querySelector('.fig-round .fig-limb:has(> .f)').children]"
            ".filter((one) => one.matches('.f')).map((one) => Number(getComputedStyle(one).opacity))"
        )
        assert max(opacities) > 0.99, ms


@pytest.mark.parametrize("path", ["/guide/calm/", "/guide/movement/march/", "/guide/movement/figure_four/"])
def test_it_keeps_the_first_visit_small(server: RunningServer, page: Page, path: str) -> None:
    go(page, server, "/guide/calm/")
    sent: list[int] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.loadingFinished", lambda told: sent.append(int(told["encodedDataLength"])))

    page.goto(server.url + path, wait_until="networkidle")

    assert len(sent) > 1
    assert sum(sent) < FIRST_VISIT_MOST_BYTES
