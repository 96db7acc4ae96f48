"""Other languages on a narrow phone: German words are long, and still nothing sticks out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import RunningServer
from tests.browser.test_learn_library import LIBRARY, OPEN_ALL, PATHS, TOO_WIDE

from quietlegs.library.load import load_library
from quietlegs.words.language import ENGLISH, LANGUAGES

pytestmark = pytest.mark.browser

OTHERS = tuple(key for key in LANGUAGES if key != ENGLISH)
SHEETS = {key: f"/library/exercise/{key}/" for key in LIBRARY.exercises}
OWN = ["/wishes/", "/settings/", "/reminders/"]
PAGES = ["/", "/log/", "/safety/", "/safety/help/", *OWN, "/guide/calm/", "/learn/calm/", *PATHS]


@pytest.fixture(params=OTHERS)
def foreign(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[tuple[str, Page]]:
    """A language and a page on a narrow phone that asks for it."""
    phone = chromium.new_context(viewport={"width": 320, "height": 700}, locale=request.param, color_scheme="dark")
    yield request.param, phone.new_page()
    phone.close()


@pytest.mark.sweep
def test_it_lets_nothing_stick_out_in_another_language(foreign: tuple[str, Page], demo: RunningServer) -> None:
    _, page = foreign
    wide = []
    for path in dict.fromkeys([*PAGES, *SHEETS.values()]):
        page.goto(demo.url + path)
        page.evaluate(OPEN_ALL)
        wide += [path] if page.evaluate(TOO_WIDE) else []

    assert wide == []


@pytest.mark.sweep
def test_it_shows_every_movement_in_the_language_of_the_device(foreign: tuple[str, Page], demo: RunningServer) -> None:
    language, page = foreign
    exercises = load_library(language).exercises
    shown = {}
    for key, path in SHEETS.items():
        page.goto(demo.url + path)
        shown[key] = page.locator("h1").inner_text()

    assert shown == {key: one.name for key, one in exercises.items()}
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.sweep
def test_it_lets_nothing_stick_out_while_a_movement_runs(foreign: tuple[str, Page], demo: RunningServer) -> None:
    _, page = foreign
    page.goto(f"{demo.url}/guide/movement/calf_towel/")
    page.locator("#start").click()
    page.locator("#hurts").wait_for()

    assert page.evaluate(TOO_WIDE) == 0
