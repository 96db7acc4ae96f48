"""While the diary cannot be written, a phone keeps what was tapped, and hands it on by itself once it can."""

import pytest
from playwright.sync_api import BrowserContext, Route, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import holding, tap_severity

pytestmark = pytest.mark.browser


def test_it_keeps_a_tap_on_the_phone_while_the_diary_cannot_be_written(
    server: RunningServer, context: BrowserContext
) -> None:
    # A page on which requests may fail.
    page = context.new_page()
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=503, body="<p>Not now")

    page.goto(server.url)
    page.route("**/api/v1/facts", refuse)
    tap_severity(page, 7)
    expect(page.locator("#check-in-said")).to_contain_text("Saved on this phone.")
    page.wait_for_timeout(500)
    # All of it waits: none is cut off from the rest and set aside as one that the diary does not take.
    assert 1 <= len(asked) <= 3

    page.unroute("**/api/v1/facts")
    expect(page.locator("#check-in-said")).to_contain_text("Written down.", timeout=60_000)
    assert [one["severity"] for one in holding(server, "night_rating")] == [7]
