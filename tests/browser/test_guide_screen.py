"""The guide's screen for eyes, ears, thumbs and keyboards."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import (
    THREE_AT_NIGHT,
    cues,
    go,
    grave,
    holding,
    play_into_work,
    play_to_end,
    rate,
    written_down,
)

pytestmark = pytest.mark.browser


def test_it_needs_no_more_than_a_keyboard(server: RunningServer, page: Page) -> None:
    go(page, server)
    tab_to(page, "[data-asks='before'][data-rating='7']")
    page.keyboard.press("Enter")
    expect(page.locator("#player")).to_be_visible()
    page.clock.run_for(1000)

    page.keyboard.press("Space")
    expect(page.locator("#paused")).to_be_visible()
    held = page.locator("#left").text_content()
    page.clock.run_for(5000)
    expect(page.locator("#left")).to_have_text(held or "")
    page.keyboard.press("Space")
    expect(page.locator("#paused")).to_be_hidden()

    first = page.locator("#show").text_content() or ""
    page.keyboard.press("ArrowRight")
    expect(page.locator("#show")).not_to_have_text(first)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#show")).to_have_text(first)

    page.keyboard.press("Escape")
    expect(page.locator("#after-title")).to_be_focused()
    tab_to(page, "[data-asks='after'][data-rating='3']")
    page.keyboard.press("Enter")
    written_down(page)
    (practice,) = holding(server, "practice")
    assert practice["stopped"] == "enough"


def test_it_lets_space_press_the_button_that_the_keyboard_stands_on(server: RunningServer, page: Page) -> None:
    go(page, server)
    page.locator("#skip-before").focus()
    page.keyboard.press("Enter")
    tab_to(page, "#hurts")

    page.keyboard.press("Space")

    expect(page.locator("#hurt-title")).to_be_focused()


def tab_to(page: Page, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"{selector} cannot be reached with Tab")


def test_it_tells_a_screen_reader_each_cue_and_no_seconds(server: RunningServer, page: Page) -> None:
    go(page, server, "/guide/calm/?level=5")
    page.evaluate(
        """() => {
          window.said = [];
          new MutationObserver(() => window.said.push(document.getElementById("live").textContent.trim()))
            .observe(document.getElementById("live"), { childList: true, characterData: true, subtree: true });
        }"""
    )

    rate(page, "before", 7)
    play_to_end(page)

    said = page.evaluate("window.said")
    twenty = "About 20 seconds left."
    spans = {(cue["span_start_s"], cue["span_length_s"]) for cue in cues(page)}
    assert [words for words in said if words != twenty] == [cue["say"] for cue in cues(page) if cue["say"]]
    assert said.count(twenty) == sum(length >= 40 for _, length in spans) == 6


def test_it_breathes_with_the_person(server: RunningServer, page: Page) -> None:
    go(page, server)
    rate(page, "before", 7)
    breath = next(cue for cue in cues(page) if cue["kind"] == "breathe_in")

    page.clock.run_for(round(1000 * breath["start_s"]) + 500)
    expect(page.locator("#breath")).to_have_text("In through the nose")
    narrow = lung(page)
    page.clock.run_for(3000)
    wide = lung(page)
    page.clock.run_for(4000)
    expect(page.locator("#breath")).to_have_text("Out through the mouth")

    assert narrow < lung(page) < wide


def lung(page: Page) -> float:
    found = re.search(r"scale\((.+)\)", page.evaluate("document.getElementById('lung').style.transform"))
    assert found
    return float(found[1])


def test_it_moves_nothing_for_those_who_want_no_motion(server: RunningServer, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    go(page, server)
    rate(page, "before", 7)
    breath = next(cue for cue in cues(page) if cue["kind"] == "breathe_in")

    page.clock.run_for(round(1000 * breath["start_s"]) + 500)

    expect(page.locator("#breath")).to_have_text("In through the nose")
    expect(page.locator("#lung")).to_be_hidden()


def test_it_speaks_only_when_asked_and_at_night_asked_anew(server: RunningServer, page: Page) -> None:
    page.add_init_script(
        """window.spoken = [];
           window.speechSynthesis.speak = (words) => window.spoken.push(words.text);"""
    )
    go(page, server)
    rate(page, "before", 7)
    page.clock.run_for(2000)
    assert page.evaluate("window.spoken") == []

    page.locator("#sound").click()
    play_into_work(page)
    assert page.evaluate("window.spoken.length") > 0

    assert pressed_at(page, hour=2) == "false"
    assert pressed_at(page, hour=12) == "true"


def pressed_at(page: Page, *, hour: int) -> str | None:
    page.clock.set_system_time(THREE_AT_NIGHT.replace(hour=hour))
    page.reload()
    page.locator("#skip-before").click()
    return page.locator("#sound").get_attribute("aria-pressed")


@pytest.mark.parametrize("theme", ["night", "dark", "light"])
@pytest.mark.sweep
def test_it_is_accessible_in_every_stage(server: RunningServer, page: Page, theme: str) -> None:
    page.context.add_cookies([{"name": "theme", "value": theme, "url": server.url}])
    go(page, server)
    assert grave(page) == []

    rate(page, "before", 7)
    play_into_work(page)
    assert grave(page) == []
    page.locator("#pause").click()
    assert grave(page) == []
    page.locator("#pause").click()
    page.clock.run_for(1000 * next(round(cue["start_s"]) for cue in cues(page) if cue["signal"] == "side"))
    assert grave(page) == []

    page.locator("#close").click()
    assert grave(page) == []
    rate(page, "after", 3)
    written_down(page)
    assert grave(page) == []

    page.reload()
    page.locator("#skip-before").click()
    page.locator("#hurts").click()
    assert grave(page) == []


@pytest.mark.parametrize("size", [(390, 844), (360, 640), (320, 568), (844, 390), (1280, 800)], ids=str)
def test_it_fits_the_screen_with_large_targets(server: RunningServer, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    go(page, server)
    rate(page, "before", 7)

    for cue in cues(page)[:-1]:
        page.clock.run_for(round(1000 * cue["length_s"]))
        if page.locator("#player").is_hidden():
            break
        found = page.evaluate(
            """() => ({
              wider: document.documentElement.scrollWidth - innerWidth,
              higher: document.documentElement.scrollHeight - innerHeight,
              targets: Math.min(...[...document.querySelectorAll("#player button")]
                .filter((one) => one.checkVisibility()).map((one) => one.offsetHeight)),
              narrowest: Math.min(...[...document.querySelectorAll("#player button")]
                .filter((one) => one.checkVisibility()).map((one) => one.offsetWidth)),
              main: document.getElementById("pause").offsetHeight,
              below: document.getElementById("pause").getBoundingClientRect().top > innerHeight * 2 / 3,
              letters: Math.min(...[...document.querySelectorAll("#player p, #player span, #player button")]
                .map((one) => parseFloat(getComputedStyle(one).fontSize))),
            })"""
        )
        assert max(found["wider"], found["higher"]) <= 0, cue["show"]
        assert found["targets"] >= 48
        assert found["narrowest"] >= 48
        assert found["main"] >= 64
        assert found["below"]
        assert found["letters"] >= 18
