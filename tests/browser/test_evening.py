"""One evening from end to end, as a person lives it: calm the legs, write it down, find it again."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.carrying import until
from tests.browser.conftest import RunningServer
from tests.browser.guiding import arrived, everything, play_to_end, rate, restart, tap_severity, written_down

pytestmark = pytest.mark.browser
RATED = "7 before, 3 after"


def pass_the_questions(page: Page, server: RunningServer) -> None:
    page.goto(server.url + "/safety/")
    page.get_by_role("button", name="None of these").click()
    expect(page.get_by_role("link", name="Calm my legs now")).to_be_visible()


def test_it_goes_from_the_first_page_to_the_diary_and_stays_there(server: RunningServer, page: Page) -> None:
    page.clock.install(time=datetime.now(UTC))
    page.goto(server.url)
    page.get_by_role("link", name="Calm my legs now").click()
    page.get_by_role("button", name="None of these").click()
    rate(page, "before", 7)
    play_to_end(page)
    rate(page, "after", 3)
    written_down(page)
    page.get_by_role("link", name="Back to tonight").click()

    page.get_by_role("link", name="Nights").click()
    expect(page.get_by_text(RATED)).to_be_visible()
    page.reload()
    expect(page.get_by_text(RATED)).to_be_visible()


def test_it_keeps_an_acknowledged_answer_through_a_kill(server: RunningServer, page: Page) -> None:
    pass_the_questions(page, server)
    tap_severity(page, 8)
    expect(page.get_by_text("Written down.")).to_be_visible()
    server.kill()

    restart(server)
    page.goto(server.url)

    expect(page.get_by_text("8 of 10")).to_be_visible()


def test_it_keeps_the_first_rating_when_the_server_dies_right_after(server: RunningServer, page: Page) -> None:
    page.clock.install(time=datetime.now(UTC))
    pass_the_questions(page, server)
    page.get_by_role("link", name="Calm my legs now").click()
    expect(page.locator("#ready:enabled")).to_be_visible()
    rate(page, "before", 7)
    arrived(page)
    server.kill()

    assert [fact["payload"]["before"] for fact in everything(server, "relief")] == [7]
    restart(server)


def test_it_takes_the_check_in_back(server: RunningServer, page: Page) -> None:
    pass_the_questions(page, server)
    tap_severity(page, 8)

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("button", name="Nothing at all")).to_be_visible()
    expect(page.locator("#check-in-said")).to_contain_text("Written down.")
    # The first tap said the same.
    assert [fact["kind"] for fact in until(lambda: everything(server, "withdrawal"))] == ["withdrawal"]


def test_it_writes_a_night_down_in_two_taps(server: RunningServer, page: Page) -> None:
    page.goto(server.url + "/log/")
    page.get_by_role("radio", name="4", exact=True).check()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status")).to_have_text("Written down.")
    (fact,) = everything(server, "night_rating")
    assert (fact["payload"]["severity"], fact["zone"]) == (4, "Europe/Berlin")


def test_it_stops_offering_movements_when_a_sign_forbids_them(server: RunningServer, page: Page) -> None:
    page.goto(server.url + "/safety/")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Save what I ticked").click()

    page.goto(server.url)
    expect(page.get_by_role("link", name="Get help now")).to_be_visible()
    expect(page.get_by_role("link", name="Calm my legs now")).to_have_count(0)


def test_it_shows_one_main_button_at_a_time_on_the_questions(server: RunningServer, page: Page) -> None:
    page.goto(server.url + "/safety/")
    expect(page.get_by_role("button", name="Save what I ticked")).to_be_hidden()

    page.get_by_role("checkbox").first.check()

    expect(page.get_by_role("button", name="None of these")).to_be_hidden()


@pytest.mark.parametrize("theme", ["night", "dark", "light"])
@pytest.mark.sweep
def test_it_is_accessible(server: RunningServer, context: BrowserContext, page: Page, theme: str) -> None:
    context.add_cookies([{"name": "theme", "value": theme, "url": server.url}])
    for path in ("/", "/log/", "/safety/", "/safety/help/", "/wishes/", "/nowhere/"):
        quiet = context.new_page()
        quiet.goto(server.url + path)
        found = Axe().run(quiet).response["violations"]
        quiet.close()
        assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_scrolls_only_downwards_and_is_easy_to_tap(server: RunningServer, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/", "/log/", "/safety/", "/safety/help/", "/wishes/"):
        page.goto(server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.locator("button:visible, a.button:visible, .tabs a:visible, summary:visible").evaluate_all(
            "all => all.filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
        )
        assert small == []


def test_it_has_the_large_button_in_the_lower_half(server: RunningServer, page: Page) -> None:
    pass_the_questions(page, server)
    box = page.get_by_role("link", name="Calm my legs now").bounding_box()

    assert box is not None
    assert box["height"] >= 64
    assert box["y"] > 844 / 2


def test_it_asks_for_a_dark_canvas_before_any_style_sheet_came(server: RunningServer, context: BrowserContext) -> None:
    bare = context.new_page()
    bare.route("**/*.css", lambda route: route.abort())
    bare.goto(server.url)

    scheme = bare.locator("meta[name='color-scheme']").get_attribute("content")
    assert (scheme or "").split()[0] == "dark"
