"""What the columns of a table mean, said in a real browser: by keys alone, on a small screen, and without a script."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import RunningServer
from tests.browser.guiding import holding
from tests.formats.test_known import SAMPLES, on_real_files
from tests.formats.test_plain_csv import TABLE, written

pytestmark = pytest.mark.browser
EITHER = "Date,Legs\n05/01/2026,4\n06/01/2026,5\n"


def hand_over(page: Page, server: RunningServer, file: Path) -> None:
    page.goto(server.url + "/imports/")
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What do the columns mean?")).to_be_visible()


def test_it_takes_a_table_in_and_back_and_in_again(server: RunningServer, page: Page, tmp_path: Path) -> None:
    for _time in range(2):
        hand_over(page, server, written(tmp_path, TABLE))
        expect(page.get_by_text("legs: 7 of 10, light out at 22:30")).to_be_visible()
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("New: 10")).to_be_visible()
        page.get_by_role("button", name="Take it in").click()
        expect(page.get_by_role("status")).to_have_text("Entries taken in: 10")
        assert [len(holding(server, kind)) for kind in ("night_rating", "sleep", "intake", "remark")] == [3, 3, 2, 2]
        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_role("status")).to_have_text("Entries taken back: 10")
        assert holding(server, "night_rating") == []


@on_real_files
def test_it_takes_in_the_moods_of_a_real_file(server: RunningServer, page: Page, tmp_path: Path) -> None:
    text = (SAMPLES / "daylio" / "test_data.csv").read_text(encoding="utf-8")
    # Under its own header it is known for what it is; as anybody's table it is asked about.
    hand_over(page, server, written(tmp_path, text.replace("full_date", "Day", 1)))
    mood = page.get_by_role("group", name="mood", exact=True)
    mood.get_by_label("It means").select_option("how bad the legs were")
    mood.get_by_label("Its range, or its unit").fill("rad, good, meh, bad, awful")
    page.get_by_role("button", name="Show the first nights").click()
    expect(page.get_by_text("legs: 8 of 10")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    # The moods of five nights, and the one note that stands beside the first of a night.
    expect(page.get_by_text("New: 6")).to_be_visible()


def test_it_is_said_by_keys_alone(server: RunningServer, page: Page, tmp_path: Path) -> None:
    hand_over(page, server, written(tmp_path, EITHER))
    page.get_by_role("link", name="Skip to the page").focus()
    for key in ("Enter", "Tab", "ArrowDown", "ArrowUp", "Tab", "Tab"):
        page.keyboard.press(key)
    expect(page.get_by_role("group", name="Legs").get_by_label("It means")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    # Enter is the first button of the form: it shows, and takes nothing in.
    expect(page.get_by_text("legs: 0 of 10")).to_be_visible()
    page.get_by_role("button", name="Go on").press("Enter")
    expect(page.get_by_text("New: 2, 5 January 2026")).to_be_visible()


def test_it_shows_the_field_for_a_scale_where_one_is_needed(server: RunningServer, page: Page, tmp_path: Path) -> None:
    hand_over(page, server, written(tmp_path, TABLE))
    bed = page.get_by_role("group", name="Bett")
    expect(bed.get_by_label("Its range, or its unit")).to_be_hidden()
    bed.get_by_label("It means").select_option("how good the sleep was")
    expect(bed.get_by_label("Its range, or its unit")).to_be_visible()


@pytest.mark.parametrize("theme", ["night", "dark", "light"])
@pytest.mark.sweep
def test_it_is_readable(server: RunningServer, page: Page, tmp_path: Path, theme: str) -> None:
    page.context.add_cookies([{"name": "theme", "value": theme, "url": server.url}])
    hand_over(page, server, written(tmp_path, TABLE))
    assert Axe().run(page).response["violations"] == []
    hand_over(page, server, written(tmp_path, EITHER))
    assert Axe().run(page).response["violations"] == []


def test_it_goes_on_a_small_screen_without_a_script(server: RunningServer, chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    try:
        hand_over(page, server, written(tmp_path, EITHER))
        for part in (page.get_by_role("button", name="Go on"), page.get_by_text("The month: 1/31")):
            box = part.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= 320
        page.get_by_label("The day: 31.1. or 31/1").check()
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="Take it in").click()
        expect(page.get_by_role("status")).to_have_text("Entries taken in: 2")
    finally:
        context.close()
