"""Files of other programs in a real browser: each real file in, back, and in again."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import holding
from tests.formats.test_known import APPLE, REAL, SAMPLES, on_real_files, written

pytestmark = pytest.mark.browser


def look(page: Page, server: RunningServer, file: Path) -> None:
    page.goto(server.url + "/imports/")
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What this file brings")).to_be_visible()


def there_and_back(page: Page, server: RunningServer, file: Path, wanted: int, kind: str = "sleep") -> None:
    for _time in range(2):
        look(page, server, file)
        expect(page.get_by_text(f"New: {wanted}")).to_be_visible()
        page.get_by_role("button", name="Take it in").click()
        expect(page.get_by_role("status")).to_have_text(f"Entries taken in: {wanted}")
        assert len(holding(server, kind)) == wanted

        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_role("status")).to_have_text(f"Entries taken back: {wanted}")
        assert holding(server, kind) == []


def test_it_takes_a_file_in_and_back_and_in_again(server: RunningServer, page: Page, tmp_path: Path) -> None:
    there_and_back(page, server, written(tmp_path, APPLE, "export.xml"), 2)


@on_real_files
def test_it_takes_real_files_in_and_back_and_in_again(server: RunningServer, page: Page) -> None:
    for name, wanted in zip(REAL["sleep_as_android"], (3, 2), strict=True):
        there_and_back(page, server, SAMPLES / "sleep_as_android" / name, wanted)
    there_and_back(page, server, SAMPLES / "garmin_fit" / REAL["garmin_fit"][0], 1, "practice")
    for key in ("plees_tracker", "apple_health"):
        for name in REAL[key]:
            look(page, server, SAMPLES / key / name)
            # These real files hold tries of seconds alone.
            expect(page.get_by_text("There is nothing new in it.")).to_be_visible()


def test_it_is_readable(server: RunningServer, page: Page, tmp_path: Path) -> None:
    page.goto(server.url + "/imports/")
    assert Axe().run(page).response["violations"] == []
    look(page, server, written(tmp_path, APPLE, "export.xml"))
    assert Axe().run(page).response["violations"] == []
