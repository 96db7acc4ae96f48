"""Your evening on a phone: readable, reachable, and a place that is told on a tap and rounded before it is shown."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.test_learn_library import check

pytestmark = pytest.mark.browser


@pytest.mark.sweep
def test_it_is_readable_and_reachable(page: Page, shelf: RunningServer) -> None:
    check(page, shelf, "/wishes/")


def test_it_sets_an_evening_and_tells_why_then(page: Page, server: RunningServer) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 52.5163, "longitude": 13.3777})
    page.goto(f"{server.url}/wishes/")
    page.get_by_label("Over by").fill("20:30")
    page.get_by_label("Tell me tonight's sunset").check()
    page.get_by_text("Or in degrees").click()
    page.get_by_role("button", name="Use where I am now").click()
    expect(page.locator("#here-said")).to_have_text("Filled in, rounded. Save to keep it.")
    expect(page.get_by_label("Latitude")).to_have_value("52.5")
    expect(page.get_by_label("Longitude")).to_have_value("13.4")
    page.get_by_role("button", name="Save").click()

    page.get_by_text("Why this, and why this time?").click()
    expect(page.get_by_text("It is over by 20:30, the latest that you set.")).to_be_visible()
    page.goto(f"{server.url}/wishes/")
    expect(page.get_by_label("Latitude")).to_have_value("52.5")
    expect(page.get_by_label("Over by")).to_have_value("20:30")


def test_it_says_so_where_the_device_does_not_tell(page: Page, server: RunningServer) -> None:
    page.goto(f"{server.url}/wishes/")
    page.get_by_text("Or in degrees").click()
    page.get_by_role("button", name="Use where I am now").click()

    expect(page.locator("#here-said")).to_have_text("This device did not tell where it is. Type a city or degrees.")
