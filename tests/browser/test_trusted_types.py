"""No text becomes a script or markup in a page: the browser itself refuses it, and no page of ours needs it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext
from tests.browser.conftest import RunningServer, phone_in_the_dark

pytestmark = pytest.mark.browser
SHEETS = [
    "/", "/log/", "/learn/", "/learn/trial/", "/learn/calm/", "/learn/stage/", "/guide/calm/", "/guide/routine/",
    "/library/", "/library/exercises/", "/library/exercise/calf_wall_straight/", "/library/claims/", "/settings/",
    "/measures/", "/measures/knee_to_wall_cm/", "/pause/", "/paper/tonight/", "/report/", "/report/values/",
    "/reminders/", "/imports/", "/keys/", "/safety/", "/safety/help/", "/waiting/", "/offline/",
    "/wishes/", "/nowhere/",
]  # fmt: skip
WATCH = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) => refused.push(`${event.violatedDirective} ${event.sourceFile}`));
"""
PLANT = """async () => {
  const tried = {
    markup: () => { document.body.innerHTML = "<b>no</b>"; },
    parsed: () => new DOMParser().parseFromString("<b>no</b>", "text/html"),
    script: () => { document.createElement("script").text = "1"; },
    worker: () => navigator.serviceWorker.register("/elsewhere.js"),
    policy: () => trustedTypes.createPolicy("anything", { createHTML: (text) => text }),
    again: () => trustedTypes.createPolicy("worker", { createScriptURL: (text) => text }),
  };
  const through = [];
  for (const [name, attempt] of Object.entries(tried)) {
    try {
      await attempt();
      through.push(name);
    } catch (error) {
      if (error.name !== "TypeError") through.push(`${error}`);
    }
  }
  return through;
}"""


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone that lets the worker in."""
    yield from phone_in_the_dark(chromium, worker="allow")


@pytest.mark.sweep
def test_it_needs_no_text_as_script_on_any_page(demo: RunningServer, open_page: BrowserContext) -> None:
    page = open_page.new_page()
    page.add_init_script(WATCH)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for sheet in SHEETS:
        page.goto(demo.url + sheet)
        page.wait_for_load_state("load")
        assert page.evaluate("refused") == [], sheet

    # The last page is one that is not there, which a browser says.
    assert [one for one in wrong if "404" not in one] == []


def test_it_lets_its_own_worker_in(demo: RunningServer, open_page: BrowserContext) -> None:
    page = open_page.new_page()
    page.goto(demo.url)
    page.wait_for_function("navigator.serviceWorker.ready.then((one) => one.active.scriptURL.endsWith('/worker.js'))")


def test_it_refuses_text_as_markup_and_as_script(shelf: RunningServer, chromium: Browser) -> None:
    phone = chromium.new_context()
    page = phone.new_page()
    page.goto(shelf.url)

    went_through = page.evaluate(PLANT)
    phone.close()

    assert went_through == []
