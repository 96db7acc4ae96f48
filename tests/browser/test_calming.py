"""The experiment on relief in a real browser: started on the page, drawn after the tap, kept over a reload."""

import json
from collections import Counter
from importlib.resources import files
from math import fsum

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import (
    MINUTE_MS,
    THREE_AT_NIGHT,
    arrived,
    everything,
    holding,
    rate,
    restart,
    soon,
    written_down,
)
from tests.browser.test_learn_library import TOO_SMALL, TOO_WIDE

from quietlegs.library.load import load_library
from quietlegs.plan.calming import USUAL
from quietlegs.trials.relief_events import Reliefs
from quietlegs.trials.relief_offer import offer

pytestmark = pytest.mark.browser

NAMES = {key: exercise.name for key, exercise in load_library().exercises.items()}
STATIC = files("quietlegs.web.pages.guide") / "static" / "guide"
DRAW = """async (cases) => {
  const { drawn } = await import("/guide/lot.js");
  return cases.map(({ chances, number }) => drawn(chances, number).movement);
}"""
UNIFORM = """async (words) => {
  const { uniform } = await import("/guide/lot.js");
  return words.map(uniform);
}"""


def histories(rng: np.random.Generator, count: int) -> list[Reliefs]:
    """Moments of made-up people, from none to forty, with two to five movements."""
    found = []
    for _ in range(count):
        length, movements = int(rng.integers(0, 41)), [f"move_{k}" for k in range(rng.integers(2, 6))]
        at = np.datetime64("2026-01-01T03:00:00") + np.arange(length) * np.timedelta64(30, "h")
        chances = np.full((length, len(movements)), 1 / len(movements))
        made, ratings = rng.integers(0, len(movements), length), rng.integers(0, 11, (2, length)).astype(float)
        found.append(Reliefs(at, tuple(movements), made, chances, *ratings))
    return found


def test_it_draws_as_python_does(alone: Page) -> None:
    rng = np.random.default_rng(20261125)
    cases, wanted = [], []
    for seed, history in enumerate(histories(rng, 300)):
        drawn = offer(history, history.movements, comparator="move_0", rng=np.random.default_rng(seed))
        chances = [{"movement": key, "probability": chance} for key, chance in drawn.chances.items()]
        cases.append({"chances": chances, "number": np.random.default_rng(seed).random()})
        wanted.append(drawn.movement)

    assert alone.evaluate(DRAW, cases) == wanted
    assert len(Counter(wanted)) == 5


def test_it_always_draws_one_of_them(alone: Page) -> None:
    third = [{"movement": key, "probability": 1 / 3} for key in "abc"]
    tenths = [{"movement": key, "probability": 0.1} for key in "abcdefghij"]
    last = 1 - 2**-53

    edges = [(third, 0), (third, 1 / 3), (third, 2 / 3), (third, last), (tenths, last)]

    assert alone.evaluate(DRAW, [{"chances": c, "number": n} for c, n in edges]) == ["a", "b", "c", "c", "j"]


def test_its_number_takes_every_bit_and_stays_below_one(alone: Page) -> None:
    full = 2**32 - 1
    words = [(0, 0), (full, full), (0, 1 << 6), (1 << 5, 0), (1 << 31, 0)]

    assert alone.evaluate(UNIFORM, words) == [0, 1 - 2**-53, 2**-53, 2**-27, 0.5]


def begin(page: Page, server: RunningServer) -> None:
    """Answer the safety questions, start the experiment on its page, and come to the guide, on the test's own clock."""
    page.clock.install(time=THREE_AT_NIGHT)
    page.goto(server.url + "/learn/calm/")
    page.get_by_role("button", name="None of these").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("From now on the movement is drawn by lot.")).to_be_visible()
    come(page)


def come(page: Page) -> None:
    """Come to the guide from the first page, as a person does."""
    page.get_by_role("link", name="Tonight").click()
    page.get_by_role("link", name="Calm my legs now").click()
    expect(page.locator("#ready:enabled")).to_be_attached()


def drawn(page: Page) -> str:
    """The key of the movement that the page shows as drawn."""
    expect(page.locator("#drawn-title")).to_be_visible()
    name = page.locator("#drawn-title").text_content()
    return next(key for key in USUAL if NAMES[key] == name)


def play_to_end(page: Page, key: str) -> None:
    found = json.loads(page.locator("#guide-data").text_content() or "")["lot"]["movements"][key]["cues"]
    page.clock.run_for(round(1000 * found[-1]["start_s"]) + 1000)


