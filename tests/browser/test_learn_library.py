"""What works, and More, on a phone: readable in the dark and by day, reachable with a thumb, nothing sticks out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer

from quietlegs.library.load import load_library

pytestmark = pytest.mark.browser

LIBRARY = load_library()
# One movement of each kind: pictures, other ways, no pictures, a measure. The others share their page and run in slow.
KINDS = ("calf_wall_straight", "hamstring", "puzzle", "test_lunge")
PATHS = [
    "/learn/",
    "/learn/placebo/",
    "/library/",
    "/library/exercises/",
    "/library/exercises/?how=seated",
    "/library/claims/",
    "/library/sources/",
    *(f"/library/exercise/{key}/" for key in KINDS),
    *(f"/library/topic/{key}/" for key in LIBRARY.topics),
]
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A link between words of a sentence is as high as its line; everything else has to fit a thumb.
TOO_SMALL = """() => [...document.querySelectorAll('a, button, summary, select, input')]
  .filter((one) => one.checkVisibility() && !one.matches('.skip-link, [type=hidden]'))
  .filter((one) => getComputedStyle(one).display !== 'inline'
    || one.parentElement.textContent.trim() === one.textContent.trim())
  .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([one]) => one.outerHTML.slice(0, 120))"""


def check(page: Page, server: RunningServer, path: str) -> None:
    """Open a page at night with everything on it unfolded, then see it by day and on narrow screens."""
    page.context.add_cookies([{"name": "theme", "value": "night", "url": server.url}])
    answer = page.goto(server.url + path)
    assert answer is not None
    assert answer.status == 200
    page.evaluate(OPEN_ALL)
    # The themes differ in colour alone, so by day only colours are looked at.
    for theme, options in (("night", None), ("light", {"runOnly": ["color-contrast"]})):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, f"{theme}: {found.generate_report()}"
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(TOO_WIDE) == 0, f"sticks out at {width} px"
        assert page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.sweep
def test_it_is_readable_and_reachable_with_an_empty_diary(page: Page, shelf: RunningServer, path: str) -> None:
    check(page, shelf, path)


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in LIBRARY.exercises if key not in KINDS])
def test_it_shows_every_movement_readable_and_reachable(page: Page, shelf: RunningServer, key: str) -> None:
    check(page, shelf, f"/library/exercise/{key}/")


@pytest.mark.sweep
def test_it_lets_no_movement_stick_out(page: Page, shelf: RunningServer) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    wide = []
    for key in LIBRARY.exercises:
        page.goto(f"{shelf.url}/library/exercise/{key}/")
        page.evaluate(OPEN_ALL)
        wide += [key] if page.evaluate(TOO_WIDE) else []

    assert wide == []


@pytest.mark.sweep
def test_it_is_readable_and_reachable_with_two_months_of_nights(page: Page, demo: RunningServer) -> None:
    check(page, demo, "/learn/")


def test_it_tells_an_empty_diary_what_to_do(page: Page, shelf: RunningServer) -> None:
    page.goto(f"{shelf.url}/learn/")
    expect(page.locator("svg")).to_have_count(0)

    page.get_by_role("link", name="Write down a night").click()

    expect(page).to_have_url(f"{shelf.url}/log/")


def test_it_says_the_verdict_first_then_the_picture_then_the_rest(page: Page, demo: RunningServer) -> None:
    page.goto(f"{demo.url}/learn/")

    trial = page.get_by_role("region", name="Your trial")

    expect(trial.get_by_role("heading", name="Wall calf stretch: helps you")).to_be_visible()
    expect(trial.get_by_text("That has been clear since")).to_be_visible()
    expect(trial.locator("svg:visible")).to_have_count(1)
    trial.get_by_text("Night by night", exact=True).click()
    expect(trial.locator("svg:visible")).to_have_count(2)
    expect(page.get_by_role("heading", name="Your nights")).to_be_visible()


def test_it_shows_the_nights_as_a_table_too(page: Page, demo: RunningServer) -> None:
    page.goto(f"{demo.url}/learn/")

    page.get_by_text("The same as a table").click()

    expect(page.get_by_role("table").get_by_role("link").first).to_be_visible()


def test_it_offers_the_movement_within_reach_of_the_thumb(page: Page, shelf: RunningServer) -> None:
    page.goto(f"{shelf.url}/library/exercise/calf_wall_straight/")

    box = page.get_by_role("link", name="Do it now").bounding_box()

    assert box is not None
    assert box["y"] > 844 / 2
    assert box["height"] >= 64
