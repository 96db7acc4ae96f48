"""Files of other programs in a real browser: each real file in, back, and in again."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import RunningServer, start_server
from tests.browser.guiding import holding
from tests.formats.test_known import APPLE, REAL, SAMPLES, on_real_files, written

pytestmark = pytest.mark.browser
# How many entries each real file brings, and of which kind.
BRINGS = {
    "sleep-export.1606738409.zip": (3, "sleep"),
    "sleep-export.4.zip": (2, "sleep"),
    "garmin-fenix-5-walk.fit": (1, "practice"),
    "test_data.csv": (32, "remark"),
    "plees-tracker.csv": (0, ""),
    "apple-health-parser_export.zip": (0, ""),
    "apple-health-parser_export.xml": (0, ""),
}


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
    assert BRINGS.keys() == {name for names in REAL.values() for name in names}
    for key, names in REAL.items():
        for name in names:
            count, kind = BRINGS[name]
            if count:
                there_and_back(page, server, SAMPLES / key / name, count, kind)
            else:
                # These real files hold tries of seconds or minutes alone.
                look(page, server, SAMPLES / key / name)
                expect(page.get_by_text("There is nothing new in it.")).to_be_visible()
                expect(page.get_by_text("it is shorter than half an hour").first).to_be_visible()


@pytest.mark.sweep
def test_it_is_readable(server: RunningServer, page: Page, tmp_path: Path) -> None:
    page.goto(server.url + "/imports/")
    assert Axe().run(page).response["violations"] == []
    look(page, server, written(tmp_path, APPLE, "export.xml"))
    assert Axe().run(page).response["violations"] == []


def large(folder: Path) -> Path:
    """An export of some size, as those of watches are."""
    much = '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" value="60"/>\n' * 400_000
    return written(folder, APPLE.replace("</HealthData>", f"{much}</HealthData>"), "export.xml")


def hand_over(page: Page, server: RunningServer, file: Path) -> None:
    page.goto(server.url + "/imports/")
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="Reading the file")).to_be_visible(timeout=60_000)


def test_it_shows_how_far_a_large_file_is_and_then_its_receipt(
    server: RunningServer, page: Page, tmp_path: Path
) -> None:
    hand_over(page, server, large(tmp_path))
    expect(page.get_by_role("progressbar", name="Reading the file")).to_be_visible()
    expect(page.locator("#said")).to_contain_text("MB")
    assert Axe().run(page).response["violations"] == []
    # Nobody reminds here, so no worker runs: the server reads by itself.
    expect(page.get_by_role("heading", name="What this file brings")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("status")).to_have_text("Entries taken in: 2")


def test_it_is_read_by_the_worker_though_the_page_is_left(home: Path, page: Page, tmp_path: Path) -> None:
    server = start_server(home)
    try:
        hand_over(page, server, large(tmp_path))
        page.goto(server.url + "/imports/")
        link = page.get_by_role("link", name="See")
        link.click()
        expect(page.get_by_role("heading", name="What this file brings")).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="Leave it").click()
        expect(page.get_by_text("A file waits here")).to_be_hidden()
    finally:
        server.kill()


def test_it_lets_a_file_go_while_it_is_read(server: RunningServer, page: Page, tmp_path: Path) -> None:
    hand_over(page, server, large(tmp_path))
    page.get_by_role("button", name="Stop, and let the file go").click()

    expect(page.get_by_role("heading", name="Files of other programs")).to_be_visible()
    assert list((server.home / "handed-over").iterdir()) == []


def test_it_goes_on_without_a_script(server: RunningServer, chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    try:
        hand_over(page, server, large(tmp_path))
        expect(page.get_by_role("heading", name="What this file brings")).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="Take it in").click()
        expect(page.get_by_role("status")).to_have_text("Entries taken in: 2")
    finally:
        context.close()
