"""What waits on a phone is shown on every page, can be sent, saved to a file, and is never lost."""

import json
import time
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests import quick
from tests.browser.conftest import RunningServer, environment
from tests.browser.guiding import everything, facts, restart, soon, unsent

pytestmark = pytest.mark.browser

ADD = """async (facts) => {
  const frame = document.querySelector("script[src*='frame/unsent.js']").src;
  const { outbox } = await import(new URL("outbox.js", frame));
  window.box ??= outbox({ url: "/api/v1/facts", tell: (standing) => { window.standing = standing; } });
  return window.box.add(facts);
}"""
RATED = ["night_rating", {"severity": 6}]


def until(page: Page, so: str) -> None:
    """Wait for what a script says; the page's own policy forbids Playwright's way of waiting."""
    patience = time.monotonic() + 20
    while not page.evaluate(so):
        assert time.monotonic() < patience, so
        page.wait_for_timeout(20)


def test_it_says_on_every_page_what_waits_and_sends_it_once_it_can(
    server: RunningServer, context: BrowserContext
) -> None:
    page, other = context.new_page(), context.new_page()
    for one in (page, other):
        one.goto(server.url + "/safety/help/")
        expect(one.locator("#unsent")).to_be_hidden()

    made = facts(page, RATED, RATED)
    server.kill()
    assert page.evaluate(ADD, made) == "disk"

    for one in (page, other):
        expect(one.locator("#unsent")).to_have_text("2 entries wait on this phone", timeout=25_000)
    assert len(unsent(other)) == 2
    restart(server)
    other.evaluate("window.dispatchEvent(new Event('online'))")
    for one in (page, other):
        expect(one.locator("#unsent")).to_be_hidden(timeout=25_000)
    assert len(everything(server, "night_rating")) == 2


def test_it_lists_what_waits_and_sends_it_on_demand(server: RunningServer, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(server.url + "/waiting/")
    expect(page.locator("#state")).to_have_text("Nothing waits. Everything is in your diary.")
    made = facts(page, RATED, ["relief", {"movement": "walk", "because": "chosen", "probability": 1}])
    context.set_offline(True)
    page.evaluate(ADD, made)

    expect(page.locator("#waiting li")).to_have_count(2)
    expect(page.locator("#waiting li").first).to_contain_text("How a night was: 6 of 10")
    expect(page.locator("#waiting li").first).to_contain_text("for the night of")
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("#state")).to_contain_text("The diary does not answer. Your entries stay here")
    context.set_offline(False)
    # The page tries by itself when the network is back; the tap must not wait for that.
    page.locator("#send").dispatch_event("click")

    expect(page.locator("#state")).to_have_text("All sent. Everything is in your diary.")
    assert len(soon(server, "relief")) == len(everything(server, "night_rating")) == 1


def test_it_saves_what_waits_to_a_file_that_the_diary_takes_in(
    server: RunningServer, context: BrowserContext, tmp_path: Path
) -> None:
    page, file = context.new_page(), tmp_path / "saved.json"
    page.goto(server.url + "/waiting/")
    made = facts(page, RATED, RATED, RATED)
    context.set_offline(True)
    page.evaluate(ADD, made)
    expect(page.locator("#waiting li")).to_have_count(3)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save them to a file").click()
    saved.value.save_as(file)
    assert sorted(json.loads(file.read_text()), key=lambda fact: fact["id"]) == sorted(
        made, key=lambda fact: fact["id"]
    )

    taken = quick.run("import", str(file), "--yes", env=environment(server.home))
    context.set_offline(False)

    assert "3 rows read" in taken.stdout
    assert "3 entries taken in." in taken.stdout
    expect(page.locator("#state")).to_have_text("Nothing waits. Everything is in your diary.")
    assert len(everything(server, "night_rating")) == 3


