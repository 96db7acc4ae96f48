"""A phone that keeps the night's pages, and a server that goes away: what the offline tests share."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Worker, expect
from tests.browser.conftest import RunningServer, environment
from tests.browser.guiding import restart

SOURCE = Path(__file__).resolve().parents[2] / "src"
_PATIENCE_S = 30
_ANSWERING = """
import secrets
from datetime import UTC, datetime
from quietlegs.library.load import load_library
from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.records.person import SafetyAnswers
from quietlegs.web.start import diary

asked = tuple(sign.key for sign in load_library().safety.signs if sign.question)
answers = SafetyAnswers(asked, asked[:1])
diary().add([note(answers, moment(datetime.now(UTC), "Europe/Berlin"), secrets.token_bytes(10))])
"""
_LEDGER = """async () => {
  const notes = await caches.open("ledger");
  const read = async (key) => [new URL(key.url).pathname.split("/").pop(), await (await notes.match(key)).json()];
  return Object.fromEntries(await Promise.all((await notes.keys()).map(read)));
}"""


def until(so: Callable[[], Any]) -> Any:
    """Wait until something is so, and return it."""
    end = time.monotonic() + _PATIENCE_S
    while not (found := so()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return found


def ledgers(page: Page) -> dict[str, dict[str, Any]]:
    """What each version of the worker has written down about its pages."""
    found: dict[str, dict[str, Any]] = page.evaluate(_LEDGER)
    return found


def kept(page: Page) -> set[str]:
    """The addresses that this phone keeps now."""
    return {one["address"] for note in ledgers(page).values() for one in note.get("pages", [])}


def visit(page: Page, url: str) -> None:
    """The first minute: open the page, answer the safety questions, let the phone fetch what it keeps."""
    page.goto(url)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    until(lambda: kept(page))
    page.goto(url + "/safety/")
    page.get_by_role("button", name="None of these").click()
    until(lambda: "/guide/calm/" in kept(page))


def go_dark(context: BrowserContext, server: RunningServer) -> None:
    """No network, and no server either."""
    context.set_offline(True)
    server.kill()


def come_back(context: BrowserContext, server: RunningServer) -> None:
    context.set_offline(False)
    restart(server)


@contextmanager
def silent(server: RunningServer) -> Iterator[None]:
    """A server that takes every call and answers none, as behind a bad mobile network."""
    os.killpg(server.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(server.process.pid, signal.SIGCONT)


def upgrade(server: RunningServer, folder: Path) -> None:
    """Put a newer quietlegs in its place: the same program, with a changed style sheet."""
    shutil.copytree(SOURCE / "quietlegs", folder / "quietlegs", ignore=shutil.ignore_patterns("__pycache__"))
    style = folder / "quietlegs" / "web" / "pages" / "frame" / "static" / "frame" / "frame.css"
    style.write_text(style.read_text(encoding="utf-8") + "/* newer */\n", encoding="utf-8")
    server.kill()
    server.process = subprocess.Popen(
        [sys.executable, "-m", "quietlegs.cli.main", "serve", "--port", str(server.port), *server.options],
        env=environment(server.home) | {"PYTHONPATH": str(folder)},
        start_new_session=True,
    )


def answered_elsewhere(server: RunningServer) -> None:
    """Tick the first safety question in the same diary, from another device."""
    subprocess.run([sys.executable, "-c", _ANSWERING], env=environment(server.home), check=True)


def the_worker(context: BrowserContext) -> Worker:
    return context.service_workers[-1]


def days_later(context: BrowserContext, days: int) -> None:
    """Let the worker's clock be ahead; it goes on from there."""
    the_worker(context).evaluate(
        """(ahead) => {
          const Real = Date;
          self.Date = class extends Real {
            constructor(...parts) { if (parts.length) super(...parts); else super(Real.now() + ahead); }
            static now() { return Real.now() + ahead; }
          };
        }""",
        days * 24 * 3600 * 1000,
    )


def says(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)
