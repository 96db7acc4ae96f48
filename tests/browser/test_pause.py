"""A break on a phone: begun, ended and undone with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.test_learn_library import check
from tests.browser.test_measures import answered

pytestmark = pytest.mark.browser


@pytest.mark.sweep
def test_it_is_readable_and_reachable(page: Page, server: RunningServer) -> None:
    answered(page, server)
    check(page, server, "/pause/")
    page.goto(f"{server.url}/pause/")
    page.get_by_role("button", name="Take a break").click()
    expect(page.get_by_role("button", name="I am back")).to_be_visible()
    check(page, server, "/")
    check(page, server, "/pause/")


def test_it_begins_and_ends_with_the_keyboard_alone_and_each_can_be_undone(page: Page, server: RunningServer) -> None:
    answered(page, server)
    page.get_by_role("link", name="Take a break").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Until I say that I am back").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Only tonight")).to_be_checked()
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Take a break").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("You are taking a break.")).to_be_visible()
    expect(page.get_by_role("link", name="Calm my legs now")).to_be_visible()
    expect(page.get_by_role("link", name="Start the routine")).to_have_count(0)
    page.get_by_role("button", name="I am back").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Good to have you back.")).to_be_visible()
    expect(page.get_by_role("link", name="Start the routine")).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("button", name="I am back")).to_be_visible()
