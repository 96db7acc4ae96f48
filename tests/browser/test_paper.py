"""Every routine and every movement on one sheet of A4, legible without colour."""

import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import RunningServer
from tests.browser.guiding import grave

from quietlegs.library.load import load_library

pytestmark = pytest.mark.browser

A4_PT = (594.96, 841.92)
# Whatever is painted, and is not grey.
COLOURED = """() => [...document.querySelectorAll("main *")].flatMap((one) => {
  const look = getComputedStyle(one);
  return [look.color, look.fill, look.stroke, look.backgroundColor, look.borderTopColor];
}).filter((paint) => {
  const parts = paint.match(/[\\d.]+/g);
  return paint.startsWith("rgb") && new Set(parts.slice(0, 3)).size > 1;
})"""


def pages(page: Page) -> list[tuple[float, float]]:
    """The size of each page of the PDF that a printer is given."""
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == len(re.findall(rb"/MediaBox", printed))
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", printed)
    return [(round(float(width), 2), round(float(height), 2)) for width, height in boxes]


def each_fits(server: RunningServer, chromium: Browser, language: str, paths: Iterable[str]) -> None:
    device = chromium.new_context(locale=language)
    page = device.new_page()
    for path in paths:
        page.goto(server.url + path)
        assert page.evaluate("document.documentElement.lang") == language
        assert pages(page) == [A4_PT], path
    device.close()


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_it_prints_each_routine_on_one_page(server: RunningServer, chromium: Browser, language: str) -> None:
    each_fits(server, chromium, language, [f"/paper/routine/{key}/" for key in load_library().routines])


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_it_prints_tonight_on_one_page(server: RunningServer, chromium: Browser, language: str) -> None:
    each_fits(server, chromium, language, ["/paper/tonight/"])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_it_prints_each_movement_on_one_page(server: RunningServer, chromium: Browser, language: str) -> None:
    each_fits(server, chromium, language, [f"/paper/movement/{key}/" for key in load_library().exercises])


def test_it_prints_steps_doses_drawings_and_stop_rules_without_colour(server: RunningServer, page: Page) -> None:
    page.goto(server.url + "/paper/routine/evening/")
    page.emulate_media(media="print")

    assert page.evaluate(COLOURED) == []
    assert page.locator(".movements svg").count() == 16
    assert not page.get_by_role("button", name="Print this page").is_visible()
    text = page.locator("main").inner_text()
    for words in ("Legs up the wall", "20 seconds, three times a side", "Chest pain", "press that heel down"):
        assert words in text


@pytest.mark.parametrize("path", ["/paper/routine/evening/", "/paper/movement/calf_towel/"])
@pytest.mark.parametrize("theme", ["night", "light"])
def test_it_is_a_page_like_the_others_on_a_screen(server: RunningServer, page: Page, path: str, theme: str) -> None:
    page.context.add_cookies([{"name": "theme", "value": theme, "url": server.url}])
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(server.url + path)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_role("button", name="Print this page").is_visible()
    assert grave(page) == []


def test_it_is_found_from_tonight_and_from_the_guide(server: RunningServer, page: Page) -> None:
    page.goto(server.url)
    page.get_by_role("link", name="Print it on one page").click()
    assert page.url.endswith("/paper/tonight/")

    page.goto(server.url + "/guide/movement/march/")
    page.get_by_role("button", name="None of these").click()
    page.get_by_role("link", name="Print it on one page").click()
    assert page.url.endswith("/paper/movement/march/")
