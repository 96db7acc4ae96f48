"""A real server on loopback with a database of its own, and a real Chromium that reaches nothing else."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests import quick
from tests.browser.modules import open_empty
from tests.web.hosting import group

__all__ = ["group"]

CHROMIUM = "chromium-headless-shell"
PHONE = {"width": 390, "height": 844}
_STARTS_WITHIN_S = 60
_PATIENCE_MS = 15_000
expect.set_options(timeout=_PATIENCE_MS)


@dataclass
class RunningServer:
    """`quietlegs serve` on a home of its own."""

    home: Path
    port: int
    process: quick.Command | subprocess.Popen[bytes]
    options: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End the server and its workers as a power cut would; what is dead already stays so."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(home: Path, *options: str) -> RunningServer:
    port = free_port()
    quick.furnish(home)
    process = quick.start("serve", "--port", str(port), *options, env=environment(home))
    server = RunningServer(home, port, process, options)
    try:
        wait_for(server)
    except TimeoutError:
        server.kill()
        raise
    return server


def wait_for(server: RunningServer) -> None:
    """Wait until it answers; what it answers is the test's own matter."""
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until:
        try:
            with urlopen(server.url, timeout=2):
                return
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(server.url)


def environment(home: Path) -> dict[str, str]:
    return os.environ | {"QUIETLEGS_HOME": str(home), "TZ": "Europe/Berlin"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    quick.furnish(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def server(home: Path) -> Iterator[RunningServer]:
    """A server with an empty diary; nobody is reminded, which no page needs."""
    running = start_server(home, "--no-reminders")
    yield running
    running.kill()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with an empty diary, shared by tests that only read."""
    running = start_server(tmp_path_factory.mktemp("shelf"), "--no-reminders")
    yield running
    running.kill()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server that shows the simulated person after 60 nights."""
    home = tmp_path_factory.mktemp("demo")
    quick.furnish(home)
    quick.run("demo", "--nights", "60", env=environment(home)).check_returncode()
    running = start_server(home, "--demo")
    yield running
    running.kill()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = shutil.which(CHROMIUM)
    if found is None:
        pytest.fail(f"{CHROMIUM} is not installed; `make setup` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-quic"])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone in the dark, without the worker: what it keeps has tests of its own, in test_offline.py."""
    yield from phone_in_the_dark(chromium, worker="block")


def phone_in_the_dark(chromium: Browser, *, worker: Literal["allow", "block"]) -> Iterator[BrowserContext]:
    phone = chromium.new_context(
        service_workers=worker,
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        has_touch=True,
        is_mobile=True,
        color_scheme="dark",
        timezone_id="Europe/Berlin",
        locale="en-GB",
    )
    phone.set_default_timeout(_PATIENCE_MS)
    yield phone
    phone.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which any script error or any request to elsewhere fails the test."""
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: problems.append(request.url) if not _is_own(request.url) else None)
    yield page
    assert problems == []


@pytest.fixture
def alone(page: Page) -> Page:
    """A page of nothing but the program's script modules, at addresses such as `/log/entry.js`."""
    open_empty(page)
    return page


def _is_own(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """The browser and the server speak over real sockets, on this machine alone."""
