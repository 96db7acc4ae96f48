"""Looks and quiet hours on a phone: seen at once, kept on the device, readable in each theme with either contrast."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.test_learn_library import OPEN_ALL, check

pytestmark = pytest.mark.browser

PAGES = ("/settings/", "/reminders/", "/", "/log/", "/learn/", "/library/exercise/calf_wall_straight/", "/safety/")


@pytest.mark.sweep
def test_it_is_readable_and_reachable(page: Page, shelf: RunningServer) -> None:
    check(page, shelf, "/settings/")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.sweep
def test_it_has_readable_colours_in_each_theme_with_either_contrast(
    page: Page, shelf: RunningServer, path: str
) -> None:
    page.goto(shelf.url + path)
    page.evaluate(OPEN_ALL)
    for theme in ("night", "dark", "light"):
        for contrast in ("auto", "more"):
            page.evaluate(
                "(d) => Object.assign(document.documentElement.dataset, d)", {"theme": theme, "contrast": contrast}
            )
            found = Axe().run(page, options={"runOnly": ["color-contrast"]})
            assert found.violations_count == 0, f"{theme} {contrast}: {found.generate_report()}"


def test_it_keeps_the_look_that_was_tapped(page: Page, shelf: RunningServer) -> None:
    page.goto(f"{shelf.url}/settings/")

    page.get_by_role("button", name="Light").click()
    page.get_by_role("button", name="High").click()

    expect(page.get_by_role("button", name="Light")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="High")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.locator("html")).to_have_attribute("data-contrast", "more")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_it_keeps_quiet_hours_on_this_device(page: Page, shelf: RunningServer) -> None:
    page.goto(f"{shelf.url}/settings/")
    expect(page.get_by_label("From")).to_have_value("22:00")

    page.get_by_label("From").fill("20:30")

    expect(page.get_by_role("status")).to_have_text("Kept on this device.")
    assert page.evaluate("localStorage.getItem('quietlegs.quiet.from')") == "20:30"
    page.reload()
    expect(page.get_by_label("From")).to_have_value("20:30")
    expect(page.get_by_label("Until")).to_have_value("07:00")

    page.get_by_label("From").fill("")

    expect(page.get_by_label("From")).to_have_value("22:00")
    assert page.evaluate("localStorage.getItem('quietlegs.quiet.from')") is None