def test_it_keeps_what_was_refused_until_the_person_decides(server: RunningServer, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(server.url + "/waiting/")
    bad, good = facts(page, ["night_rating", {"severity": 60}], RATED)

    page.evaluate(ADD, [bad, good])

    expect(page.locator("#refused li")).to_contain_text(
        "Why: NightRating.severity is 60; allowed: a whole number, 0 to 10"
    )
    expect(page.locator("#unsent")).to_have_text("1 not taken by the diary")
    assert [one["severity"] for one in soon(server, "night_rating")] == [6]
    remove = page.locator("#refused button")
    remove.click()
    expect(remove).to_have_text("Tap again to remove it for good")
    page.reload()
    expect(page.locator("#refused li")).to_have_count(1)
    remove.click()
    remove.click()
    expect(page.locator("#state")).to_have_text("Nothing waits. Everything is in your diary.")
    assert unsent(page, "refused") == []


def test_it_sends_although_its_token_is_of_another_day(server: RunningServer, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(server.url + "/safety/help/")
    page.evaluate(ADD, facts(page, RATED))
    assert len(soon(server, "night_rating")) == 1

    context.clear_cookies()
    page.evaluate(ADD, facts(page, RATED))

    until(page, "window.standing.arrived === 2")
    assert len(everything(server, "night_rating")) == 2


@pytest.mark.parametrize("forbidden", [["indexedDB"], ["localStorage"], ["indexedDB", "localStorage"]])
def test_it_keeps_entries_where_storage_is_forbidden(
    server: RunningServer, context: BrowserContext, forbidden: list[str]
) -> None:
    page = context.new_page()
    page.add_init_script(
        f"""for (const name of {json.dumps(forbidden)})
          Object.defineProperty(window, name, {{ get() {{ throw new DOMException("no", "SecurityError"); }} }});"""
    )
    page.goto(server.url + "/safety/help/")
    made = facts(page, RATED)
    context.set_offline(True)

    places = {"indexedDB": "browser", "localStorage": "disk"}
    assert page.evaluate(ADD, made) == ("page" if len(forbidden) == 2 else places[forbidden[0]])

    line = page.locator("#unsent")
    expect(line).to_contain_text("1 entry waits on this phone")
    told = "This browser keeps nothing. Keep this page open until it is sent."
    assert (told in (line.text_content() or "")) == (len(forbidden) == 2)
    context.set_offline(False)
    expect(line).to_be_hidden()
    assert len(soon(server, "night_rating")) == 1


def test_it_asks_once_to_stay_after_the_first_entry(server: RunningServer, context: BrowserContext) -> None:
    context.add_init_script(
        """navigator.storage.persist = async () => {
          localStorage.asked = Number(localStorage.asked ?? 0) + 1; return true; };"""
    )
    page = context.new_page()
    page.goto(server.url + "/safety/help/")
    assert page.evaluate("localStorage.asked") is None

    for _ in range(2):
        page.evaluate(ADD, facts(page, RATED))
        page.reload()

    assert page.evaluate("localStorage.asked") == "1"


def test_it_loses_nothing_of_a_page_that_is_gone_right_after_the_tap(
    server: RunningServer, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(server.url + "/safety/help/")
    made = facts(page, *([RATED] * 5))
    page.evaluate(f"(facts) => {{ ({ADD})([]).then(() => {{ window.box.add(facts); window.gone = true; }}); }}", made)
    until(page, "window.gone === true")
    page.close()

    Page.goto(context.new_page(), server.url + "/safety/help/")

    assert len(soon(server, "night_rating")) == 5
    assert len(everything(server, "night_rating")) == 5


def test_it_has_everything_once_after_the_server_was_killed_in_the_midst_of_sending(
    server: RunningServer, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(server.url + "/safety/help/")
    made = facts(page, *([RATED] * 500))
    page.evaluate(f"(facts) => {{ ({ADD})(facts); }}", made)
    until(page, "window.standing?.arrived > 0")

    server.kill()

    left = len(unsent(page))
    assert 0 < left < 500
    restart(server)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#unsent")).to_be_hidden(timeout=60_000)
    until(page, "window.standing.waiting === 0")
    stored = everything(server, "night_rating")
    assert sorted(fact["id"] for fact in stored) == sorted(fact["id"] for fact in made)
    assert {fact["id"]: fact["at"] for fact in stored} == {fact["id"]: _exact(fact["at"]) for fact in made}


def _exact(at: str) -> str:
    """The same instant as Python writes it."""
    return datetime.fromisoformat(at).isoformat().replace("+00:00", "Z")
