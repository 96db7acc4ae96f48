"""Steps through the guide that its browser tests share: come in, rate, play, read the diary."""

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests import quick
from tests.browser.conftest import RunningServer, environment, wait_for

THREE_AT_NIGHT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
WRITTEN = "Thank you. It is written down."
MINUTE_MS = 60_000
# A page that died while it sent may hold the line for 25 s (`QUEUE_MS` in outbox.js).
_PATIENCE_S = 60


def restart(server: RunningServer) -> None:
    """Start it again on the same home and address, as the person would."""
    server.process = quick.start("serve", "--port", str(server.port), *server.options, env=environment(server.home))
    wait_for(server)


def everything(server: RunningServer, kind: str) -> list[dict[str, Any]]:
    """All facts of a kind ever noted, as they are on disk."""
    with closing(sqlite3.connect(f"file:{server.home / 'quietlegs.sqlite3'}?mode=ro", uri=True)) as file:
        file.row_factory = sqlite3.Row
        rows = [dict(row) for row in file.execute("SELECT * FROM fact WHERE kind = ? ORDER BY id", [kind])]
    for row in rows:
        row["id"] = str(UUID(row.pop("fact_id")))
        row["supersedes"] = row["supersedes"] and str(UUID(row["supersedes"]))
        row["payload"] = json.loads(row["payload"])
        row["at"] = f"{datetime.fromisoformat(row['at']).isoformat()}Z"
    return rows


def holding(server: RunningServer, kind: str) -> list[dict[str, Any]]:
    """The payloads of a kind that hold now: neither replaced nor withdrawn."""
    facts = everything(server, kind)
    replaced = {fact["supersedes"] for fact in (*facts, *everything(server, "withdrawal"))}
    return [fact["payload"] for fact in facts if fact["id"] not in replaced]


def soon(server: RunningServer, kind: str) -> list[dict[str, Any]]:
    """The payloads that hold once there are any."""
    until = time.monotonic() + _PATIENCE_S
    while not (found := holding(server, kind)) and time.monotonic() < until:
        time.sleep(0.2)
    return found


def go(page: Page, server: RunningServer, path: str = "/guide/calm/", *, at: datetime = THREE_AT_NIGHT) -> None:
    """Come to the guide through the safety questions, on a clock that the test drives."""
    page.clock.install(time=at)
    page.goto(server.url + path)
    if page.url.startswith(server.url + "/safety/"):
        page.get_by_role("button", name="None of these").click()
    expect(page.locator("#ready:enabled")).to_be_visible()


def rate(page: Page, stage: str, rating: int) -> None:
    page.locator(f"[data-asks='{stage}'][data-rating='{rating}']").click()


def tap_severity(page: Page, rating: int) -> None:
    """Answer the first page's question; a tap that comes before its script is a form's, and says less."""
    page.wait_for_function("() => !document.getElementById('skip-sleep').hidden")
    page.get_by_role("button", name=str(rating), exact=True).click()


def cues(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(page.locator("#guide-data").text_content() or "")["cues"]
    return found


def play_to_end(page: Page) -> None:
    page.clock.run_for(round(1000 * cues(page)[-1]["start_s"]) + 1000)


def play_into_work(page: Page, *, seconds: float = 5) -> None:
    """Play until so many seconds of the first work are over."""
    start_s = next(cue["start_s"] for cue in cues(page) if cue["works"])
    page.clock.run_for(round(1000 * (start_s + seconds)))


def look_away(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def facts(page: Page, *wanted: list[Any]) -> list[dict[str, Any]]:
    """Facts of this moment, made by the page as a tap would make them: kind, payload and what else is said of them."""
    made: list[dict[str, Any]] = page.evaluate(
        """async (wanted) => {
          const frame = document.querySelector("script[src*='frame/unsent.js']").src;
          const { fact } = await import(new URL("fact.js", frame));
          return wanted.map(([kind, payload, about]) => fact(kind, payload, about));
        }""",
        list(wanted),
    )
    return made


def unsent(page: Page, drawer: str = "waiting") -> list[dict[str, Any]]:
    """What lies on this device: in IndexedDB, or beside it."""
    found: list[dict[str, Any]] = page.evaluate(
        """(drawer) => new Promise((done, failed) => {
          const request = indexedDB.open("quietlegs", 1);
          request.onerror = () => failed(request.error);
          request.onupgradeneeded = () => ["waiting", "refused"].forEach(
            (one) => request.result.createObjectStore(one, { keyPath: "id" }));
          request.onsuccess = () => {
            const all = request.result.transaction(drawer).objectStore(drawer).getAll();
            all.onsuccess = () => {
              request.result.close();
              const early = Object.keys(localStorage).filter((key) => key.startsWith(`quietlegs.${drawer}.`));
              done([...all.result, ...early.map((key) => JSON.parse(localStorage.getItem(key)))]);
            };
          };
        })""",
        drawer,
    )
    return found


def arrived(page: Page) -> None:
    """Wait until nothing is on its way to the diary; the page's own clock goes on, so that it can try again."""
    _until(page, lambda: not unsent(page))


def written_down(page: Page) -> None:
    """Wait until the page says that everything is written down."""
    _until(page, lambda: page.locator("#written").text_content() == WRITTEN)


def _until(page: Page, so: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not so():
        assert time.monotonic() < until, page.locator("#written").text_content()
        page.clock.run_for(500)
        time.sleep(0.2)


def grave(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes']}" for one in violations if one["impact"] in {"serious", "critical"}]
