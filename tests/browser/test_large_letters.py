"""Letters made twice as large by the device: they count here too, and nothing is pushed off the screen."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import CHROMIUM, PHONE, RunningServer
from tests.browser.test_learn_library import OPEN_ALL, TOO_WIDE

pytestmark = pytest.mark.browser

_USUAL_PX, _LARGE_PX = 16, 32
PATHS = ("/", "/log/", "/learn/", "/report/", "/reminders/", "/settings/", "/library/", "/imports/", "/keys/")
OFF_SCREEN = """() => [...document.querySelectorAll('nav.tabs a, .main-button')]
  .filter((one) => one.checkVisibility())
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.left < 0 || box.right > innerWidth || one.scrollWidth > one.clientWidth)
  .map(([one]) => one.textContent)"""


@pytest.fixture(scope="module")
def large(chromium: Browser) -> Iterator[Browser]:
    """Another Chromium, of somebody who reads with large letters."""
    words = ["--no-sandbox", f"--blink-settings=defaultFontSize={_LARGE_PX}"]
    browser = chromium.browser_type.launch(executable_path=shutil.which(CHROMIUM), args=words)
    yield browser
    browser.close()


def opened(browser: Browser) -> Page:
    return browser.new_page(
        viewport={"width": PHONE["width"], "height": PHONE["height"]}, locale="en-GB", service_workers="block"
    )


def test_it_grows_with_the_letters_of_the_device(chromium: Browser, large: Browser, demo: RunningServer) -> None:
    sizes = []
    for browser in (chromium, large):
        page = opened(browser)
        page.goto(demo.url)
        sizes.append(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))
        page.context.close()

    assert sizes == [18, 18 * _LARGE_PX / _USUAL_PX]


@pytest.mark.sweep
def test_it_lets_nothing_stick_out_with_large_letters(large: Browser, demo: RunningServer) -> None:
    page = opened(large)
    found = []
    for path in PATHS:
        page.goto(demo.url + path)
        page.evaluate(OPEN_ALL)
        found += [(path, page.evaluate(TOO_WIDE), page.evaluate(OFF_SCREEN))]

    assert found == [(path, 0, []) for path in PATHS]