def test_it_asks_draws_guides_and_keeps_the_whole_draw(server: RunningServer, page: Page) -> None:
    begin(page, server)
    seen = page.locator("main").inner_text()
    assert not [name for name in NAMES.values() if name in seen]
    expect(page.locator("main svg:visible")).to_have_count(0)

    rate(page, "before", 7)
    key = drawn(page)
    (first,) = soon(server, "relief")
    expect(page.locator("#drawn svg:visible")).to_have_count(1)
    page.reload()
    assert drawn(page) == key
    page.get_by_role("button", name="Start").click()
    play_to_end(page, key)
    rate(page, "after", 3)

    written_down(page)
    (trial,) = everything(server, "relief_start")
    assert trial["payload"]["movements"] == list(USUAL)
    (relief,) = holding(server, "relief")
    assert relief == first | {"after": 3}
    assert (relief["movement"], relief["because"], relief["trial"], relief["before"]) == (key, "trial", trial["id"], 7)
    assert [chance["movement"] for chance in relief["chances"]] == list(USUAL)
    assert fsum(chance["probability"] for chance in relief["chances"]) == pytest.approx(1, abs=1e-12)
    assert relief["probability"] == {one["movement"]: one["probability"] for one in relief["chances"]}[key]
    (practice,) = holding(server, "practice")
    assert (practice["exercise"], practice["done"]) == (key, practice["planned"])


def test_coming_back_is_no_new_draw_until_something_was_done(server: RunningServer, page: Page) -> None:
    begin(page, server)
    rate(page, "before", 7)
    key = drawn(page)
    arrived(page)

    page.get_by_role("link", name="Back to tonight").locator("visible=true").click()
    page.clock.run_for(5 * MINUTE_MS)
    come(page)
    assert drawn(page) == key
    page.get_by_role("button", name="Start").click()
    play_to_end(page, key)
    page.locator("#skip-after").click()
    page.get_by_role("link", name="Back to tonight").locator("visible=true").click()
    come(page)

    expect(page.locator("#before")).to_be_visible()
    assert len(everything(server, "relief")) == 1


def test_after_ten_minutes_it_asks_and_draws_anew(server: RunningServer, page: Page) -> None:
    begin(page, server)
    rate(page, "before", 7)
    drawn(page)
    arrived(page)

    page.clock.fast_forward(10 * MINUTE_MS)
    page.reload()

    expect(page.locator("#before")).to_be_visible()
    page.locator("#skip-before").click()
    drawn(page)
    arrived(page)
    old, new = holding(server, "relief")
    assert [old.get("before"), old.get("after"), new.get("before")] == [7, None, None]


def test_whoever_declines_chooses_and_the_draw_stays_without_an_answer(server: RunningServer, page: Page) -> None:
    begin(page, server)
    rate(page, "before", 7)
    key = drawn(page)
    arrived(page)

    page.get_by_role("link", name="Something else instead").click()
    page.get_by_role("link", name="Seated heel raises").click()
    rate(page, "before", 6)
    page.locator("#close").click()
    rate(page, "after", 4)

    written_down(page)
    declined, chosen = holding(server, "relief")
    assert (declined["movement"], declined["because"], declined.get("after")) == (key, "trial", None)
    assert (chosen["movement"], chosen["because"], chosen.get("trial")) == ("heel_raise_seated", "chosen", None)


def test_it_draws_and_plays_with_no_network_and_tells_later(server: RunningServer, context: BrowserContext) -> None:
    page = context.new_page()
    begin(page, server)
    server.kill()

    rate(page, "before", 7)
    key = drawn(page)
    page.get_by_role("button", name="Start").click()
    play_to_end(page, key)
    rate(page, "after", 3)
    expect(page.get_by_text("Not in the diary yet")).to_be_visible()
    restart(server)
    written_down(page)

    (relief,) = holding(server, "relief")
    assert (relief["movement"], relief["before"], relief["after"]) == (key, 7, 3)


@pytest.mark.sweep
def test_it_is_readable_and_reachable_before_and_after_the_draw(server: RunningServer, page: Page) -> None:
    begin(page, server)
    check(page)
    rate(page, "before", 7)
    drawn(page)
    arrived(page)
    check(page)
    start = page.get_by_role("button", name="Start").bounding_box()
    assert start is not None
    assert start["height"] >= 64
    assert start["y"] > 844 * 2 / 3

    for path in ("/guide/calm/choose/", "/learn/", "/learn/calm/"):
        page.goto(server.url + path)
        check(page)


def check(page: Page) -> None:
    for theme, options in (("night", None), ("light", {"runOnly": ["color-contrast"]})):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, f"{page.url} {theme}: {found.generate_report()}"
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(TOO_WIDE) == 0, f"{page.url} sticks out at {width} px"
        assert page.evaluate(TOO_SMALL) == []
