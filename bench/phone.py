"""What a phone feels: how much is sent, how soon a page is there, whether it jumps. Each figure has its limit beside.

Chromium's CPU is slowed four times. The server is the one a person starts; every byte of the first visit is counted.
"""

import gzip
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser.carrying import visit
from tests.browser.conftest import CHROMIUM, PHONE, RunningServer, start_server

from quietlegs.web.pages.offline.assets import files

SLOWER = 4
TRIES = 7
FIRST_VISIT_KB, SCRIPTS_KB = 250, 60
LOG_MS, SAVED_MS, JUMP = 1000, 100, 0.0
STILL = (
    "/",
    "/log/",
    "/guide/calm/",
    "/guide/routine/",
    "/learn/",
    "/library/",
    "/library/exercises/",
    "/safety/",
)
_WATCH_JUMPS = """window.jumps = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) window.jumps += one.value; })
  .observe({ type: "layout-shift", buffered: true });"""
_STAMP = "addEventListener('click', () => sessionStorage.setItem('tapped', Date.now()), true)"
_SEEN = """() => new Promise((seen) => new PerformanceObserver((list, watching) => {
  const [first] = list.getEntriesByName("first-contentful-paint");
  if (!first) return;
  watching.disconnect();
  seen(performance.timeOrigin + first.startTime - Number(sessionStorage.getItem("tapped")));
}).observe({ type: "paint", buffered: true }))"""

# From the tap to the frame in which the words are seen.
_SAVED = """() => new Promise((seen) => {
  let tapped = 0;
  document.addEventListener("click", (event) => { tapped = event.timeStamp; }, { capture: true, once: true });
  const said = document.getElementById("said");
  new MutationObserver((_, watching) => {
    if (!said.textContent) return;
    watching.disconnect();
    requestAnimationFrame(() => setTimeout(() => seen(performance.now() - tapped)));
  }).observe(said, { childList: true, characterData: true, subtree: true });
})"""


@dataclass
class Figure:
    """One line of the table; `good` is None where nothing is promised."""

    what: str
    found: str
    limit: str = ""
    good: bool | None = None

    def __str__(self) -> str:
        verdict = {None: "", True: "yes", False: "NO"}[self.good]
        return f"{self.what:<58} {self.found:>10} {self.limit:>12} {verdict:>4}"


@dataclass
class Counter:
    """A way to the server that counts what comes back."""

    to: int
    received: int = 0
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def url(self) -> str:
        """The address that the browser asks."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def run(self) -> None:
        """Pass on every call until the listener is closed."""
        while True:
            try:
                phone, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                return
            threading.Thread(target=self._pass, args=(phone, server, False), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, phone, True), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, counted: bool) -> None:  # noqa: FBT001 - a thread's argument
        try:
            while some := one.recv(65536):
                self.received += len(some) if counted else 0
                other.sendall(some)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            return


@contextmanager
def counted(server: RunningServer) -> Iterator[Counter]:
    """Start a counter in front of the server."""
    counter = Counter(server.port)
    threading.Thread(target=counter.run, daemon=True).start()
    yield counter
    counter.listener.close()


def phone(browser: Browser) -> BrowserContext:
    """Open a phone of 390 x 844 in the dark."""
    return browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        has_touch=True,
        is_mobile=True,
        color_scheme="dark",
    )


@contextmanager
def slowed(context: BrowserContext) -> Iterator[Page]:
    """Open the only page of the phone, its CPU slowed; pages left open would share it."""
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page
    page.close()


def first_visit(page: Page, counter: Counter) -> Iterator[Figure]:
    """Open the page, answer the safety questions, wait until the phone has everything a night needs."""
    page.goto(counter.url, wait_until="networkidle")
    first = counter.received
    visit(page, counter.url)
    page.goto(counter.url + "/guide/calm/", wait_until="networkidle")
    whole = counter.received
    yield Figure("first page, what the worker fetched by then included, kB", f"{first / 1000:.0f}")
    good = whole < 1000 * FIRST_VISIT_KB
    yield Figure("first visit, all that nights offline need, kB", f"{whole / 1000:.0f}", f"< {FIRST_VISIT_KB}", good)


def scripts() -> Figure:
    """Weigh every script there is, the worker included, each packed on its own."""
    texts = [file.read_bytes() for file in files().values() if file.suffix == ".js"]
    size = sum(len(gzip.compress(text)) for text in texts)
    return Figure("all scripts, packed, kB", f"{size / 1000:.1f}", f"< {SCRIPTS_KB}", size < 1000 * SCRIPTS_KB)


def jumps(page: Page, url: str, paths: Sequence[str], where: str) -> Iterator[Figure]:
    """Add up every layout shift of each page, also those after a tap."""
    page.add_init_script(_WATCH_JUMPS)
    for path in paths:
        page.goto(url + path, wait_until="networkidle")
        found = page.evaluate("new Promise((done) => setTimeout(() => done(window.jumps), 500))")
        yield Figure(f"layout shift on {path}, {where}", f"{found:.3f}", f"{JUMP:g}", found <= JUMP)


def tap_to_saved(page: Page, url: str) -> Figure:
    """From the tap on Save until "Saved on this phone" is seen, with no server: the middle of some tries."""
    waits = []
    for severity in range(1, TRIES + 1):
        page.goto(url + "/log/")
        page.locator(f"input[name=severity][value='{severity}']").check()
        seen = page.evaluate_handle(f"({{ seen: ({_SAVED})() }})")
        page.locator("#save").click()
        waits.append(seen.evaluate("({ seen }) => seen"))
    found = median(waits)
    return Figure("tap on Save to Saved on this phone, ms", f"{found:.0f}", f"< {SAVED_MS}", found < SAVED_MS)


def tap_to_log(page: Page, url: str) -> Figure:
    """From the tap on Nights to the first paint of the diary, with no server: the middle of some tries."""
    page.add_init_script(_STAMP)
    waits = []
    for _ in range(TRIES):
        page.goto(url)
        page.locator("nav.tabs a").nth(1).click()
        page.wait_for_url("**/log/")
        page.locator("h1").wait_for()
        waits.append(page.evaluate(_SEEN))
    found = median(waits)
    return Figure("tap on Nights to the diary, no server, ms", f"{found:.0f}", f"< {LOG_MS}", found < LOG_MS)


def measure(browser: Browser, server: RunningServer) -> Iterator[Figure]:
    """Yield each figure as it is found."""
    yield scripts()
    context = phone(browser)
    page = context.new_page()
    with counted(server) as counter:
        yield from first_visit(page, counter)
    page.close()
    context = phone(browser)
    page = context.new_page()
    visit(page, server.url)
    page.close()
    with slowed(context) as page:
        yield from jumps(page, server.url, STILL, "from the server")
    server.kill()
    with slowed(context) as page:
        yield from jumps(page, server.url, STILL[:4], "from the phone")
    with slowed(context) as page:
        yield tap_to_log(page, server.url)
    with slowed(context) as page:
        yield tap_to_saved(page, server.url)


def main() -> int:
    """Print the table; return 1 when a limit is missed."""
    print(f"{'a phone':<58} {'found':>10} {'limit':>12}")
    found = []
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = start_server(Path(home))
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=["--no-sandbox"])
        try:
            for figure in measure(browser, server):
                print(figure, flush=True)
                found.append(figure)
        finally:
            browser.close()
            if server.process.poll() is None:
                server.kill()
    return 1 if any(figure.good is False for figure in found) else 0


if __name__ == "__main__":
    sys.exit(main())
