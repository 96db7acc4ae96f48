"""Two measures on a phone: readable, reachable, filled in with the keyboard alone, and taken back."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.test_learn_library import check

pytestmark = pytest.mark.browser

KNEE, HEEL = "/measures/knee_to_wall_cm/", "/measures/heel_raises/"


def answered(page: Page, server: RunningServer) -> None:
    """Answer the safety questions: none of them is true."""
    page.goto(f"{server.url}/safety/")
    page.locator("[name=none]").click()
    expect(page).to_have_url(f"{server.url}/")


@pytest.mark.parametrize("path", ["/measures/", KNEE, HEEL])
@pytest.mark.sweep
def test_it_is_readable_and_reachable(page: Page, shelf: RunningServer, path: str) -> None:
    answered(page, shelf)
    check(page, shelf, path)


def test_it_is_measured_with_the_keyboard_alone_and_can_be_taken_back(page: Page, server: RunningServer) -> None:
    answered(page, server)
    page.goto(f"{server.url}{KNEE}")
    page.get_by_role("spinbutton").first.focus()
    for number in ("9", "9.5", "10", "8", "8", "8.3"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").filter(has_text="Written down.")).to_be_visible()
    expect(page.get_by_text("9.5", exact=False).first).to_be_visible()
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Written down.")).to_have_count(0)
    expect(page.get_by_text("9.5")).to_have_count(0)


def test_it_refuses_what_no_calf_can_do_before_it_is_sent(page: Page, server: RunningServer) -> None:
    answered(page, server)
    page.goto(f"{server.url}{HEEL}")
    first = page.get_by_role("spinbutton").first
    first.fill("9000")
    page.get_by_role("button", name="Save").click()

    assert not first.evaluate("(one) => one.checkValidity()")
    expect(page).to_have_url(f"{server.url}{HEEL}")
