"""A stage of a trial is over: proposed on a phone, accepted, shown on tonight, and taken back; by keyboard too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.conftest import PHONE, RunningServer
from tests.browser.guiding import holding
from tests.browser.staging import BREATH, CALF, ZONE, seed
from tests.browser.test_learn_library import check

from quietlegs.library.called import called
from quietlegs.library.load import load_library

pytestmark = pytest.mark.browser


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone where it is evening."""
    phone = chromium.new_context(
        service_workers="block",
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        has_touch=True,
        is_mobile=True,
        timezone_id=ZONE,
        locale="en-GB",
    )
    yield phone
    phone.close()


def accept(page: Page, server: RunningServer) -> tuple[str, str]:
    """Accept the switch; return what is tried now, and what tonight's lot drew."""
    page.get_by_role("button", name="Yes, do that").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    start = next(one for one in holding(server, "trial_start") if one["arms"][0] != CALF)
    return start["arms"][0], start["arms"][start["turns"][0]]


def test_it_proposes_a_switch_and_tonight_shows_what_was_drawn(page: Page, server: RunningServer) -> None:
    seed(server.home, gone=28)
    page.goto(server.url)
    card = page.get_by_role("region", name="Your trial asks you")
    expect(card.get_by_text("A stage is over.")).to_be_visible()
    card.get_by_role("link", name="How to go on").click()
    expect(page.get_by_text("in place of wall calf stretch.").first).to_be_visible()
    expect(page.locator("svg:visible")).to_have_count(1)
    assert holding(server, "decision") == []

    new, drawn = accept(page, server)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert [one["arms"] for one in holding(server, "trial_start")] == [[CALF, BREATH]]
    assert holding(server, "decision") + holding(server, "trial_end") == []
    assert accept(page, server) == (new, drawn)
    page.get_by_role("link", name="Back to tonight").click()

    names = called((new, BREATH), load_library())
    routine = page.get_by_role("region", name="Your routine")
    expect(routine.get_by_text(f"Your trial tonight: {names[drawn]}")).to_be_visible()
    expect(routine.get_by_text(f"On trial: {names[new]}, compared with {names[BREATH]}.")).to_be_visible()
    routine.get_by_text("movements", exact=False).first.click()
    expect(routine.get_by_role("listitem").filter(has_text=names[drawn].capitalize()).first).to_be_visible()
    expect(page.get_by_role("region", name="Your trial asks you")).to_have_count(0)


def test_it_is_decided_by_keyboard_alone(page: Page, server: RunningServer) -> None:
    seed(server.home, gone=28)
    page.goto(f"{server.url}/learn/stage/")

    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
        if reached[-1] == "Leave it as it is":
            break
    page.keyboard.press("Enter")

    assert reached.index("Yes, do that") < reached.index("Leave it as it is")
    expect(page.get_by_text("Nothing changes.")).to_be_visible()
    assert [one["choice"] for one in holding(server, "decision")] == ["go_on"]
    assert len(holding(server, "trial_start")) == 1


def test_it_notes_nothing_where_it_is_decided_later(page: Page, server: RunningServer) -> None:
    seed(server.home, gone=28)
    page.goto(f"{server.url}/learn/stage/")

    page.get_by_role("link", name="Decide later").click()

    expect(page.get_by_role("region", name="Your trial asks you")).to_be_visible()
    assert holding(server, "decision") == []


def test_it_tells_harm_before_the_stage_is_over(page: Page, server: RunningServer) -> None:
    seed(server.home, gone=24, effect=4.0)
    page.goto(server.url)

    card = page.get_by_role("region", name="Your trial asks you")
    expect(card.get_by_text("It shows something that need not wait.")).to_be_visible()
    card.get_by_role("link", name="How to go on").click()

    expect(page.get_by_text("Leave out wall calf stretch.").first).to_be_visible()


@pytest.mark.sweep
def test_it_is_readable_and_reachable_before_and_after(page: Page, server: RunningServer) -> None:
    seed(server.home, gone=28)
    for path in ("/learn/stage/", "/", "/learn/"):
        check(page, server, path)
    page.goto(f"{server.url}/learn/stage/")
    page.get_by_role("button", name="Yes, do that").click()
    decided = page.url.removeprefix(server.url)

    for path in (decided, "/learn/stage/", "/"):
        check(page, server, path)
