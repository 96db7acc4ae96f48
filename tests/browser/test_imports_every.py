"""A file of every format, and the real moods, in a real browser: in with its receipt, and back."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import holding
from tests.browser.test_imports import look, there_and_back
from tests.formats.test_known import MADE, SAMPLES, on_real_files

from quietlegs.formats.known import known

pytestmark = pytest.mark.browser
UNPROVEN = "No real file of this kind was tried yet"


def new_entries(page: Page, server: RunningServer, file: Path) -> int:
    """Hand a file over; return how many entries its receipt calls new."""
    look(page, server, file)
    told = re.search(r"New: (\d+)", page.locator("main").inner_text())
    assert told
    return int(told[1])


def test_it_takes_every_format_in_and_back_and_offers_it_anew(
    server: RunningServer, page: Page, tmp_path: Path
) -> None:
    for key, data in sorted(MADE.items()):
        file = tmp_path / key
        file.write_bytes(data)
        new = new_entries(page, server, file)
        assert new > 0
        page.get_by_role("button", name="Take it in").click()
        expect(page.get_by_role("status")).to_have_text(f"Entries taken in: {new}")
        expect(page.get_by_text(f"entries that hold: {new}")).to_be_visible()
        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_role("status")).to_have_text(f"Entries taken back: {new}")

        assert new_entries(page, server, file) == new
        expect(page.get_by_text(UNPROVEN)).to_have_count(0 if known()[key].proven else 1)


@on_real_files
def test_it_takes_real_moods_in_and_shows_them_with_their_night(server: RunningServer, page: Page) -> None:
    file = SAMPLES / "daylio" / "test_data.csv"
    there_and_back(page, server, file, 32, "remark")
    look(page, server, file)
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("status")).to_have_text("Entries taken in: 32")
    assert len(holding(server, "remark")) == 32

    page.goto(f"{server.url}/log/?night=2020-05-30")
    entry = page.locator("#remarks li").filter(has_text="18:50")
    assert Axe().run(page).response["violations"] == []
    expect(entry).to_contain_text("18:50 mood: 5 of 5, rad, friends, gaming, programming, nap, Awesome (Daylio)")
