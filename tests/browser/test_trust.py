"""When something is in the way, such as a dead server or blocked cookies, the person is told, and nothing is lost."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import everything, holding, restart, tap_severity

pytestmark = pytest.mark.browser
NO_COOKIES = "Object.defineProperty(Document.prototype, 'cookie', { get() { return ''; }, set() {} })"


@pytest.fixture
def phone(context: BrowserContext) -> Page:
    """A page on which requests may fail."""
    return context.new_page()


def test_it_keeps_a_tap_on_the_phone_while_the_server_is_away(server: RunningServer, phone: Page) -> None:
    phone.goto(server.url)
    server.kill()
    tap_severity(phone, 7)

    expect(phone.locator("#check-in-said")).to_contain_text("7 of 10. Saved on this phone.")

    restart(server)
    expect(phone.locator("#check-in-said")).to_contain_text("7 of 10. Written down.", timeout=60_000)
    assert [one["severity"] for one in holding(server, "night_rating")] == [7]


def test_it_makes_one_fact_of_a_tap_whose_answer_was_lost(server: RunningServer, phone: Page) -> None:
    lost: list[int] = []

    phone.goto(server.url)

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    phone.route("**/api/v1/facts", lose)
    tap_severity(phone, 7)
    expect(phone.locator("#check-in-said")).to_contain_text("Saved on this phone.")
    phone.wait_for_timeout(500)
    phone.unroute("**/api/v1/facts")
    expect(phone.locator("#check-in-said")).to_contain_text("Written down.", timeout=60_000)

    assert lost[0] == 200
    assert len(everything(server, "night_rating")) == 1


def test_it_makes_one_entry_of_a_double_tap_on_save(server: RunningServer, page: Page) -> None:
    page.goto(server.url + "/log/")
    page.get_by_text("Something you drank or took").click()
    page.get_by_label("How much").fill("80")
    page.get_by_label("Unit").select_option("mg")
    page.get_by_role("button", name="Write it down").dblclick()
    expect(page.locator("#taken-said")).to_have_text("Written down.")

    assert len(everything(server, "intake")) == 1


def test_it_opens_where_cookies_are_blocked(server: RunningServer, chromium: Browser) -> None:
    away = chromium.new_context(timezone_id="Pacific/Auckland")
    away.add_init_script(NO_COOKIES)
    page = away.new_page()
    loads: list[str] = []
    page.on("request", lambda request: loads.append(request.url) if request.is_navigation_request() else None)

    page.goto(server.url)
    page.wait_for_timeout(500)
    away.close()

    assert len(loads) == 1


def test_it_shows_the_answer_after_the_back_button(server: RunningServer, page: Page) -> None:
    page.goto(server.url)
    tap_severity(page, 7)
    expect(page.get_by_role("status")).to_contain_text("Written down.")
    page.get_by_role("link", name="Nights").click()

    page.go_back()

    expect(page.get_by_role("status")).to_contain_text("7 of 10")


def test_it_keeps_what_was_typed_when_one_looks_elsewhere_and_comes_back(server: RunningServer, page: Page) -> None:
    page.goto(server.url + "/log/")
    page.get_by_role("radio", name="4", exact=True).check()
    page.get_by_role("link", name="More").click()

    page.go_back()

    expect(page.get_by_role("radio", name="4", exact=True)).to_be_checked()


def test_it_asks_anew_when_the_night_has_changed_meanwhile(server: RunningServer, page: Page) -> None:
    page.clock.install(time=datetime.now(UTC))
    page.goto(server.url)
    good_for_s = int(page.locator("#check-in").get_attribute("data-good-for") or "")
    with page.expect_navigation():
        page.clock.fast_forward(1000 * (good_for_s + 3))


def test_it_writes_down_on_the_clock_of_a_device_far_from_the_server(server: RunningServer, chromium: Browser) -> None:
    # Another number each: at some hours both mean the same night.
    for severity, zone in (("4", "Pacific/Auckland"), ("5", "America/Los_Angeles")):
        away = chromium.new_context(timezone_id=zone)
        page = away.new_page()
        page.goto(server.url)
        expect(page.locator("body")).to_have_attribute("data-zone", zone)
        page.goto(server.url + "/log/")
        page.get_by_role("radio", name=severity, exact=True).check()
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#said")).to_contain_text("Written down")
        away.close()

    noted = everything(server, "night_rating")
    assert {fact["zone"] for fact in noted} <= {"Pacific/Auckland", "America/Los_Angeles"}
    assert {fact["payload"]["severity"] for fact in noted} == {4, 5}


def test_it_works_without_scripts(server: RunningServer, chromium: Browser) -> None:
    plain = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = plain.new_page()
    page.goto(server.url)
    page.get_by_role("button", name="6", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("6 of 10")
    page.goto(server.url + "/guide/calm/")
    page.get_by_role("button", name="None of these").click()

    expect(page.locator("#ready")).to_be_hidden()
    page.get_by_role("link", name="step by step").click()
    expect(page.get_by_role("heading", name="Step by step")).to_be_visible()
    plain.close()


def test_it_prints_black_on_white_without_buttons(server: RunningServer, page: Page) -> None:
    page.goto(server.url + "/library/exercise/calf_wall_straight/")
    page.emulate_media(media="print")

    expect(page.locator(".tabs")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_it_shows_markup_and_long_names_as_words(server: RunningServer, page: Page) -> None:
    name = "<script>alert(1)</script>" + "Averylongmedicinename" * 4
    page.set_viewport_size({"width": 320, "height": 844})
    page.goto(server.url + "/log/")
    page.get_by_text("Something you drank or took").click()
    page.get_by_label("What", exact=True).select_option("medicine")
    page.get_by_label("Its name, for a medicine").fill(name)
    page.get_by_label("How much").fill("1")
    page.get_by_label("Unit").select_option("tablet")
    page.get_by_role("button", name="Write it down").click()

    expect(page.get_by_text(name)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_it_asks_about_the_night_without_scrolling(server: RunningServer, page: Page) -> None:
    page.goto(server.url)
    lowest = page.get_by_role("button", name="10", exact=True).bounding_box()
    dock = page.locator(".dock").bounding_box()

    assert lowest is not None
    assert dock is not None
    assert lowest["y"] + lowest["height"] <= dock["y"]
