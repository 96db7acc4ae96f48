"""Everything deleted from a phone: the word typed, every file empty, and the phone keeps and sends nothing of it."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests import quick
from tests.browser.conftest import RunningServer, environment, phone_in_the_dark
from tests.browser.guiding import facts, unsent
from tests.browser.test_learn_library import check
from tests.browser.test_waiting import ADD, RATED, until
from tests.cli.test_erase import holding, planted

pytestmark = pytest.mark.browser
Command = Callable[..., subprocess.CompletedProcess[str]]
_KEPT = """(async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  for (const name of names) if ((await (await caches.open(name)).keys()).length) return true;
  return false;
})()"""


@pytest.fixture
def command(home: Path) -> Command:
    def run(*words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return quick.run(*words, env=environment(home), text=text)

    return run


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone in the dark, with the worker."""
    yield from phone_in_the_dark(chromium, worker="allow")


@pytest.mark.sweep
def test_it_is_readable_and_reachable(page: Page, shelf: RunningServer) -> None:
    check(page, shelf, "/erase/")
    check(page, shelf, "/trail/")


def test_it_deletes_it_everywhere_and_the_phone_sends_nothing_of_it(
    server: RunningServer, phone: BrowserContext, command: Command, home: Path, tmp_path: Path
) -> None:
    before = planted(command, tmp_path)
    page = phone.new_page()
    page.goto(server.url + "/")
    until(page, _KEPT)
    phone.route("**/api/v1/**", lambda route: route.abort())
    page.goto(server.url + "/erase/")
    page.evaluate(ADD, facts(page, RATED))
    until(page, "window.standing?.waiting === 1")
    page.get_by_label("To delete it, type the word: delete").fill("delete")
    page.get_by_role("button", name="Delete everything").click()

    expect(page.get_by_text("This device keeps nothing of it any more.")).to_be_visible()
    phone.unroute("**/api/v1/**")
    assert unsent(page) == []
    page.goto(server.url + "/log/")
    page.wait_for_timeout(1500)  # as long as a page takes to send what waits
    assert command("export").stdout == ""
    assert holding(home) == []

    file = tmp_path / "mine.jsonl"
    file.write_text("\n".join(before) + "\n", "utf-8")
    assert command("import", str(file), "--yes").returncode == 0
    assert sorted(command("export").stdout.splitlines()) == sorted(before)


def test_it_keeps_what_waits_when_the_word_is_wrong(server: RunningServer, context: BrowserContext) -> None:
    page = context.new_page()
    context.route("**/api/v1/**", lambda route: route.abort())
    page.goto(server.url + "/erase/")
    page.evaluate(ADD, facts(page, RATED))
    until(page, "window.standing?.waiting === 1")
    page.get_by_label("To delete it, type the word: delete").fill("yes")
    page.get_by_role("button", name="Delete everything").click()

    expect(page.get_by_role("alert")).to_contain_text("Nothing was deleted")
    assert len(unsent(page)) == 1
