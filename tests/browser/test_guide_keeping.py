"""Nothing of a guided movement is lost or doubled, whatever happens to the page, the phone or the server."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import (
    THREE_AT_NIGHT,
    arrived,
    everything,
    facts,
    go,
    holding,
    look_away,
    play_into_work,
    play_to_end,
    rate,
    restart,
    soon,
    unsent,
    written_down,
)

pytestmark = pytest.mark.browser

TRYING = "Not in the diary yet - trying again. It is saved on this phone."


def test_it_loses_nothing_when_the_page_is_loaded_again(server: RunningServer, page: Page) -> None:
    go(page, server)
    rate(page, "before", 7)
    play_into_work(page, seconds=6)

    page.reload()
    expect(page.locator("#before")).to_be_visible()
    arrived(page)

    (practice,) = holding(server, "practice")
    assert practice["stopped"] == "interrupted"
    assert 6 <= practice["done"]["left_s"] < 8
    assert [relief["before"] for relief in holding(server, "relief")] == [7]


def test_it_writes_down_what_was_done_when_the_person_goes_elsewhere(server: RunningServer, page: Page) -> None:
    go(page, server, "/guide/routine/")
    page.locator("#start").click()
    play_into_work(page)

    page.goto(server.url + "/safety/help/")

    (practice,) = soon(server, "practice")
    assert (practice["stopped"], practice["routine"]) == ("interrupted", "first_week")


def test_it_replaces_an_interruption_when_the_person_comes_back(server: RunningServer, page: Page) -> None:
    go(page, server)
    rate(page, "before", 7)
    play_into_work(page)
    look_away(page, hidden=True)
    assert [practice["stopped"] for practice in soon(server, "practice")] == ["interrupted"]

    look_away(page, hidden=False)
    play_to_end(page)
    rate(page, "after", 3)

    written_down(page)
    (practice,) = holding(server, "practice")
    assert "stopped" not in practice
    assert practice["done"] == practice["planned"]


def test_it_remembers_what_was_done_when_the_battery_dies(server: RunningServer, context: BrowserContext) -> None:
    dying = context.new_page()
    dying.add_init_script(
        """for (const last of ["pagehide", "visibilitychange"])
             window.addEventListener(last, (event) => event.stopImmediatePropagation(), true);"""
    )
    go(dying, server)
    rate(dying, "before", 7)
    play_into_work(dying, seconds=8)
    dying.close()
    assert holding(server, "practice") == []

    later = context.new_page()
    go(later, server, at=THREE_AT_NIGHT.replace(hour=4))

    (practice,) = soon(server, "practice")
    assert practice["stopped"] == "interrupted"
    assert practice["done"]["left_s"] > 0
    assert len(everything(server, "practice")) == 1


@pytest.mark.parametrize("leaves", [False, True], ids=["stays", "comes back"])
def test_it_loses_and_doubles_nothing_when_the_server_dies(
    server: RunningServer, context: BrowserContext, *, leaves: bool
) -> None:
    page = context.new_page()
    go(page, server)
    rate(page, "before", 7)
    assert soon(server, "relief")

    server.kill()
    play_to_end(page)
    rate(page, "after", 3)
    expect(page.locator("#written")).to_have_text(TRYING)
    restart(server)
    if leaves:
        page.close()
        page = context.new_page()
        go(page, server)
    page.clock.run_for(30_000)
    arrived(page)

    if not leaves:
        written_down(page)
    assert [(one["before"], one["after"]) for one in holding(server, "relief")] == [(7, 3)]
    assert len(everything(server, "relief")) == 2
    assert len(everything(server, "practice")) == 1


def test_it_takes_over_what_an_older_version_left(server: RunningServer, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(server.url + "/safety/help/")
    (fact,) = facts(page, ["relief", {"movement": "walk", "because": "chosen", "probability": 1, "before": 6}])
    page.evaluate(
        """(fact) => {
          localStorage.setItem("quietlegs.guide.pending", JSON.stringify([fact, { id: "nonsense" }]));
          localStorage.setItem("quietlegs.guide.refused", JSON.stringify([{ fact: { id: "old" }, problems: ["why"] }]));
        }""",
        fact,
    )

    page.reload()

    expect(page.locator("#unsent")).to_have_text("2 not taken by the diary")
    assert [relief["before"] for relief in soon(server, "relief")] == [6]
    assert [row["id"] for row in unsent(page, "refused")] == ["nonsense", "old"]
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('quietlegs.guide'))") == []
